"""How fast messages go out, on a made clock: each chat in order, none held up by another."""

import asyncio
import heapq
import itertools
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.channels.telegram.http import HttpRequest
from bot.channels.telegram.limiting import A_SECOND, GROUP, Limiter, Pace, everyone
from tests.botapi import BotApi, Fault

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

EVERYONE, PRIVATE = everyone(A_SECOND), Pace(1.0, 3)


class MadeClock:
    """A clock that stands still until it is moved, and wakes who sleeps by it one after another."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Sleep until the clock has been moved so far."""
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._asleep, (self.now + seconds, next(self._numbers), waking))
        await waking

    async def move(self, seconds: float = 0.0) -> None:
        """Let so much time pass, and everybody do in it what they have to do."""
        end = self.now + seconds
        await settled()
        while self._asleep and self._asleep[0][0] <= end:
            self.now, _, waking = heapq.heappop(self._asleep)
            if not waking.done():
                waking.set_result(None)
            await settled()
        self.now = end


async def settled() -> None:
    """Let everything run that can run now."""
    for _ in range(10):
        await asyncio.sleep(0)


class Outbox:
    """Sends through a limiter and notes what went out, and when, counted from the start."""

    def __init__(self, clock: MadeClock) -> None:
        self.clock = clock
        self.began = clock.now
        self.limiter = Limiter(private=PRIVATE, clock=clock, sleep=clock.sleep)
        self.went: list[tuple[float, object, str]] = []
        self.refusing: dict[object, int] = {}
        self.answers_after = 0.0
        self.tasks: list[asyncio.Task[Any]] = []

    def send(self, chat: object, text: str = "", method: str = "sendMessage") -> asyncio.Task[Any]:
        """Begin one call; all that are begun before the clock moves stand in this order."""

        async def out() -> str:
            if seconds := self.refusing.pop(chat, 0):
                await self.clock.sleep(self.answers_after)
                raise RetryAfter(seconds)
            self.went.append((round(self.clock.now - self.began, 6), chat, text))
            return text

        data = {"chat_id": chat, "text": text}
        call = self.limiter.process_request(out, (), {}, method, data, None)
        task = asyncio.ensure_future(call)
        self.tasks.append(task)
        return task

    def times(self, chat: object) -> list[float]:
        """Give when something went to a chat."""
        return [when for when, to, _ in self.went if to == chat]

    def texts(self, chat: object) -> list[str]:
        """Give what went to a chat."""
        return [text for _, to, text in self.went if to == chat]


@pytest.fixture
def clock() -> MadeClock:
    return MadeClock()


@pytest.fixture
async def outbox(clock: MadeClock) -> AsyncIterator[Outbox]:
    """Give an outbox; every call that was begun must have ended."""
    box = Outbox(clock)
    yield box
    await clock.move(10_000)
    assert all(task.done() for task in box.tasks)
    await asyncio.gather(*box.tasks, return_exceptions=True)


def most_within(times: list[float], seconds: float) -> int:
    """Give how many went out at most within any time of this length."""
    return max(sum(at <= when <= at + seconds + 1e-6 for when in times) for at in times)


async def test_a_private_chat_has_three_at_once_and_then_one_a_second(
    outbox: Outbox, clock: MadeClock
) -> None:
    """A turn of three messages goes out at once; a flood is spread, in its order."""
    for number in range(6):
        outbox.send(7, str(number))
    outbox.send("7", "the same chat")
    await clock.move(10)
    assert outbox.times(7) == [0, 0, 0, 1, 2, 3]
    assert outbox.texts(7) == list("012345")
    assert outbox.times("7") == [4]


async def test_edits_and_pictures_of_a_group_count_like_texts(
    outbox: Outbox, clock: MadeClock
) -> None:
    """Whatever is shown in a group, it is 20 in any minute; a person's chat waits for none of it.

    Who leads a group is asked at any time.
    """
    for number in range(12):
        for method in ("sendMessage", "editMessageText", "sendPhoto", "editMessageMedia"):
            outbox.send(-1_000_000_000_005, f"{method} {number}", method)
    outbox.send(-1_000_000_000_005, "asked", "getChatAdministrators")
    outbox.send(7, "private")
    await clock.move(0)
    assert "asked" in {text for when, _, text in outbox.went if when == 0}
    assert outbox.times(7) == [0]
    await clock.move(400)
    shown = [when for when, _, text in outbox.went if text not in ("asked", "private")]
    assert len(shown) == 48
    assert most_within(shown, 60) == 20


