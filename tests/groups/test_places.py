"""A group's own list of places: whose a proposal is, who counts once, and what is kept of whom."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.effects import Place
from bot.engine.group import Group, Membership, dump_group, load_group
from bot.engine.group_places import listed_with, theirs, told, without_person
from bot.groups.places import MONTHLY, monthly, oldest
from tests.fakes import shipped

DAY, LATER = "2026-11-02", "2026-12-20"
TODAY = "2026-12-24"
CHOIR = {"what": "The choir", "where": "St Ann's hall", "meets_you": "", "good_for": "company"}


def after(group: Group, *done: tuple[str, str], day: str = DAY) -> Group:
    """Let members do one thing each to the first place, by (who, what)."""
    for who, act in done:
        group = listed_with(group, Place("g", act, "p1"), who, day, "")  # type: ignore[arg-type]
    return group


def seen(group: Group, person: str) -> list[dict[str, object]]:
    return told(Membership("g", group, person=person, day=TODAY))


def named(group: Group, person: str) -> list[tuple[str, str]]:
    """Give what stands under somebody's name, by id."""
    member = Membership("g", group, person=person, day=TODAY)
    return [(place["id"], said) for place, said in theirs(member)]


def proposed(by: str = "ada", **said: str) -> Group:
    holds = {**CHOIR, **said}
    return listed_with(Group(), Place("g", "propose", holds=holds), by, DAY, "p1")


def listed() -> Group:
    return after(proposed(), ("bo", "confirm"))


def test_a_proposal_waits_for_a_second_and_nobody_confirms_their_own():
    """It carries its proposer's name until then, and none afterwards."""
    waiting = after(proposed(), ("ada", "confirm"), ("ada", "good"), ("ada", "closed"))
    assert waiting == proposed()
    assert [waiting.places[0][key] for key in ("state", "by", "day")] == ["proposed", "ada", DAY]
    (confirmed,) = after(waiting, ("bo", "confirm"), day=LATER).places
    assert (confirmed["state"], confirmed["by"], confirmed["assured"]) == ("listed", "", LATER)
    assert not {"ada", "bo"} & set(json.dumps(confirmed).replace('"', " ").split())


def test_what_lacks_what_or_where_is_no_proposal():
    """The other two could be left out."""
    for missing in ("what", "where"):
        assert proposed(**{missing: "  "}) == Group()
    assert proposed(good_for="").places[0]["good_for"] == ""


def test_two_different_members_close_a_place_and_a_double_tap_counts_once():
    """Then it is in no list any more, and it is forgotten who said so."""
    once = after(listed(), ("cy", "closed"), ("cy", "closed"), ("cy", "closed"))
    assert once.places[0]["state"] == "listed"
    assert named(once, "cy") == [("p1", "closed")]
    shut = after(once, ("di", "closed"))
    assert (shut.places[0]["state"], shut.places[0]["said"]) == ("closed", {})
    assert seen(shut, "cy") == []
    assert oldest(shut, TODAY) == []
    assert after(shut, ("ed", "good"), ("ed", "confirm")) == shut


def test_wrong_details_are_told_until_somebody_says_it_is_good():
    """Each member counts once, with what they said last."""
    wrong = after(listed(), ("cy", "wrong"), ("cy", "wrong"), ("di", "wrong"))
    assert seen(wrong, "cy")[0]["wrong"] == 2
    assert seen(after(wrong, ("cy", "closed")), "cy")[0]["wrong"] == 1
    (good,) = after(wrong, ("ed", "good"), day=LATER).places
    assert (good["wrong"], good["said"], good["assured"]) == (0, {}, LATER)


def test_good_never_makes_a_place_older():
    """A clock that was set back takes no confirmation away."""
    assert after(listed(), ("cy", "good"), day="2026-10-01") == listed()


def test_whoever_goes_takes_their_proposal_and_what_they_said_along():
    """What a second member confirmed is the group's and stays."""
    assert without_person(proposed(), "ada").places == ()
    assert without_person(proposed(), "bo") == proposed()
    assert without_person(listed(), "ada") == listed()
    said = after(listed(), ("cy", "wrong"), ("di", "closed"))
    gone = without_person(without_person(said, "cy"), "di")
    assert gone == listed()


