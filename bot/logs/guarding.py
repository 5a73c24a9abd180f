"""Whatever fails in this process, or is said by a library, becomes an allow-listed line."""

import asyncio
import ctypes
import logging
import resource
import sys
import threading
import warnings
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, TextIO

from bot.logs.allowed import allowed
from bot.logs.faults import OTHER, place
from bot.logs.lines import in_words, log
from bot.logs.sentences import SENTENCES

HUSHED: Final = frozenset(("telegram",))
"""What these complain of they raise as well, and we tell that."""
_OURS: Final = "storage"
_SET_DUMPABLE: Final = 4
"""The number of this wish of prctl(2)."""


class Foreign(logging.Handler):
    """Tells that a library logged something, and never what: its words could be somebody's.

    Storage logs by the standard library, and only a code of ours; that is kept.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one record."""
        library = record.name.partition(".")[0]
        if library == _OURS and type(record.msg) is str and record.msg in SENTENCES:
            log.warning(record.msg)
        elif library not in HUSHED:
            say = log.error if record.levelno >= logging.ERROR else log.warning
            info = record.exc_info
            fault = _fault(info[1]) if isinstance(info, tuple) else {}
            say("library", library=library if library in sys.modules else OTHER, **fault)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing of a line that could not be told."""


def guard() -> None:
    """Let nothing but allow-listed lines out of this process, for as long as it lives."""
    foreign = Foreign()
    root = logging.getLogger()
    root.handlers[:] = [foreign]
    root.setLevel(logging.WARNING)
    logging.lastResort = foreign
    logging.raiseExceptions = False
    warnings.showwarning = _warned
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_a_thread
    _leave_no_image()


def _leave_no_image() -> None:
    """Let no crash write the memory of this process to a disk: people's words are in it.

    The limit is for files; where a crash is handed to a program instead, only a process that may
    not be dumped at all is safe (prctl(2), core(5)).
    """
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def in_a_task(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell of what failed in a task that nobody waits for: the handler of a loop."""
    log.error("uncaught", where="task", **_fault(context.get("exception")))


def crash(error: Exception) -> str:
    """Give the one line that ends Kith where something failed that should not."""
    return in_words(allowed(None, "error", {"event": "crashed", "fault": error}))


def _uncaught(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    log.error("uncaught", where="main", **_fault(error, kind))


def _in_a_thread(args: threading.ExceptHookArgs) -> None:
    if not issubclass(args.exc_type, SystemExit):
        log.error("uncaught", where="thread", **_fault(args.exc_value, args.exc_type))


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    with suppress(Exception):  # where Python itself ends, half of it has gone already
        log.error("uncaught", where="end", **_fault(args.exc_value, args.exc_type))


def _fault(
    error: BaseException | None, kind: type[BaseException] | None = None
) -> dict[str, object]:
    """Give the field of a fault, by its type alone where there is nothing else."""
    fault = kind if error is None else error
    return {} if fault is None else {"fault": fault}


def _warned(  # noqa: PLR0913, PLR0917 - as the standard library calls it
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, file, line
    if here := place(filename, lineno):
        log.warning("warned", fault=category, places=here)
    else:
        log.warning("warned", fault=category)