async def test_a_chat_that_has_rested_may_burst_again(outbox: Outbox, clock: MadeClock) -> None:
    """After a rest the three are there again, after a short rest as many as were earned."""
    for rest in (1.5, 20):
        for _ in range(3):
            outbox.send(7)
        await clock.move(rest)
    for _ in range(3):
        outbox.send(7)
    await clock.move(5)
    assert outbox.times(7) == [0, 0, 0, 1.5, 2, 3, 21.5, 21.5, 21.5]


async def test_a_group_has_at_most_twenty_in_any_minute(outbox: Outbox, clock: MadeClock) -> None:
    """A group is slower than a person, whether it is known by a number or by its name."""
    for group in (-5, "-1000000000005", "@friends"):
        for number in range(60):
            outbox.send(group, str(number))
    await clock.move(400)
    for group in (-5, "-1000000000005", "@friends"):
        assert most_within(outbox.times(group), 60) == 20
        assert outbox.texts(group) == [str(number) for number in range(60)]


async def test_all_chats_together_have_at_most_thirty_in_any_second(
    outbox: Outbox, clock: MadeClock
) -> None:
    """A thousand people are written to as fast as is allowed, first come, first served."""
    for chat in range(1, 1001):
        outbox.send(chat)
    await clock.move(100)
    times = [when for when, _, _ in outbox.went]
    assert most_within(times, 1) == 30
    assert [chat for _, chat, _ in outbox.went] == list(range(1, 1001))
    assert times[-1] == pytest.approx((1000 - EVERYONE.burst) * EVERYONE.seconds)


async def test_a_chat_that_waits_delays_nobody(outbox: Outbox, clock: MadeClock) -> None:
    """While one chat has a hundred messages waiting, others are written to at once, every time."""
    for number in range(100):
        outbox.send(7, str(number))
    for second in range(20):
        outbox.send(100 + second)
        await clock.move(1)
        assert outbox.times(100 + second) == [second]
    assert len(outbox.times(7)) == 3 + 20


async def test_whoever_writes_much_takes_nobodys_place_among_all(
    outbox: Outbox, clock: MadeClock
) -> None:
    """A chat's own wait is over before it takes a place among all, so that no place is wasted."""
    for number in range(1000):
        outbox.send(7, str(number))
    for chat in range(100, 150):
        outbox.send(chat)
    await clock.move(3)
    assert all(outbox.times(chat) for chat in range(100, 150))


async def test_what_sends_nothing_is_called_at_once(outbox: Outbox, clock: MadeClock) -> None:
    """Answers to taps, signs of typing and questions to Telegram wait for no chat."""
    for _ in range(50):
        outbox.send(7)
    for method in ("answerCallbackQuery", "sendChatAction", "getChat", "deleteMessage", "getMe"):
        outbox.send(7, method, method)
        outbox.send(None, method, method)
    await clock.move()
    said = [text for when, _, text in outbox.went if text]
    assert len(said) == 10


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "editMessageText"])
async def test_what_sends_or_edits_waits(method: str, outbox: Outbox, clock: MadeClock) -> None:
    """Every way of putting something into a chat counts, and they count together."""
    for _ in range(3):
        outbox.send(7)
    outbox.send(7, "fourth", method)
    await clock.move(0.9)
    assert outbox.texts(7) == ["", "", ""]
    await clock.move(0.2)
    assert outbox.texts(7)[-1] == "fourth"


async def test_a_refused_chat_is_stopped_and_the_others_go_on(
    outbox: Outbox, clock: MadeClock
) -> None:
    """The caller hears of a 429; that chat is silent for the time asked, and nobody else is."""
    outbox.refusing[7] = 30
    refused = outbox.send(7, "refused")
    await clock.move()
    assert isinstance(refused.exception(), RetryAfter)
    for number in range(4):
        outbox.send(7, str(number))
    outbox.send(8, "on time")
    await clock.move(29.9)
    assert outbox.times(8) == [0]
    assert outbox.times(7) == []
    await clock.move(10)
    assert outbox.times(7) == [30, 31, 32, 33], "after a stop there is no burst"
    assert outbox.texts(7) == list("0123")


