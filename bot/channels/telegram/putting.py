"""Putting one message into a chat, or in the place of one that stands there."""

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.along import put_in_place, send_along
from bot.channels.telegram.only_for import for_one
from bot.channels.telegram.spot import Spot
from bot.channels.telegram.writing import Written, vcard
from bot.logs.lines import log


async def put(bot: Bot, spot: Spot, message: Written) -> list[int]:
    """Show a message: in place of another where that can be done, else below all others.

    Gives the number of a new one; what one member of a group alone sees has none that counts.
    Raises what sending raises.
    """
    if message.enclosed:
        return await send_along(bot, spot, message.enclosed, protect=message.protect)
    if message.ring:
        # without a sound: the text above it has just made one
        look = {"vcard": vcard(message), "disable_notification": True, **spot.thread_only}
        card = await bot.send_contact(spot.chat, message.ring, message.text, **look)
        return [card.message_id]
    if message.replaces and await edited(bot, spot.chat, message.replaces, message):
        return []
    if message.only_for and await _put_for_one(bot, spot, message):
        return []
    guarded = {"protect_content": True} if message.protect else {}
    look = {**message.look, **guarded, **spot.thread_only}
    sent = await bot.send_message(spot.chat, message.text, api_kwargs=look)
    return [sent.message_id]


async def edited(bot: Bot, chat: int, number: int, message: Written) -> bool:
    """Put a message in the place of one that stands there; False where that can't be done."""
    try:
        if message.enclosed:
            await put_in_place(bot, chat, number, message.enclosed)
        else:
            await bot.edit_message_text(message.text, chat, number, api_kwargs=message.look)
    except BadRequest as refused:
        return "not modified" in str(refused)
    return True


async def _put_for_one(bot: Bot, spot: Spot, message: Written) -> bool:
    """Show a message to one member of a group alone; False where it has to go to everybody."""
    alone = for_one(message.only_for)
    if alone is None:
        return False
    look = {**message.look, **alone, **spot.thread_only}
    try:
        await bot.send_message(spot.chat, message.text, api_kwargs=look)
    except BadRequest as refused:
        log.info("not-alone", fault=refused)
        return False
    return True
