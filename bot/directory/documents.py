"""The JSON documents of a file, a folder or a zip, one after the other."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any, Final

from bot.directory.json_text import parsed
from bot.directory.limits import Exhausted, Limits, in_words
from bot.directory.record import Refused, SourceUnusable

Documents = Callable[[], Iterator[tuple[str, Any] | Refused]]
"""Gives name and content of every document, each time it is called; Refused for a broken one."""
_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 1_000_000
_DAMAGED: Final = (
    zipfile.BadZipFile,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    zlib.error,
    LZMAError,
)


def documents_of(path: Path, limits: Limits) -> Documents:
    """Open a file, folder or zip; raises SourceUnusable where nothing can be read at all."""
    if path.is_dir():
        return lambda: _in_folder(path, limits)
    if not path.is_file():
        raise SourceUnusable(f"{path} doesn't exist: check the name of the file or folder")
    try:
        with path.open("rb") as file:
            packed = is_zip(file.read(4))
    except OSError as error:
        raise SourceUnusable(f"{path} can't be read ({error.strerror}): check who may") from None
    if packed:
        return lambda: _in_zip(path, path.name, limits)
    return lambda: iter([(path.name, _one(path, _Meter(path.name, limits)))])


def is_zip(data: bytes) -> bool:
    """Tell whether bytes begin as a zip does."""
    return data.startswith(_ZIP)


def documents_in(data: bytes, name: str, limits: Limits) -> Documents:
    """Open a zip or a JSON text that was fetched whole."""
    if is_zip(data):
        return lambda: _in_zip(io.BytesIO(data), name, limits)
    root = parsed(data, name)
    return lambda: iter([(name, root)])


class _Meter:
    """Counts what was read of a source in all; what a file says of its size is not trusted."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._bytes, self._files = limits.all, limits.files

    def read(self, file: IO[bytes], name: str) -> bytes:
        """Read a file whole; raises SourceUnusable if it is too long, Exhausted if all are."""
        self._files -= 1
        data, limit = bytearray(), self._limits.file
        while self._files >= 0 and (piece := file.read(min(_CHUNK, limit + 1 - len(data)))):
            data += piece
            self._bytes -= len(piece)
            if self._bytes < 0:
                break
            if len(data) > limit:
                raise SourceUnusable(
                    f"{name} holds more than {in_words(limit)}: split it into smaller files"
                )
        if self._bytes < 0 or self._files < 0:
            most = f"{in_words(self._limits.all)} or {self._limits.files} files"
            raise Exhausted(f"{self._name} holds more than {most}: import it in parts")
        return bytes(data)


def _one(path: Path, meter: _Meter) -> Any:
    try:
        with path.open("rb") as file:
            data = meter.read(file, path.name)
    except OSError as error:
        raise SourceUnusable(f"{path} can't be read ({error.strerror}): check who may") from None
    return parsed(data, path.name)


def _in_folder(folder: Path, limits: Limits) -> Iterator[tuple[str, Any] | Refused]:
    meter = _Meter(folder.name, limits)
    names = sorted(each for each in folder.rglob("*") if _counts(each.relative_to(folder).parts))
    for path in (each for each in names if each.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            yield name, _one(path, meter)
        except Exhausted:
            raise
        except SourceUnusable as error:
            yield Refused(name, (str(error),))


def _in_zip(
    file: Path | IO[bytes], zip_name: str, limits: Limits
) -> Iterator[tuple[str, Any] | Refused]:
    meter = _Meter(zip_name, limits)
    try:
        packed = zipfile.ZipFile(file)
    except _DAMAGED:
        raise SourceUnusable(f"{zip_name} is no sound zip: pack or download it again") from None
    with packed:
        for member in packed.infolist():
            if not _counts(tuple(member.filename.split("/"))):
                continue
            name = _printable(member.filename)
            try:
                yield name, _member(packed, member, name, meter)
            except Exhausted:
                raise
            except SourceUnusable as error:
                yield Refused(name, (str(error),))


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, meter: _Meter) -> Any:
    try:
        with packed.open(member) as file:
            data = meter.read(file, name)
    except (RuntimeError, NotImplementedError):
        raise SourceUnusable(f"{name} is locked or packed oddly: pack a plain zip") from None
    except _DAMAGED:
        raise SourceUnusable(f"{name} is damaged: pack or download the zip again") from None
    return parsed(data, name)


def _counts(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and parts[-1].lower().endswith(".json")


def _printable(name: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in name)[:200]
