"""The page for whoever leads a group: every step, command, button, number and day in it is real."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.channels.json_lines import converse
from bot.clock import Clock
from bot.engine.group import LEAST
from bot.engine.terms import Terms
from bot.grouping import ROUND_OVER
from bot.library import Library
from bot.turns import Turns
from bot.wording.sentences import grade_of, sentences_in, words_in
from tests.conftest import ROOT
from tests.databases import opened_store

PAGE = (ROOT / "docs" / "for-groups.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^\d+\. (You|A member|Another member), (in the group|in private): (.+)$", re.MULTILINE
)
ACT = re.compile(
    r"`/(?P<command>\w+)`|\*\*\[(?P<button>[^\]]+)\]\*\*|(?P<link>follow (?:that|the) button)"
    r"|(?P<name>give a name)|(?P<answer>and answer)"
    r"|(?P<tell>they answer)|(?P<place>choose the place)"
)
GROUP = "Tuesday people"
MEMBERS = {"Ann": 0, "Bea": 1, "Cal": 1, "Dee": 1, "Eli": 1, "Fay": 1, "Gus": 1, "Hal": 2}
"""Which of the three ways on the page each member takes: Ann the first, Hal the last."""
SET_UP, ROUND = "Set up, in five minutes", "A round, step by step"
LIST, MANY = "The group's list of places", "What many told"
BUTTON = re.compile(r"\*\*\[([^\]]+)\]\*\*")
AGREES: Mapping[str, object] = {"adult": True, "phone": "private", "consent": "agreed"}


def read_aloud() -> str:
    """Give the page as it is read, without its tables and its marks."""
    lines = [line for line in PAGE.splitlines() if not line.startswith("|")]
    plain = re.sub(r"^(\d+\. |- |> )", "", "\n".join(lines), flags=re.MULTILINE)
    return re.sub(r"[#*`\[\]]", "", plain)


def test_the_page_is_short() -> None:
    """Whoever leads a group reads it in five minutes."""
    assert len(PAGE.split()) <= 1100


def test_the_page_can_be_read_by_anybody() -> None:
    """Short sentences, at the grade that Kith's own texts keep."""
    sentences = sentences_in(read_aloud())
    assert [each for each in sentences if len(words_in(each)) > 25] == []
    assert grade_of(sentences) <= 6


def test_every_number_to_ring_is_one_that_kith_shows(library: Library) -> None:
    """Whatever is confirmed with `kith doctor --confirm-numbers` is what stands on this page."""
    catalogue = library.catalogue
    shown = "\n".join(catalogue.lines("suicide", "") + catalogue.lines("abuse", "england"))
    numbers = set(re.findall(r"\b(?:999|0\d{3} \d[\d ]+\d|116 123|85258)\b", PAGE))
    assert {"999", "116 123", "85258"} <= numbers
    assert [number for number in numbers if number not in shown] == []


def test_the_figures_are_those_of_the_program() -> None:
    """Five people, seven days and thirty days on the page are those that Kith goes by."""
    assert f"until at least {['three', 'four', 'five'][LEAST - 3]} people have one" in PAGE
    assert f"ends after {ROUND_OVER.hours // 24} days" in PAGE
    assert f"for {Terms().unfinished} days" in PAGE


@dataclass(slots=True)
class Look:
    """What somebody at a terminal has in front of them: their own chat, and that of the group."""

    out: StringIO

    def lines(self, *, of_group: bool) -> list[dict[str, Any]]:
        """Give the lines so far of one of the two."""
        every = [json.loads(line) for line in self.out.getvalue().splitlines()]
        return [line for line in every if (line.get("to") == "group") is of_group]

    @property
    def own(self) -> dict[str, Any]:
        """Give what they read last in private."""
        return self.lines(of_group=False)[-1]

    @property
    def group(self) -> list[dict[str, Any]]:
        """Give all messages of the group, oldest first, each post as it stands there by now."""
        standing: dict[str, dict[str, Any]] = {}
        for line in self.lines(of_group=True):
            for each in line["messages"]:
                standing[each["tag"] or str(len(standing))] = each
        return list(standing.values())

    @property
    def read(self) -> str:
        """Give all that can be read in the group."""
        return "\n".join(each["text"] for each in self.group)

    @property
    def values(self) -> dict[str, Any]:
        """Give what each button in their own chat stands for."""
        options = [each for message in self.own["messages"] for each in message["choices"]]
        return {each["label"]: each["value"] for each in options}


Inputs = Iterator[Mapping[str, object]]
Visit = Callable[[str, Callable[[Look], Inputs]], Look]


@pytest.fixture
def visit(tmp_path: Path, library: Library) -> Visit:
    """Let somebody sit down at `kith chat --json --group`, do what they do, and go."""

    def sit(name: str, does: Callable[[Look], Inputs]) -> Look:
        look, clock = Look(StringIO()), Clock()
        with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
            inputs = (json.dumps(each) + "\n" for each in does(look))
            turns = Turns(store, library, clock)
            converse(turns, clock, name, inputs, look.out, group=GROUP)  # type: ignore[arg-type]
        return look

    return sit


def steps(heading: str) -> list[tuple[str, str, str]]:
    """Give who does what, and where, under a heading of the page."""
    found: list[tuple[str, str, str]] = STEP.findall(
        PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    )
    assert found, heading
    return found


def acts(told: str, way: int = 0) -> list[tuple[str, str]]:
    """Give what a step tells somebody to do, in its order; of "A, B or C" only one."""
    found = [(str(each.lastgroup), each[str(each.lastgroup)]) for each in ACT.finditer(told)]
    assert found, told
    return [found[way]] if " or **[" in told else found


