"""A sentence as it is searched with: its stems, where they stand, and whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.directory.stems import LIGHT, stem, words_in
from bot.directory.vocabulary import Vocabulary

About = Literal["me", "other", ""]
KIN: Final = "@"
"""Stands for any word for somebody dear."""
_OWN: Final = frozenset(("my", "our", "his", "her", "their", "a"))
_SELF: Final = frozenset(("i", "me", "myself", "we", "us"))
_TOGETHER: Final = (("me", "and"), ("i", "and"))
_REACH: Final = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """`stems` and `words` say the same, `words` with one name for all that mean the same.

    `spoken` is every word by that name, any word for somebody dear as KIN, and `plain` each word
    as it was written. `places` says which of them a stem is, `spans` where it stands in the text.
    """

    stems: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    spoken: tuple[str, ...]
    plain: frozenset[str]
    about: About


def sentence_of(text: str, vocabulary: Vocabulary) -> Sentence:
    """Read one sentence."""
    every = list(words_in(text))
    telling = [(at, word) for at, word in enumerate(every) if word.plain not in LIGHT]
    stems = tuple(stem(word.plain) for _, word in telling)
    plain = tuple(word.plain for word in every)
    meant = (vocabulary.meant(stem(word)) for word in plain)
    spoken = tuple(KIN if word in vocabulary.kin else word for word in meant)
    return Sentence(
        stems=stems,
        words=tuple(map(vocabulary.meant, stems)),
        places=tuple(at for at, _ in telling),
        spans=tuple((word.begin, word.end) for _, word in telling),
        spoken=spoken,
        plain=frozenset(
            KIN if each == KIN else word for word, each in zip(plain, spoken, strict=True)
        ),
        about=_about(plain, vocabulary),
    )


def _about(plain: Sequence[str], vocabulary: Vocabulary) -> About:
    """Say whom it is about: "my dad drinks" is about another, "my wife and I" and "I" are not."""
    for at, word in enumerate(plain):
        before = tuple(plain[max(0, at - _REACH) : at])
        owned = at == 0 or not _OWN.isdisjoint(before)
        together = tuple(plain[at + 1 : at + 3]) == ("and", "i") or before[:2] in _TOGETHER
        if owned and not together and stem(word) in vocabulary.kin:
            return "other"
    return "" if _SELF.isdisjoint(plain) else "me"
