"""Whether two names mean the same person, and whether some words name somebody.

What gives somebody away is the part of their name that is a name: "Dee" in "my boss Dee", known by
its capital letter, or by a script that has none. Where there is no such part ("my boss"), the words
count as they stand. It rather takes two people for one than one for two.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_OWNER: Final = re.compile(r"['’]s?$")
SHORTEST: Final = 3
_LEADING: Final = frozenset({"my", "our", "your", "the", "a", "an"})


def same_person(one: str, other: str) -> bool:
    """Say whether two names could mean one person: "Dee" and "my boss Dee", not "Dee's sister"."""
    ours, theirs = _words(one), _words(other)
    return _tells(ours, other) or _tells(theirs, one)


def names(text: str, someone: str) -> bool:
    """Say whether a text names somebody, in whatever form: "Dee's café" names my boss Dee."""
    return _tells([_OWNER.sub("", word) for word in _words(text)], someone)


def names_any(text: str, people: Iterable[str]) -> bool:
    """Say whether a text names one of these people."""
    return any(names(text, someone) for someone in people)


def given_names(name: str) -> set[str]:
    """Give the words of a name that are names, in lower case: "dee" of "my boss Dee"."""
    return {word.casefold() for word in _without_leading(_WORD.findall(name)) if _is_name(word)}


def is_in_id(text: str, ids: Iterable[str]) -> bool:
    """Say whether a text names somebody of whom nothing but an id is kept.

    An id holds the letters of a name without spaces; a short name would be found inside too many.
    """
    told = {_OWNER.sub("", name) for name in given_names(text)}
    return any(
        name == each or (len(name) >= SHORTEST and name in each) for each in ids for name in told
    )


def _tells(words: Sequence[str], someone: str) -> bool:
    return not given_names(someone).isdisjoint(words) or _within(_words(someone), words)


def _is_name(word: str) -> bool:
    return word[0].isalpha() and not word[0].islower()


def _words(name: str) -> list[str]:
    return _without_leading(_WORD.findall(name.casefold()))


def _without_leading(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0].casefold() in _LEADING:
        words = words[1:]
    return words


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    places = range(len(whole) - len(part) + 1)
    return bool(part) and any(list(whole[at : at + len(part)]) == list(part) for at in places)
