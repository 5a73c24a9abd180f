"""The one logger: a fixed code and allow-listed fields become one line on standard error."""

import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from structlog.typing import EventDict, FilteringBoundLogger

from bot.logs.allowed import allowed
from bot.logs.sentences import SENTENCES

_BEFORE: Final = ("level", "event")


class _StandardError:
    """Where lines go. Nobody's turn fails because the operator's disk or pipe is full."""

    def msg(self, line: str) -> None:
        """Write one line, if that can be done."""
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(f"{line}\n")

    info = warning = error = critical = msg


def written(_: object, __: str, fields: EventDict) -> str:
    """Write a line: for people where somebody looks, as JSON where a program reads."""
    now = datetime.now(UTC)
    if _somebody_looks():
        return f"{now.astimezone().time().isoformat('seconds')} {in_words(fields)}"
    head: dict[str, Any] = {"at": now.isoformat(timespec="seconds"), **fields}
    if fields["level"] != "info":
        head["says"] = SENTENCES[fields["event"]]
    return json.dumps(head)


def in_words(fields: EventDict) -> str:
    """Write a line as an operator reads it: the sentence, and what belongs to it in brackets."""
    rest = (f"{name} {_value(each)}" for name, each in fields.items() if name not in _BEFORE)
    beside = ", ".join(rest)
    return f"kith: {SENTENCES[fields['event']]}" + (f" ({beside})" if beside else "")


def _value(value: object) -> str:
    return " > ".join(value) if isinstance(value, list) else str(value)


def _somebody_looks() -> bool:
    try:
        return sys.stderr.isatty()
    except (ValueError, AttributeError):  # it is closed, or there is none
        return False


log: FilteringBoundLogger = structlog.wrap_logger(
    _StandardError(),
    processors=[allowed, written],
    wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
).bind()
"""Its processors belong to it: no setting and no set-up can take the allow-list away."""
