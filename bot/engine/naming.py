"""Whether two names mean the same person, and whether some words name somebody."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_OWNER: Final = re.compile(r"['’]s?$")
_LEADING: Final = frozenset({"my", "our", "your", "the", "a", "an"})


def same_person(one: str, other: str) -> bool:
    """Say whether two names could mean one person: "Dee" and "my boss Dee", not "Dee's sister"."""
    ours, theirs = _words(one), _words(other)
    return _within(ours, theirs) or _within(theirs, ours)


def names(text: str, someone: str) -> bool:
    """Say whether a text names somebody, in whatever form: "Dee's café" names Dee."""
    return _within(_words(someone), [_OWNER.sub("", word) for word in _words(text)])


def names_any(text: str, people: Iterable[str]) -> bool:
    """Say whether a text names one of these people."""
    return any(names(text, someone) for someone in people)


def runs(name: str) -> set[str]:
    """Give each run of words in a name, so that a name within it is found by its id alone."""
    words = _WORD.findall(name)
    ends = range(1, len(words) + 1)
    return {" ".join(words[start:end]) for end in ends for start in range(end)}


def _words(name: str) -> list[str]:
    words = _WORD.findall(name.casefold())
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return words


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    places = range(len(whole) - len(part) + 1)
    return bool(part) and any(list(whole[at : at + len(part)]) == list(part) for at in places)
