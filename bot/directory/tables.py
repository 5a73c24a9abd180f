"""The tables of a data package: every CSV file of a folder or a zip, under the name it goes by."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from bot.directory.cleaning import cleaned
from bot.directory.record import Doubt, SourceUnusable
from bot.engine.outcode import without_postcodes

Row = Mapping[str, str]
MOST_BYTES: Final = 400_000_000
"""A package that is larger when unpacked is none of a directory."""
_DESCRIPTION: Final = "datapackage.json"
_KNOWN: Final = {
    "services": ("service",),
    "organizations": ("organization", "organisations", "organisation"),
    "locations": ("location",),
    "service_at_location": ("services_at_location", "service_at_locations"),
    "addresses": ("address", "physical_addresses", "physical_address"),
    "phones": ("phone",),
    "contacts": ("contact",),
    "schedules": ("schedule",),
    "regular_schedules": ("regular_schedule",),
    "languages": ("language",),
    "accessibility": ("accessibility_for_disabilities",),
    "eligibility": ("eligibilities",),
    "cost_options": ("cost_option",),
    "service_areas": ("service_area",),
    "required_documents": ("required_document",),
    "attributes": ("attribute",),
    "services_taxonomy": ("service_taxonomy",),
    "taxonomy_terms": ("taxonomy_term", "taxonomy"),
}
_NAMES: Final = {alias: name for name, each in _KNOWN.items() for alias in (name, *each)}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a package by the names of HSDS 3, and what is odd about them."""

    rows: Mapping[str, list[Row]]
    doubts: tuple[Doubt, ...]

    def of(self, name: str) -> list[Row]:
        """Give the rows of a table; none where it is not there."""
        return self.rows.get(name, [])


def read_tables(where: Path) -> Tables:
    """Read a package from a folder, a zip or its datapackage.json. Raises SourceUnusable."""
    files = _files(where.parent if where.name == _DESCRIPTION else where)
    named, doubts = _named(files)
    rows: dict[str, list[Row]] = {}
    for file, table in named.items():
        rows.setdefault(table, []).extend(read_rows(files[file], file))
    if "services" not in rows:
        raise SourceUnusable(f"{where} holds no services.csv -> see docs/places.md")
    return Tables({name: list(_each_once(some)) for name, some in rows.items()}, tuple(doubts))


def read_rows(content: bytes, name: str) -> Iterator[Row]:
    """Read a CSV file: names of columns in small letters, cells made readable, empty rows left out.

    Commas, semicolons or tabs part the cells. Of whole postcodes only the first half is given,
    except in ids, which name rows. Raises SourceUnusable.
    """
    reader = _reader(content)
    try:
        columns = _columns(next(reader, []))
        for cells in reader:
            filled = zip(columns, map(cleaned, cells), strict=False)
            row = {column: _cut(column, cell) for column, cell in filled if cell and column}
            if row:
                yield row
    except csv.Error as error:
        raise SourceUnusable(
            f"{name}, line {reader.line_num}: {error} -> save it again as CSV"
        ) from None


def _cut(column: str, cell: str) -> str:
    return cell if column == "id" or column.endswith(("_id", " id")) else without_postcodes(cell)


def read_header(content: bytes) -> list[str]:
    """Give the names of a CSV file's columns, in small letters."""
    try:
        return _columns(next(_reader(content), []))
    except csv.Error:
        return []


def _reader(content: bytes) -> Any:
    """Open a CSV file; commas, semicolons or tabs part its cells, whichever its first line has."""
    text = decoded(content)
    head = text.split("\n", 1)[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))


def _columns(cells: list[str]) -> list[str]:
    return [cleaned(cell).casefold() for cell in cells]


def decoded(content: bytes) -> str:
    """Turn the bytes of a file into text, whether it was saved as Unicode or as Windows does."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _files(where: Path) -> dict[str, bytes]:
    """Give what stands beside services.csv, by name; in a zip or folder it may stand deeper."""
    try:
        found = _unpacked(where) if where.is_file() else _in_folder(where)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise SourceUnusable(f"{where} can't be read: {reason} -> get the file again") from None
    return found


def _in_folder(where: Path) -> dict[str, bytes]:
    paths = [path for path in (*where.glob("*"), *where.glob("*/*")) if path.is_file()]
    wanted = {path.relative_to(where).as_posix(): path for path in paths if _is_table(path.name)}
    _refuse_large(sum(path.stat().st_size for path in wanted.values()), where)
    return {name: path.read_bytes() for name, path in sorted(wanted.items())}


def _unpacked(where: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(where) as packed:
        wanted = [
            each for each in packed.infolist() if _is_table(PurePosixPath(each.filename).name)
        ]
        _refuse_large(sum(each.file_size for each in wanted), where)
        return {each.filename: packed.read(each) for each in wanted}


def _refuse_large(size: int, where: Path) -> None:
    if size > MOST_BYTES:
        raise SourceUnusable(f"{where} holds {size / 1e6:.0f} MB of tables -> import it in parts")


def _is_table(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith((".csv", _DESCRIPTION))


def _named(files: Mapping[str, bytes]) -> tuple[dict[str, str], list[Doubt]]:
    """Say which file is which table: by the description where it names one, else by file name."""
    named = {
        name: table for name in files if (table := _NAMES.get(PurePosixPath(name).stem.casefold()))
    }
    doubts: list[Doubt] = []
    for description in (name for name in files if name.endswith(_DESCRIPTION)):
        folder = PurePosixPath(description).parent
        for resource in _resources(files[description]):
            table = _NAMES.get(str(resource.get("name", "")).casefold())
            path = str(resource.get("path") or "")
            file = _beside(files, folder, path)
            if table and path and not file:
                doubts.append(Doubt(_DESCRIPTION, f"it names a file that is not there: {path}"))
            elif table and file:
                named.setdefault(file, table)
    shallow = min(
        (name.count("/") for name, each in named.items() if each == "services"), default=0
    )
    return {name: each for name, each in named.items() if name.count("/") == shallow}, doubts


def _beside(files: Mapping[str, bytes], folder: PurePosixPath, path: str) -> str:
    """Find a file that a description names; some name `phones.csv` and mean `data/phones.csv`."""
    whole = (folder / path).as_posix()
    ends = f"/{PurePosixPath(path).name}"
    return whole if whole in files else next((name for name in files if name.endswith(ends)), "")


def _resources(content: bytes) -> list[Mapping[str, Any]]:
    try:
        described = json.loads(decoded(content))
    except (ValueError, RecursionError):
        return []
    found = described.get("resources") if isinstance(described, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _each_once(rows: list[Row]) -> Iterator[Row]:
    """Give a row once where two files of one table hold it, by its id."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for row in rows:
        key = tuple(sorted(row.items()))
        if not row.get("id") or key not in seen:
            seen.add(key)
            yield row
