"""Where in an author's file the words stand that a rule was broken with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Final

from bot.engine.source import Node

_WORD: Final = r"[^\W_]+(?:['’][^\W_]+)*"
_QUOTED: Final = re.compile(r"\"[^\"\n]*\"|“[^“”\n]*”")
Raw = Mapping[str, str]
"""The text of the files as they are stored, by the names that nodes give them."""


def placed(node: Node, raw: Raw, words: str = "", near: str = "") -> Node:
    """Give where `words` stand in the text of a node, by preference inside `near`.

    With the file itself at hand the line and column are exact. Without it the line is exact below
    a `|`; of text that a `>` or quotes fold together only the first line is known.
    """
    text = str(node.value)
    stored = raw.get(node.file)
    if stored is not None:
        begins, stretch = _stored(node, text, _lines(stored))
        offset = _found(stretch, words, near)
        before = stretch[:offset]
        line = node.line + before.count("\n")
        column = len(before) - before.rfind("\n") + (0 if "\n" in before else begins)
        return replace(node, line=line, column=column)
    offset = _found(text, words, near)
    if node.text_line > node.line:
        return replace(node, line=node.text_line + text[:offset].count("\n"), column=1)
    return replace(node, column=node.column + (0 if "\n" in text else offset))


def stands_in(node: Node, words: str) -> bool:
    """Say whether any of these words stand in the text of a node; others came with an answer."""
    return _runs(str(node.value), words)[0][0] > 0


@lru_cache(maxsize=16)
def _lines(stored: str) -> tuple[str, ...]:
    return tuple(stored.split("\n"))


def _stored(node: Node, text: str, lines: Sequence[str]) -> tuple[int, str]:
    """Give the text as it is stored, from the node on, and how many columns stand before it.

    It ends once it holds as much as the text does; signs that YAML escapes may take more.
    """
    begins = node.column - 1
    wanted = len("".join(text.split())) + 2 * sum(map(text.count, '\n"\\')) + len(">-''")
    held = 0
    taken: list[str] = []
    for line in islice(lines, node.line - 1, None):
        rest = line if taken else line[begins:]
        for place, letter in enumerate(rest):
            held += not letter.isspace()
            if held > wanted:
                return begins, "\n".join([*taken, rest[:place]])
        taken.append(rest)
    return begins, "\n".join(taken)


def _found(text: str, words: str, near: str) -> int:
    """Give where the longest run of these words stands; of equal ones, the nearest to `near`.

    What stands in quotation marks is passed over, where the words stand elsewhere as well.
    """
    opening = text[:1] in "\"'"
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), " " * opening + text[opening:])
    said = next((each for each in (bare, text) if _runs(each, words)[0][0]), text)
    around = _runs(said, near)[0][1] if near else 0
    runs = _runs(said, words)
    longest = runs[0][0]
    return min((offset for size, offset in runs if size == longest), key=lambda o: abs(o - around))


def _runs(text: str, words: str) -> list[tuple[int, int]]:
    """List the runs of these words in a text as (words, offset), the longest ones first."""
    there = [(match[0].lower(), match.start()) for match in re.finditer(_WORD, text)]
    wanted = [match[0].lower() for match in re.finditer(_WORD, words)]
    runs = [(0, 0)]
    for place, (word, offset) in enumerate(there):
        for start, first in enumerate(wanted):
            if word == first:
                size = 1
                for (other, _), next_wanted in zip(
                    there[place + 1 :], wanted[start + 1 :], strict=False
                ):
                    if other != next_wanted:
                        break
                    size += 1
                runs.append((size, offset))
    return sorted(runs, key=lambda run: (-run[0], run[1]))
