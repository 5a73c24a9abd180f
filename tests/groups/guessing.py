"""Somebody who wants to know who wrote an unnamed line, and what they can go by.

They see every version of every message in the group with its time, and know from elsewhere when
each member was busy with their phone, when each joined, and what each shared by name. They guess in
every way that they know of; what counts is the best of their ways, over many rounds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.groups.made_up import MARK, Circle, Shown


@dataclass(frozen=True, slots=True)
class Watched:
    """What can be known from outside of one unnamed list: who may have written it, and its lines.

    `lines` are as the group read them, in their order. `of` is who wrote each: the truth, which no
    way of guessing may look at.
    """

    lines: tuple[str, ...]
    of: tuple[int, ...]
    candidates: tuple[int, ...]
    joined: Mapping[int, int]
    first: Mapping[int, int]
    last: Mapping[int, int]
    busy: Mapping[int, int]
    elsewhere: Mapping[int, float]
    """How far down each stood in another list of this round, by name: from 0 to 1."""


Guess = dict[int, int]
"""Which member each line is put down to, by the place of the line."""
Way = Callable[[Watched], Guess]


def _in_turn(lines: Sequence[int], people: Sequence[int]) -> Guess:
    """Put the lines down to people one by one; where people are more, spread over them."""
    if not lines or not people:
        return {}
    step = (len(people) - 1) / max(1, len(lines) - 1)
    return {line: people[round(place * step)] for place, line in enumerate(lines)}


def _by(feature: Callable[[Watched, int], tuple[int, ...]], *, backwards: bool = False) -> Way:
    def way(seen: Watched) -> Guess:
        people = sorted(seen.candidates, key=lambda who: feature(seen, who), reverse=backwards)
        return _in_turn(range(len(seen.lines)), people)

    return way


def _as_elsewhere(seen: Watched) -> Guess:
    """Put down only those who stood elsewhere by name, each as far down as there."""
    last = len(seen.lines) - 1
    return {round(down * last): who for who, down in seen.elsewhere.items()}


def _long_by_busy(seen: Watched) -> Guess:
    lines = sorted(range(len(seen.lines)), key=lambda line: len(seen.lines[line]))
    return _in_turn(lines, sorted(seen.candidates, key=lambda who: (seen.busy[who], who)))


WAYS: Final[Mapping[str, Way]] = {
    "as they joined": _by(lambda seen, who: (seen.joined[who], who)),
    "as they joined, backwards": _by(lambda seen, who: (seen.joined[who], who), backwards=True),
    "as they began": _by(lambda seen, who: (seen.first[who], who)),
    "as they were last busy": _by(lambda seen, who: (seen.last[who], who)),
    "as they were last busy, backwards": _by(
        lambda seen, who: (seen.last[who], who), backwards=True
    ),
    "as they are listed": _by(lambda _, who: (who,)),
    "as they stood elsewhere": _as_elsewhere,
    "long lines by who was busy": _long_by_busy,
}
"""By order, by time and by length."""


def score(seen: Sequence[Watched], way: Way) -> tuple[float, float]:
    """Give how many of a way's guesses are right, and how many would be by picking blindly."""
    right = blind = guesses = 0.0
    for each in seen:
        guess = way(each)
        guesses += len(guess)
        right += sum(each.of[line] == who for line, who in guess.items())
        blind += len(guess) / len(each.candidates)
    return right / guesses, blind / guesses


def by_vanishing(circle: Circle) -> tuple[float, int, float]:
    """Guess that a line which vanished is of whoever was busy last; give right, all, and chance."""
    right, lines, blind = 0.0, 0, 0.0
    before: dict[str, Shown] = {}
    for shown in circle.journal:
        old = before.get(shown.tag)
        gone = set(MARK.findall(old.text)) - set(MARK.findall(shown.text)) if old else set()
        before[shown.tag] = shown
        for mark in gone:
            who, prompt = circle.marks[mark]
            if mark not in circle.released.get(prompt, ()):
                continue  # it stood there by name
            was_busy = {
                n: max((t for t in each.active if t < shown.time), default=-1)
                for n, each in enumerate(circle.members)
            }
            guessed = max(was_busy, key=was_busy.__getitem__)
            right, lines = right + (guessed == who) / len(gone), lines + 1
            blind += 1 / len(circle.released[prompt])
    return right, lines, blind
