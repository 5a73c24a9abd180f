"""Whatever people in a group do, the group reads only what each of them chose to share."""

import json
from collections import Counter
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engine.group import dump_group, load_group
from tests.groups.in_hand import PROMPTS
from tests.groups.made_up import FEARED, MARK, Circle

SIZE = 7
LONGEST_MESSAGE = 4096
"""What Telegram takes, in UTF-16 units."""
people = st.integers(0, SIZE - 1)
prompts = st.sampled_from(PROMPTS)
hows = st.sampled_from(["named", "unnamed", "unnamed", "unnamed", "keep"])
acts = st.one_of(
    st.tuples(st.just("agrees"), people, st.sampled_from(["", "Robin", "Ash"])),
    st.tuples(st.just("answers"), people, prompts, st.sampled_from([0, 3, 40, 160]), st.booleans()),
    st.tuples(st.just("chooses"), people, prompts, hows),
    st.tuples(st.just("forgets"), people, prompts),
    st.tuples(st.just("takes back and shares again"), people, prompts),
    st.tuples(st.just("says again"), people, prompts),
    st.tuples(st.just("is_forgotten"), people),
    st.tuples(st.just("leaves"), people),
    st.tuples(st.just("fears"), people),
    st.tuples(st.just("shows")),
    st.tuples(st.just("shows")),
    st.tuples(st.just("moves_on")),
    st.tuples(st.just("moves_on")),
    st.tuples(st.just("closes")),
    st.tuples(st.just("opens")),
)
Act = tuple[Any, ...]


def everybody_shares(circle: Circle, how: str = "unnamed") -> None:
    """Let everybody answer each prompt and share it in the same way."""
    for who in range(len(circle.members)):
        circle.agrees(who, f"Name{who}")
        for prompt in PROMPTS:
            circle.answers(who, prompt)
            circle.chooses(who, prompt, how)


