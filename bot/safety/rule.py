"""Rules, cues and their guards: when a phrase counts, and what around it says that it doesn't."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from bot.safety.concern import About, Concern, ConcernClass
from bot.safety.pattern import HERE, Message, Pattern

_NEAR = 160
"""Characters to either side that a guard may look at; keeps its time the same everywhere."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Phrases that take a match back: in its sentence, or where they say that it stands."""

    name: str
    patterns: tuple[Pattern, ...]

    def holds(self, sentence: Message, around: Message) -> bool:
        """Say whether the match is only an idiom, a title, a no, or whatever the guard names."""
        return any(
            next(pattern.found(around if pattern.around else sentence), None)
            for pattern in self.patterns
        )


@dataclass(frozen=True, slots=True)
class Said:
    """Phrases with their guards, and the examples that prove them.

    Each phrase needs at least one of its `anchors`, so a message without them is done quickly.
    """

    patterns: tuple[Pattern, ...]
    guards: tuple[Guard, ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    anchors: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        anchors: dict[str, tuple[int, ...]] = {}
        for at, pattern in enumerate(self.patterns):
            for word in pattern.needs[0]:
                anchors[word] = (*anchors.get(word, ()), at)
        object.__setattr__(self, "anchors", anchors)

    def fires(self, message: Message) -> bool:
        """Say whether a phrase stands in the message and no guard takes it back."""
        return any(next(self.places(pattern, message), None) for pattern in self.likely(message))

    def likely(self, message: Message) -> Iterator[Pattern]:
        """Give the phrases that have an anchor in the message, in their order."""
        if message.words.isdisjoint(self.anchors):
            return iter(())
        near = {at for word in message.words for at in self.anchors.get(word, ())}
        return (self.patterns[at] for at in sorted(near))

    def places(self, pattern: Pattern, message: Message) -> Iterator[tuple[int, int]]:
        """Give where a phrase stands in the message and no guard takes it back."""
        return (
            match.span()
            for match in pattern.found(message)
            if not self.guarded(message.text, match)
        )

    def guarded(self, text: str, match: re.Match[str]) -> bool:
        """Say whether one of the guards takes this match back."""
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() : match.end() + _NEAR]
        sentence = view(before.rpartition(" .")[2] + match[0] + after.partition(" .")[0])
        around = view(f"{before} {HERE}{after}")
        return any(guard.holds(sentence, around) for guard in self.guards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Said):
    """One concern, and what people say that shows it.

    Where its phrases mean nothing alone, several must stand `together`, at different places.
    """

    concern: Concern
    now: bool
    together: int = 1

    def fires(self, message: Message) -> bool:
        """Say whether enough phrases stand in the message and no guard takes them back."""
        seen: list[tuple[int, int]] = []
        for pattern in self.likely(message):
            free = (place for place in self.places(pattern, message) if apart(place, seen))
            seen += islice(free, 1)
            if len(seen) == self.together:
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Said):
    """What is nothing by itself; different ones in one talk call for a gentle question."""

    name: str
    kind: ConcernClass
    about: About


def apart(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Say whether a place in a message has no letter in common with any of the others."""
    return all(place[1] <= start or end <= place[0] for start, end in others)


def view(text: str) -> Message:
    """Make a message of a stretch of plain text."""
    return Message(f" .{text} . ", frozenset(text.split()))
