"""What the bot says about itself, by scope and language: commands, name, descriptions, menu."""

import json
import re
from functools import partial

from tests.botapi.chats import Service
from tests.botapi.methods import Method
from tests.botapi.wire import Json, Params, bad


def keep_text(name: str, limit: int, service: Service, params: Params) -> bool:
    """Keep one text for a language."""
    if len(params.text(name)) > limit:
        raise bad(f"{name} is too long")
    service.profile[name, params.text("language_code")] = params.text(name)
    return True


def give_text(name: str, service: Service, params: Params) -> Json:
    """Give the text of a language, or else the one for every language."""
    own = service.profile.get((name, params.text("language_code")))
    return {name: own or service.profile.get((name, ""), "")}


def keep_commands(service: Service, params: Params) -> bool:
    """Keep the commands of one scope and language; those no menu can show are refused."""
    commands = params.values.get("commands") or []
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    service.profile[_scope(params), params.text("language_code")] = commands
    return True


def give_commands(service: Service, params: Params) -> list[Json]:
    """Give the commands of exactly this scope and language."""
    return list(service.profile.get((_scope(params), params.text("language_code")), []))


def _scope(params: Params) -> str:
    return json.dumps(params.values.get("scope") or {"type": "default"}, sort_keys=True)


def keep_menu_button(service: Service, params: Params) -> bool:
    """Keep the menu button of one chat, or of all that have none of their own."""
    service.profile["menu_button", params.text("chat_id")] = params.values.get("menu_button")
    return True


METHODS: dict[str, Method] = {
    "setMyCommands": keep_commands,
    "getMyCommands": give_commands,
    "deleteMyCommands": keep_commands,
    "setMyName": partial(keep_text, "name", 64),
    "getMyName": partial(give_text, "name"),
    "setMyDescription": partial(keep_text, "description", 512),
    "getMyDescription": partial(give_text, "description"),
    "setMyShortDescription": partial(keep_text, "short_description", 120),
    "getMyShortDescription": partial(give_text, "short_description"),
    "setChatMenuButton": keep_menu_button,
}
