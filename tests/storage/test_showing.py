"""Which messages stand in a chat: known as long as they can be deleted, and only of the living."""

from storage.showing import Shown
from storage.store import Store, Stored
from tests.rows import keep


def test_messages_are_known_by_person_and_time(store: Store) -> None:
    """In order, each once, of one person, since a moment."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        keep(tx, Stored("b", b"", b""))
        tx.show([Shown("a", 5), Shown("b", 6), Shown("a", 4)], 10.0)
        tx.show([Shown("a", 5), Shown("a", 1 << 40)], 20.0)
        tx.show([], 20.0)
    with store.transaction() as tx:
        assert tx.shown("a", 0.0) == [4, 5, 1 << 40]
        assert tx.shown("a", 10.0) == [1 << 40]
        assert tx.shown("b", 0.0) == [6]


def test_what_was_hidden_is_known_no_more(store: Store) -> None:
    """Up to the newest that was deleted; what has come since stays known."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        keep(tx, Stored("b", b"", b""))
        tx.show([Shown("a", 1), Shown("b", 2), Shown("a", 3), Shown("a", 4)], 10.0)
        tx.hidden("a", 3)
        assert tx.shown("a", 0.0) == [4]
        assert tx.shown("b", 0.0) == [2]


def test_nothing_is_known_of_who_is_not_known(store: Store) -> None:
    """A farewell that arrives after somebody was forgotten leaves no trace; nor does the past."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        tx.show([Shown("a", 1), Shown("ghost", 2)], 10.0)
        assert tx.shown("ghost", 0.0) == []
        tx.erase(["a"], 1.0)
        tx.show([Shown("a", 3)], 11.0)
        assert tx.shown("a", 0.0) == []


def test_what_is_too_old_to_delete_goes(store: Store) -> None:
    """After a while a number is of no use."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        tx.show([Shown("a", 1)], 10.0)
        tx.show([Shown("a", 2)], 20.0)
        tx.prune_shown(20.0)
        assert tx.shown("a", 0.0) == [2]


def test_what_has_a_tag_is_found_by_it_piece_by_piece(store: Store) -> None:
    """A post stands there under its tag, in pieces; no other tag and no other chat is meant."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        keep(tx, Stored("b", b"", b""))
        tx.show([Shown("a", 5, "board"), Shown("a", 6, "board+1"), Shown("a", 7, "board2")], 10.0)
        tx.show([Shown("a", 9, "board"), Shown("a", 8, "boxrd+1"), Shown("b", 5, "board")], 10.0)
        assert tx.posts.tagged("a", "board") == {"": (5, 9), "1": (6,)}
        assert tx.posts.tagged("a", "bo_rd") == {}
        tx.posts.lift("a", [6, 9])
        assert tx.posts.tagged("a", "board") == {"": (5,)}
        assert tx.posts.tagged("b", "board") == {"": (5,)}
        assert tx.shown("a", 0.0) == [5, 7, 8]


def test_what_has_a_tag_stays_known_when_it_is_old(store: Store) -> None:
    """A post can be edited weeks later; only who was forgotten takes it along."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b""))
        tx.show([Shown("a", 1, "board"), Shown("a", 2)], 10.0)
        tx.prune_shown(20.0)
        assert tx.posts.tagged("a", "board") == {"": (1,)}
        assert tx.shown("a", 0.0) == [1]
        tx.erase(["a"], 30.0)
        assert tx.posts.tagged("a", "board") == {}
