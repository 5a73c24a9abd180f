"""Promises of reading an API: all of it, once, and never more than there is room for."""

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from bot.directory.feeds import read_feed
from bot.directory.limits import Limits
from bot.directory.record import SourceUnusable
from tests.feed_records import OLD, Found, page, service, short, sort
from tests.feed_server import Server, send, serving

Asked = BaseHTTPRequestHandler
SMALL = Limits(answer=100_000, all=400_000, seconds=10, pages=20)
HASTY = replace(SMALL, seconds=0.5)


def read(server: Server, path: str = "/services", limits: Limits = SMALL) -> Found:
    return sort(read_feed(server.address + path, "town", limits))


def fails(server: Server, path: str = "/services", limits: Limits = SMALL) -> tuple[Found, str]:
    """Read what is whole, and return it with the one line that says why no more was read."""
    taken, line = [], ""
    try:
        for entry in read_feed(server.address + path, "town", limits):
            taken.append(entry)  # noqa: PERF402 - what came before the error is kept
    except SourceUnusable as error:
        line = str(error)
    assert line, "it could be read to its end"
    assert "\n" not in line
    assert ": " in line, "a line names its remedy"
    return sort(taken), line


def pages_of(records: list[Any], size: int, first: int = 1, **header: Any) -> Callable[..., None]:
    """Serve records in pages that are counted from `first`, and each record by its id."""

    def answer(to: Asked, path: str, query: dict[str, str]) -> None:
        if path == "/services":
            number = int(query.get("page", first)) - first
            send(to, page(records[number * size : (number + 1) * size], **header))
            return
        own = path.removeprefix("/services/")
        whole = [service(each["id"]) for each in records if each["id"] == own]
        send(to, whole[0] if whole else {}, 200 if whole else 404)

    return answer


@pytest.mark.parametrize("first", [0, 1])
def test_all_pages_and_whole_records(first: int) -> None:
    """Every page is read, counted from 0 or 1, and each short record is asked for whole."""
    ids = [f"s/{n} ä" for n in range(7)]
    with serving(pages_of([short(each) for each in ids], 3, first, total_items=7)) as server:
        found = read(server)
    assert found.ids == ids
    assert found.doubts == []
    details = [each for each in server.asked if each.startswith("/services/")]
    assert len(details) == 7


def test_records_that_are_whole_already_are_not_asked_for_again() -> None:
    """Where the list gives everything, no single service is asked for."""
    with serving(pages_of([service(str(n)) for n in range(7)], 3)) as server:
        assert len(read(server).services) == 7
    assert not [each for each in server.asked if each.startswith("/services/")]


@pytest.mark.parametrize("header", [{"total_items": 31, "last_page": True, "total_pages": 1}, {}])
def test_a_header_that_lies_about_how_much_there_is(header: dict[str, Any]) -> None:
    """What a header says of totals and of the last page is not believed, and is said."""
    with serving(pages_of([service(str(n)) for n in range(9)], 2, **header)) as server:
        found = read(server)
    assert len(found.services) == 9
    assert ("31 in all, and 9 came" in found.doubted) is bool(header)


def test_many_copies_are_one_service() -> None:
    """128 copies of one service under a header that says 31 are one service."""
    copies = [service("same")] * 128
    with serving(lambda to, *_: send(to, page(copies, total_items=31))) as server:
        found = read(server)
    assert found.ids == ["same"]
    assert "127 more records" in found.doubted
    assert len(server.asked) <= 3


def test_the_same_page_for_ever() -> None:
    """A server that gives one page for ever, with another time in it, is read to its end."""
    turns = iter(range(10_000))

    def answer(to: Asked, *_: object) -> None:
        send(to, page([service("a"), service("b")], at=next(turns)))

    with serving(answer) as server:
        found = read(server)
    assert found.ids == ["a", "b"]
    assert len(server.asked) <= 3


def test_new_services_for_ever() -> None:
    """A server that makes up services for ever is left after a number of pages."""

    def answer(to: Asked, _path: str, query: dict[str, str]) -> None:
        send(to, page([service(query.get("page", "first"))]))

    with serving(answer) as server:
        found, line = fails(server)
    assert len(found.services) == 20 + 1
    assert "more than 20 pages" in line


def test_old_api() -> None:
    """An API of Open Referral UK 1.0 is read: `content`, `totalPages`, `last`."""
    old = [{**OLD, "id": n} for n in range(5)]

    def answer(to: Asked, _path: str, query: dict[str, str]) -> None:
        n = int(query.get("page", 1))
        some = old[2 * n - 2 : 2 * n]
        send(
            to, {"totalElements": 5, "totalPages": 3, "number": n, "last": n == 3, "content": some}
        )

    with serving(answer) as server:
        found = read(server)
    assert found.ids == ["0", "1", "2", "3", "4"]
    assert "header" not in found.doubted