async def test_a_stop_holds_for_those_who_are_waiting_already(
    outbox: Outbox, clock: MadeClock
) -> None:
    """Whoever stands in line when the chat is refused goes out after the stop, still in order."""
    for number in range(8):
        outbox.send(7, str(number))
    await clock.move(1.5)
    assert outbox.texts(7) == list("0123")
    outbox.refusing[7] = 60
    await clock.move(1)
    assert isinstance(outbox.tasks[4].exception(), RetryAfter)
    outbox.send(7, "8")
    await clock.move(200)
    assert outbox.texts(7) == list("0123") + list("5678")
    assert outbox.times(7)[4:] == [62, 63, 64, 65]


async def test_a_stop_holds_for_those_who_have_a_place_among_all(
    outbox: Outbox, clock: MadeClock
) -> None:
    """A chat that is refused while its next message waits behind many others stays silent."""
    outbox.answers_after, outbox.refusing[7] = 0.5, 30
    for chat in (7, *range(100, 200)):
        outbox.send(chat)
    outbox.send(7, "second")
    await clock.move(100)
    assert outbox.times(7) == [30.5]


async def test_one_stubborn_chat_never_stops_all(outbox: Outbox, clock: MadeClock) -> None:
    """Refusals of three chats over a long time, and many of one, are those chats' own."""
    for chat in (11, 12, 13):
        outbox.refusing[chat] = 600
        outbox.send(chat)
        await clock.move(6)
    for _ in range(5):
        outbox.refusing[7] = 1
        outbox.send(7)
        await clock.move(1)
    outbox.send(8)
    await clock.move()
    assert len(outbox.times(8)) == 1


async def test_everything_can_be_stopped_again(outbox: Outbox, clock: MadeClock) -> None:
    """Refusals right after a short pause are counted afresh."""
    for first, seconds in ((1, 1), (11, 30)):
        for chat in range(first, first + 3):
            outbox.refusing[chat] = seconds
            outbox.send(chat)
        await clock.move(1.5)
    outbox.send(8)
    await clock.move(60)
    assert outbox.times(8) == [pytest.approx(1.5 + 30, abs=0.2)]


async def test_when_several_chats_are_refused_at_once_all_wait(
    outbox: Outbox, clock: MadeClock
) -> None:
    """Three chats within seconds mean everybody: all wait as long as the least of them must."""
    for chat, seconds in ((1, 40), (2, 10), (3, 25)):
        outbox.refusing[chat] = seconds
        outbox.send(chat)
        await clock.move(1)
    for chat in range(50, 90):
        outbox.send(chat)
    outbox.send(2, "again")
    outbox.send(1, "again")
    await clock.move(7.9)
    assert outbox.went == []
    await clock.move(100)
    assert outbox.times(50) == [11]
    assert outbox.times(2)[0] == pytest.approx(11 + 40 * EVERYONE.seconds)
    assert outbox.times(1) == [40]
    assert most_within([when for when, _, _ in outbox.went], 1) <= 26, "no burst after a pause"


async def test_a_pause_holds_for_those_who_have_a_place_already(
    outbox: Outbox, clock: MadeClock
) -> None:
    """Whoever stood among all when everything stopped takes a new place after the pause."""
    outbox.answers_after = 0.5
    for chat in (1, 2, 3):
        outbox.refusing[chat] = 20
    for chat in range(1, 101):
        outbox.send(chat)
    await clock.move(100)
    first = [chat for when, chat, _ in outbox.went if when <= 0.5]
    rest = [(when, chat) for when, chat, _ in outbox.went if when > 0.5]
    assert 10 < len(first) < 20
    assert [*first, *(chat for _, chat in rest)] == list(range(4, 101))
    assert rest[0][0] >= 20.5
    assert most_within([when for when, _ in rest], 1) <= 26


async def test_other_errors_stop_nothing(outbox: Outbox, clock: MadeClock) -> None:
    """What fails in another way goes to the caller, and the next one is sent."""

    async def fail() -> bool:
        raise ValueError("the caller's own")

    with pytest.raises(ValueError, match="own"):
        await outbox.limiter.process_request(fail, (), {}, "sendMessage", {"chat_id": 7}, None)
    outbox.send(7)
    await clock.move()
    assert outbox.times(7) == [0]


async def test_whoever_gives_up_waiting_leaves_the_line(outbox: Outbox, clock: MadeClock) -> None:
    """A cancelled call is not made, and those behind it move up."""
    for number in range(6):
        outbox.send(7, str(number))
    await clock.move(0.5)
    outbox.tasks[3].cancel()
    outbox.tasks[4].cancel()
    await clock.move(5)
    assert (outbox.texts(7), outbox.times(7)) == (list("0125"), [0, 0, 0, 1])


