"""Slips of a Friday afternoon: one small edit of a script, from a seed."""

import re
from collections.abc import Callable
from random import Random

STEP = re.compile(r"^  - id: (\S+)$")
TARGET = re.compile(r"^(\s+(?:- )?(?:go|next): )([\w-]+)$")
CHOICE = re.compile(r"^      - \S+")


def mutated(text: str, random: Random) -> tuple[str, str]:
    """Give what was done, in words, and the script after it."""
    lines = text.split("\n")
    kind = random.choice(list(KINDS))
    return KINDS[kind](lines, random) or _line_deleted(lines, random)


def _line_deleted(lines: list[str], random: Random) -> tuple[str, str]:
    at = random.choice(
        [n for n, line in enumerate(lines) if line.strip() and line.strip()[0] != "#"]
    )
    return f"line {at + 1} deleted: {lines[at].strip()[:60]}", "\n".join(
        lines[:at] + lines[at + 1 :]
    )


def _id_renamed(lines: list[str], random: Random) -> tuple[str, str]:
    at = random.choice([n for n, line in enumerate(lines) if STEP.match(line)])
    name = lines[at].split()[-1]
    return f"id {name} renamed", "\n".join([*lines[:at], f"  - id: {name}_new", *lines[at + 1 :]])


def _target_swapped(lines: list[str], random: Random) -> tuple[str, str] | None:
    places = [n for n, line in enumerate(lines) if TARGET.match(line)]
    if not places:
        return None
    at = random.choice(places)
    before = TARGET.match(lines[at])
    assert before
    ids = [match[1] for line in lines if (match := STEP.match(line))] + ["end"]
    to = random.choice([name for name in ids if name != before[2]])
    said = f"line {at + 1} leads to {to} instead of {before[2]}"
    return said, "\n".join([*lines[:at], f"{before[1]}{to}", *lines[at + 1 :]])


def _answer_dropped(lines: list[str], random: Random) -> tuple[str, str] | None:
    places = [n for n, line in enumerate(lines) if CHOICE.match(line)]
    if not places:
        return None
    at = random.choice(places)
    end = at + 1
    while end < len(lines) and lines[end].startswith("        "):
        end += 1
    return f"line {at + 1} dropped: {lines[at].strip()}", "\n".join(lines[:at] + lines[end:])


KINDS: dict[str, Callable[[list[str], Random], tuple[str, str] | None]] = {
    "delete a line": _line_deleted,
    "rename an id": _id_renamed,
    "swap a target": _target_swapped,
    "drop an answer": _answer_dropped,
}