@pytest.mark.parametrize("path", ["", "/", "/api/v3"])
def test_address_of_the_api_itself(path: str) -> None:
    """The address of an API is enough: its list of services is found under it."""
    front = {"version": "HSDS-UK-3.0", "profile": "x", "openapi_url": "x"}

    def answer(to: Asked, where: str, _query: dict[str, str]) -> None:
        send(to, page([service()]) if where.endswith("/services") else front)

    with serving(answer) as server:
        assert read(server, path).ids == ["s-1"]


def test_key_in_the_address_is_sent_and_never_shown() -> None:
    """What stands behind the question mark goes along with every request, and into no message."""
    with serving(pages_of([short("a"), short("b")], 1)) as server:
        assert read(server, "/services?key=hush").ids == ["a", "b"]
        assert all("key=hush" in each for each in server.asked)
    with serving(lambda to, *_: send(to, b"{", 200)) as server:
        _, line = fails(server, "/services?key=hush")
    assert "hush" not in line


def test_next_link() -> None:
    """A link to the next page is followed on the same host only."""

    def answer(to: Asked, path: str, query: dict[str, str]) -> None:
        follow = {"a": "/services?after=b", "b": "http://elsewhere.example/services"}
        own = query.get("after", "a")
        send(to, page([service(own)], next=follow[own]) if path == "/services" else {}, 200)

    with serving(answer) as server:
        found = read(server)
    assert found.ids == ["a", "b"]
    assert "elsewhere.example" in found.doubted


def test_whole_record_that_cannot_be_read() -> None:
    """A short record is not taken for the whole where the whole is there and can't be read."""

    def answer(to: Asked, path: str, _query: dict[str, str]) -> None:
        if path == "/services":
            send(to, page([short("a"), short("b")]))
        else:
            send(to, b"<html>" if path.endswith("a") else json.dumps(service("b")).encode())

    with serving(answer) as server:
        found = read(server)
    assert found.ids == ["b"]
    assert "whole record can't be read" in found.refused[0].reasons[0]


def test_api_without_single_services() -> None:
    """An API that has only the list is read from the list, and soon asked for no more."""
    with serving(pages_of([{**short(f"x{n}"), "id": f"x{n}"} for n in range(30)], 30)) as server:
        plain = server.answer

        def answer(to: Asked, path: str, query: dict[str, str]) -> None:
            send(to, {}, 404) if path != "/services" else plain(to, path, query)

        server.answer = answer
        found = read(server)
    assert len(found.services) == 30
    assert len(server.asked) < 10


