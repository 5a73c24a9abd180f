"""The search itself: whatever form a mark or a number hides in, it is found; else it proves nothing."""

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.canary.marks import DIGITS, LOWEST, ROOM, chat_of, mark
from tests.canary.search import Find, Search

ME = 5
MARK, CHAT = mark(ME, 1), chat_of(ME)
SENTENCE = f"„Ruhe“, she wrote: {MARK} – and {CHAT} too"
NOISE = Random("noise").randbytes(3001)


def zipped(data: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("inside", data)
    return file.getvalue()


PLANTED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "in capitals": bytes.upper,
    "UTF-16, little end first": lambda data: data.decode().encode("utf-16-le"),
    "UTF-16, big end first": lambda data: data.decode().encode("utf-16-be"),
    "UTF-16, with a mark at the beginning": lambda data: data.decode().encode("utf-16"),
    "UTF-32": lambda data: data.decode().encode("utf-32"),
    "base64": base64.b64encode,
    "base64, one byte on": lambda data: base64.b64encode(b"x" + data),
    "base64, two bytes on": lambda data: base64.b64encode(b"xy" + data),
    "base64 within other letters": lambda data: b"abc" + base64.b64encode(data),
    "base64 for addresses": base64.urlsafe_b64encode,
    "base64 on several lines": base64.encodebytes,
    "hex": lambda data: data.hex().encode(),
    "hex in capitals": lambda data: data.hex().upper().encode(),
    "hex, one digit on": lambda data: b"f" + data.hex().encode(),
    "hex in pairs": lambda data: data.hex(" ").encode(),
    "JSON": lambda data: json.dumps(data.decode()).encode(),
    "JSON, every letter escaped": lambda data: "".join(
        f"\\u{ord(sign):04X}" for sign in data.decode()
    ).encode(),
    "Python, every byte escaped": lambda data: "".join(f"\\x{one:02x}" for one in data).encode(),
    "percent, every byte": lambda data: "".join(f"%{one:02X}" for one in data).encode(),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib, least effort": lambda data: zlib.compress(data, 1),
    "zip": zipped,
    "zip, stored": lambda data: zipped(data, method=zipfile.ZIP_STORED),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "gzip in base64": lambda data: base64.b64encode(gzip.compress(data)),
    "base64 in JSON in gzip": lambda data: gzip.compress(
        json.dumps({"body": base64.b64encode(data).decode()}).encode()
    ),
    "hex of UTF-16": lambda data: data.decode().encode("utf-16-le").hex().encode(),
}


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(range(300))


@pytest.mark.parametrize("form", PLANTED)
def test_a_mark_and_a_number_are_found_in_every_form(search: Search, form: str, tmp_path: Path):
    """At the beginning of a file, at its end, and in the middle of noise."""
    planted = PLANTED[form](SENTENCE.encode())
    for place, data in enumerate(
        (planted, NOISE + planted, planted + NOISE, NOISE + planted + NOISE)
    ):
        (tmp_path / f"{place}").mkdir()
        (tmp_path / f"{place}" / "file").write_bytes(data)
        found = {find.what for find in search.folder(tmp_path / f"{place}")}
        assert {MARK, str(CHAT)} <= found, (form, place)


@pytest.mark.parametrize("layout", [">q", "<q"])
def test_a_number_is_found_in_eight_bytes(search: Search, layout: str):
    """As databases and parcels hold it."""
    assert search.through(NOISE + struct.pack(layout, CHAT) + NOISE, "file")


@pytest.mark.parametrize("made", [hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b])
@pytest.mark.parametrize("before", ["", "telegram:"])
def test_a_digest_without_a_key_is_as_good_as_the_number(
    search: Search, made: Callable[[bytes], "hashlib._Hash"], before: str
):
    """Whoever has it tries all numbers; so it counts as a find."""
    digest = made(f"{before}{CHAT}".encode()).hexdigest()
    assert search.through(f"telegram:{digest} and so on".encode(), "file")


def test_a_mark_in_a_row_is_found_though_its_page_cuts_it(search: Search, tmp_path: Path):
    """A long value lies on several pages of a file, with other bytes between: rows are read too."""
    file = tmp_path / "some.db"
    body = b"x" * 4000 + (MARK.encode() + b" ") * 300
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE rows (body BLOB, who INTEGER)")
        connection.execute("INSERT INTO rows VALUES (?, ?)", [body, CHAT])
    found = search.folder(tmp_path)
    assert {MARK, str(CHAT)} <= {find.what for find in found if "rows." in find.where}


def test_a_name_of_a_file_counts(search: Search, tmp_path: Path):
    """What a file is called is there to be read as well."""
    (tmp_path / f"{CHAT}.png").touch()
    (tmp_path / MARK).mkdir()
    assert {find.what for find in search.folder(tmp_path)} == {MARK, str(CHAT)}


def test_files_that_lie_deep_or_hidden_are_searched(search: Search, tmp_path: Path):
    """No folder is too deep, and a dot before a name hides nothing."""
    file = tmp_path / ".cache" / "one" / ".two"
    file.parent.mkdir(parents=True)
    file.write_text(MARK, encoding="utf-8")
    assert search.folder(tmp_path) == {Find(".two", "plain", MARK)}


def test_noise_holds_nothing(search: Search):
    """Random bytes and all that they could be forms of: no find."""
    noise = Random("much").randbytes(50_000)
    many = noise + base64.b64encode(noise) + noise.hex().encode() + gzip.compress(os.urandom(1))
    assert search.through(many, "noise") == set()


def test_a_number_of_nobody_is_no_find(search: Search):
    """Only people of the run count, so that a find is always somebody's."""
    other = next(n for n in range(LOWEST, LOWEST + ROOM) if n not in map(chat_of, range(300)))
    assert search.through(f"{other} {MARK[:-1]}".encode(), "file") == set()


def test_everybody_has_numbers_and_marks_of_their_own():
    """Nobody's mark is part of another one's, no two chats are the same, and all begin alike."""
    chats = {chat_of(whose) for whose in range(300)}
    marks = {mark(whose, number) for whose in range(300) for number in range(60)}
    assert len(chats) == 300
    assert len(marks) == 300 * 60
    assert all(str(chat).startswith(DIGITS) and len(str(chat)) == 16 for chat in chats)