class Watch:
    """Looks at the group after each thing that happens; fails where it reads what it may not."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        self.gone: set[str] = set()
        self.read = 0
        self.stood: set[str] = set()

    def does(self, act: Act) -> None:
        """Let one thing happen, and look at what the group then reads."""
        circle, (name, *of) = self.circle, act
        circle.group = load_group(json.loads(json.dumps(dump_group(circle.group))))
        before = set(circle.released)
        match name:
            case "answers":
                who, prompt, size, fearful = of
                circle.answers(who, prompt, size, of=FEARED if fearful else "")
            case "takes back and shares again":
                how = circle.members[of[0]].how.get(of[1], "keep")
                circle.chooses(*of, "keep")
                self.looks(by_leader=False)
                circle.chooses(*of, how)
            case "says again":
                words = circle.members[of[0]].words.get(of[1])
                circle.answers(*of)
                self.looks(by_leader=False)
                if words:
                    circle.says_again(*of, words)
            case "opens":
                if circle.group.open is None:
                    circle.next_round()
                    self.__init__(circle)  # type: ignore[misc] - a round is watched by itself
            case _:
                getattr(circle, name)(*of)
        self.looks(by_leader=name in ("shows", "moves_on", "closes", "opens"))
        for prompt in circle.released.keys() - before:
            self._is_whole(prompt)

    def looks(self, *, by_leader: bool) -> None:
        """Look at all that stands, and at what is new."""
        circle = self.circle
        standing = circle.marks_standing()
        assert len(standing) == len(set(standing)), "somebody's words stand there twice"
        for mark in standing:
            self._may_stand(mark)
        self.gone |= self.stood - set(standing)
        new, self.read = circle.journal[self.read :], len(circle.journal)
        for shown in new:
            assert len(shown.text.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE
            assert "terminal:" not in shown.text
        if new and not by_leader:
            assert set(standing) != self.stood, "something moved in the group by a private turn"
        self.stood = set(standing)

    def _may_stand(self, mark: str) -> None:
        circle = self.circle
        who, prompt = circle.marks[mark]
        member = circle.members[who]
        words = member.words.get(prompt, "")
        assert mark in MARK.findall(words), "words that were changed or forgotten stand there"
        assert member.agreed
        assert not member.gone, "words of somebody who left stand there"
        assert not (member.fears and FEARED in words), "somebody unsafe is named"
        assert prompt in circle.released, "this prompt was not shown yet"
        match member.how.get(prompt):
            case "named":
                assert member.called
            case "unnamed":
                together = circle.released[prompt]
                assert mark in together, "an unnamed share came late"
                assert len(together) >= max(3, circle.least), "too few shared without a name"
                assert mark not in self.gone, "a line that was taken away came back"
            case how:
                raise AssertionError(f"an answer that was not shared stands there: {how}")

    def _is_whole(self, prompt: str) -> None:
        """All that was shared by name is shown, and without a name where that is enough."""
        circle, standing = self.circle, set(self.circle.marks_standing())
        unnamed = circle.released[prompt]
        if len(unnamed) >= max(3, circle.least):
            assert unnamed <= standing
        else:
            assert not unnamed & standing
        for member in circle.members:
            words = member.words.get(prompt, "")
            named = member.agreed and not member.gone and member.how.get(prompt) == "named"
            if named and member.called and not (member.fears and FEARED in words):
                assert set(MARK.findall(words)) <= standing


@settings(max_examples=150)
@given(st.lists(acts, min_size=10, max_size=70), st.sampled_from([0, 1, 3, 5]), st.booleans())
@example([("shows",), ("shows",), ("moves_on",), ("moves_on",), ("closes",), ("closes",)], 3, True)
@example([("shows",), ("takes back and shares again", 0, PROMPTS[0])], 3, True)
@example([("shows",), ("says again", 0, PROMPTS[0])], 3, True)
@example([("shows",), ("leaves", 0), ("agrees", 0, "Ash")], 3, True)
def test_the_group_reads_only_what_was_shared(history: list[Act], least: int, begun: bool) -> None:
    """No kept, changed, forgotten, unsafe or late words stand there, nor too few without a name."""
    circle = Circle(SIZE, least)
    if begun:
        everybody_shares(circle)
    watch = Watch(circle)
    watch.looks(by_leader=True)
    for act in history:
        watch.does(act)


def test_too_few_and_just_enough() -> None:
    """With one fewer than the least nothing unnamed is shown; with the least, all of it."""
    for shared in (4, 5):
        circle = Circle(SIZE)
        for who in range(shared):
            circle.agrees(who)
            circle.answers(who, PROMPTS[0])
            circle.chooses(who, PROMPTS[0], "unnamed")
        circle.shows()
        assert len(circle.marks_standing()) == (5 if shared == 5 else 0)


def test_never_under_three() -> None:
    """A least of one or two, however it got there, still needs three."""
    for least in (-1, 0, 1, 2):
        circle = Circle(SIZE, least)
        for who in (0, 1):
            circle.agrees(who)
            circle.answers(who, PROMPTS[0])
            circle.chooses(who, PROMPTS[0], "unnamed")
        circle.shows()
        assert circle.marks_standing() == []


def test_what_the_group_reads_tells_nothing_of_when() -> None:
    """Whoever came first, and whatever was shared first: the same people give the same words."""
    read = set()
    for seed in range(20):
        circle = Circle(SIZE, seed="one")
        steps = [(who, prompt) for who in range(SIZE) for prompt in PROMPTS]
        Random(seed).shuffle(steps)
        for who, prompt in steps:
            circle.agrees(who, f"Name{who}" if who % 2 else "")
            circle.answers(who, prompt)
            circle.chooses(who, prompt, "unnamed")
        for _ in PROMPTS:
            circle.shows()
            circle.moves_on()
        texts = "\n".join(circle.standing().values())
        read.add(MARK.sub(lambda mark: str(circle.marks[mark[0]]), texts))  # noqa: B023 - used at once
    assert len(read) == 1


def test_each_place_is_as_likely_for_everybody() -> None:
    """Over many rounds everybody stands in each place equally often (chi-square, 36 degrees)."""
    rounds, counted = 700, Counter[tuple[int, int]]()
    for seed in range(rounds):
        circle = Circle(SIZE, seed=str(seed))
        for who in range(SIZE):
            circle.agrees(who)
            circle.answers(who, PROMPTS[0])
            circle.chooses(who, PROMPTS[0], "unnamed")
        circle.shows()
        for place, mark in enumerate(circle.marks_standing()):
            counted[circle.marks[mark][0], place] += 1
    expected = rounds / SIZE
    assert sum(counted.values()) == rounds * SIZE
    distance = sum(
        (counted[who, place] - expected) ** 2 / expected
        for who in range(SIZE)
        for place in range(SIZE)
    )
    assert distance < 80.0, "less likely than one in 20,000 by chance"


def test_forgetting_one_person_leaves_the_round_going() -> None:
    """At any moment of a round, whoever is forgotten is gone from it, and the round goes on."""
    for moment in range(2 * len(PROMPTS) + 1):
        circle = Circle(SIZE)
        everybody_shares(circle)
        for step in range(2 * len(PROMPTS)):
            if step == moment:
                circle.is_forgotten(3)
            circle.moves_on() if step % 2 else circle.shows()
        circle.is_forgotten(3)
        circle.closes()
        assert circle.group.open is None
        assert 3 not in [circle.marks[mark][0] for mark in circle.marks_standing()]
