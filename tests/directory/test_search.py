"""What the directory finds: for the right person, within reach, never too much and never made up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.needs import Need, Needs
from bot.directory.open_to import Wanted, open_to
from bot.directory.search import Index
from bot.directory.service import Service

TODAY = date(2026, 5, 1)
NEEDS = Needs(
    needs=(
        Need("company", ("nobody to talk to", "so lonely"), ("befriending", "social group")),
        Need("drinking", ("i drink too much",), ("alcohol treatment", "recovery", "alcohol")),
        Need("drinker", ("my sister drinks", "my mum drinks"), ("families of drinkers",), "me"),
        Need("hip", ("mum broke her hip",), ("hip fracture", "hip"), "both", ("fathers",)),
        Need(
            "baby-loss",
            ("had a miscarriage",),
            ("pregnancy loss", "baby loss"),
            "",
            ("birth class",),
        ),
        Need("food", ("nothing to eat", "no money for food"), ("food bank", "pantry")),
        Need("money", ("no money",), ("money advice", "debt advice")),
        Need("day", ("someone to be there for my mum",), ("day centre",)),
        Need("carer", ("i look after my mum",), ("carers",), "me"),
    ),
    words=(("solicitor", "lawyer", "attorney"), ("wheelchair user", "mobility")),
    others=(
        ("mum", "mother", "mom"),
        ("dad", "father"),
        ("brother",),
        ("sister",),
        ("son", "boy"),
        ("neighbour",),
    ),
)
BEFRIENDING = Service(
    "a", "1", "Rye Lane Befriending", what="A weekly cup of tea.", outcodes=("SE15",)
)
RECOVERY = Service("a", "2", "Recovery Works", what="Alcohol treatment.", terms=("alcohol",))
DRINKERS = Service(
    "a", "3", "Open Door", what="A group for families of drinkers.", terms=("alcohol",)
)
STROKE = Service("a", "4", "Steady Steps", what="Hip fracture recovery in company.")
FATHERS = Service("a", "5", "Dads Together", what="Fathers and toddlers on one hip.")
LOSS = Service("a", "6", "Baby Loss Circle", what="After a pregnancy loss.")
BIRTH = Service("a", "7", "Baby Days", what="A birth class; also baby loss talks.")
PANTRY = Service("a", "8", "Corner Pantry", what="A food bank for all.", phones=())
LAW = Service("a", "9", "Free Lawyer Evening", what="An attorney listens.")
DEBT = Service("a", "10", "Plain Sums", what="Debt advice.", terms=("money advice",))
DAY = Service("a", "11", "The Orchard", what="A day centre for older people.")
ALL = (BEFRIENDING, RECOVERY, DRINKERS, STROKE, FATHERS, LOSS, BIRTH, PANTRY, LAW, DEBT, DAY)
INDEX = Index.build(ALL, NEEDS)


def names(text: str, index: Index = INDEX, **wanted) -> list[str]:
    """Give the names of what is found."""
    return [each.service.name for each in index.find(Wanted(text, TODAY, **wanted))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("there's nobody I can talk to", "Rye Lane Befriending"),
        ("I've got no one to talk to", "Rye Lane Befriending"),
        ("I drink too much", "Recovery Works"),
        ("my brother drinks and I am worn out", "Open Door"),
        ("my dad broke his hip", "Steady Steps"),
        ("she had a miscarriage in spring", "Baby Loss Circle"),
        ("there is no money for food", "Corner Pantry"),
        ("could a solicitor look at this letter", "Free Lawyer Evening"),
        ("is there someone who could be there for my dad", "The Orchard"),
        ("is there a befreinding group", "Rye Lane Befriending"),
    ],
)
def test_what_people_say_leads_to_what_directories_call_it(text: str, first: str) -> None:
    """Needs of several words, who it is about, what is not there, other words, slips."""
    assert names(text)[0] == first


def test_a_sentence_about_somebody_dear_is_not_about_the_word_for_them() -> None:
    """A father with a broken hip is no reason for a group of fathers."""
    assert "Dads Together" not in names("my dad broke his hip")[:1]
    assert names("my dad") == []


def test_it_says_in_the_words_of_the_person_why_something_came_up() -> None:
    """Nobody has to guess; what is quoted was said."""
    found = INDEX.find(Wanted("it's hard: my brother drinks a lot", TODAY))[0]
    assert found.why == 'you said "brother drinks", and it is there for families and carers'


def test_what_leads_nowhere_finds_nothing() -> None:
    """An empty list is an answer; it is never filled up."""
    for text in ("", "   ", "xyzzy plugh", "I know that", "the and of", "!?"):
        assert names(text) == []


def test_two_entries_of_one_organisation_with_one_description_count_once() -> None:
    """The nearer one is shown."""
    here = replace(BEFRIENDING, organisation="Rye Lane", id="20")
    there = replace(here, id="19", name="Rye Lane Befriending, Leeds", outcodes=("BR1",))
    index = Index.build([here, there, LAW], NEEDS)
    assert names("so lonely", index, near="SE15") == ["Rye Lane Befriending"]


def test_what_is_near_and_fresh_comes_first_only_among_equals() -> None:
    """Distance and age decide between two that are as good as each other, nothing else."""
    far, near = (
        replace(STROKE, id="30", outcodes=("EN1",)),
        replace(STROKE, id="31", outcodes=("SE15",)),
    )
    index = Index.build([far, near, FATHERS, LAW], NEEDS)
    found = index.find(Wanted("my dad broke his hip", TODAY, near="SE15"))
    assert [each.service.id for each in found][:2] == ["31", "30"]
    assert [each.distance for each in found][:2] == ["near", "further"]
    old, new = (
        replace(STROKE, id=i, assured=TODAY - timedelta(d)) for i, d in (("1", 300), ("2", 3))
    )
    index = Index.build([old, new, LAW], NEEDS)
    assert [each.service.id for each in index.find(Wanted("dad broke his hip", TODAY))] == [
        "2",
        "1",
    ]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"active": False}, {}),
        ({"self_referral": False}, {}),
        ({"assured": date(2025, 4, 30)}, {}),
        ({"least_age": 60.0}, {"age": 40}),
        ({"most_age": 25.0}, {"age": 26}),
        ({"for_whom": "other"}, {"for_whom": "me"}),
        ({"for_whom": "me"}, {"for_whom": "other"}),
        ({"kind": "line"}, {"kinds": frozenset({"group"})}),
        ({"outcodes": ("AB10",)}, {"near": "SE15"}),
        ({"areas": ("Scotland",)}, {"near": "SE15"}),
    ],
)
def test_what_is_not_open_to_somebody_is_never_found(change, wanted) -> None:
    """However well the words fit."""
    service = replace(PANTRY, **change)
    index = Index.build([service, LAW, STROKE], NEEDS)
    assert names("no money for food", index, **wanted) == []
    assert names("no money for food", Index.build([PANTRY, LAW, STROKE], NEEDS)) == [PANTRY.name]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"assured": None}, {}),
        ({"assured": date(2025, 5, 2)}, {}),
        ({"least_age": 18.0, "most_age": 25.0}, {"age": 25.5}),
        ({"least_age": 60.0}, {}),
        ({"for_whom": "both"}, {"for_whom": "other"}),
        ({"outcodes": ("AB10",), "online": True}, {"near": "SE15"}),
        ({"outcodes": ("AB10",), "kind": "line"}, {"near": "SE15"}),
        ({"areas": ("Scotland", "England")}, {"near": "SE15"}),
        ({"outcodes": ("XX99",)}, {"near": "SE15"}),
    ],
)
def test_what_is_not_known_rules_nothing_out(change, wanted) -> None:
    """Directories have holes; a hole is no reason to leave somebody without an answer."""
    index = Index.build([replace(PANTRY, **change), LAW, STROKE], NEEDS)
    assert names("no money for food", index, **wanted) == [PANTRY.name]


WORDS = [
    "no",
    "money",
    "food",
    "my",
    "dad",
    "mum",
    "had",
    "a",
    "stroke",
    "nobody",
    "to",
    "talk",
    "drinks",
    "solicitor",
    "baby",
    "lost",
    "the",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=40)
SERVICES = st.lists(
    st.builds(
        replace,
        st.sampled_from(ALL),
        id=st.sampled_from("abcdefgh"),
        organisation=st.sampled_from(("", "One", "Two")),
        active=st.booleans(),
        self_referral=st.sampled_from((None, True, False)),
        for_whom=st.sampled_from(("", "me", "other", "both")),
        least_age=st.sampled_from((None, 18.0, 60.0)),
        outcodes=st.sampled_from(((), ("SE15",), ("AB10", "SE1"), ("ZZ9",))),
        assured=st.none() | st.dates(date(2024, 1, 1), TODAY),
    ),
    max_size=12,
    unique_by=lambda service: service.id,
)
WANTED = st.builds(
    Wanted,
    text=SENTENCES,
    today=st.just(TODAY),
    for_whom=st.sampled_from(("", "me", "other")),
    near=st.sampled_from(("", "SE15", "LS6", "ZZ9")),
    age=st.none() | st.floats(0, 100),
    limit=st.integers(-1, 5),
)


@settings(max_examples=150, deadline=None)
@given(SERVICES, WANTED)
def test_whatever_is_asked_the_promises_hold(services: list[Service], wanted: Wanted) -> None:
    """Only what is open, never over the limit, nothing twice, and the same in any order."""
    found = Index.build(services, NEEDS).find(wanted)
    assert len(found) <= max(0, wanted.limit)
    assert all(open_to(each.service, wanted) for each in found)
    assert all(each.service in services and each.why for each in found)
    same = [
        (s.organisation, s.what) if s.organisation else s.id for s in (f.service for f in found)
    ]
    assert len(set(same)) == len(same)
    assert Index.build(services[::-1], NEEDS).find(wanted) == found


def test_what_people_here_say_of_a_service_counts_most() -> None:
    """A phrase under `says` finds its service, though its description has none of the words."""
    says = Service("b", "1", "Tuesdays", what="In the hall.", says=("nobody to talk to",))
    index = Index.build([says, BEFRIENDING, LAW, DEBT, STROKE], NEEDS)
    assert names("I have nobody to talk to", index)[0] == "Tuesdays"
