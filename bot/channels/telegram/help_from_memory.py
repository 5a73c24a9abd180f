"""Help that needs no database: when nothing can be kept, whoever asks for help still gets it."""

import html
from collections.abc import Iterable
from typing import Final

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.arrivals import Arrival
from bot.engine.catalogue import Catalogue
from bot.failing import help_text, wants_help
from bot.logs.lines import log

MOST_REMEMBERED: Final = 10_000


class HelpFromMemory:
    """Sends the help text at once, once for each event; the event itself comes again later."""

    def __init__(self, bot: Bot, catalogue: Catalogue) -> None:
        self._bot = bot
        self._catalogue = catalogue
        self._answered: dict[str, None] = {}

    async def answer(self, arrivals: Iterable[Arrival]) -> None:
        """Send help for those of these arrivals that ask for it or raised a concern."""
        for arrival in arrivals:
            if not wants_help(self._catalogue, arrival.event) or arrival.event_id in self._answered:
                continue
            if arrival.only_known:  # nobody knows now whether they are
                continue
            self._answered[arrival.event_id] = None
            if len(self._answered) > MOST_REMEMBERED:
                del self._answered[next(iter(self._answered))]
            if not await self._sent(int(str(arrival.address["chat"]))):
                self._answered.pop(arrival.event_id, None)  # it comes again, and is tried again

    async def _sent(self, chat: int) -> bool:
        text = help_text(self._catalogue)
        try:
            await self._bot.send_message(chat, html.escape(text, quote=False), ParseMode.HTML)
        except TelegramError as error:
            log.warning("help-not-sent", fault=error)
            return isinstance(error, Forbidden | BadRequest)
        return True
