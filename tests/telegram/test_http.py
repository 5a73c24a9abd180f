"""Calls over HTTP: each made once, every trouble by its name, and the token told to nobody."""

import asyncio
import gc
import io
import logging
import ssl
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.channels.telegram.http import HttpRequest
from bot.channels.telegram.limiting import Limiter
from tests.botapi import BotApi, Fault, Person
from tests.botapi.people import JPEG
from tests.telegram.lines import Line, lines

TOKEN = "42:SECRET-canary"
PTB = "ignore::telegram.warnings.PTBDeprecationWarning"
CERTIFICATE = Path(__file__).with_name("self_signed.pem")
pytestmark = pytest.mark.filterwarnings(PTB)
Calling = Callable[..., AbstractAsyncContextManager[Bot]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with await BotApi.start(token=TOKEN) as server:
        yield server


@pytest.fixture
def jo(api: BotApi) -> Person:
    """Give Jo, whose chat with the bot is open."""
    return api.person(7, first_name="Jo")


@pytest.fixture(autouse=True)
def _nothing_told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No test here may leave the token in a log, not even in the most talkative one.

    Only the library's bot tells its address when it is made: to a log where no words are let through.
    """
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, f"telegram.ext.{ExtBot.__name__}")
    yield
    gc.collect()
    assert "canary" not in caplog.text


@asynccontextmanager
async def calling(address: str, request: HttpRequest | None = None) -> AsyncIterator[Bot]:
    """Give the library's bot on our HTTP, with our pace."""
    request = request or HttpRequest()
    bot: Bot = ExtBot(
        TOKEN,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=HttpRequest(read_seconds=0.2),
        rate_limiter=Limiter(),
    )
    updates = bot._request[0]
    async with request, updates:
        yield bot


def deaf(_: Line) -> None:
    """Take the line, and neither read nor answer."""
    time.sleep(2)


async def trouble(call: object) -> TelegramError:
    """Give the error that a call ends with; neither it nor anything behind it tells the token."""
    with pytest.raises(TelegramError) as caught:
        await call  # type: ignore[misc]
    error: BaseException | None = caught.value
    assert "canary" not in "".join(traceback.format_exception(caught.value))
    while error is not None:
        assert "canary" not in f"{error!s} {error!r}"
        error = error.__cause__ or error.__context__
    return caught.value


async def test_a_message_arrives_as_it_was_sent(api: BotApi, jo: Person) -> None:
    """Text in any script and buttons reach the person; the bot learns the message's id."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Да & <b>", callback_data="1|0|a")]])
    async with calling(api.url) as bot:
        sent = await bot.send_message(
            7, "Grüße &amp; <b>привет</b> 🌿", "HTML", reply_markup=keyboard
        )
        (seen,) = await jo.sees()
        assert (seen.text, seen.buttons) == ("Grüße & привет 🌿", (("Да & <b>",),))
        edited = await bot.edit_message_text("Anders", 7, sent.message_id)
        assert [each.text for each in jo.history()] == ["Anders"]
        assert edited is True
        assert sent.message_id == seen.message_id


async def test_of_an_echoed_message_only_its_beginnings_are_read(api: BotApi, jo: Person) -> None:
    """What was sent does not come back into the process; other answers come as a whole."""
    async with calling(api.url) as bot:
        sent = await bot.send_message(jo.user["id"], "a word of comfort")
        assert (sent.text, sent.from_user, sent.message_id) == (None, None, 1)
        assert sent.chat.to_dict() == {"id": 7, "type": "private"}
        assert sent.date.timestamp() > time.time() - 60
        chat = await bot.get_chat(7)
        assert chat.first_name == "Jo"
        assert (await bot.get_me()).username == "kith_test_bot"


async def test_a_photo_and_a_file_arrive_whole(api: BotApi, jo: Person) -> None:
    """A picture in memory, a file with a name in any script, and one of several megabytes."""
    large = bytes(range(256)) * 20_000
    async with calling(api.url) as bot:
        await bot.send_photo(7, JPEG, caption="Für dich", reply_markup=InlineKeyboardMarkup([]))
        await bot.send_document(7, io.BytesIO(large), filename='Der "Brief" für Жанна.txt')
        photo, letter = await jo.sees(2)
        assert photo.photo is not None
        assert letter.document is not None
        assert (photo.photo.content, photo.text) == (JPEG, "Für dich")
        assert letter.document.content == large
        assert letter.document.name == 'Der "Brief" für Жанна.txt'


async def test_a_file_is_fetched(api: BotApi, jo: Person) -> None:
    """A file a person sent is read as it was."""
    async with calling(api.url) as bot:
        await bot.send_photo(7, JPEG)
        (seen,) = await jo.sees()
        assert seen.photo is not None
        file = await bot.get_file(seen.photo.file_id)
        assert bytes(await file.download_as_bytearray()) == JPEG
        file._unfreeze()
        file.file_path = f"{api.url}/file/bot{TOKEN}/files/none"
        assert isinstance(await trouble(file.download_as_bytearray()), InvalidToken)


async def test_a_slow_answer_times_out(api: BotApi, jo: Person) -> None:
    """A call gives up when its own read timeout has passed, and one without it at the default."""
    api.inject("sendMessage", Fault(delay=2), times=2)
    async with calling(api.url, HttpRequest(read_seconds=0.1)) as bot:
        began = time.perf_counter()
        assert isinstance(await trouble(bot.send_message(jo.user["id"], "late")), TimedOut)
        slow = bot.send_message(7, "late", read_timeout=0.3)
        assert isinstance(await trouble(slow), TimedOut)
        assert 0.4 <= time.perf_counter() - began < 1.5
        await bot.send_message(7, "in time")


async def test_a_long_poll_may_take_its_time(api: BotApi) -> None:
    """Asking for updates waits for as long as was asked, beyond the default read timeout."""
    async with calling(api.url) as bot:
        assert bot._request[0].read_timeout == 0.2
        assert await bot.get_updates(timeout=1, allowed_updates=["message"]) == ()


async def test_no_answer_while_connecting_times_out() -> None:
    """A server that takes the line but never shakes hands is given up after the connect timeout."""
    with lines(deaf) as server:
        async with calling(f"https://{server.address}") as bot:
            call = bot.send_message(7, "hello", connect_timeout=0.1, read_timeout=5)
            assert isinstance(await trouble(call), TimedOut)


async def test_waiting_for_a_free_connection_times_out(api: BotApi, jo: Person) -> None:
    """Where all connections are in use a call waits its pool timeout, and nothing was sent."""
    api.inject("sendMessage", Fault(delay=0.4))
    async with calling(api.url, HttpRequest(most_connections=1)) as bot:
        first = asyncio.ensure_future(bot.send_message(jo.user["id"], "first"))
        await asyncio.sleep(0.1)
        late = await trouble(bot.send_message(7, "second", pool_timeout=0.05))
        assert isinstance(late, TimedOut)
        assert "nothing was sent" in str(late)
        await asyncio.gather(first, bot.send_message(7, "third", pool_timeout=5))
        assert [call["text"] for call in api.calls_of("sendMessage")] == ["first", "third"]


async def test_an_upload_that_is_not_taken_times_out() -> None:
    """A server that stops reading is given up after the write timeout, whatever the others are."""
    with lines(deaf) as server:
        async with calling(f"http://{server.address}") as bot:
            began = time.perf_counter()
            upload = bot.send_document(7, bytes(40 << 20), write_timeout=0.2, read_timeout=None)
            assert isinstance(await trouble(upload), TimedOut)
            assert time.perf_counter() - began < 2


async def test_a_slow_but_steady_upload_is_not_cut() -> None:
    """The write timeout is for each piece, so that a long upload on a slow line ends well."""

    def steady(line: Line) -> None:
        left = 24 << 20
        while left > 0:
            left -= len(line.socket.recv(1 << 20, 0x100))  # MSG_WAITALL
            time.sleep(0.05)
        line.answer()

    with lines(steady) as server:
        async with calling(f"http://{server.address}") as bot:
            began = time.perf_counter()
            await bot.send_document(7, bytes(24 << 20), write_timeout=0.6)
            assert time.perf_counter() - began > 0.6


async def test_a_refused_connection_is_trouble_with_the_network(api: BotApi) -> None:
    """Where nobody listens the call fails at once."""
    address = api.url
    await api.stop()
    async with calling(address) as bot:
        error = await trouble(bot.send_message(7, "hello"))
        assert type(error) is NetworkError


async def test_a_line_closed_between_two_calls_loses_nothing() -> None:
    """An idle connection that the server has closed is passed over, even if nobody noticed yet."""

    def once(line: Line) -> None:
        line.call()
        line.answer()

    with lines(once, once) as server:
        async with calling(f"http://{server.address}") as bot:
            await bot.send_message(7, "first")
            # The loop stands still meanwhile, so that it can't have seen the line's end.
            assert server.closed.acquire(timeout=5)
            time.sleep(0.05)  # noqa: ASYNC251 - just so
            await bot.send_message(7, "second")
            assert server.calls == 2


@pytest.mark.parametrize("answered", [0, 3])
async def test_a_line_closed_instead_of_an_answer_is_trouble_and_no_second_call(
    answered: int,
) -> None:
    """A call that may have arrived is not made again, on a new connection nor on one in use."""

    def cut(line: Line) -> None:
        for _ in range(answered):
            line.call()
            line.answer()
        line.call()

    with lines(cut, cut) as server:
        async with calling(f"http://{server.address}") as bot:
            for _ in range(answered):
                await bot.send_message(7, "heard")
            error = await trouble(bot.send_message(7, "unheard"))
            assert type(error) is NetworkError
            assert server.calls == answered + 1


async def test_a_line_closed_in_the_middle_of_an_answer_is_trouble_and_no_second_call() -> None:
    """Half an answer is no answer."""

    def half(line: Line) -> None:
        line.call()
        line.answer(more=1)

    with lines(half, half) as server:
        async with calling(f"http://{server.address}") as bot:
            error = await trouble(bot.send_message(7, "half heard"))
            assert type(error) is NetworkError
            assert server.calls == 1


async def test_a_lost_answer_of_the_real_service_is_trouble(api: BotApi, jo: Person) -> None:
    """A call that took effect and whose answer was cut off is not made again here."""
    api.inject("sendMessage", Fault(cut="after"))
    async with calling(api.url) as bot:
        assert type(await trouble(bot.send_message(7, "once"))) is NetworkError
        assert [seen.text for seen in jo.history()] == ["once"]


async def test_refusals_come_by_their_names(api: BotApi, jo: Person) -> None:
    """What Telegram refuses is told apart as the library tells it apart."""
    group = api.group(-5, title="Friends", members=[jo])
    group._chat.moved_to = -1_000_000_000_005
    api.inject("sendMessage", Fault(retry_after=3))
    async with calling(api.url) as bot:
        flood = await trouble(bot.send_message(8, "too fast"))
        assert isinstance(flood, RetryAfter)
        assert flood.retry_after == 3
        assert isinstance(await trouble(bot.send_message(9, "to nobody")), BadRequest)
        moved = await trouble(bot.send_message(-5, "to the old group"))
        assert isinstance(moved, ChatMigrated)
        assert moved.new_chat_id == -1_000_000_000_005
        api.inject("sendMessage", Fault(status=403))
        assert isinstance(await trouble(bot.send_message(7, "blocked")), Forbidden)
        api.inject("sendMessage", Fault(status=502))
        assert type(await trouble(bot.send_message(7, "down"))) is NetworkError


PAGE = f"<html>The address /bot{TOKEN}/sendMessage is not well</html>".encode()
REFUSAL = f'{{"ok":false,"description":"nothing at /bot{TOKEN}/sendMessage"}}'.encode()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        ("502 Bad Gateway", PAGE, "Bad Gateway (502)"),
        ("500 Internal Server Error", b"\xff\xfe[1]", "Internal Server Error (500)"),
        ("503 Service Unavailable", b"[]", "Service Unavailable (503)"),
        ("500 Internal Server Error", REFUSAL, "nothing at /bot/sendMessage"),
        ("302 Found", PAGE, "Found (302)"),
        ("200 OK", PAGE, "the answer is not JSON"),
    ],
)
async def test_a_page_instead_of_an_answer_is_trouble_that_tells_nothing_of_it(
    status: str, body: bytes, said: str
) -> None:
    """What a proxy writes is not repeated in the error; what Telegram says is, without the token."""

    def page(line: Line) -> None:
        line.call()
        line.answer(body, status)

    with lines(page) as server:
        async with calling(f"http://{server.address}") as bot:
            error = await trouble(bot.send_message(7, "hello"))
            assert isinstance(error, NetworkError)
            assert str(error) == said


async def test_a_redirect_is_not_followed() -> None:
    """The token and what was said go to no other address."""

    def other(line: Line) -> None:
        line.call()
        line.answer()

    with lines(other) as elsewhere:

        def away(line: Line) -> None:
            line.call()
            there = f"http://{elsewhere.address}/bot{TOKEN}/sendMessage"
            line.answer(b"", f"307 Temporary Redirect\r\nLocation: {there}")

        with lines(away) as server:
            async with calling(f"http://{server.address}") as bot:
                error = await trouble(bot.send_message(7, "hello"))
                assert isinstance(error, NetworkError)
                assert (server.calls, elsewhere.calls) == (1, 0)


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    """Nothing is said to a server that can't prove who it is."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)

    def disguised(line: Line) -> None:
        line.socket = context.wrap_socket(line.socket, server_side=True)
        line.call()
        line.answer()

    with lines(disguised) as server:
        async with calling(f"https://{server.address}") as bot:
            assert type(await trouble(bot.send_message(7, "hello"))) is NetworkError
            assert server.calls == 0


async def test_an_address_that_is_none_tells_no_token() -> None:
    """A mistake in the address is trouble with the network, in words without the address."""
    for address in ("http://[half", "http://no such host", "telegram", "http://127.0.0.1:99999"):
        async with calling(address) as bot:
            assert isinstance(await trouble(bot.send_message(7, "hello")), NetworkError)


async def test_opening_and_closing_twice_is_once(api: BotApi, jo: Person) -> None:
    """Closed twice is closed, and what was closed opens again; closed it makes no call."""
    request = HttpRequest()
    async with calling(api.url, request) as bot:
        await request.initialize()
        await bot.send_message(jo.user["id"], "one")
        await request.shutdown()
        await request.shutdown()
        assert isinstance(await trouble(bot.send_message(7, "two")), NetworkError)
        await request.initialize()
        await bot.send_message(7, "three")
        assert [seen.text for seen in jo.history()] == ["one", "three"]


async def test_connections_are_used_again_and_no_more_than_allowed() -> None:
    """Fifty calls at a time go over as many lines as there may be, each used again and again."""
    most, lock = [0], threading.Lock()

    def patient(line: Line) -> None:
        with lock:
            most[0] += 1
        while line.call():
            line.answer()

    with lines(*[patient] * 50) as server:
        async with calling(f"http://{server.address}", HttpRequest(most_connections=4)) as bot:
            for _ in range(2):
                calls = (bot.get_chat_member_count(who, pool_timeout=5) for who in range(50))
                await asyncio.gather(*calls)
        assert server.calls == 100
        assert most[0] <= 4


async def test_a_call_that_is_given_up_leaves_its_place_to_others(api: BotApi, jo: Person) -> None:
    """Cancelled calls hold no connection."""
    api.inject("sendMessage", Fault(delay=2), times=3)
    async with calling(api.url, HttpRequest(most_connections=1)) as bot:
        for _ in range(3):
            slow = asyncio.ensure_future(bot.send_message(jo.user["id"], "given up"))
            await asyncio.sleep(0.05)
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
        await bot.get_me()


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "404 Not Found"])
async def test_a_proxy_that_refuses_is_not_taken_for_telegram(status: str) -> None:
    """What something on the way refuses is tried again; nobody is given up for it."""

    def page(line: Line) -> None:
        line.call()
        line.answer(b"<html>no</html>", status)

    with lines(page) as server:
        async with calling(f"http://{server.address}") as bot:
            error = await trouble(bot.send_message(7, "hello"))
    assert type(error) is NetworkError