async def test_chats_that_rest_are_forgotten(outbox: Outbox, clock: MadeClock) -> None:
    """A hundred thousand people one after another take no more memory than the first thousand."""
    limiter, sizes = outbox.limiter, []

    async def out() -> bool:
        return True

    tracemalloc.start()
    for chat in range(1, 21_001):
        clock.now += 0.1
        await limiter.process_request(out, (), {}, "sendMessage", {"chat_id": chat}, None)
        if chat % 1000 == 0:
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert max(sizes[1:]) - sizes[0] < 50_000
    assert len(limiter._chats) <= 64


async def test_a_thousand_stopped_chats_are_little_memory_and_later_none(
    outbox: Outbox, clock: MadeClock
) -> None:
    """A thousand chats that must be remembered take well under a megabyte, and then nothing."""
    limiter = outbox.limiter

    async def out(refused: bool) -> bool:
        if refused:
            raise RetryAfter(10_000)
        return True

    async def send(chat: int, *, refused: bool) -> None:
        clock.now += 6
        with suppress(RetryAfter):
            await limiter.process_request(
                out, (refused,), {}, "sendMessage", {"chat_id": chat}, None
            )

    tracemalloc.start()
    for chat in range(1000):
        await send(chat, refused=True)
    assert tracemalloc.get_traced_memory()[0] < 500_000
    tracemalloc.stop()
    assert len(limiter._chats) == 1000
    clock.now += 20_000
    for chat in range(2000, 4000):
        await send(chat, refused=False)
    assert len(limiter._chats) <= 64


async def test_a_chat_that_stands_in_line_is_not_forgotten(
    outbox: Outbox, clock: MadeClock
) -> None:
    """Whoever waits behind many others keeps its own pace, however many more come."""
    for chat in range(100, 160):
        outbox.send(chat)
    for _ in range(3):
        outbox.send(7)
    await clock.move()
    for chat in range(200, 300):
        outbox.send(chat)
    for _ in range(3):
        outbox.send(7)
    await clock.move(60)
    assert len(outbox.times(7)) == 6
    assert most_within(outbox.times(7), 0.9) <= 3


async def test_a_stop_is_not_forgotten(outbox: Outbox, clock: MadeClock) -> None:
    """However many others come meanwhile, a stopped chat stays stopped for its time."""
    outbox.refusing[7] = 500
    outbox.send(7)
    await clock.move()
    for chat in range(100, 1100):
        outbox.send(chat)
        await clock.move(0.1)
    outbox.send(7, "after")
    await clock.move(1000)
    assert outbox.times(7) == [500]


async def test_the_paces_are_those_telegram_names() -> None:
    """One a second to a person, 20 a minute to a group, 30 a second in all, bursts counted in."""
    assert PRIVATE.seconds == 1
    assert GROUP.burst + 60 / GROUP.seconds <= 20
    assert EVERYONE.burst + 1 / EVERYONE.seconds <= 30


async def test_with_the_real_library_a_flood_is_spread_and_a_refusal_passed_on() -> None:
    """On the real clock: the fourth message waits its second, a 429 stops one chat only."""
    async with await BotApi.start() as api:
        jo, al = api.person(7, first_name="Jo"), api.person(8, first_name="Al")
        api.person(9, first_name="Bo")
        request = HttpRequest()
        bot = ExtBot(
            "42:TEST",
            base_url=f"{api.url}/bot",
            request=request,
            get_updates_request=HttpRequest(),
            rate_limiter=Limiter(private=PRIVATE),
        )
        async with request:
            now = asyncio.get_running_loop().time
            began = now()
            await asyncio.gather(*(bot.send_message(7, str(number)) for number in range(4)))
            assert 0.95 <= now() - began < 3
            assert len(jo.history()) == 4
            assert jo.history()[-1].text == "3"
            api.inject("sendMessage", Fault(retry_after=1))
            with pytest.raises(RetryAfter):
                await bot.send_message(8, "too fast")
            began = now()
            await bot.send_message(9, "another chat")
            assert now() - began < 0.4
            again = asyncio.ensure_future(bot.send_message(8, "again"))
            await asyncio.sleep(0.5)
            assert al.history() == []
            await again
            assert now() - began >= 0.9
            assert [seen.text for seen in al.history()] == ["again"]
