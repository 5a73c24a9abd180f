"""Somebody who watches everything from outside tries to link unnamed lines to people, and can't.

Each way of guessing is first run against boards that leak a little, to show that it finds a link
where there is one: `TOLERANCE` is far under what a board gives away that keeps even a third of its
lists in the order of the people.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from tests.groups.guessing import WAYS, Watched, by_vanishing, score
from tests.groups.in_hand import PROMPTS
from tests.groups.made_up import MARK, Circle

SIZE = 8
ROUNDS = 150
TOLERANCE = 0.04
"""How much better than blind a way may look by luck: over four times its spread in 150 rounds."""
LEAKING = 0.35
"""The share of lists that a leaky board leaves in a telling order."""
Telling = Callable[[Watched, int], object]


def leaking(seen: Sequence[Watched], telling: Telling, share: float = LEAKING) -> list[Watched]:
    """Give the same lists as a board shows them that keeps a share of them in a telling order."""
    luck = Random("leaking")
    return [_in_order(each, telling) if luck.random() < share else each for each in seen]


def _in_order(seen: Watched, telling: Telling) -> Watched:
    by = sorted(zip(seen.of, seen.lines, strict=True), key=lambda each: telling(seen, each[0]))  # type: ignore[arg-type, return-value]
    return replace(seen, of=tuple(who for who, _ in by), lines=tuple(line for _, line in by))


def lived(seed: int, circle: Circle) -> list[Watched]:
    """Let a group go through a whole round; give what can be seen of each unnamed list."""
    luck = Random(seed)
    steps = [(who, prompt) for who in range(SIZE) for prompt in PROMPTS]
    came = sorted(range(SIZE), key=lambda _: luck.random())
    for who in came:
        circle.agrees(who, f"Name{who}")
    seen: list[Watched] = []
    luck.shuffle(steps)
    half = len(steps) // 2
    for shown, some in enumerate((steps[:half], steps[half:], [])):
        for who, prompt in some:
            circle.answers(who, prompt, luck.randrange(12))
            circle.chooses(who, prompt, luck.choices(["unnamed", "named", "keep"], [6, 3, 1])[0])
        before = set(circle.released)
        circle.closes() if shown == 2 else circle.shows()
        seen += [_watched(circle, prompt) for prompt in circle.released if prompt not in before]
        if shown < 2:
            circle.moves_on()
    return [each for each in seen if each.lines]


def _watched(circle: Circle, prompt: str) -> Watched:
    named: dict[str, list[int]] = {each: [] for each in PROMPTS}
    lines: list[tuple[str, int]] = []
    for text in circle.standing().values():
        for line in text.split("\n"):
            for mark in MARK.findall(line):
                who, of = circle.marks[mark]
                if circle.members[who].how[of] == "named":
                    named[of].append(who)
                elif of == prompt:
                    lines.append((line, who))
    by_name = named.pop(prompt)
    people = [n for n in range(SIZE) if n not in by_name]
    active = {n: circle.members[n].active for n in people}
    down = {
        who: place / (len(each) - 1)
        for each in named.values()
        if len(each) > 1
        for place, who in enumerate(each)
        if who in people
    }
    return Watched(
        lines=tuple(line for line, _ in lines),
        of=tuple(who for _, who in lines),
        candidates=tuple(people),
        joined={n: circle.members[n].joined for n in people},
        first={n: active[n][1] if len(active[n]) > 1 else 999 for n in people},
        last={n: active[n][-1] for n in people},
        busy={n: len(active[n]) for n in people},
        elsewhere=down,
    )


@cache
def watched_rounds() -> list[Watched]:
    """Give all that can be seen of many rounds."""
    return [
        each
        for seed in range(ROUNDS)
        for each in lived(seed, Circle(SIZE, least=3, seed=str(seed)))
    ]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_guessing_is_better_than_blind(way: str) -> None:
    """By order, time and length, nobody is found more often than by picking a name at random."""
    seen = watched_rounds()
    assert sum(len(each.lines) for each in seen) > 1500, "enough lines that a link would be found"
    right, blind = score(seen, WAYS[way])
    assert right < blind + TOLERANCE


LEAKS: dict[str, Telling] = {
    "as they joined": lambda seen, who: seen.joined[who],
    "as they joined, backwards": lambda seen, who: -seen.joined[who],
    "as they began": lambda seen, who: seen.first[who],
    "as they were last busy": lambda seen, who: seen.last[who],
    "as they were last busy, backwards": lambda seen, who: -seen.last[who],
    "as they are listed": lambda _, who: who,
}


@pytest.mark.parametrize("leak", LEAKS)
def test_the_same_ways_find_a_board_that_leaks(leak: str) -> None:
    """Where a third of the lists stand in a telling order, the way that looks for it finds them."""
    right, blind = score(leaking(watched_rounds(), LEAKS[leak]), WAYS[leak])
    assert right > blind + 2 * TOLERANCE


def test_lengths_that_go_with_the_people_are_found() -> None:
    """Where in a third of the lists the longest lines stand for the busiest, that is seen."""
    luck = Random("leaking")
    seen = [_long_for_busy(each) if luck.random() < LEAKING else each for each in watched_rounds()]
    right, blind = score(seen, WAYS["long lines by who was busy"])
    assert right > blind + 2 * TOLERANCE


def _long_for_busy(seen: Watched) -> Watched:
    lines = sorted(range(len(seen.lines)), key=lambda place: len(seen.lines[place]))
    wrote = sorted(seen.of, key=lambda who: (seen.busy[who], who))
    of = dict(zip(lines, wrote, strict=True))
    return replace(seen, of=tuple(of[place] for place in range(len(of))))


def test_one_order_for_all_lists_is_found() -> None:
    """Where people stand in one order in every list, what they shared by name gives them away."""
    seen = leaking(watched_rounds(), lambda each, who: each.elsewhere.get(who, 0.5), 1.0)
    right, blind = score(seen, WAYS["as they stood elsewhere"])
    assert right > blind + 2 * TOLERANCE


def test_lines_appear_together_and_only_when_whoever_leads_shows_them() -> None:
    """No unnamed line appears alone, in an edit, or at a moment that somebody's turn has chosen."""
    for seed in range(40):
        circle = Circle(SIZE, least=3, seed=str(seed))
        lived(seed, circle)
        stood: dict[str, set[str]] = {}
        turns = {time for member in circle.members for time in member.active}
        for shown in circle.journal:
            new = set(MARK.findall(shown.text)) - stood.get(shown.tag, set())
            stood[shown.tag] = set(MARK.findall(shown.text))
            unnamed = [m for m in new if m in circle.released.get(circle.marks[m][1], ())]
            assert not unnamed or (len(unnamed) >= 3 and shown.time - 1 not in turns)


def test_what_is_taken_back_is_not_linked_to_whoever_took_it_back() -> None:
    """A line that vanishes just when somebody was busy, or left, doesn't say that it was theirs."""
    right, lines, blind = 0.0, 0, 0.0
    for seed in range(100):
        circle = Circle(SIZE, least=3, seed=str(seed))
        lived(seed, circle)
        luck = Random(seed)
        who = luck.randrange(SIZE)
        match luck.randrange(4):
            case 0:
                circle.chooses(who, PROMPTS[0], "keep")
            case 1:
                circle.answers(who, PROMPTS[0])
            case 2:
                circle.forgets(who, PROMPTS[0])
            case _:
                circle.leaves(who)
        found = by_vanishing(circle)
        right, lines, blind = right + found[0], lines + found[1], blind + found[2]
    assert right <= blind + TOLERANCE * lines


def test_no_length_gives_a_line_away_but_its_own() -> None:
    """What stands around the lines is the same whoever wrote them: nothing is padded or ordered."""
    for seed in range(60):
        circle = Circle(SIZE, least=3, seed=str(seed))
        for each in lived(seed, circle):
            bare = {re.sub(r"mark\d+x( slept)*", "", line) for line in each.lines}
            assert len(bare) == 1
