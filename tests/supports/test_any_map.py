"""What is suggested and planned, over a thousand made-up maps and many walks to the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.engine.effects import Say
from bot.engine.events import Event
from bot.engine.joining import may_join
from bot.engine.understand import name_id
from bot.library import Library
from bot.rehearsing.rehearsal import Rehearsal, rooted
from bot.rehearsing.told import tell
from bot.rehearsing.walkers import Walker
from bot.supports.rules import Rule
from bot.supports.suggest import MOST_FOR_NOBODY, suggest
from bot.transcripts import read_transcript
from tests.conftest import ROOT
from tests.fakes import shipped
from tests.supports.maps import BASES, CANARIES, FORMS, answers, bases_in, bases_of

MAPS, WALKS = 1000, 80
TEXTS = ("name", "short", "step", "more", "because", "draft")
GONE_TO = ("group", "place", "activity")
FILES = sorted((ROOT / "dialogues" / "transcripts").glob("*.txt"))


@cache
def rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in shipped().rules}


def opened(each: dict[str, Any]) -> bool:
    """Say whether somebody may be asked; a place or an animal is gone to without asking."""
    unasked = not each["ask"] and each.get("kind") in (*GONE_TO, "animal")
    return unasked or each["ask"] in ("yes", "maybe")


@dataclass(frozen=True)
class Given:
    """Somebody's answers, what was suggested for them, and whom nothing may name."""

    scope: dict[str, Any]
    found: list[dict[str, Any]]
    unsafe: set[str]

    @property
    def could(self) -> list[dict[str, Any]]:
        """Who or what on the map may be asked, and has a name that tells of nobody else."""
        out = self.unsafe | bases_of(self.scope.get("other"))
        return [
            each
            for each in self.scope["people"]
            if opened(each) and not bases_in(each["name"]) & out
        ]


def given(seed: int) -> Given:
    scope, library = answers(seed), shipped()
    contact = scope["contact"] if isinstance(scope["contact"], str) else ""
    found = suggest(scope, library.rules, library.resources, contact)
    passing = [each for each in scope["people"] if each["ask"] == "passes_on"]
    unsafe = bases_of(scope["leave_out"]) | bases_of(passing)
    if not may_join(scope):
        unsafe |= bases_of(scope.get("other"))
    ids = set(scope["left_out"])
    unsafe |= {
        base
        for base in BASES
        if ids & {name_id(form.format(base)) for form in FORMS if len(base) > 2 or form == "{}"}
    }
    return Given(scope, found, unsafe)


@cache
def thousand() -> tuple[Given, ...]:
    return tuple(given(seed) for seed in range(MAPS))


def rule_of(suggestion: dict[str, Any]) -> Rule:
    return rules()[suggestion["id"].partition(".")[0]]