def does(look: Look, who: str, where: str, doing: list[tuple[str, str]]) -> Inputs:
    """Do what a step of the page says, at the real thing, as one person there."""
    for kind, what in doing:
        match kind:
            case "command" if where == "in the group":
                yield {"to": "group", "command": what}
            case "command":
                yield {"command": what}
            case "link":
                yield {"command": f"start {look.group[-1]['links'][0]['code']}"}
                while (asked := look.own["step"]) in AGREES:
                    yield {"choose": AGREES[asked]}
            case "button":
                fitting = [each for each in look.values if f"{each}: ".startswith(f"{what}: ")]
                assert fitting, (what, look.own)
                yield {"choose": look.values[fitting[0]]}
            case "name":
                yield {"text": who}
            case "tell":
                while look.own["asks"] == "words":
                    yield {"text": "The library, on Fridays"}
            case "place":
                yield {"choose": next(iter(look.values.values()))}
            case _:
                yield answered(look, who)


def answered(look: Look, who: str) -> Mapping[str, object]:
    """Answer a question of a round: in words that say whose they are, where words are asked."""
    match look.own["asks"]:
        case "words":
            return {"text": f"It is a long week for {who}-in-words"}
        case "several":
            return {"choose": [next(iter(look.values.values()))]}
        case _:
            return {"choose": next(iter(look.values.values()))}


def played(visit: Visit) -> None:
    """Play the page up to what was shared of the first question; Lee leads, Ann goes on alone."""
    opening, (joins, shares, shows, *_) = steps(SET_UP), steps(ROUND)

    def opens(look: Look) -> Inputs:
        for _, where, told in opening:
            yield from does(look, "Lee", where, acts(told))

    def joining(name: str) -> Callable[[Look], Inputs]:
        def member(look: Look) -> Inputs:
            yield from does(look, name, joins[1], acts(joins[2]))
            yield from does(look, name, shares[1], acts(shares[2], MEMBERS[name]))
            while name == "Ann" and look.own["step"] != ":round answered":
                yield answered(look, name)
                yield from does(look, name, shares[1], acts(shares[2], MEMBERS[name]))

        return member

    visit("Lee", opens)
    for name in MEMBERS:
        visit(name, joining(name))
    visit("Lee", lambda look: does(look, "Lee", shows[1], acts(shows[2])))


def seen_of(look: Look) -> set[str]:
    """Give whose words of the first question can be read in the group."""
    return {name for name in MEMBERS if f"{name}-in-words" in look.read}


def test_every_step_of_a_round_does_what_the_page_says(visit: Visit) -> None:
    """Set up, answered, shown, talked about, taken back and closed, as it stands on the page."""
    who = [who for who, _, _ in (*steps(SET_UP), *steps(ROUND))]
    assert who == ["You"] * 2 + ["A member"] * 2 + ["You"] * 3 + ["A member"]
    *_, goes_on, closes, takes_back = steps(ROUND)
    played(visit)

    def going_on(look: Look) -> Inputs:
        yield {"command": "round"}
        assert seen_of(look) == set(MEMBERS) - {"Hal"}
        assert re.findall(r"^(\w+): It is", look.read, re.MULTILINE) == ["Ann"]
        yield from does(look, "Lee", goes_on[1], acts(goes_on[2]))
        assert "2 of 3" in look.group[-1]["text"]
        assert "Being listened to" not in look.read

    def taking_back(name: str) -> Look:
        return visit(name, lambda look: does(look, name, takes_back[1], acts(takes_back[2])))

    def closing_it(look: Look) -> Inputs:
        yield from does(look, "Lee", closes[1], acts(closes[2]))
        assert "question 2 of 3" in str(look.own), "not the end yet, so it is asked"
        yield {"choose": "close round"}
        assert "Ann: Being listened to" in look.read
        assert look.group[-1]["tag"].endswith("/end")

    visit("Lee", going_on)
    assert seen_of(taking_back("Cal")) == {"Ann"}, "all that is unnamed goes with one of them"
    visit("Lee", closing_it)


def new_here(look: Look) -> Inputs:
    """Answer what everybody is asked once."""
    while (asked := look.own["step"]) in AGREES:
        yield {"choose": AGREES[asked]}


def test_a_place_is_put_forward_and_confirmed_as_the_page_says(visit: Visit) -> None:
    """By one member and by another one; then one tap says how it is, for anybody in the group."""
    (_, where, puts), (_, _, confirms) = steps(LIST)
    later = BUTTON.findall(PAGE.partition(f"## {LIST}\n")[2].partition("Later one tap")[2])[:3]

    def doing(name: str, told: str) -> Callable[[Look], Inputs]:
        def member(look: Look) -> Inputs:
            yield from new_here(look)
            yield from does(look, name, where, acts(told))

        return member

    def looking(look: Look) -> Inputs:
        yield from does(look, "Cal", where, acts(confirms)[:-1])
        assert "Ann" not in str(look.own)
        assert set(later) <= set(look.values)

    visit("Ann", doing("Ann", puts))
    visit("Ben", doing("Ben", confirms))
    visit("Cal", looking)


def test_what_many_told_is_found_where_the_page_says(visit: Visit) -> None:
    """A yes to being counted is one tap; so is what many told, and it says when it is too few."""
    (_, where, counts), (_, _, shows) = steps(MANY)

    def ann(look: Look) -> Inputs:
        yield from new_here(look)
        yield from does(look, "Ann", where, acts(counts))
        assert "counted" in look.own["messages"][0]["text"]
        yield from does(look, "Ann", where, acts(shows))
        assert f"{LEAST} people or more" in look.own["messages"][0]["text"]
        yield {"command": "round"}
        assert "More about this group" in look.values, "looking at it changes nothing"

    visit("Ann", ann)
