"""Tables in Markdown, with the machine they come from, put into docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sqlite3 import sqlite_version
from typing import Final

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_PACKAGES: Final = ("python-telegram-bot", "aiogram", "aiogram-dialog", "SQLAlchemy", "Jinja2")


def machine() -> str:
    """Say on what this was measured."""
    pinned = hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) == 1
    cores = f"{os.cpu_count()} cores{' of which one was used' if pinned else ''}"
    packages = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    return (
        f"{_processor()}, {cores}, {platform.system()}"
        f" {platform.release().partition('-')[0]}, Python {platform.python_version()},"
        f" SQLite {sqlite_version}, {packages}."
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown; the first column is text, all others are numbers."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Print a section and replace the one of that name on the page; a new one goes to the end."""
    begin, end = f"<!-- {name}: made by python -m benchmarks.{name} -->", f"<!-- end of {name} -->"
    section = f"{begin}\n\n{text.strip()}\n\n{end}"
    print(text)
    old = page.read_text(encoding="utf-8")
    before, found, rest = old.partition(begin)
    if not found:
        page.write_text(f"{old.rstrip()}\n\n{section}\n", encoding="utf-8")
        return
    _, closed, after = rest.partition(end)
    assert closed, f"{page.name} lacks the line {end}"
    page.write_text(before + section + after, encoding="utf-8")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """Name the processor as the system does, where it does."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
