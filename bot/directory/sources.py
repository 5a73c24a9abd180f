"""Finding out what a source is, by what is in it, and who reads it."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from bot.directory.plain import read_plain
from bot.directory.record import Entry, SourceUnusable
from bot.directory.tables import MOST_BYTES, read_header
from bot.directory.tabular import read_package
from storage.directory import LONGEST_SOURCE

_WEB: Final = ("http://", "https://")
_SERVICES: Final = "services.csv"
_PACKAGE: Final = "datapackage.json"


def read_source(where: str, source: str) -> Iterable[Entry]:
    """Read a file, a folder, a zip or a web address, whichever standard it follows.

    Raises SourceUnusable, at once or midway, where nothing more can be read.
    """
    if where.casefold().startswith(_WEB):
        return _feed(where, source)
    if not where.strip():
        raise SourceUnusable("no source is named -> name a file, a folder, a zip or an address")
    path = Path(where)
    if path.name == _PACKAGE:
        return read_package(path, source)
    try:
        if path.is_dir():
            return _folder(path, source)
        if not path.exists():
            raise SourceUnusable(f"{where} is not there -> check the path")
        return _zip(path, source) if zipfile.is_zipfile(path) else _file(path, source)
    except OSError as error:
        raise SourceUnusable(f"{where}: {error.strerror} -> check the path") from None


def name_of(where: str) -> str:
    """Name a source after where it comes from: the host, or the folder and the file; always so."""
    if where.casefold().startswith(_WEB):
        name = urlsplit(where).hostname or where
    else:
        path = Path(where).resolve()
        name = f"{path.parent.name}/{path.name if path.is_dir() else path.stem}".strip("/")
    plain = "".join(each if each.isprintable() and not each.isspace() else "-" for each in name)
    return plain[-LONGEST_SOURCE:]


def _folder(path: Path, source: str) -> Iterable[Entry]:
    tables = [*path.glob("*.csv"), *path.glob("*/*.csv")]
    services = [table for table in tables if table.name.casefold() == _SERVICES]
    if services and not _is_package(services[0].read_bytes()):
        return read_plain(services[0].read_bytes(), services[0].name, source)
    if services or (path / _PACKAGE).exists():
        return read_package(path, source)
    lists = [table for table in tables if table.parent == path]
    if len(lists) == 1:
        return _file(lists[0], source)
    if lists:
        raise SourceUnusable(f"{path} holds several tables and no {_SERVICES} -> name one of them")
    return _feed(str(path), source)


def _zip(path: Path, source: str) -> Iterable[Entry]:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [PurePosixPath(name) for name in packed.namelist()]
    except zipfile.BadZipFile as error:
        raise SourceUnusable(f"{path}: {error} -> get the file again") from None
    if any(name.parts[:1] == ("xl",) for name in names):
        raise SourceUnusable(f"{path} is a workbook -> save the sheet as CSV (UTF-8)")
    tables = [name for name in names if name.suffix.casefold() == ".csv"]
    packaged = any(name.name.casefold() in (_SERVICES, _PACKAGE) for name in names)
    if tables and not packaged:
        raise SourceUnusable(f"{path} holds no {_SERVICES} -> unpack it and name one table")
    return read_package(path, source) if packaged else _feed(str(path), source)


def _file(path: Path, source: str) -> Iterable[Entry]:
    if path.stat().st_size > MOST_BYTES:
        raise SourceUnusable(
            f"{path} is larger than {MOST_BYTES // 10**6} MB -> import it in parts"
        )
    with path.open("rb") as opened:
        begins = opened.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins[:1] in (b"{", b"["):
        return _feed(str(path), source)
    if begins[:1] == b"<":
        raise SourceUnusable(f"{path} is a web page or XML, no list of places -> save it as CSV")
    content = path.read_bytes()
    if path.name.casefold() == _SERVICES and _is_package(content):
        return read_package(path.parent, source)
    return read_plain(content, path.name, source)


def _is_package(content: bytes) -> bool:
    """Say whether a services.csv is a table of a data package, whose columns are always so."""
    return {"id", "name"} <= set(read_header(content))


def _feed(where: str, source: str) -> Iterator[Entry]:
    from bot.directory.feeds import read_feed  # noqa: PLC0415 - a file needs no network

    yield from read_feed(where, source)
