"""The poll loop: an update is acknowledged only after its turn is committed."""

import asyncio
import logging
import warnings
from collections.abc import Sequence
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.channels.telegram.help_from_memory import HelpFromMemory
from bot.channels.telegram.intake import ALLOWED_UPDATES, arrival_of
from bot.channels.telegram.sending import seconds_of
from bot.channels.telegram.tapping import Taps
from bot.turns import Arrival, Turns
from bot.writer import Writer

POLL_SECONDS: Final = 25
READ_SECONDS: Final = 10.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
log = logging.getLogger(__name__)


async def poll(bot: Bot, turns: Turns, writer: Writer, taps: Taps) -> None:
    """Ask for updates for ever. The offset moves only past what is committed."""
    offset: int | None = None
    wait = FIRST_WAIT
    away = HelpFromMemory(bot, turns.library.catalogue)
    while True:
        try:
            updates, last = await _updates(bot, offset)
        except RetryAfter as flood:
            await asyncio.sleep(seconds_of(flood))
            continue
        except (InvalidToken, Conflict):
            raise
        except TelegramError:
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait = FIRST_WAIT
        if await take_in(updates, turns, writer, taps, away):
            offset = offset if last is None else last + 1
        else:
            await asyncio.sleep(FIRST_WAIT)


async def take_in(
    updates: Sequence[Update], turns: Turns, writer: Writer, taps: Taps, away: HelpFromMemory
) -> bool:
    """Commit the turns of some updates; what they caused goes out from there.

    False where the database could not take them: they stay unacknowledged and come again.
    """
    arrivals = [
        (update, turns.screened(arrival)) for update in updates if (arrival := arrival_of(update))
    ]
    people: dict[str, list[tuple[Update, Arrival]]] = {}
    for update, arrival in arrivals:
        people.setdefault(arrival.person, []).append((update, arrival))
    commits = [writer.submit(*(arrival for _, arrival in sent)) for sent in people.values()]
    results = await asyncio.gather(*map(asyncio.wrap_future, commits), return_exceptions=True)
    kept = True
    for sent, result in zip(people.values(), results, strict=True):
        if isinstance(result, BaseException):
            log.error("turn not kept: %s", type(result).__name__)
            kept = False
            await away.answer(arrival for _, arrival in sent)
            continue
        for (update, _), outcome in zip(sent, result, strict=True):
            if update.callback_query:
                taps.answer(update.callback_query, outcome)
    return kept


async def _updates(bot: Bot, offset: int | None) -> tuple[Sequence[Update], int | None]:
    """Give what waits, and the id of the last; what can't be read is passed over and counted."""
    try:
        updates = await bot.get_updates(
            offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 - the library could not read one of them
        log.warning("updates not read: %s", type(error).__name__)
        return await _readable_updates(bot, offset)
    return updates, updates[-1].update_id if updates else None


async def _readable_updates(bot: Bot, offset: int | None) -> tuple[list[Update], int | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it advises the call that just failed
        found: list[dict[str, Any]] = await bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=READ_SECONDS,
        )
    updates = []
    for data in found:
        try:
            updates.append(Update.de_json(data, bot))
        except Exception as error:  # noqa: BLE001 - one update's trouble is its own
            log.error("update passed over: %s", type(error).__name__)  # noqa: TRY400
    return updates, found[-1]["update_id"] if found else None
