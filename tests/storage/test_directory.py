"""The directory in the database: imports, corrections and reports, on both databases."""

import threading

import pytest
from sqlalchemy.exc import IntegrityError

from storage.directory import Written
from storage.store import Store
from tests.databases import opened_store

SOUP = {"name": "Soup", "phones": ["1"], "assured": "2026-01-02"}
TEA = {"name": "Tea", "phones": []}


def listed(store: Store) -> dict[str, dict[str, object]]:
    with store.transaction() as tx:
        return {one.id: one.record for one in tx.directory.services() if not one.missing}


def test_what_is_the_same_is_not_touched(store: Store) -> None:
    """A second import of the same changes nothing, and the version of the whole stays."""
    with store.transaction() as tx:
        assert tx.directory.version() == 0
        assert tx.directory.write("a", {"1": SOUP, "2": TEA}, 10.0) == Written(new=2)
    with store.transaction() as tx:
        before, rows = tx.directory.version(), list(tx.directory.services())
        assert tx.directory.write("a", {"2": dict(reversed(TEA.items())), "1": SOUP}, 20.0) == (
            Written(same=2)
        )
        assert tx.directory.version() == before > 0
        assert list(tx.directory.services()) == rows
    assert listed(store) == {"1": SOUP, "2": TEA}


def test_sources_do_not_mix(store: Store) -> None:
    """The same id in two sources is two services."""
    with store.transaction() as tx:
        tx.directory.write("a", {"1": SOUP}, 1.0)
        assert tx.directory.write("b", {"1": TEA}, 1.0) == Written(new=1)
        assert tx.directory.find("a", "1").record == SOUP
        assert tx.directory.find("b", "1").record == TEA
        assert tx.directory.find("c", "1") is None


def test_only_what_changed_is_given_since_a_version(store: Store) -> None:
    """Who keeps an index in memory reads the changes alone."""
    with store.transaction() as tx:
        tx.directory.write("a", {"1": SOUP, "2": TEA}, 1.0)
    with store.transaction() as tx:
        before = tx.directory.version()
        assert tx.directory.write("a", {"1": SOUP, "2": {**TEA, "cost": "1"}}, 2.0) == (
            Written(changed=1, same=1)
        )
        assert tx.directory.version() > before
        assert [(one.id, one.changed) for one in tx.directory.services(before)] == [("2", 2.0)]
        assert list(tx.directory.services(tx.directory.version())) == []


def test_a_correction_outlives_every_import(store: Store) -> None:
    """What staff know better stays, whatever the source says later; the rest follows the source."""
    with store.transaction() as tx:
        tx.directory.write("a", {"1": SOUP}, 1.0)
        tx.directory.correct("a", "1", {"phones": ["2"]}, 2.0)
        corrected = tx.directory.correct("a", "1", {"assured": "2026-03-04"}, 3.0)
        assert corrected.record == {**SOUP, "phones": ["2"], "assured": "2026-03-04"}
        newer = {**SOUP, "name": "Hot soup", "phones": ["3"]}
        assert tx.directory.write("a", {"1": newer}, 4.0) == Written(changed=1)
        assert tx.directory.find("a", "1").record == {**corrected.record, "name": "Hot soup"}
        assert tx.directory.write("a", {"1": newer}, 5.0) == Written(same=1)
        assert tx.directory.correct("a", "none", {"name": "x"}, 6.0) is None


def test_what_is_missing_is_kept_and_comes_back(store: Store) -> None:
    """What a whole import no longer holds is hidden; its correction is there when it returns."""
    many = {str(number): TEA for number in range(450)}
    with store.transaction() as tx:
        tx.directory.write("a", {**many, "x": SOUP}, 1.0)
        tx.directory.write("b", {"other": TEA}, 1.0)
        tx.directory.correct("a", "x", {"cost": "2"}, 1.0)
        assert tx.directory.miss("a", {"1"}, 2.0) == 450
        assert tx.directory.miss("a", {"1"}, 3.0) == 0
    assert set(listed(store)) == {"1", "other"}
    with store.transaction() as tx:
        before = tx.directory.version()
        assert tx.directory.write("a", {"x": SOUP}, 4.0) == Written(back=1)
        assert tx.directory.version() > before
    assert listed(store)["x"] == {**SOUP, "cost": "2"}


def test_reports_are_counted_and_name_nobody(store: Store) -> None:
    """The same said twice on a day is one row that counts two."""
    with store.transaction() as tx:
        for verdict in ("closed", "closed", "it_helped"):
            tx.directory.report("a", "1", verdict, "2026-11-02")
        tx.directory.report("a", "1", "closed", "2026-11-03")
        told = [(one.verdict, one.day, one.how_many) for one in tx.directory.reports()]
    assert sorted(told) == [
        ("closed", "2026-11-02", 2),
        ("closed", "2026-11-03", 1),
        ("it_helped", "2026-11-02", 1),
    ]


def test_a_report_counts_only_with_its_turn(store: Store) -> None:
    """Where a turn fails, what was reported in it is not counted either."""

    def turn() -> None:
        with store.transaction() as tx:
            tx.directory.report("a", "1", "closed", "2026-11-02")
            tx.note({"telegram:1": ""}, 1.0)
            tx.note({"telegram:1": ""}, 1.0)

    with pytest.raises(IntegrityError):
        turn()
    with store.transaction() as tx:
        assert tx.directory.reports() == []


def test_two_imports_at_once_give_every_change_a_version_of_its_own(url: str) -> None:
    """Whoever has read up to a version never misses what was written beside it."""
    stores = [opened_store(url) for _ in range(2)]

    def write(place: int) -> None:
        for number in range(20):
            with stores[place].transaction() as tx:
                tx.directory.write(str(place), {str(number): TEA}, 1.0)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].transaction() as tx:
        versions = [one.version for one in tx.directory.services()]
        assert sorted(versions) == list(range(1, 41))
        assert tx.directory.version() == 40
    for store in stores:
        store.close()
