"""A post in a group: it stands there once, under a tag, and is edited for as long as it does.

What is no longer shared has to go from where it was shown, so a post is never sent anew where it
can be edited, and never sent as it was when by now it reads otherwise.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.only_for import for_one
from bot.channels.telegram.putting import edited, put
from bot.channels.telegram.spot import Spot
from bot.channels.telegram.writing import Written
from bot.engine.effects import Say
from bot.logs.lines import log
from bot.parcels import Outgoing, unpack_outgoing
from storage.outbox import Parcel

Standing = Mapping[str, tuple[int, ...]]
"""The numbers of what stands in a chat under a tag, by the pieces of the post."""


def gathered(parcel: Parcel, held: Iterable[Parcel]) -> Outgoing | None:
    """Give what is to be sent now, as it reads by now; None where a later one will do it.

    A group takes few messages a minute: of what waits for the same post only the last is shown,
    and a line that everybody sees is said once for all who wait for it.
    """
    outgoing = unpack_outgoing(parcel.body)
    tag = outgoing.effect.tag
    if not tag and not outgoing.effect.links:
        return outgoing
    behind = [(each, unpack_outgoing(each.body)) for each in held if each.id > parcel.id]
    if not tag:
        here = [each.effect for at, each in behind if at.address == parcel.address]
        return None if any(_same(outgoing.effect, each) for each in here) else outgoing
    newer = any(each.effect.tag == tag and each.effect.replace for _, each in behind)
    # what is sent first holds nobody's words: they come by an edit, which may be made twice
    return None if newer and outgoing.effect.replace else outgoing


def _same(one: Say, other: Say) -> bool:
    """Say whether two lines read the same to everybody; what one alone may see is for them."""
    seen_by_all = for_one(one.only_for) is None and for_one(other.only_for) is None
    return seen_by_all and (one.text, one.links) == (other.text, other.links)


async def edit(bot: Bot, spot: Spot, message: Written, standing: Standing) -> list[int]:
    """Put one piece of a post in the place where it stands; give the number of what is new.

    Nothing is sent where the post does not stand there any more; a piece that it did not have
    before goes below. Raises what sending raises, but for refusals to edit.
    """
    if not standing.get(""):
        return []
    numbers = standing.get(message.piece, ())
    for number in numbers:
        if not await edited(bot, spot.chat, number, message):
            log.warning("post-not-edited")
    return [] if numbers else await put(bot, spot, message)


async def take_away(
    bot: Bot, spot: Spot, messages: Iterable[Written], standing: Standing
) -> list[int]:
    """Take away the pieces that a post has no longer; give the numbers of what is gone.

    What Telegram lets nobody delete any more is emptied as far as it can be.
    """
    kept = {message.piece for message in messages}
    gone = [n for piece, numbers in standing.items() if piece not in kept for n in numbers]
    for number in gone:
        try:
            await bot.delete_message(spot.chat, number)
        except BadRequest:
            with suppress(BadRequest):
                await bot.edit_message_text("…", spot.chat, number)
    return gone