# What can go wrong with one answer: how a server sends it, and what the operator reads.
def _midway(to: Asked) -> None:
    body = json.dumps(page([service()])).encode()
    to.send_response(200)
    to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body[: len(body) // 2])
    to.close_connection = True


def _cut_without_length(to: Asked) -> None:
    to.send_response(200)
    to.send_header("Connection", "close")
    to.end_headers()
    to.wfile.write(json.dumps(page([service()])).encode()[:-30])
    to.close_connection = True


def _no_end(to: Asked) -> None:
    to.send_response(200)
    to.send_header("Connection", "close")
    to.end_headers()
    for _ in range(2000):
        to.wfile.write(b" " * 100_000)
    to.close_connection = True


def _drip(to: Asked) -> None:
    to.send_response(200)
    to.send_header("Content-Length", "100000")
    to.end_headers()
    for _ in range(100):
        to.wfile.write(b" ")
        time.sleep(0.1)


def _drip_of_headers(to: Asked) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        to.wfile.write(b"X-%d: y\r\n" % n)
        time.sleep(0.1)


def _packed(size: int) -> bytes:
    return gzip.compress(json.dumps(page([service(alert=" " * size)])).encode())


WRONG: dict[str, tuple[Callable[[Asked], None], str]] = {
    "ends midway": (_midway, "the connection broke before all had come"),
    "ends midway, without a length": (_cut_without_length, "is no whole JSON text"),
    "says it is shorter": (
        lambda to: send(to, page([service()]), Content_Length="40"),
        "is no whole JSON text|as a web server does",
    ),
    "says it is longer": (
        lambda to: send(to, page([service()]), Content_Length="99999", Connection="close"),
        "the connection broke before all had come",
    ),
    "200 MB": (_no_end, "sent more than 100000 bytes at once"),
    "drips": (_drip, "didn't answer in full within 0.5 seconds"),
    "drips headers": (_drip_of_headers, "didn't answer in full within 0.5 seconds"),
    "web page": (lambda to: send(to, b"\n<!DOCTYPE html><html></html>"), "is a web page, not JSON"),
    "XML": (lambda to: send(to, b"<?xml version='1.0'?><a/>"), "is XML, not JSON"),
    "empty": (lambda to: send(to, b""), "is empty"),
    "broken UTF-8": (lambda to: send(to, b'{"contents": ["\xff"]}'), "is not written in UTF-8"),
    "deep": (lambda to: send(to, b"[" * 90_000), "is nested too deeply"),
    "NaN": (lambda to: send(to, b'{"contents": [NaN]}'), "holds a number that is none"),
    "huge number": (lambda to: send(to, b"[%s]" % (b"1" * 9000)), "holds a number that is none"),
    "text": (lambda to: send(to, b'"hello"'), "holds no services"),
    "organisations": (lambda to: send(to, [{"id": "o", "website": "x"}]), "but an organisation"),
    "no services": (lambda to: send(to, page([])), "holds no services"),
    "500": (lambda to: send(to, b"", 500), "is out of order \\(500\\)"),
    "404": (lambda to: send(to, b"", 404), "doesn't exist \\(404\\)"),
    "403": (lambda to: send(to, b"", 403), "needs a permission \\(403\\)"),
    "429": (lambda to: send(to, b"", 429), "was asked too often \\(429\\)"),
    "other host": (
        lambda to: send(to, b"", 302, Location="http://elsewhere.example/services"),
        "sends on to another host, elsewhere.example",
    ),
    "other port": (
        lambda to: send(to, b"", 302, Location="http://127.0.0.1:1/services"),
        "sends on to another host",
    ),
    "round and round": (lambda to: send(to, b"", 302, Location="/services"), "from one address to"),
    "gzip bomb": (
        lambda to: send(to, _packed(5_000_000), Content_Encoding="gzip"),
        "sent more than 100000 bytes at once",
    ),
    "gzip cut short": (
        lambda to: send(to, _packed(9)[:-20], Content_Encoding="gzip"),
        "can't be unpacked whole",
    ),
    "not gzip": (
        lambda to: send(to, b"{}", Content_Encoding="gzip"),
        "can't be unpacked whole",
    ),
    "other packing": (lambda to: send(to, b"{}", Content_Encoding="br"), "is packed as br"),
    "no web server": (lambda to: to.wfile.write(b"SSH-2.0\r\n\r\n"), "as a web server does"),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_bad_first_answer(how: str) -> None:
    """Whatever a server sends instead of services is refused in one line, soon."""
    play, said = WRONG[how]
    with serving(lambda to, *_: play(to)) as server:
        began = time.monotonic()
        found, line = fails(server, limits=HASTY if "drips" in how else SMALL)
        assert time.monotonic() - began < 5
    assert re.search(said, line), line
    assert not found.services


ENDS = {"404", "no services", "text", "organisations", "round and round"}
"""What ends a list, or leads back to its first page."""


@pytest.mark.parametrize("how", sorted(set(WRONG) - ENDS))
def test_a_bad_page_in_the_middle(how: str) -> None:
    """What was whole before stays, and nothing of the broken page is taken."""
    play, said = WRONG[how]

    def answer(to: Asked, _path: str, query: dict[str, str]) -> None:
        if query.get("page") == "2":
            play(to)
        else:
            send(to, page([service("a"), service("b")]))

    with serving(answer) as server:
        found, line = fails(server, limits=HASTY if "drips" in how else SMALL)
    assert found.ids == ["a", "b"]
    assert re.search(said, line), line


def test_gzip() -> None:
    """A packed answer is unpacked."""
    with serving(lambda to, *_: send(to, _packed(9), Content_Encoding="gzip")) as server:
        assert read(server).ids == ["s-1"]


def test_redirect_on_the_same_host() -> None:
    """A redirect that stays on the host is followed."""

    def answer(to: Asked, path: str, _query: dict[str, str]) -> None:
        if path == "/services":
            send(to, b"", 308, Location="/v3/services")
        else:
            send(to, page([service()]))

    with serving(answer) as server:
        assert read(server).ids == ["s-1"]


def test_too_much_in_all() -> None:
    """Many answers that are each small enough come to an end too."""

    def answer(to: Asked, _path: str, query: dict[str, str]) -> None:
        send(to, page([service(query.get("page", "first"), alert="x" * 60_000)]))

    with serving(answer) as server:
        found, line = fails(server)
    assert 3 <= len(found.services) <= 7
    assert "in all" in line


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("ftp://example.org/x", "begin it with https://"),
        ("file:///etc/passwd", "begin it with https://"),
        ("http://", "begin it with https://"),
        ("http://127.0.0.1:1/services", "nobody answers there"),
    ],
)
def test_addresses_that_lead_nowhere(where: str, said: str) -> None:
    """An address that can't be a feed's is refused in one line."""
    with pytest.raises(SourceUnusable, match=said):
        list(read_feed(where, "town", SMALL))
