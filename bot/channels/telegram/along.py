"""A picture or a page that goes along with a text: made in a thread, sent from memory."""

import asyncio
from typing import Any

from telegram import Bot, InputMediaDocument, InputMediaPhoto

from bot.channels.enclosing import Enclosed, enclosed
from bot.channels.telegram.spot import Spot
from bot.engine.effects import Enclosure
from bot.logs.lines import log


async def send_along(bot: Bot, spot: Spot, enclosure: Enclosure, *, protect: bool) -> list[int]:
    """Send what is enclosed below the text that says the same; give the message's number.

    None where it can't be made: that is one line in the log, without anything that it holds.
    Raises what sending raises.
    """
    made = await _made(enclosure)
    if made is None:
        return []
    # without a sound: the text above it has just made one
    look: dict[str, Any] = {"filename": made.name, "disable_notification": True, **spot.thread_only}
    if protect:
        look["protect_content"] = True
    if _is_picture(made):
        sent = await bot.send_photo(spot.chat, made.content, **look)
    else:
        sent = await bot.send_document(spot.chat, made.content, **look)
    return [sent.message_id]


async def put_in_place(bot: Bot, chat: int, number: int, enclosure: Enclosure) -> None:
    """Put what is enclosed in the place of what went along before. Raises what sending raises."""
    made = await _made(enclosure)
    if made is None:
        return
    kind = InputMediaPhoto if _is_picture(made) else InputMediaDocument
    media = kind(made.content, filename=made.name)
    await bot.edit_message_media(media, chat, number)


async def _made(enclosure: Enclosure) -> Enclosed | None:
    try:
        return await asyncio.to_thread(enclosed, enclosure)
    except Exception as error:  # noqa: BLE001 - whatever it was, the chat goes on
        log.warning("not-enclosed", fault=error)
        return None


def _is_picture(made: Enclosed) -> bool:
    return made.mime.startswith("image/")
