"""Fetching from a directory's address: http(s), the same host only, never more than the limits."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Final, Self

import aiohttp
from yarl import URL

from bot.directory.limits import Exhausted, Limits, in_words
from bot.directory.record import SourceUnusable

Address = URL
"""An address as aiohttp speaks of it, read and changed without string work."""
_CHUNK: Final = 65_536
_MOVED: Final = (301, 302, 303, 307, 308)
_GZIP: Final = ("gzip", "x-gzip", "deflate")
_HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "kith"}
_BROKEN: Final = "the connection broke before all had come: try again later"


class Missing(SourceUnusable):
    """The server says that there is nothing under an address."""


def address_of(where: str) -> URL:
    """Read an address; raises SourceUnusable unless it is http(s) with a host."""
    try:
        url = URL(where)
        fine = url.scheme in ("http", "https") and bool(url.host)
    except ValueError:
        fine = False
    if not fine:
        raise SourceUnusable(f"{where[:200]} is no web address: begin it with https://")
    return url


def named(url: URL) -> str:
    """Name an address for a message: without its query or a password, which may be secret."""
    return str(url.with_user(None).with_query(None).with_fragment(None))


class Fetcher:
    """One connection to a source, used in `with`; counts what was read in all."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.all
        self._runner = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._session is not None:
            self._runner.run(self._session.close())
        self._runner.close()

    def fetch(self, url: URL) -> bytes:
        """Return the whole body found at an address, unpacked.

        Follows redirects to the same host only. Raises Missing where the server has nothing there,
        SourceUnusable with one line and its remedy for everything else that went wrong.
        """
        try:
            return self._runner.run(self._fetch(url))
        except TimeoutError:
            seconds = f"{self._limits.seconds:g} seconds"
            raise SourceUnusable(
                f"{named(url)} didn't answer in full within {seconds}: try again later"
            ) from None
        except (aiohttp.ClientError, zlib.error, ValueError) as error:
            raise SourceUnusable(f"{named(url)}: {_said(error)}") from None

    async def _fetch(self, url: URL) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=_HEADERS, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        async with asyncio.timeout(self._limits.seconds):
            for _ in range(self._limits.redirects + 1):
                async with self._session.get(
                    url, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=None)
                ) as answer:
                    if answer.status not in _MOVED:
                        return await self._body(url, answer)
                    url = _moved(url, answer)
        raise SourceUnusable(f"{named(url)} sends from one address to the next: ask its publisher")

    async def _body(self, url: URL, answer: aiohttp.ClientResponse) -> bytes:
        _check_status(url, answer)
        how = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if how not in (*_GZIP, "identity", ""):
            raise SourceUnusable(
                f"{named(url)} is packed as {how[:20]}: ask its publisher for plain answers"
            )
        limit = min(self._limits.answer, self._left)
        body = bytearray()
        async for piece in _unpacked(answer, packed=how in _GZIP, limit=limit):
            body += piece
            if len(body) > limit:
                answer.close()
                raise self._too_much(url)
        self._left -= len(body)
        return bytes(body)

    def _too_much(self, url: URL) -> SourceUnusable:
        if self._left < self._limits.answer:
            most = in_words(self._limits.all)
            return Exhausted(f"{named(url)} sent more than {most} in all: ask for it as a file")
        most = in_words(self._limits.answer)
        return SourceUnusable(
            f"{named(url)} sent more than {most} at once: ask for smaller pages, or for a file"
        )


def _check_status(url: URL, answer: aiohttp.ClientResponse) -> None:
    match answer.status:
        case 200:
            return
        case 404 | 405 | 410 | 501:
            raise Missing(f"{named(url)} doesn't exist ({answer.status}): check the address")
        case 400 | 416 | 422:
            raise Missing(f"{named(url)} refused the request ({answer.status}): check the address")
        case 401 | 403:
            raise SourceUnusable(
                f"{named(url)} needs a permission ({answer.status}): ask its publisher for access"
            )
        case 429:
            raise SourceUnusable(f"{named(url)} was asked too often (429): try again in an hour")
        case status if status < 500:  # noqa: PLR2004 - the servers' own faults begin at 500
            raise SourceUnusable(f"{named(url)} refused the request ({status}): check the address")
        case status:
            raise SourceUnusable(f"{named(url)} is out of order ({status}): try again later")


def _moved(url: URL, answer: aiohttp.ClientResponse) -> URL:
    there = url.join(URL(answer.headers.get("Location", "")))
    safer = url.scheme == "http" and there.scheme == "https"
    if there.host != url.host or not (safer or there.origin() == url.origin()):
        raise SourceUnusable(
            f"{named(url)} sends on to another host, {there.host or 'unnamed'}: if you trust it, "
            "give its address instead"
        )
    return there


async def _unpacked(
    answer: aiohttp.ClientResponse, *, packed: bool, limit: int
) -> AsyncIterator[bytes]:
    """Give the body piece by piece, none of them much larger than what was read."""
    if not packed:
        async for piece in answer.content.iter_chunked(_CHUNK):
            yield piece
        return
    # 32 lets zlib see by itself whether gzip or zlib came.
    unpack = zlib.decompressobj(zlib.MAX_WBITS + 32)
    read = 0
    async for packed_piece in answer.content.iter_chunked(_CHUNK):
        read += len(packed_piece)
        rest = packed_piece
        while rest and not unpack.eof:
            yield unpack.decompress(rest, _CHUNK)
            rest = unpack.unconsumed_tail
        if unpack.eof or read > limit:
            break
    if not unpack.eof:
        raise zlib.error("incomplete")


def _said(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "no such host is known: check the address"
        case aiohttp.ClientSSLError():
            return "its certificate isn't in order: ask its publisher"
        case aiohttp.ClientConnectorError():
            return "nobody answers there: check the address, or try again later"
        case zlib.error():
            return "it was packed (gzip) and can't be unpacked whole: try again later"
        case aiohttp.ClientResponseError() | ValueError():
            return "it doesn't answer as a web server does: check the address"
        case _:
            return _BROKEN