def test_whoever_takes_it_back_takes_only_what_is_theirs():
    """A proposal nobody confirmed, or what they said of a place."""
    assert after(proposed(), ("ada", "withdraw")).places == ()
    assert after(proposed(), ("bo", "withdraw")) == proposed()
    assert after(listed(), ("ada", "withdraw")) == listed()
    said = after(listed(), ("cy", "wrong"), ("di", "wrong"), ("cy", "withdraw"))
    assert said == after(listed(), ("di", "wrong"))


def test_what_waits_for_a_second_is_told_first_but_to_whoever_proposed_it():
    """The age is in whole months."""
    group = after(proposed(what="The shed"), ("bo", "confirm"))
    group = listed_with(group, Place("g", "propose", holds=CHOIR), "ada", DAY, "p2")
    assert [row["what"] for row in seen(group, "bo")] == ["The choir", "The shed"]
    rows = seen(group, "ada")
    assert [(row["what"], row["waits"], row["own"]) for row in rows] == [
        ("The shed", False, False),
        ("The choir", True, True),
    ]
    assert [row["months"] for row in rows] == [1, 0]
    assert named(group, "ada") == [("p2", "proposed")]


def test_the_five_oldest_are_to_be_phoned_and_what_is_wrong_comes_first():
    """What was confirmed within the month, or waits for a second, needs no call."""
    group = Group()
    for number, month in enumerate(("03", "01", "07", "05", "02", "06", "12"), 1):
        place = {**CHOIR, "what": f"Place {month}"}
        group = listed_with(group, Place("g", "propose", holds=place), "ada", DAY, f"p{number}")
        confirm = Place("g", "confirm", f"p{number}")
        group = listed_with(group, confirm, "bo", f"2026-{month}-01", "")
    group = listed_with(group, Place("g", "propose", holds=CHOIR), "ada", DAY, "p8")
    months = ("01", "02", "03", "05", "06")
    assert oldest(group, TODAY) == [f"Place {month}" for month in months]
    wrong = listed_with(group, Place("g", "wrong", "p7"), "cy", DAY, "")
    assert oldest(wrong, TODAY, 2) == ["Place 12", "Place 01"]


def test_once_a_month_the_group_is_asked_to_phone_and_nobody_is_named():
    """With a way into the private chat; where all is fresh it is quiet, and looks again."""
    catalogue = shipped().catalogue
    say, again = monthly(catalogue, listed(), TODAY, "code")
    assert "The choir" in say.text  # type: ignore[union-attr]
    assert "ada" not in say.text  # type: ignore[union-attr]
    assert [link.code for link in say.links] == ["code"]  # type: ignore[union-attr]
    assert again == MONTHLY
    assert monthly(catalogue, listed(), "2026-11-20", "code") == (MONTHLY,)
    assert monthly(catalogue, proposed(), TODAY, "code") == ()


DOES = ["propose", "confirm", "closed", "wrong", "good", "withdraw", "goes"]
ACTS = st.sampled_from(DOES)
DEEDS = st.lists(st.tuples(st.sampled_from("abcd"), ACTS, st.integers(0, 3)), max_size=40)


@given(DEEDS)
def test_whatever_members_do_nobody_who_went_is_left_and_nothing_is_counted_twice(
    deeds: list[tuple[str, str, int]],
):
    """Over any history: names stand only where a person has still to be counted."""
    group = Group()
    for number, (who, act, which) in enumerate(deeds):
        done = Place("g", act, f"p{which}", CHOIR)  # type: ignore[arg-type]
        before = group
        if act == "goes":
            group = without_person(group, who)
            assert all(who != p["by"] and who not in p["said"] for p in group.places)
        else:
            group = listed_with(group, done, who, DAY, f"p{number}")
        if act not in {"goes", "propose"}:
            assert listed_with(group, done, who, DAY, "") == group
        assert load_group(dump_group(group)) == group
        for place in group.places:
            assert (place["by"] != "") == (place["state"] == "proposed")
            assert place["said"] == {} or place["state"] == "listed"
            assert place["wrong"] == list(place["said"].values()).count("wrong")
        closed = [p for p in group.places if p["state"] == "closed"]
        had = {p["id"]: p for p in before.places}
        for place in closed:
            was = had[place["id"]]
            if was["state"] != "closed":
                assert "closed" in {v for by, v in was["said"].items() if by != who}
