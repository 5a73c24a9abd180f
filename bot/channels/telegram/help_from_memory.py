"""Help that needs no database: when nothing can be kept, whoever asks for help still gets it."""

import html
from collections.abc import Iterable
from typing import Final

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.engine.catalogue import Catalogue
from bot.engine.events import CommandGiven, ConcernRaised, Event, TextReceived
from bot.engine.understand import folded
from bot.logs.lines import log
from bot.turns import Arrival

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
            if not self._wants_help(arrival.event) or arrival.event_id in self._answered:
                continue
            self._answered[arrival.event_id] = None
            if len(self._answered) > MOST_REMEMBERED:
                del self._answered[next(iter(self._answered))]
            if not await self._sent(int(str(arrival.address["chat"]))):
                self._answered.pop(arrival.event_id, None)  # it comes again, and is tried again

    async def _sent(self, chat: int) -> bool:
        lines = self._catalogue.lines("suicide", "")
        abuse = self._catalogue.lines("abuse", "")
        text = self._catalogue.screens["help"].say.render({"lines": lines, "abuse_lines": abuse})
        try:
            await self._bot.send_message(chat, html.escape(text, quote=False), ParseMode.HTML)
        except TelegramError as error:
            log.warning("help-not-sent", fault=error)
            return isinstance(error, Forbidden | BadRequest)
        return True

    def _wants_help(self, event: Event) -> bool:
        match event:
            case ConcernRaised() | CommandGiven(name="help"):
                return True
            case TextReceived(text=text):
                word = folded(text.removeprefix("/"))
                return self._catalogue.typed.get(word) == "help"
            case _:
                return False
