"""What is suggested, over whatever people and answers chance makes up, by the rules that ship."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.values import SKIPPED, UNASKED
from bot.supports.suggest import MOST_A_NAME, MOST_A_PART, parts_of, suggest
from tests.fakes import library_of, shipped

ABSENT = st.sampled_from([UNASKED, SKIPPED])


def maybe(*values: object) -> st.SearchStrategy[object]:
    return st.one_of(ABSENT, st.sampled_from(values))


def some(*values: str) -> st.SearchStrategy[object]:
    return st.one_of(ABSENT, st.lists(st.sampled_from(values), unique=True, min_size=1))


NAMES = ("Anna", "Ben", "Cid", "my boss Dee", "Eve", "a friend")
PERSON = st.builds(
    lambda name, ask, good: {
        "id": name.lower().replace(" ", ""),
        "name": name,
        "ask": ask,
        "good_at": good,
    },
    st.sampled_from(NAMES),
    st.sampled_from(["yes", "maybe", "no", "passes_on", ""]),
    st.lists(st.sampled_from(["listen", "along", "hand", "company", "unsure"]), unique=True),
)
PEOPLE = st.lists(PERSON, max_size=5, unique_by=lambda person: person["id"])
NAMED = st.sampled_from(NAMES).map(lambda name: {"id": name.lower().replace(" ", ""), "name": name})
SCOPES = st.fixed_dictionaries(
    {
        "people": st.one_of(ABSENT, PEOPLE),
        "other": st.one_of(ABSENT, NAMED),
        "leave_out": st.one_of(ABSENT, st.lists(NAMED, max_size=3)),
        "other_is": maybe("one", "several", "body", "died", "nobody"),
        "safe": maybe("safe", "unsafe", "unsure"),
        "concerns": st.lists(st.sampled_from(["abuse", "suicide", "child"]), unique=True),
        "now": maybe("yes", "sometimes", "no", "unsure"),
        "elsewhere": maybe("here", "too", "unsure"),
        "pressures": some("money", "housing", "health", "unfair", "none"),
        "affected": maybe("me", "some", "many", "unsure"),
        "stones": st.one_of(
            ABSENT,
            st.fixed_dictionaries(
                {}, optional={part: st.integers(0, 5) for part in ("self", "other", "situation")}
            ),
        ),
        "kind": maybe("work", "close", "care", "alone", "else"),
        "doorway": maybe(
            "work", "group", "partner", "family", "caring", "bereavement", "money", "home", "other"
        ),
        "us": maybe("me", "we"),
        "belongs": maybe("the choir", "Anna's café"),
        "services": maybe(True, False),
        "nation": maybe("england", "scotland", "wales", "northern-ireland", "elsewhere"),
        "wish": maybe("stop", "listen", "share", "distance", "good", "my own words"),
        "company": maybe("talk", "beside", "use", "near"),
        "helped": maybe("walking"),
        "best": maybe("with my sister"),
        "lost": st.one_of(ABSENT, NAMED),
        "contact": maybe("Sam, weekdays"),
        "recent": st.integers(0, 4),
    }
)
CONTACTS = st.sampled_from(["", "Sam, weekdays 9 to 5"])


def found(scope: dict[str, Any], contact: str = "") -> list[dict[str, Any]]:
    library = shipped()
    return suggest(
        {**scope, "contact": contact or UNASKED}, library.rules, library.resources, contact
    )


def rule_of(suggestion: dict[str, Any]):
    name = suggestion["id"].partition(".")[0]
    return next(rule for rule in shipped().rules if rule.id == name)


def people_in(scope: dict[str, Any]) -> list[dict[str, Any]]:
    return scope["people"] if isinstance(scope["people"], list) else []


def ids(value: object) -> set[str]:
    people = value if isinstance(value, list) else [value]
    return {person["id"] for person in people if isinstance(person, dict)}


def unwanted(scope: dict[str, Any]) -> set[str]:
    return ids(scope["leave_out"]) | ids(scope["other"])


def safe_ones(scope: dict[str, Any]) -> list[str]:
    return [
        p["name"]
        for p in people_in(scope)
        if p["ask"] in ("yes", "maybe") and p["id"] not in unwanted(scope)
    ]


@given(SCOPES, CONTACTS)
def test_only_people_who_can_be_asked_are_ever_named(scope: dict[str, Any], contact: str):
    """Nobody unsafe, nobody left out, not the Other, and nobody who might pass it on."""
    allowed = safe_ones(scope)
    for suggestion in found(scope, contact):
        rule = rule_of(suggestion)
        if rule.source == "person":
            assert suggestion["name"] in allowed
        shown = f"{suggestion['name']} {suggestion['draft']}"
        for person in people_in(scope):
            if person["name"] not in allowed and rule.source == "person":
                assert person["name"] not in shown


@given(SCOPES, CONTACTS)
def test_nothing_joins_unless_it_was_called_safe(scope: dict[str, Any], contact: str):
    """Only a clear yes to safety, with no word of abuse, allows what brings the two together."""
    for suggestion in found(scope, contact):
        if rule_of(suggestion).joins:
            assert scope["safe"] == "safe"
            assert "abuse" not in scope["concerns"]


@given(SCOPES, CONTACTS)
def test_at_most_one_step_is_carried_alone(scope: dict[str, Any], contact: str):
    """The outcome is shared: over the whole plan one step at most is for the person alone."""
    alone = [suggestion for suggestion in found(scope, contact) if suggestion["carried"] == "alone"]
    assert len(alone) <= 1


@given(SCOPES, CONTACTS)
def test_what_is_carried_alone_stands_next_to_something_shared(scope: dict[str, Any], contact: str):
    """Coping is never all that is offered for a part."""
    suggestions = found(scope, contact)
    for suggestion in suggestions:
        if suggestion["carried"] == "alone":
            assert [
                s
                for s in suggestions
                if s["part"] == suggestion["part"] and s["carried"] != "alone"
            ]


@given(SCOPES, CONTACTS)
def test_each_part_that_came_up_has_something(scope: dict[str, Any], contact: str):
    """Where nobody can carry a part, that is said, and the service's human is offered."""
    suggestions = found(scope, contact)
    parts = [*dict.fromkeys(suggestion["part"] for suggestion in suggestions)]
    if any(suggestion["own"] for suggestion in suggestions):
        assert parts == parts_of(scope)
    else:  # the one open door comes before the parts that can wait
        assert sorted(parts) == sorted(parts_of(scope))
    assert "self" in parts_of(scope)


