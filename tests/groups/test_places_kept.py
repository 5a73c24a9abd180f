"""A group's list of places at the real thing: stored, forgotten, phoned monthly, and given along."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.directory.giving import hsds_data, hsds_of
from bot.directory.record import Doubt, Refused
from bot.directory.service import Service
from bot.directory.sources import read_source
from bot.engine.group import Group, load_group
from bot.groups.names import is_group
from bot.library import Library
from bot.parcels import unpack
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import AGREES, Circle
from tests.running import kith

WORDS = ("A walking group", "The park gate, Sundays at 10", "Somebody in a red hat", "company")
CHOIR = ("The choir", "St Ann's hall", "skip", "skip")


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    there = Circle(Turns(store, library, clock), "Ada", "Bo", "Cy")
    for member in there.people.values():
        member.picks(*AGREES)
    return there


def proposes(circle: Circle, name: str, *words: str) -> None:
    member = circle[name].commands("places").picks("propose place").says(*words)
    member.picks("yes")


def confirms(circle: Circle, name: str, place: int = 0) -> None:
    member = circle[name].commands("places")
    member.picks(member.options[place], "place good")


def group_in(store: Store) -> Group:
    with store.transaction() as tx:
        (row,) = [each for each in tx.everyone("", 100) if is_group(each.person)]
    return load_group(unpack(row.body))


def states(store: Store) -> list[tuple[object, object]]:
    return [(each["what"], each["state"]) for each in group_in(store).places]


def test_a_proposal_goes_with_whoever_made_it_and_a_confirmed_place_stays(
    circle: Circle, store: Store
):
    """Whether they leave the group or forget everything."""
    proposes(circle, "Ada", *WORDS)
    confirms(circle, "Bo")
    proposes(circle, "Ada", *CHOIR)
    proposes(circle, "Bo", *CHOIR)
    assert [state for _, state in states(store)] == ["listed", "proposed", "proposed"]
    circle["Ada"].commands("forget").picks("forget all")
    assert [state for _, state in states(store)] == ["listed", "proposed"]
    member = circle["Bo"].commands("round")
    member.picks("my group", "leave group", "left group")
    assert states(store) == [(WORDS[0], "listed")]
    kept = json.dumps(list(group_in(store).places))
    assert not [name for name in ("Ada", "Bo") if circle[name].person in kept]


def test_two_who_say_closed_close_it_and_one_who_says_it_twice_does_not(
    circle: Circle, store: Store
):
    """Their names go with that."""
    proposes(circle, "Ada", *WORDS)
    confirms(circle, "Bo")
    for name in ("Cy", "Cy"):
        member = circle[name].commands("places")
        member.picks(member.options[0])
        if "place closed" in member.options:
            member.picks("place closed")
    assert states(store) == [(WORDS[0], "listed")]
    member = circle["Ada"].commands("places")
    member.picks(member.options[0], "place closed")
    assert states(store) == [(WORDS[0], "closed")]
    assert circle["Cy"].person not in json.dumps(list(group_in(store).places))


def test_once_a_month_the_group_is_asked_to_ring_and_nobody_is_named(
    circle: Circle, clock: StoppedClock
):
    """As one message in the group, by day, and again a month later."""
    proposes(circle, "Ada", *WORDS)
    for expected in (1, 2):
        if expected == 1:
            confirms(circle, "Bo")
            circle.turns.take(circle.turns.due())
            circle.board()
            assert circle.messages == []
        clock.wait(days=31, hours=2)
        circle.turns.take(circle.turns.due())
        circle.board()
        told = [each.text for each in circle.messages if WORDS[0] in each.text]
        assert len(told) == expected
        assert not [name for name in circle.people if name in told[-1]]


def test_what_is_given_along_can_be_imported_again(tmp_path: Path):
    """Word for word, with the day of the last confirmation; only postcodes come back halved."""
    place = dict(zip(("what", "where", "meets_you", "good_for"), WORDS, strict=True))
    full = {"id": "p1", **place, "assured": "2026-10-05"}
    short = {**full, "id": "p2", "meets_you": "", "good_for": "", "where": "Mill Lane, BF1 4DE"}
    file = tmp_path / "places.json"
    file.write_bytes(hsds_data({"places": [full, short]}))
    read = list(read_source(str(file), "ours"))
    assert not [each for each in read if isinstance(each, Refused)]
    doubts = {each.what for each in read if isinstance(each, Doubt)}
    assert doubts <= {"it gives no way to make contact"}
    one, other = (each for each in read if isinstance(each, Service))
    assert (one.name, one.what) == ("A walking group", "company")
    assert one.start == "The park gate, Sundays at 10\nSomebody in a red hat"
    assert one.assured is not None
    assert (one.assured.isoformat(), one.active) == ("2026-10-05", True)
    assert (other.what, other.start) == ("A walking group", "Mill Lane, BF1")
    again = list(read_source(str(file), "ours"))
    assert [each.id for each in again if isinstance(each, Service)] == [one.id, other.id]


def test_an_empty_list_is_a_page_without_services():
    """For a program there is no difference in shape."""
    assert hsds_of([])["empty"] is True
    assert hsds_of([])["contents"] == []


def test_whoever_runs_this_exports_a_groups_list_and_imports_it(
    circle: Circle, url: str, tmp_path: Path
):
    """By the title; a file that is there already, or a title that nobody has, is one clear line."""
    proposes(circle, "Ada", *WORDS)
    confirms(circle, "Bo")
    proposes(circle, "Ada", *CHOIR)
    file = tmp_path / "tuesday.json"
    told = kith("directory", "export", str(file), "--group", "tuesday", "--db", url)
    assert (told.returncode, told.stderr) == (0, "")
    assert "one place written to" in told.stdout
    assert file.stat().st_mode & 0o077 == 0
    written = file.read_text(encoding="utf-8")
    assert WORDS[0] in written
    assert CHOIR[0] not in written
    assert not [m.person for m in circle.people.values() if m.person in written]
    again = kith("directory", "export", str(file), "--group", "Tuesday", "--db", url)
    assert again.returncode != 0
    assert "Traceback" not in again.stderr
    nobody = kith("directory", "export", str(file) + "2", "--group", "Friday", "--db", url)
    assert (nobody.returncode, nobody.stderr.count("\n")) == (1, 1)
    assert "no group here is called Friday" in nobody.stderr
    taken = kith("directory", "import", str(file), "--source", "tuesday", "--db", url)
    assert taken.returncode == 0
    assert "1 new" in taken.stdout


def test_two_groups_of_one_title_are_not_mixed_up(circle: Circle, url: str, tmp_path: Path):
    """A list of one group is not for whoever asks for the other."""
    proposes(circle, "Ada", *WORDS)
    store = circle.turns.store
    with store.transaction() as tx:
        (row,) = [each for each in tx.everyone("", 100) if is_group(each.person)]
        other = store.name("terminal-group", "another of that title")
        tx.ensure([other], 0.0)
        tx.save([replace(row, person=other)], 0.0)
    told = kith("directory", "export", str(tmp_path / "x"), "--group", "Tuesday", "--db", url)
    assert told.returncode == 1
    assert "2 groups here are called Tuesday" in told.stderr
    assert not (tmp_path / "x").exists()
