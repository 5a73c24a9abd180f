"""Words in their order: what each says in the middle, after a word, and before one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

BLOCK: Final = 6
"""So many words are looked at together."""


@dataclass(frozen=True, slots=True)
class Threes:
    """A small network in one table, so that reading it needs nothing but additions.

    Each line of the table belongs to a word, the first one to all unknown words. It holds three
    times as many numbers as there are traits: what the word says for each trait to the word after
    it, at its own place, and to the word before it. A trait is as strong as at its strongest place.
    """

    lines: Mapping[str, int]
    table: memoryview
    starts: tuple[float, ...]
    counts: tuple[float, ...]

    def strengths(self, words: Sequence[str]) -> list[list[int]]:
        """Give how strong each trait is at its strongest, for one block of words after another."""
        traits = len(self.starts)
        thirds = {word: self._thirds(word, traits) for word in words}
        silent = ([0] * traits,) * 3
        said = [silent, *(thirds[word] for word in words), silent]
        places = [
            [a + b + c for a, b, c in zip(before[0], here[1], after[2], strict=True)]
            for before, here, after in zip(said, said[1:], said[2:], strict=False)
        ]
        return [strongest(places[at : at + BLOCK]) for at in range(0, len(places), BLOCK)]

    def _thirds(self, word: str, traits: int) -> tuple[list[int], list[int], list[int]]:
        at = self.lines.get(word, 0) * 3 * traits
        line = self.table[at : at + 3 * traits].tolist()
        return line[:traits], line[traits : 2 * traits], line[2 * traits :]

    def sum(self, strengths: Iterable[Sequence[int]]) -> float:
        """Add up what the traits say, each at its strongest in these blocks."""
        return sum(
            (strong + start) * count
            for strong, start, count in zip(
                strongest(strengths), self.starts, self.counts, strict=True
            )
            if strong + start > 0
        )


def strongest(each: Iterable[Sequence[int]]) -> list[int]:
    """Give the highest number in each place."""
    return [max(numbers) for numbers in zip(*each, strict=True)]
