"""How fast messages may go out: each chat at its own pace, and all of them together at one."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.sending import seconds_of

SENDING: Final = ("send", "editMessage", "copyMessage", "forwardMessage")
"""How the methods begin that put something into a chat."""
SILENT: Final = frozenset({"sendChatAction", "editMessageReplyMarkup"})
"""These put nothing into a chat; a button that comes to rest waits for nothing."""
SEVERAL_CHATS: Final = 3
SHORT_SECONDS: Final = 5.0
"""So many chats, refused within so short a time, mean that the bot as a whole is too fast."""
FEW_CHATS: Final = 64


@dataclass(frozen=True, slots=True)
class Pace:
    """One message every so many seconds in the long run, and at most `burst` after a rest."""

    seconds: float
    burst: int


PRIVATE: Final = Pace(1.0, 20)
"""One a second; "you may go over this limit shortly" (core.telegram.org/bots/faq).

The burst is for somebody who answers fast: each answer has its message and its button at rest.
"""
GROUP: Final = Pace(60 / 16, 4)
"""At most 4 + 16 = 20 in any minute (the same page)."""
A_SECOND: Final = 30
"""So many messages in any second to all chats together (the same page)."""


def everyone(a_second: int) -> Pace:
    """Give the pace at which no second holds more, whenever it begins."""
    burst = max(1, a_second // 6)
    return Pace(1 / max(1, a_second - burst), burst)


@dataclass(slots=True)
class Gate:
    """Lets messages through at a pace; all it knows is when its rest would be complete."""

    pace: Pace
    rested: float = 0.0

    def opens(self) -> float:
        """Give the time from which on the next message may pass."""
        return self.rested - (self.pace.burst - 1) * self.pace.seconds

    def let_through(self, now: float) -> None:
        """Count a message that passes now, or that will pass as soon as the gate opens."""
        self.rested = max(self.rested, now) + self.pace.seconds

    def shut(self, until: float) -> None:
        """Let nothing through before a time, and no burst right after it."""
        self.rested = max(self.rested, until + (self.pace.burst - 1) * self.pace.seconds)


@dataclass(slots=True)
class _Chat:
    gate: Gate
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    standing: int = 0


class Limiter(BaseRateLimiter[object]):
    """Holds back what is sent to a chat, in order, until the chat and all together may have it.

    A chat that waits delays no other. A refusal for being too fast (429) is passed on to the
    caller and shuts that one chat for the time asked; everything is shut only where several
    chats are refused within a short time. Chats that have rested are forgotten. aiolimiter
    would give the pace, but no shutting, forgetting or clock of one's own, and that is the rest.
    """

    def __init__(
        self,
        a_second: int = A_SECOND,
        private: Pace = PRIVATE,
        group: Pace = GROUP,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take another clock and another sleep, both in seconds; by default the loop's own.

        `private` is the pace of a private chat, `group` that of a group; `a_second` is what all
        chats together may get in any second, the first few at once.
        """
        self._clock = clock or _loop_time
        self._sleep = sleep
        self._chats: dict[int | str, _Chat] = {}
        self._sweep_at = FEW_CHATS
        self._private = private
        self._group = group
        self._everyone = Gate(everyone(a_second))
        self._all_shut = 0.0
        self._refused: dict[int | str, tuple[float, float]] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 - as the library has it
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: object,  # noqa: ARG002 - as the library has it
    ) -> Any:
        """Make a call when its chat's turn has come; what sends nothing is called at once."""
        chat_id = _chat_of(endpoint, data)
        if chat_id is None:
            return await callback(*args, **kwargs)
        chat = self._chat(chat_id)
        chat.standing += 1
        try:
            async with chat.line:
                await self._turn(chat.gate)
        finally:
            chat.standing -= 1
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            self._shut(chat_id, seconds_of(flood))
            raise

    async def _turn(self, gate: Gate) -> None:
        """Wait for the chat, then take a place among all; a gate may shut while one waits."""
        while True:
            await self._until(gate.opens())
            place = self._everyone.opens()
            self._everyone.let_through(self._clock())
            await self._until(place)
            now = self._clock()
            if max(gate.opens(), self._all_shut) <= now:
                gate.let_through(now)
                return

    async def _until(self, time: float) -> None:
        while (wait := time - self._clock()) > 0:
            await self._sleep(wait)

    def _shut(self, chat_id: int | str, seconds: float) -> None:
        now = self._clock()
        self._chat(chat_id).gate.shut(now + seconds)
        recent = now - SHORT_SECONDS
        self._refused = {chat: seen for chat, seen in self._refused.items() if seen[0] > recent}
        self._refused[chat_id] = now, now + seconds
        if len(self._refused) >= SEVERAL_CHATS:
            # The shortest of their times: a longer one may be about that one chat alone.
            self._all_shut = max(self._all_shut, min(until for _, until in self._refused.values()))
            self._everyone.shut(self._all_shut)
            self._refused.clear()

    def _chat(self, chat_id: int | str) -> _Chat:
        if chat_id not in self._chats:
            if len(self._chats) >= self._sweep_at:
                self._forget_rested()
            group = isinstance(chat_id, str) or chat_id < 0
            self._chats[chat_id] = _Chat(Gate(self._group if group else self._private))
        return self._chats[chat_id]

    def _forget_rested(self) -> None:
        """Forget whom nothing is known of that a new chat would not have; now and then."""
        now = self._clock()
        self._chats = {
            name: chat
            for name, chat in self._chats.items()
            if chat.standing or chat.gate.rested > now
        }
        self._sweep_at = max(FEW_CHATS, 2 * len(self._chats))


def _chat_of(endpoint: str, data: dict[str, Any]) -> int | str | None:
    """Give the chat that something is sent to; a name that is no number is a public group's."""
    if not endpoint.startswith(SENDING) or endpoint in SILENT:
        return None
    chat_id = data.get("chat_id")
    try:
        return None if chat_id is None else int(chat_id)
    except ValueError:
        return str(chat_id)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
