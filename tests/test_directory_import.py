"""Importing: the same as often as you like, nothing lost, whole batches, on both databases."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from benchmarks.directory import package, timed
from bot.directory.importing import Tally, take_in
from bot.directory.record import Doubt, Entry, Refused, SourceUnusable
from bot.directory.service import Hours, Phone, Service, load
from storage.directory import BATCH
from storage.store import Store
from tests.conftest import ROOT
from tests.databases import opened_store

POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)


def services(count: int, **fields: str) -> list[Service]:
    """Make services that differ."""
    return [
        Service(
            "s",
            str(number),
            f"Place {number}",
            what=f"What is done at {number}",
            phones=(Phone(f"0161 496 {number:04}"),),
            hours=(Hours("FREQ=WEEKLY;BYDAY=MO", opens="09:00", closes="17:00"),),
            **fields,
        )
        for number in range(count)
    ]


def counts(tally: Tally) -> tuple[int, ...]:
    return (tally.new, tally.changed, tally.same, tally.back, tally.missing)


def listed(store: Store) -> dict[str, Service]:
    with store.transaction() as tx:
        return {one.id: load(one.record) for one in tx.directory.services() if not one.missing}


def test_a_second_import_changes_nothing(store: Store) -> None:
    """Everything comes back equal, and the second time nothing is new or changed."""
    many = services(450)
    assert counts(take_in(store, "s", many, 1.0)) == (450, 0, 0, 0, 0)
    assert counts(take_in(store, "s", many, 2.0)) == (0, 0, 450, 0, 0)
    assert listed(store) == {each.id: each for each in many}


def test_the_same_id_many_times_is_one_service(store: Store) -> None:
    """128 copies are one; a copy that says something else is a doubt, and the first is taken."""
    (one,) = services(1)
    other = replace(one, name="Another")
    tally = take_in(store, "s", [one, *[one] * 127, other], 1.0)
    assert (tally.new, tally.copies, len(tally.doubts)) == (1, 128, 1)
    assert listed(store) == {"0": one}
    assert counts(take_in(store, "s", [one, other], 2.0)) == (0, 0, 1, 0, 0)


def test_what_is_gone_is_hidden_and_comes_back(store: Store) -> None:
    """A whole import that no longer holds a service hides it; nothing is deleted."""
    many = services(5)
    take_in(store, "s", many, 1.0)
    take_in(store, "other", [replace(many[0], source="other")], 1.0)
    assert counts(take_in(store, "s", many[:3], 2.0)) == (0, 0, 3, 0, 2)
    assert set(listed(store)) == {"0", "1", "2"}
    assert counts(take_in(store, "s", many, 3.0)) == (0, 0, 3, 2, 0)


def test_an_import_that_breaks_off_keeps_what_it_has_and_hides_nothing(store: Store) -> None:
    """A source that ends midway says so, and what was there before stays."""
    take_in(store, "s", services(5), 1.0)

    def broken() -> Iterator[Entry]:
        yield from services(2, cost="£1")
        raise SourceUnusable("the line went dead -> try again")

    tally = take_in(store, "s", broken(), 2.0)
    assert (tally.stopped, *counts(tally)) == ("the line went dead -> try again", 0, 2, 0, 0, 0)
    assert len(listed(store)) == 5


def test_a_source_that_is_suddenly_empty_hides_nothing(store: Store) -> None:
    """Nothing taken in is a mistake somewhere, not the end of every place."""
    take_in(store, "s", services(5), 1.0)
    take_in(store, "s", [], 2.0)
    take_in(store, "s", [Refused("row 2", ("it has no name",))], 2.0)
    assert len(listed(store)) == 5


def test_refusals_and_doubts_are_passed_on(store: Store) -> None:
    """Each keeps its reasons; what nobody could store is refused whoever has read it."""
    doubt, refused = Doubt("row 3", "odd"), Refused("row 2", ("it has no name",))
    bad = [Service("s", "", "No id"), Service("s", "x" * 300, "Long"), Service("s", "y", "a\x00b")]
    tally = take_in(store, "s", [doubt, refused, *bad, *services(1)], 1.0)
    assert tally.doubts == [doubt]
    assert tally.refused[0] == refused
    assert (len(tally.refused), tally.new) == (4, 1)


def test_corrections_outlive_an_import(store: Store) -> None:
    """What staff have put right stays on top, and the record below follows its source."""
    take_in(store, "s", services(2), 1.0)
    with store.transaction() as tx:
        tx.directory.correct("s", "1", {"phones": [{"number": "1", "what": ""}]}, 2.0)
    assert counts(take_in(store, "s", services(2, cost="£2"), 3.0)) == (0, 2, 0, 0, 0)
    assert (listed(store)["1"].phones, listed(store)["1"].cost) == ((Phone("1"),), "£2")


def test_no_whole_postcode_is_stored(store: Store, url: str) -> None:
    """Wherever a reader has left one, only its first half is written; a US zip code stays."""
    leak = Service(
        "s",
        "1",
        "Mill Hall M4 4DE",
        what="At m44de, next to SW1A 1AA",
        phones=(Phone("1", "the desk at LS1\u00a04AB"),),
        hours=(Hours(words="ask at BF1 9ZZ"),),
        address="4 Water Lane, EC1A 1BB, Miami, FL 33157",
        says=("near N1 1AA",),
    )
    take_in(store, "s", [leak], 1.0)
    engine = create_engine(url)
    with engine.connect() as connection:
        stored = str([tuple(row) for row in connection.execute(text("SELECT * FROM services"))])
    engine.dispose()
    assert not POSTCODE.search(stored.replace("\\u00a0", " "))
    assert "EC1A, Miami, FL 33157" in stored


SLOWLY = """
import sys
from bot.directory.importing import take_in
from tests.databases import opened_store
from tests.test_directory_import import services