def parts(found: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for part in dict.fromkeys(each["part"] for each in found):
        yield [each for each in found if each["part"] == part]


def test_the_thousand_are_of_many_kinds() -> None:
    """They would prove little if hardly anybody were unsafe, alone, or drained."""
    people = [each for one in thousand() for each in one.scope["people"]]
    assert sum(bool(one.unsafe) for one in thousand()) > 300
    assert sum(not one.could for one in thousand()) > 200
    assert sum(len(one.could) > 1 for one in thousand()) > 200
    assert sum(each.get("tie") == "draining" for each in people) > 200
    assert sum(may_join(one.scope) for one in thousand()) > 200


def test_whoever_has_somebody_gets_a_step_with_them() -> None:
    """One safe person or group that can be asked is enough for a step with one of them."""
    for one in thousand():
        names = {each["name"] for each in one.could if each.get("kind") != "animal"}
        belongs = one.scope["belongs"]
        out = one.unsafe | bases_of(one.scope.get("other"))
        if isinstance(belongs, str) and not bases_in(belongs) & out:
            names.add(belongs)
        if names:
            assert names & {each["name"] for each in one.found if each["step"]}


def test_nobody_unsafe_is_in_any_text() -> None:
    """Neither by name nor in a place, a group or own words that name them."""
    for one in thousand():
        for suggestion in one.found:
            for key in TEXTS:
                assert not bases_in(suggestion[key]) & one.unsafe, (suggestion, one.unsafe)


def test_who_better_not_be_asked_is_not_asked() -> None:
    """Also where nothing speaks against them."""
    for one in thousand():
        closed = {each["name"] for each in one.scope["people"] if not opened(each)}
        assert not closed & {each["name"] for each in one.found}


def test_at_most_one_is_carried_alone_and_never_by_itself() -> None:
    """Coping stands beside something that is shared."""
    for one in thousand():
        assert sum(each["carried"] == "alone" for each in one.found) <= 1
        for part in parts(one.found):
            assert not all(each["carried"] == "alone" for each in part)


def test_each_says_why() -> None:
    """Nothing is suggested without a reason, and no text has a hole in it."""
    for one in thousand():
        for suggestion in one.found:
            assert suggestion["because"]
            assert suggestion["short"]
            for key in TEXTS:
                assert "  " not in suggestion[key], suggestion
                assert " ," not in suggestion[key], suggestion


def test_nothing_joins_unless_it_is_safe() -> None:
    """And where it is not, nothing is shown that was not written for that."""
    for one in thousand():
        for suggestion in one.found:
            rule = rule_of(suggestion)
            assert not rule.joins or may_join(one.scope)
            there = one.scope["other_is"] in ("one", "several", "body")
            assert rule.when_unsafe or may_join(one.scope) or not there


def test_coping_has_an_end_only_where_the_other_is_safe() -> None:
    """With somebody unsafe nothing is dated, and there is somebody who knows about it."""
    dated = 0
    for one in thousand():
        ids = {each["id"].partition(".")[0] for each in one.found}
        there = one.scope["other_is"] in ("one", "several", "body")
        if there and not may_join(one.scope):
            assert "for-two-weeks" not in ids
        dated += "for-two-weeks" in ids
        assert not ids >= {"for-two-weeks", "keep-what-helps"}
    assert dated > 100


def test_a_draft_gives_nothing_away() -> None:
    """No word of a free answer, and not the Other, whether safe or not."""
    drafts = 0
    for one in thousand():
        for suggestion in one.found:
            drafts += bool(suggestion["draft"])
            assert not bases_in(suggestion["draft"]) & bases_of(one.scope.get("other"))
            assert not any(word in suggestion["draft"] for word in CANARIES)
    assert drafts > MAPS


def test_every_person_who_can_be_asked_could_be_invited() -> None:
    """Company before disclosure: alone on the map, each gets an ordinary invitation to send."""
    for one in thousand():
        for each in one.could:
            if each.get("kind") in (*GONE_TO, "animal") or each.get("tie") == "draining":
                continue
            scope = {**one.scope, "people": [each]}
            found = suggest(scope, shipped().rules, shipped().resources, "")
            with_them = [s for s in found if s["name"] == each["name"] and s["part"] == "self"]
            assert any(s["draft"] for s in with_them), (each, found)


def test_who_drains_is_never_first() -> None:
    """Other people, groups and places stand before somebody who takes strength."""
    for one in thousand():
        tiring = {each["name"] for each in one.could if each.get("tie") == "draining"}
        people = [s for s in one.could if s.get("kind") not in (*GONE_TO, "animal")]
        for part in parts(one.found):
            first = part[0]["name"]
            others = [s for s in part if s["kind"] != "service" and s["name"] not in tiring]
            shared = [s for s in others if s["carried"] != "alone"]
            if shared and first in {s["name"] for s in people}:
                assert first not in tiring


def test_giving_counts_as_much_as_getting() -> None:
    """Whoever is given something is somebody to do something for."""
    for one in thousand():
        for each in one.could:
            eased = each.get("kind") == "person" and each["tie"] != "draining"
            if eased and each["give"] == "yes" and not each["good_at"]:
                scope = {**one.scope, "people": [each]}
                found = suggest(scope, shipped().rules, shipped().resources, "")
                assert any(s["id"].startswith("something-for") for s in found)


def test_nobody_leads_to_one_open_door() -> None:
    """Whoever has nobody gets one place for themselves, and never three."""
    some = 0
    for one in thousand():
        people = [each for each in one.scope["people"] if opened(each)]
        belongs = one.scope["belongs"]
        if people or isinstance(belongs, str):
            continue
        anyway = [s for s in one.found if rule_of(s).wanted_anyway]
        listed = [s for s in one.found if s["listed"] and s not in anyway]
        assert sum(s["part"] == "self" for s in listed) <= MOST_FOR_NOBODY
        assert len(listed) <= 2
        if one.scope["other_is"] not in ("one", "several", "body", "died"):
            assert len(listed) <= 1
        some += bool(listed)
    assert some > 50


class Watched(Rehearsal):
    """A conversation of which is kept what was shown once suggestions were there."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.shown: list[tuple[str, ...]] = []
        self.drafts: list[str] = []
        self.scope: dict[str, Any] = {}
        self.found: list[dict[str, Any]] = []
        self.plan: list[dict[str, Any]] = []

    def meets(self, event: Event) -> tuple[Say, ...]:
        said = super().meets(event)
        session = self.session
        finished = session.detour is not None and session.detour.name == "finished"
        if "suggestions" not in session.path or (session.detour and not finished):
            return said
        held = {key: answer.value for key, answer in session.answers.items()}
        self.scope = {**held, "concerns": [each.rstrip("?") for each in session.concerns]}
        self.found, self.plan = held["suggestions"], held.get("plan") or []
        labels = [option.label for each in said for option in each.options]
        self.shown.append((*(each.text for each in said), *labels))
        self.drafts += [each.text for each in said if each.share]
        return said


def unsafe_in(scope: dict[str, Any]) -> set[str]:
    passing = [each for each in scope.get("people") or [] if each["ask"] == "passes_on"]
    unsafe = bases_of(scope.get("leave_out")) | bases_of(passing)
    return unsafe if may_join(scope) else unsafe | bases_of(scope.get("other"))


def check_run(run: Watched) -> None:
    """Look at what was shown, suggested, drafted and planned in one conversation."""
    unsafe = unsafe_in(run.scope)
    for text in (text for shown in run.shown for text in shown):
        assert not bases_in(text) & unsafe, (text, unsafe)
    for step in run.plan:
        assert not bases_in(" ".join(map(str, step.values()))) & unsafe, (step, unsafe)
    assert sum(step["carried"] == "alone" for step in run.plan if step["step"]) <= 1
    for suggestion in run.found:
        assert suggestion["because"]
        assert not rule_of(suggestion).joins or may_join(run.scope)
    for draft in run.drafts:
        assert not bases_in(draft) & bases_of(run.scope.get("other"))
        assert not any(word in draft for word in CANARIES)
    able = [each for each in run.scope.get("people") or [] if each["ask"] in ("yes", "maybe")]
    out = unsafe | bases_of(run.scope.get("other"))
    names = {each["name"] for each in able if not bases_in(each["name"]) & out}
    assert not names or names & {each["name"] for each in run.found}


def told_by(seed: int) -> dict[str, str]:
    """What one walker says where names and own words are asked for; everything else is chance."""
    random = Random(seed)
    bases = random.sample([base for base in BASES if base.isascii()], 8)
    around = [random.choice(FORMS[:4]).format(base) for base in bases[: random.randint(1, 4)]]
    other, out = random.choice(bases[:6]), random.choice(bases[1:6])
    return {
        "adult": "yes",
        "consent": "agreed",
        "brings": "skip",
        "letter": "yes",
        "other": f"my boss {other}",
        "leave_out": out,
        "around": ", ".join(around),
        "touches": f"A Quince, says {other}",
        "helped": f"Talking to {out}",
        "matters": "Marmot",
        "best": f"With {other} and a Zephyr",
        "owe_self": f"No {out}",
        "own": random.choice([f"Ring {out}", f"Walk past {other}", "A walk by the sea"]),
        "belongs": random.choice(["skip", f"{out}'s café", f"the choir of {other}", "the choir"]),
        "draft": "yes",
        "pick": random.choice(["own", "1", "2", "skip"]),
        "own_who": random.choice(["on my own", "skip", "1"]),
        "instead": random.choice(["1", f"if it rains I ask {out}", "skip"]),
        "wiped": "keep",
    }


def walked(seed: int) -> Watched:
    walker = Walker(shipped(), seed, told_by(seed), restless=0.0)
    walker.rehearsal = Watched(shipped())
    walker.walk()
    return walker.rehearsal


@cache
def walks() -> tuple[Watched, ...]:
    return tuple(run for seed in range(WALKS) if (run := walked(seed)).shown)


def test_whole_conversations_keep_it_too() -> None:
    """From the first suggestion to goodbye, letter and plan and every button: the same holds."""
    for run in walks():
        check_run(run)


def test_the_walks_are_of_many_kinds() -> None:
    """They would prove little without drafts, own steps, letters and somebody unsafe."""
    own = [step for run in walks() for step in run.plan if step["beside"]]
    letters = [text for run in walks() for shown in run.shown for text in shown if "Dear " in text]
    assert len(walks()) > WALKS * 0.8
    assert sum(bool(unsafe_in(run.scope)) for run in walks()) > WALKS / 4
    assert sum(bool(run.drafts) for run in walks()) > WALKS / 8
    assert len(own) > WALKS / 8
    assert len(letters) > WALKS / 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_shipped_transcripts_keep_it(file: Path) -> None:
    """Each conversation that staff have read is looked at in the same way."""
    chat = read_transcript(file.read_text(encoding="utf-8"))
    dialogue = chat.settings.get("dialogue", shipped().catalogue.root)
    run = Watched(rooted(shipped(), dialogue, chat.settings.get("contact", "")))
    assert tell(chat, run, shipped().catalogue.typed).broke == ""
    if run.shown:
        check_run(run)
        check_names(run)


def check_names(run: Watched) -> None:
    """Look for the names that this conversation itself has."""
    people = run.scope.get("people") or []
    out = [each for each in people if each["ask"] == "passes_on"]
    out += run.scope["leave_out"] if isinstance(run.scope.get("leave_out"), list) else []
    other = run.scope.get("other")
    if isinstance(other, dict) and not may_join(run.scope):
        out.append(other)
    shown = "\n".join(text for texts in run.shown for text in texts)
    assert not [each["name"] for each in out if each["name"] in shown]
