"""Who may open a round in a group: asked of Telegram, outside of any transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.arrivals import Arrival
from bot.channels.telegram.only_for import who
from bot.engine.events import GroupAsked
from bot.logs.lines import log

LONGEST_SECONDS: Final = 3.0
"""So long Telegram may take to say who runs a group; whoever asked leads nothing until it does."""
Leads = Callable[[int, int], Awaitable[bool]]
"""Says of a group and of somebody in it whether they may open a round."""


def admins(bot: Bot) -> Leads:
    """Let those lead who run the group, as Telegram has it now; it needs no rights to ask."""

    async def leads(chat: int, user: int) -> bool:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                running = await bot.get_chat_administrators(chat)
        except (TelegramError, TimeoutError) as error:
            log.info("admins-not-told", fault=error)
            return False
        return any(each.user.id == user for each in running)

    return leads


async def anyone(chat: int, user: int) -> bool:  # noqa: ARG001 - as whoever asks
    """Let everybody lead."""
    return True


def asks_to_lead(arrival: Arrival) -> bool:
    """Say whether it matters for this arrival who leads; an admin who is nobody never does."""
    event = arrival.event
    return isinstance(event, GroupAsked) and event.name == "round" and bool(event.by)


async def led(arrival: Arrival, leads: Leads) -> Arrival:
    """Give the arrival of somebody who asked for a round, with whether they may open one."""
    event = arrival.event
    if not isinstance(event, GroupAsked):
        return arrival
    leading = await leads(int(str(arrival.address["chat"])), who(event.by))
    return replace(arrival, event=replace(event, leads=leading, anyone=leads is anyone))