def slowly():
    for number, each in enumerate(services(2000)):
        if number % 50 == 0:
            print(number, flush=True)
        if number == 1990:
            sys.stdin.read()  # and there it waits to be killed, at the latest
        yield each

take_in(opened_store(sys.argv[1]), "s", slowly(), 1.0)
"""


def test_a_killed_import_leaves_whole_batches_and_the_next_completes_it(url: str) -> None:
    """Killed at any moment, what is there is so many times 200; a second run has them all."""
    running = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert running.stdin
    assert running.stdout
    while int(running.stdout.readline()) < 450:
        pass
    running.send_signal(signal.SIGKILL)
    running.wait()
    for pipe in (running.stdin, running.stdout):
        pipe.close()
    store = opened_store(url)
    before = len(listed(store))
    assert before % BATCH == 0
    assert 2 * BATCH <= before < 2000
    assert counts(take_in(store, "s", services(2000), 2.0)) == (2000 - before, 0, before, 0, 0)
    assert len(listed(store)) == 2000
    store.close()


@pytest.mark.parametrize("field", ["name", "what", "address"])
def test_a_change_of_any_field_is_a_change(store: Store, field: str) -> None:
    """Only what differs is written anew."""
    take_in(store, "s", services(3), 1.0)
    some = services(3)
    some[1] = replace(some[1], **{field: "Something else"})
    assert counts(take_in(store, "s", some, 2.0)) == (0, 1, 2, 0, 0)


def test_a_made_up_package_goes_in_whole(store: Store, tmp_path: Path) -> None:
    """What the benchmark measures is a true import: every service with all that belongs to it."""
    file = package(tmp_path / "package.zip", 250)
    _, tally = timed(store, file)
    assert (tally.new, tally.refused) == (250, [])
    one = listed(store)["17"]
    assert one.hours[0].rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert (one.outcodes, one.organisation, len(one.terms)) == (("BF17",), "Trust 4", 6)
    assert timed(store, file)[1].same == 250