@given(SCOPES, CONTACTS)
def test_services_come_only_where_they_are_wanted(scope: dict[str, Any], contact: str):
    """A service is suggested to those who said yes to one, or where an advocate is the only way."""
    for suggestion in found(scope, contact):
        rule = rule_of(suggestion)
        if suggestion["kind"] == "service" and rule.source == "resource":
            assert scope["services"] is True or rule.wanted_anyway


@given(SCOPES, CONTACTS)
def test_somebody_who_can_be_asked_is_suggested(scope: dict[str, Any], contact: str):
    """Whoever named one safe person who can be asked is pointed to a person."""
    if safe_ones(scope):
        assert [s for s in found(scope, contact) if rule_of(s).source == "person"]


@given(SCOPES, CONTACTS)
def test_own_people_come_first_and_three_at_most(scope: dict[str, Any], contact: str):
    """Own people and groups before places, places before services; few of each."""
    suggestions = found(scope, contact)
    rank = {"person": 0, "group": 0, "resource": 2, "contact": 3, "nobody": 3}
    for part in parts_of(scope):
        shared = [s for s in suggestions if s["part"] == part and s["carried"] != "alone"]
        order = [rank[rule_of(s).source] for s in shared]
        assert order == sorted(order)
        assert len(shared) <= MOST_A_PART
        for name in {s["name"] for s in shared if s["name"]}:
            assert len([s for s in shared if s["name"] == name]) <= MOST_A_NAME


@given(SCOPES, CONTACTS)
def test_every_suggestion_says_why(scope: dict[str, Any], contact: str):
    """Nothing is suggested without a reason that the person gave; no text has a hole in it."""
    for suggestion in found(scope, contact):
        assert suggestion["because"].strip()
        assert suggestion["short"].strip()
        for text in (
            suggestion["short"],
            suggestion["step"],
            suggestion["because"],
            suggestion["more"],
        ):
            assert "None" not in text.split()
            assert "Absent" not in text
            assert "  " not in text


@given(SCOPES, CONTACTS)
def test_a_message_names_neither_the_other_nor_what_happened(scope: dict[str, Any], contact: str):
    """A draft that someone else may read gives nothing away."""
    other = scope["other"]
    for suggestion in found({**scope, "helped": "CANARY", "best": "CANARY"}, contact):
        assert "CANARY" not in suggestion["draft"]
        if isinstance(other, dict) and other["name"] not in suggestion["name"]:
            assert other["name"] not in suggestion["draft"]


@given(SCOPES)
def test_elsewhere_too_removes_no_route(scope: dict[str, Any]):
    """Having known it in other places never takes the Other or the situation off the list."""
    assert parts_of({**scope, "elsewhere": "too"}) == parts_of({**scope, "elsewhere": "here"})


@given(SCOPES)
def test_stones_set_the_order_and_drop_nothing(scope: dict[str, Any]):
    """Whoever puts all stones on themselves still sees the other parts."""
    heavy = parts_of({**scope, "stones": {"self": 5}})
    assert heavy[0] == "self"
    assert set(heavy) == set(parts_of({**scope, "stones": UNASKED}))


