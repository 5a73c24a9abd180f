"""What may be told of an exception: its type, and where in our code it was."""

import re
from pathlib import Path
from types import TracebackType
from typing import Final

OTHER: Final = "other"
MOST_PLACES: Final = 8
_HERE: Final = Path(__file__).resolve().parent.parent.parent
_OURS: Final = tuple(f"{_HERE / package}/" for package in ("bot", "storage"))
_TYPE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")
_known: set[str] = set()


def type_name(kind: type[BaseException]) -> str:
    """Give the name of a type of exception; `other` where it is no name that code would have."""
    return kind.__name__ if _fits(kind) else OTHER


def known_name(name: str) -> str:
    """Give back a name that some type of exception has in this process; else `other`."""
    if name not in _known:
        _known.update(_names(BaseException))
    return name if name in _known else OTHER


def places(trace: TracebackType | None) -> list[str]:
    """Give the frames of ours that an exception went through, outermost first, at most eight.

    Each is `file:line:function`, as seen from where Kith is installed. No value is looked at.
    """
    found: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found += (f"{each}:{code.co_name}" for each in place(code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found[-MOST_PLACES:]


def place(file: str, line: int) -> list[str]:
    """Give a line of a file of ours as `file:line`; nothing for any other file."""
    if not file.startswith(_OURS):
        return []
    return [f"{Path(file).relative_to(_HERE).as_posix()}:{line}"]


def _fits(kind: type) -> bool:
    return _TYPE.fullmatch(kind.__name__) is not None


def _names(kind: type[BaseException]) -> set[str]:
    """Give the names of a type of exception and of all below it."""
    found, open_ = set(), [kind]
    while open_:
        at = open_.pop()
        found |= {at.__name__} if _fits(at) else set()
        open_ += type.__subclasses__(at)
    return found
