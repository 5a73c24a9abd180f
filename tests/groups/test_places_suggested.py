"""What a group lists, among what is suggested to its members: when, in what order, and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo import in_demo_town
from bot.directory.few import near_in
from bot.directory.said import ear_for
from bot.engine.effects import Place
from bot.engine.group import Group, Membership
from bot.engine.group_places import listed_with
from bot.groups.places import suggestible
from bot.library import Library
from bot.speaking import suggested
from bot.supports.resources import Resource
from tests.conftest import NOON, ROOT
from tests.supports.maps import BASES, answers
from tests.test_places import ASKED

TODAY = NOON.date()
CUPPA = {
    "what": "A cuppa on Tuesdays",
    "where": "The hall behind St Ann's",
    "meets_you": "somebody with a green badge",
    "good_for": "when you look after somebody and never get a break",
}
SHED = {"what": "The shed", "where": "Mill Lane", "meets_you": "", "good_for": "debts and letters"}


def group_of(*places: dict[str, str], confirmed: date = TODAY) -> Group:
    """Give a group that lists these places, confirmed by a second member on that day."""
    group = Group("The Tuesday group")
    for number, holds in enumerate(places):
        day, one = confirmed.isoformat(), f"p{number}"
        group = listed_with(group, Place("g", "propose", holds=holds), "ada", day, one)
        group = listed_with(group, Place("g", "confirm", one), "bo", day, "")
    return group


def listed_by(group: Group) -> list[Resource]:
    return suggestible({"g": Membership("g", group)})


def ours(library: Library, scope: dict[str, Any], group: Group) -> list[dict[str, Any]]:
    found = suggested(library, scope, TODAY, ours=listed_by(group)).items
    return [dict(item) for item in found if item["source"] == "group"]


@pytest.fixture(scope="module")
def town(library: Library) -> Library:
    return in_demo_town(library, ROOT / "dialogues")


def test_what_the_group_lists_comes_before_the_directory_and_says_so(town: Library):
    """With the person's own words, how it is reached, who is there, and how fresh it is."""
    choir = {"belongs": "the choir"}
    listed = listed_by(group_of(SHED, CUPPA))
    found = suggested(town, {**ASKED, **choir}, TODAY, ours=listed).items
    assert [(item["name"], item["source"]) for item in found if item["part"] == "self"][:3] == [
        ("the choir", ""),
        ("A cuppa on Tuesdays", "group"),
        ("Cuppa for Carers", "demo-town"),
    ]
    (first,) = [item for item in found if item["source"] == "group"]
    said = "you said “I look after my mum and I never get a break”"
    assert first["because"] == f"{said}, and a group you are in lists it"
    assert "Where: The hall behind St Ann's." in first["more"]
    assert "Who meets you: somebody with a green badge." in first["more"]
    assert (first["ref"], first["checked"], first["kind"]) == ("g/p1", "fresh", "place")


def test_whoever_has_nobody_gets_the_door_that_their_group_lists(town: Library):
    """One door is enough, and theirs is the one where somebody may know them."""
    (door,) = suggested(town, ASKED, TODAY, ours=listed_by(group_of(CUPPA))).items[:1]
    assert (door["name"], door["source"]) == ("A cuppa on Tuesdays", "group")


def test_where_there_is_no_directory_the_group_has_its_list_all_the_same(library: Library):
    """It needs nobody's import."""
    assert [each["name"] for each in ours(library, ASKED, group_of(CUPPA))] == [CUPPA["what"]]


def test_what_says_nothing_of_it_is_not_suggested(library: Library):
    """A list is no advertisement."""
    assert ours(library, ASKED, group_of(SHED)) == []
    assert ours(library, {**ASKED, "brings": "debts, and letters every day"}, group_of(SHED))


def test_what_waits_for_a_second_or_has_closed_is_suggested_to_nobody():
    """Not to whoever proposed it either."""
    waiting = listed_with(Group(), Place("g", "propose", holds=CUPPA), "ada", "2026-11-01", "p0")
    assert listed_by(waiting) == []
    shut = group_of(CUPPA)
    for who in ("cy", "di"):
        shut = listed_with(shut, Place("g", "closed", "p0"), who, "2026-11-01", "")
    assert listed_by(shut) == []


def test_what_nobody_confirmed_for_a_year_is_suggested_no_more(library: Library):
    """Before that its age is told."""
    old = group_of(CUPPA, confirmed=TODAY - timedelta(days=250))
    (item,) = ours(library, ASKED, old)
    assert (item["checked"], item["months"]) == ("grey", 8)
    assert ours(library, ASKED, group_of(CUPPA, confirmed=TODAY - timedelta(days=400))) == []


@pytest.mark.parametrize("safe", ["unsafe", "unsure", None])
def test_with_an_other_who_is_not_safe_nothing_of_the_group_is_suggested(
    library: Library, safe: str | None
):
    """They may be in the group, or go there."""
    assert ours(library, {**ASKED, "safe": safe}, group_of(CUPPA)) == []


def test_after_a_concern_nothing_is_searched_for(library: Library):
    """What somebody wrote then goes nowhere."""
    for kind in ("suicide", "abuse", "medical"):
        assert ours(library, {**ASKED, "concerns": [kind]}, group_of(CUPPA)) == []


def test_what_names_somebody_who_is_left_out_is_left_out_as_well(library: Library):
    """In whichever of the words that a member wrote."""
    dee = {"leave_out": [{"id": "dee", "name": "my boss Dee"}]}
    earlier = {"left_out": ["mybossdee"]}
    for name, words in (("what", "Dee's café"), ("where", "next to Dee"), ("meets_you", "Dee")):
        group = group_of({**CUPPA, name: f"{words}, for carers"})
        assert ours(library, ASKED, group)
        assert ours(library, {**ASKED, **dee}, group) == []
        assert ours(library, {**ASKED, **earlier}, group) == []


def test_what_somebody_said_was_closed_is_not_suggested_to_them_again(library: Library):
    """As with any other list."""
    assert ours(library, {**ASKED, "closed_places": ["group/g/p0"]}, group_of(CUPPA)) == []


def test_a_need_is_found_in_the_words_of_people_and_of_directories(library: Library):
    """And where neither is there, in a word that both have; what says nothing finds nothing."""
    ear = ear_for(library.needs)
    texts = ["a befriending club", "company when you feel lonely", "the library has a piano"]
    assert {each.number for each in near_in(texts, "I feel so lonely", ear)} == {0, 1}
    (piano,) = near_in(texts, "I miss my piano", ear)
    assert (piano.number, piano.said) == (2, "piano")
    assert near_in(texts, "hello", ear) == []
    assert near_in([], "I feel so lonely", ear) == []


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(BASES))
def test_whatever_somebody_answered_nobody_feared_is_named_by_a_place(
    library: Library, seed: int, base: str
):
    """Over random maps: a place that names whoever is left out, or an unsafe Other, stays away."""
    scope = answers(seed)
    feared = [each["name"] for each in scope["leave_out"] or []]
    if scope.get("safe") != "safe" and isinstance(scope.get("other"), dict):
        feared.append(scope["other"]["name"])
    named = {**CUPPA, "what": f"{base}'s club for carers", "good_for": "lonely, worn out, awake"}
    for item in ours(library, {**scope, "brings": "I feel so lonely"}, group_of(named)):
        assert not [name for name in feared if base in name], item["name"]
