"""Ephemeral messages: seen in a group by one member alone, and who may be sent one, and when."""

import time

from tests.botapi.chats import Chat, Service
from tests.botapi.wire import Json, Params, bad

WITHIN = 15
"""So many seconds a bot may answer somebody alone; one that runs the group always may."""
THERE = ("member", "administrator", "creator", "restricted")


def receiver(service: Service, chat: Chat, params: Params) -> int:
    """Give who alone is to see what is being sent, 0 for everybody; refuse what may not be sent.

    A server that does not know ephemeral messages passes over a parameter that it does not know.
    """
    wanted = params.values.get("ephemeral_message_parameters")
    answered: Json = params.values.get("reply_parameters") or {}
    if not service.asides or not wanted:
        if answered and "message_id" not in answered:
            raise bad("message identifier is not specified")
        return 0
    who = int(wanted["receiver_user_id"])
    if chat.about["type"] == "private":
        raise bad("ephemeral messages can be sent only to groups")
    if chat.members.get(who) not in THERE:
        raise bad("receiver user not found")
    runs = chat.members[service.bot["id"]] == "administrator"
    if not runs and not _just_asked(service, chat, who, answered, wanted):
        raise bad("not enough rights to send an ephemeral message to the user")
    return who


def _just_asked(service: Service, chat: Chat, who: int, answered: Json, wanted: Json) -> bool:
    if wanted.get("callback_query_id") in service.queries:
        return True
    asked = chat.asides.get(answered.get("ephemeral_message_id", 0))
    if asked is None or asked.shown["from"]["id"] != who:
        return False
    return bool(time.time() - asked.shown["date"] <= WITHIN)
