"""What the shipped reflection promises, whoever walks it and however they answer.

`KITH_TEST_WALKED` says how many walk it; `make soak` sets 2,000.
"""

import os
import re

import pytest

from bot.engine.around import unnamed
from bot.engine.joining import may_join
from bot.engine.replay import replay
from bot.library import Library
from bot.rehearsing.answering import NAMES
from bot.rehearsing.walkers import Walker
from bot.supports.suggest import other_is_unsafe, parts_of, safe_people

PEOPLE = int(os.environ.get("KITH_TEST_WALKED", "100"))
BEGUN = {"adult": "yes", "consent": "agreed"}
"""Who says otherwise is sent elsewhere before the reflection begins."""
LABELS = re.compile(
    r"\b(depress\w*|anxi\w*|disorder\w*|diagnos\w*|symptom\w*|trauma\w*|bipolar|psycho\w*|narciss\w*"
    r"|toxic|addict\w*|victim\w*|patients?|illness\w*|therap\w*|should|must)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”")


@pytest.fixture(scope="module")
def walked(library: Library) -> list[Walker]:
    return [Walker(library, seed, BEGUN).walk() for seed in range(PEOPLE)]


def reached_suggestions(walked: list[Walker]) -> list[Walker]:
    return [person for person in walked if isinstance(person.value("suggestions"), list)]


def test_every_walk_comes_to_an_end(walked: list[Walker]) -> None:
    """Whatever people answer, nobody is stuck, and most come to a plan."""
    assert all(person.rehearsal.over for person in walked)
    came_to_a_plan = [p for p in walked if any(t.startswith("Part 5 of 5") for t in p.said)]
    assert len(came_to_a_plan) > PEOPLE * 0.8


def test_nothing_unrendered_is_ever_said(walked: list[Walker]) -> None:
    """No template, no empty bracket and no word of the program's reaches a person."""
    said = {QUOTED.sub("“…”", text) for person in walked for text in person.said}
    inner_words = re.compile(r"\{[{%]|\bNone\b(?! of)|UNASKED|SKIPPED|\[\]| \.|\(\)|, ,")
    for text in said:
        shown = text.replace("{{ 7*7 }}", "")
        assert not inner_words.search(shown), text


def test_no_condition_is_named_and_nothing_commanded(walked: list[Walker]) -> None:
    """Kith's own words hold no label for a person, and no "should"."""
    for text in {QUOTED.sub("", text) for person in walked for text in person.said}:
        assert not LABELS.search(text), text


def test_a_person_who_is_not_safe_is_never_suggested(walked: list[Walker]) -> None:
    """Nobody who was left out, may pass it on or is the Other appears in what is suggested."""
    for person in reached_suggestions(walked):
        scope = scope_of_walk(person)
        named = {
            s["name"] for s in person.value("suggestions") if s["own"] and s["kind"] == "person"
        }
        assert named <= {p["name"] for p in safe_people(scope)}


def test_nothing_joins_the_two_unless_it_was_called_safe(
    walked: list[Walker], library: Library
) -> None:
    """Safe has to be said, and be said of today's Other; else nothing brings them together."""
    joining = {rule.id for rule in library.rules if rule.joins}
    allowed = {rule.id for rule in library.rules if rule.when_unsafe}
    unsafe = 0
    for person in reached_suggestions(walked):
        scope = scope_of_walk(person)
        ids = {suggestion["id"].split(".")[0] for suggestion in person.value("suggestions")}
        if not may_join(scope):
            assert not ids & joining
        if other_is_unsafe(scope):
            unsafe += 1
            assert ids <= allowed
    assert unsafe > 10


def test_each_part_that_came_up_has_something(walked: list[Walker]) -> None:
    """No part is dropped in silence: there is a step for it, or the honest word that there is none."""
    for person in reached_suggestions(walked):
        found = {suggestion["part"] for suggestion in person.value("suggestions")}
        assert found == set(parts_of(scope_of_walk(person)))


def test_an_own_person_comes_before_any_service(walked: list[Walker]) -> None:
    """Where somebody safe was named, somebody safe is suggested, and first in every part."""
    for person in reached_suggestions(walked):
        suggestions = person.value("suggestions")
        if safe_people(scope_of_walk(person)):
            assert any(s["kind"] == "person" and s["own"] for s in suggestions)
        for part in {s["part"] for s in suggestions}:
            own = [s["own"] for s in suggestions if s["part"] == part and s["carried"] != "alone"]
            assert own == sorted(own, reverse=True)


def test_services_are_only_for_who_wants_them(walked: list[Walker], library: Library) -> None:
    """A no to services is kept, but for the specialist advocate where it isn't safe."""
    anyway = {rule.id for rule in library.rules if rule.wanted_anyway}
    last = {rule.id for rule in library.rules if rule.source in ("contact", "nobody")}
    for person in reached_suggestions(walked):
        if person.value("services") is not True:
            ids = {
                s["id"].split(".")[0] for s in person.value("suggestions") if s["kind"] == "service"
            }
            assert ids <= anyway | last


def test_at_most_one_step_is_carried_alone(walked: list[Walker]) -> None:
    """The plan is shared: one step at the most is the person's alone."""
    for person in walked:
        plan = person.value("plan")
        steps = plan if isinstance(plan, list) else []
        assert sum(step["carried"] == "alone" for step in steps if step["step"]) <= 1


def test_looking_back_finds_the_same_place(walked: list[Walker], library: Library) -> None:
    """Walking from the start over the answers that are there ends where the person is.

    Whoever made a map afterwards would be asked about those who are on it.
    """
    begun = [
        each.session for each in walked if each.session.begun and "map" not in each.session.apart
    ]
    assert len(begun) > PEOPLE / 2
    for session in begun:
        assert replay(library.catalogue, session).session.status == "ended"


def test_drafts_name_neither_the_other_nor_what_happened(walked: list[Walker]) -> None:
    """A message that somebody else may read gives nothing away."""
    for person in reached_suggestions(walked):
        other = person.value("other")
        name = other["name"] if isinstance(other, dict) else "no such name"
        for suggestion in person.value("suggestions"):
            assert name.casefold() not in suggestion["draft"].casefold().replace(
                suggestion["name"], ""
            )


def scope_of_walk(person: Walker) -> dict[str, object]:
    """The answers on the path of a person, as the rules read them."""
    keys = [key for key in person.session.path if "/" not in key]
    scope = {key: person.value(key) for key in keys if person.value(key) is not None}
    here = person.session
    return {**scope, "concerns": list(here.concerns), "unnamed": unnamed(here)}


def test_the_names_in_these_walks_are_of_many_kinds() -> None:
    """The walks would prove little with plain names only."""
    assert any(not name.isascii() for name in NAMES)


@pytest.mark.parametrize("seed", [943])
def test_an_answer_off_the_path_can_be_looked_at_again(library: Library, seed: int):
    """One in a thousand people changed the way, then an answer of the old one, then the Other."""
    Walker(library, seed, {"adult": "yes", "consent": "agreed"}).walk()
