"""A picture or a page that goes along with a text: made in a thread, sent from memory."""

import asyncio
from typing import Any, assert_never

from telegram import Bot

from bot.channels.enclosing import enclosed
from bot.engine.effects import Enclosure
from bot.logs.lines import log


async def send_along(bot: Bot, chat: int, enclosure: Enclosure, *, protect: bool) -> list[int]:
    """Send what is enclosed below the text that says the same; give the message's number.

    None where it can't be made: that is one line in the log, without anything that it holds.
    Raises what sending raises.
    """
    try:
        made = await asyncio.to_thread(enclosed, enclosure)
    except Exception as error:  # noqa: BLE001 - whatever it was, the chat goes on
        log.warning("not-enclosed", fault=error)
        return []
    # without a sound: the text above it has just made one
    look: dict[str, Any] = {"filename": made.name, "disable_notification": True}
    if protect:
        look["protect_content"] = True
    match enclosure.kind:
        case "map" | "we":
            sent = await bot.send_photo(chat, made.content, **look)
        case "page" | "kept page" | "kept data":
            sent = await bot.send_document(chat, made.content, **look)
        case _:
            assert_never(enclosure.kind)
    return [sent.message_id]
