"""The poll loop: an update is acknowledged only after its turn is committed."""

import asyncio
import warnings
from collections.abc import Sequence
from typing import Any, Final

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.channels.telegram.exchange import Exchange
from bot.channels.telegram.intake import ALLOWED_UPDATES
from bot.channels.telegram.sending import seconds_of
from bot.logs.lines import log

POLL_SECONDS: Final = 25
READ_SECONDS: Final = 10.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
MOST_CONFLICTS: Final = 3
CONFLICT_SECONDS: Final = 3.0


async def poll(parts: Exchange) -> None:
    """Ask for updates for ever. The offset moves only past what is committed.

    Raises Conflict where another program goes on asking with this token; one that asked only
    once, such as a doctor or the last breath of an earlier run, is outlived.
    """
    offset: int | None = None
    wait, conflicts = FIRST_WAIT, 0
    while True:
        try:
            updates, last = await _updates(parts, offset)
        except RetryAfter as flood:
            await asyncio.sleep(seconds_of(flood))
            continue
        except InvalidToken:
            raise
        except Conflict:
            conflicts += 1
            if conflicts == MOST_CONFLICTS:
                raise
            await asyncio.sleep(CONFLICT_SECONDS)
            continue
        except TelegramError:
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait, conflicts = FIRST_WAIT, 0
        if await parts.take_in(updates):
            offset = offset if last is None else last + 1
        else:
            await asyncio.sleep(FIRST_WAIT)


async def _updates(parts: Exchange, offset: int | None) -> tuple[Sequence[Update], int | None]:
    """Give what waits, and the id of the last; what can't be read is passed over and counted."""
    try:
        updates = await parts.bot.get_updates(
            offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 - the library could not read one of them
        log.warning("updates-not-read", fault=error)
        return await _readable_updates(parts, offset)
    return updates, updates[-1].update_id if updates else None


async def _readable_updates(parts: Exchange, offset: int | None) -> tuple[list[Update], int | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it advises the call that just failed
        found: list[dict[str, Any]] = await parts.bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=READ_SECONDS,
        )
    updates = []
    for data in found:
        try:
            updates.append(Update.de_json(data, parts.bot))
        except Exception as error:  # noqa: BLE001 - one update's trouble is its own
            parts.unreadable(error)
    return updates, found[-1]["update_id"] if found else None