@given(SCOPES, CONTACTS)
def test_suggestions_are_plain_and_told_apart(scope: dict[str, Any], contact: str):
    """Each suggestion can be stored and picked by its id."""
    suggestions = found(scope, contact)
    names = [suggestion["id"] for suggestion in suggestions]
    assert len(names) == len(set(names))
    assert all(
        isinstance(value, str | bool | int)
        for suggestion in suggestions
        for value in suggestion.values()
    )


BASE: dict[str, Any] = {
    "other_is": "body",
    "safe": "unsafe",
    "people": [],
    "concerns": [],
    "services": UNASKED,
}


@pytest.mark.parametrize("out", ["other", "leave_out"])
def test_a_group_that_is_unsafe_is_never_suggested_as_a_good_place(out: str):
    """Groups can be unsafe too: the Other, or whoever is to be left out, is no place to go."""
    choir = {"id": "thechoir", "name": "The choir"}
    scope = {**BASE, "belongs": "the choir", out: choir if out == "other" else [choir]}
    assert not [
        s for s in found({**scope, "nation": UNASKED}) if s["name"].casefold() == "the choir"
    ]
    called_safe = {**scope, "safe": "safe", "nation": UNASKED}
    assert not [s for s in found(called_safe) if s["name"].casefold() == "the choir"]


def test_with_an_unsafe_other_the_change_step_is_an_advocate():
    """Nothing pushes to act: what could change lies with people who know about it."""
    scope = {
        "other_is": "one",
        "other": {"id": "x", "name": "X"},
        "safe": "unsafe",
        "doorway": "partner",
        "people": [],
        "concerns": [],
    }
    for_other = [s for s in found(scope) if s["part"] == "other"]
    assert for_other
    assert {s["carried"] for s in for_other} <= {"someone else", "shared"}
    assert [s for s in for_other if s["kind"] == "service"]


def test_only_the_person_saying_that_it_is_over_takes_the_other_off():
    """What is over now is for the person to gain from, with others; the rest stays otherwise."""
    going_on = {"other_is": "one", "safe": "safe", "now": "unsure"}
    assert "other" in parts_of(going_on)
    assert "other" not in parts_of({**going_on, "now": "no"})
    assert "situation" in parts_of({**going_on, "now": "no", "affected": "many"})


def test_where_nobody_can_carry_a_part_the_services_human_is_offered():
    """The contact is named where there is one, and honesty stands where there is none."""
    library = library_of(
        "{id: talk, steps: [{id: a, say: A?, ask: words}]}",
        suggestions="""
        suggestions:
          - {id: c, part: self, from: contact, carried: someone else, when unsafe: yes,
             short: "Ask {{ contact }}", because: nobody else}
          - {id: n, part: self, from: nobody, carried: someone else, when unsafe: yes,
             short: Nobody yet, because: nobody else}
    """,
    )
    scope = {"now": "no", "contact": "Sam"}
    assert [s["short"] for s in suggest(scope, library.rules, (), "Sam")] == ["Ask Sam"]
    assert [s["short"] for s in suggest({"now": "no"}, library.rules, (), "")] == ["Nobody yet"]


def two_people(**answers: object) -> list[dict[str, Any]]:
    """Suggest to somebody who named a sister to ask perhaps, and then Raj, a plain yes."""
    sister = {"id": "mysister", "name": "my sister", "ask": "maybe", "good_at": ["listen"]}
    raj = {"id": "raj", "name": "Raj", "ask": "yes", "good_at": ["listen"]}
    blank = dict.fromkeys(
        ["other", "leave_out", "safe", "now", "pressures", "belongs", "services", "wish"], UNASKED
    )
    return found({**blank, "people": [sister, raj], "concerns": [], **answers})


def test_a_plain_yes_comes_before_a_perhaps():
    """All else equal, whoever may be asked without doubt is named first, and not crowded out."""
    names = [each["name"] for each in two_people(other_is="one", safe="safe", now="yes")]
    assert names.index("Raj") < names.index("my sister")
    assert all(each["because"] for each in two_people())


@pytest.mark.parametrize(
    "answers",
    [
        {"other_is": "one", "safe": "safe", "now": "yes"},
        {"other_is": "one", "safe": "unsafe", "now": "yes"},
        {"other_is": "died", "now": "yes"},
    ],
)
def test_a_perhaps_is_never_given_back_as_a_yes(answers: dict[str, object]):
    """The reason says what was said: that somebody could perhaps be asked, for something small."""
    for each in two_people(**answers):
        if each["name"] == "my sister":
            assert "all right to ask" not in each["because"]
        if each["name"] == "Raj":
            assert "perhaps" not in each["because"]
    sister = {"id": "mysister", "name": "my sister", "ask": "maybe", "good_at": ["along"]}
    alone = [each["because"] for each in two_people(**answers, people=[sister])]
    assert "you said you could perhaps ask your sister for something small" in alone
