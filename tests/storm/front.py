"""One address in front of two workers: in turn, past the dead one, slowly, sometimes doubled."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Self

import aiohttp
from aiohttp import web

DOUBLED: Final = 0.1
LOST: Final = 0.05
LONGEST_WAY: Final = 0.05
PATIENCE: Final = aiohttp.ClientTimeout(total=10)


@dataclass(slots=True)
class Front:
    """Passes each POST on to a worker and gives its answer; 502 where none answers.

    With `rough` it holds requests for a moment, so that they overtake each other; it hands some to
    every worker at once, and keeps some answers for itself, so that they come again.
    """

    ports: Sequence[int]
    rough: bool = False
    url: str = ""
    answered: list[int] = field(default_factory=list)
    _turn: int = 0
    _chance: Random = field(default_factory=lambda: Random("front"))
    _http: aiohttp.ClientSession | None = None
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/telegram", self._passed_on)
        self._http = aiohttp.ClientSession(timeout=PATIENCE)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/telegram"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        assert self._http is not None
        await self._runner.cleanup()
        await self._http.close()

    async def _passed_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers.copy()
        headers.pop("Host", None)
        self._turn += 1
        ports = [self.ports[(self._turn + n) % len(self.ports)] for n in range(len(self.ports))]
        if self.rough:
            await asyncio.sleep(self._chance.uniform(0, LONGEST_WAY))
        if self.rough and self._chance.random() < DOUBLED:
            answers = await asyncio.gather(*(self._asked(port, body, headers) for port in ports))
            status = min(answers)
        else:
            status = 502
            for port in ports:
                status = await self._asked(port, body, headers)
                if status != 502:
                    break
        self.answered.append(status)
        if self.rough and self._chance.random() < LOST:
            status = 502
        return web.Response(status=status)

    async def _asked(self, port: int, body: bytes, headers: "aiohttp.typedefs.LooseHeaders") -> int:
        assert self._http is not None
        try:
            url = f"http://127.0.0.1:{port}/telegram"
            async with self._http.post(url, data=body, headers=headers) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 502
