"""Marks that people write and numbers they are known by: each is one person's alone."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

LETTERS: Final = "bdfgklmnprstvaeiou"
LENGTH: Final = 9
SHAPE: Final = rf"zq[{LETTERS}]{{{LENGTH}}}qz"
"""What every mark looks like; no word of any language does."""
LOWEST: Final = 0x000A_7B31_C900_0000
"""All numbers of chats lie in the 16 million from here on, so that one look finds any of them."""
ROOM: Final = 1 << 24
SCATTER: Final = 10_368_889
"""Odd, so that no two people get the same number, and large, so that none is near another."""
HEAD: Final = LOWEST.to_bytes(8, "big")[:5]
DIGITS: Final = "29502035"
"""How all of them begin when they are written out."""
COUNT: Final = len(str(LOWEST))


def mark(whose: int, number: int) -> str:
    """Give one person's mark of that number."""
    chance = Random(f"mark/{whose}/{number}")
    return "zq" + "".join(chance.choice(LETTERS) for _ in range(LENGTH)) + "qz"


def chat_of(whose: int) -> int:
    """Give the number of one person's chat: sixteen digits."""
    return LOWEST + (whose + 1) * SCATTER % ROOM


@dataclass(slots=True)
class Told:
    """All marks of one person, and what was promised about them.

    `kept` are in answers that stand, `gone` in answers that were taken back or changed, `never` is
    what is no answer at all. What is in none of them is not certain to have arrived. `lent` are
    those of `gone` that a reflection took from a map before that was wiped: they may stay in what
    it makes of them, and in nothing else.
    """

    whose: int
    kept: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    lent: set[str] = field(default_factory=set)
    why: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many marks were used."""
        return len(self.why)

    def new(self, why: str) -> str:
        """Give a mark that was not used before; `why` says what it is written for."""
        word = mark(self.whose, self.count + 1)
        self.why[word] = why
        return word

    def drop(self, words: str, why: str) -> None:
        """Note that this is not to be kept any more, or never was."""
        self.why[words] += f", {why}"
        self.kept.discard(words)
        self.gone.add(words)
