"""How fast messages go out: python-telegram-bot's own HTTP client against ours, on loopback."""

import asyncio
import json
import multiprocessing
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import BaseRequest, HTTPXRequest
from tqdm import tqdm

from bot.channels.telegram.answers import EchoedMessage
from bot.channels.telegram.http import HttpRequest

ROUNDS = 7
SENDS = {1: 400, 16: 1600}
CLIENTS: dict[str, Callable[[], BaseRequest]] = {
    "HTTPXRequest": HTTPXRequest,
    "HttpRequest": HttpRequest,
}
TEXT = "Who could share a little of this with you? There is no need to know yet. " * 4
BUTTONS = [[InlineKeyboardButton(f"Choice {n}", callback_data=f"1f|{n}|who")] for n in range(4)]
USER = {"id": 42, "is_bot": True, "first_name": "Kith", "username": "kith_bot"}
CHAT = {"id": 7, "type": "private", "first_name": "Jo", "username": "jo"}
MESSAGE = {"message_id": 1, "from": USER, "chat": CHAT, "date": 1_800_000_000, "text": TEXT}
KEYBOARD = {"inline_keyboard": [[button.to_dict() for button in row] for row in BUTTONS]}
ANSWER = json.dumps({"ok": True, "result": {**MESSAGE, "reply_markup": KEYBOARD}}).encode()


class Answering(asyncio.Protocol):
    """Answers every call with the same echoed message, as cheaply as Python can."""

    HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
    WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(ANSWER) + ANSWER

    def __init__(self) -> None:
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer when a call is there as a whole."""
        self.waiting += data
        head, end, body = self.waiting.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if end and len(body) >= int(length):
            self.waiting = b""
            self.transport.write(self.WHOLE)


class Offline(HttpRequest):
    """Has the answer at once; what is left is the library's own work."""

    __slots__ = ("_answer",)

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Give the answer."""
        return 200, self._answer


def serve(parent: Connection) -> None:
    """Answer on a free port until the process is ended."""

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
        parent.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def served() -> Iterator[str]:
    """Give the address of a server in another process."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/bot"
    finally:
        process.terminate()
        process.join()


async def timed(request: BaseRequest, address: str, flying: int, sends: int) -> tuple[float, float]:
    """Send messages, some at a time; give the seconds and the seconds of this process's CPU."""
    bot = Bot("42:BENCH", address, request=request, get_updates_request=Offline(b""))

    async def send(times: int) -> None:
        for _ in range(times):
            await bot.send_message(
                7, TEXT, parse_mode="HTML", reply_markup=InlineKeyboardMarkup(BUTTONS)
            )

    async with request:
        await asyncio.gather(*(send(2) for _ in range(flying)))
        began, worked = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send(sends // flying) for _ in range(flying)))
        return time.perf_counter() - began, time.process_time() - worked


def spread(values: list[float], digits: int = 0) -> str:
    """Give median, lowest and highest as cells of a table."""
    return " | ".join(f"{each:,.{digits}f}" for each in (median(values), min(values), max(values)))


def main() -> None:
    """Measure in rounds, the clients by turns, and print two tables in Markdown."""
    kinds = [(flying, name) for flying in SENDS for name in CLIENTS]
    rates: dict[tuple[int, str], list[float]] = {kind: [] for kind in kinds}
    work: dict[tuple[int, str], list[float]] = {kind: [] for kind in kinds}
    answers = {"the whole message": ANSWER, "its beginnings": EchoedMessage(ANSWER)}
    offline: dict[str, list[float]] = {name: [] for name in answers}
    bar = tqdm(total=ROUNDS * (len(kinds) + len(answers)), desc="sends", unit="measure")
    with served() as address, bar:
        for _ in range(ROUNDS):
            for flying, name in kinds:
                sends = SENDS[flying]
                took, worked = asyncio.run(timed(CLIENTS[name](), address, flying, sends))
                rates[flying, name].append(sends / took)
                work[flying, name].append(worked / sends * 1e6)
                bar.update()
            for name, answer in answers.items():
                took, _ = asyncio.run(timed(Offline(answer), address, 1, 2000))
                offline[name].append(took / 2000 * 1e6)
                bar.update()
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, Python {platform.python_version()}; {ROUNDS} rounds by turns\n")
    print(
        "| in flight | client | sends/s, median | lowest | highest | ratio | lowest | highest",
        end="",
    )
    print(" | CPU µs a send |")
    print("|---|---|---|---|---|---|---|---|---|")
    for flying, name in kinds:
        pairs = zip(rates[flying, name], rates[flying, "HTTPXRequest"], strict=True)
        ratios = [mine / theirs for mine, theirs in pairs]
        cells = f"{spread(rates[flying, name])} | {spread(ratios, 2)}"
        print(f"| {flying} | {name} | {cells} | {median(work[flying, name]):,.0f} |")
    print("\n| offline: of the answer is read | µs a send, median | lowest | highest |")
    print("|---|---|---|---|")
    for name, micros in offline.items():
        print(f"| {name} | {spread(micros)} |")


if __name__ == "__main__":
    main()
