"""What is told of a month is written down once, on both databases, whoever comes second."""

from storage.store import Store


def test_the_first_who_writes_a_month_down_is_believed(store: Store) -> None:
    """Another process that worked it out a moment later changes nothing, and adds no group."""
    with store.transaction() as tx:
        assert tx.groups.totals.tell("2020-01", {"": "first", "telegram-group:a": "first"}, 1.0)
    with store.transaction() as tx:
        assert not tx.groups.totals.tell("2020-01", {"": "then", "telegram-group:b": "then"}, 2.0)
        assert tx.groups.totals.of("2020-01") == {"": "first", "telegram-group:a": "first"}


def test_the_last_month_of_a_group_is_found(store: Store) -> None:
    """Also where it was left out of a later month; nothing for a group that was never told."""
    with store.transaction() as tx:
        tx.groups.totals.tell("2020-02", {"": "none"}, 1.0)
        tx.groups.totals.tell("2020-01", {"": "all", "telegram-group:a": "some"}, 1.0)
        assert tx.groups.totals.last_of("telegram-group:a") == ("2020-01", "some")
        assert tx.groups.totals.last_of("telegram-group:b") == ("", "")
        assert tx.groups.totals.months() == ["2020-01", "2020-02"]
        tx.groups.totals.clear(["telegram-group:a", ""])
        assert tx.groups.totals.of("2020-01") == {"": "all"}
