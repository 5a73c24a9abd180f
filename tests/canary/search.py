"""The search for marks and numbers of chats: in bytes, in every form, in every file and row."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, inspect, text

from tests.canary.forms import behind
from tests.canary.marks import COUNT, DIGITS, HEAD, SHAPE, chat_of

DEEPEST: Final = 3
"""So many forms within each other are looked into."""
_MARK: Final = re.compile(SHAPE.encode(), re.IGNORECASE)
_NUMBER: Final = re.compile(rb"%s\d{%d}" % (DIGITS.encode(), COUNT - len(DIGITS)))
_BIG: Final = re.compile(re.escape(HEAD) + rb"[\x00-\xff]{3}", re.DOTALL)
_LITTLE: Final = re.compile(rb"[\x00-\xff]{3}" + re.escape(HEAD[::-1]), re.DOTALL)
_DIGEST: Final = re.compile(rb"(?<![0-9a-fA-F])[0-9a-fA-F]{32,128}(?![0-9a-fA-F])")
_PLAIN_DIGESTS: Final[Sequence[Callable[[bytes], "hashlib._Hash"]]] = (
    hashlib.md5,
    hashlib.sha1,
    hashlib.sha256,
    hashlib.sha512,
    hashlib.sha3_256,
    hashlib.blake2b,
    hashlib.blake2s,
    lambda data: hashlib.blake2b(data, digest_size=32),
)
_SQLITE: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """Something that should not be there: where, behind which forms, and what."""

    where: str
    form: str
    what: str


class Search:
    """Knows everybody of a run by number; finds their marks, chats and what anybody could compute.

    A digest without a key says no less than the number itself: whoever has it tries all numbers.
    """

    def __init__(self, people: Iterable[int]) -> None:
        self._known: dict[bytes, set[tuple[str, str]]] = {}
        chats = {chat_of(whose) for whose in people}
        self._numbers = {str(chat).encode() for chat in chats}
        self._big = {chat.to_bytes(8, "big") for chat in chats}
        self._little = {chat.to_bytes(8, "little") for chat in chats}
        self._digests = {
            made(before + each).hexdigest().encode()
            for each in self._numbers
            for before in (b"", b"telegram:", b"terminal:")
            for made in _PLAIN_DIGESTS
        }

    def plain(self, data: bytes) -> set[str]:
        """Give the marks and numbers that stand in these bytes as they are."""
        found = {at[0].lower().decode() for at in _MARK.finditer(data)}
        found |= {at.decode() for at in _NUMBER.findall(data) if at in self._numbers}
        found |= {f"chat {at.hex()}" for at in _BIG.findall(data) if at in self._big}
        found |= {f"chat {at.hex()}" for at in _LITTLE.findall(data) if at in self._little}
        digests = (at.lower() for at in _DIGEST.findall(data))
        return found | {f"digest {at.decode()}" for at in digests if at in self._digests}

    def through(self, data: bytes, where: str) -> set[Find]:
        """Give all that stands in these bytes, as it is or behind forms within forms."""
        plain = self.plain(data)
        behind = ((form, what) for form, what in self._behind(data, DEEPEST) if what not in plain)
        found = {Find(where, "plain", what) for what in plain}
        return found | {Find(where, form, what) for form, what in behind}

    def _behind(self, data: bytes, deep: int) -> set[tuple[str, str]]:
        """Give what lies behind forms, with their names; what was looked into once is known."""
        digest = hashlib.blake2b(data, digest_size=16, key=bytes([deep])).digest()
        if digest not in self._known:
            self._known[digest] = found = set()
            for inside in behind(data) if deep else ():
                found |= {(inside.form, what) for what in self.plain(inside.everything)}
                if inside.promising and inside.promising != data:
                    more = self._behind(inside.promising, deep - 1)
                    found |= {(f"{form} in {inside.form}", what) for form, what in more}
        return self._known[digest]

    def folder(self, folder: Path) -> set[Find]:
        """Give all that is found in the files of a folder, in their names, and in their rows."""
        found: set[Find] = set()
        for file in sorted(folder.rglob("*")):
            found |= self.through(str(file.relative_to(folder)).encode(), f"name of {file.name}")
            if file.is_file() and not file.name.startswith("core"):
                data = file.read_bytes()
                found |= self.through(data, file.name)
                if data.startswith(_SQLITE):
                    found |= self.database(f"sqlite:///{file}", file.name)
        return found

    def database(self, url: str, where: str) -> set[Find]:
        """Give all that is found in the values of a database, each by itself."""
        return {
            find for place, value in values(url) for find in self.through(value, f"{where} {place}")
        }


def values(url: str) -> Iterator[tuple[str, bytes]]:
    """Give every value of every table, in every schema, as bytes, with the place where it is."""
    if url.startswith("sqlite:///"):
        yield from _values_of_file(Path(url.removeprefix("sqlite:///")))
        return
    engine = create_engine(url)
    with engine.connect() as connection:
        looked = inspect(connection)
        for schema in looked.get_schema_names():
            if schema in ("information_schema", "pg_catalog"):
                continue
            for table in looked.get_table_names(schema):
                rows = connection.execute(text(f'SELECT * FROM "{schema}"."{table}"'))  # noqa: S608
                for row in rows.mappings():
                    for column, value in row.items():
                        yield f"{schema}.{table}.{column}", as_bytes(value)
    engine.dispose()


def _values_of_file(file: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor:
                for column, value in zip(names, row, strict=True):
                    yield f"{table}.{column}", as_bytes(value)


def as_bytes(value: object) -> bytes:
    """Give a value of a database as the bytes that somebody would look for."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode(errors="surrogatepass")
