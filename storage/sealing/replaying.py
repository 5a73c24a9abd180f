"""Forgetting again: whoever was forgotten does not come back with a backup."""

from typing import TYPE_CHECKING, Final

from storage.sealing.forgotten import Gone

if TYPE_CHECKING:
    from storage.store import Store

AT_ONCE: Final = 500


def replay(store: "Store") -> int:
    """Take out what is left of everybody on the list; say how many of them had anything left.

    Somebody who began anew has another key by now, and stays.
    """
    gone = store.keys.forgotten.all()
    back = 0
    for at in range(0, len(gone), AT_ONCE):
        back += _again(store, gone[at : at + AT_ONCE])
    return back


def _again(store: "Store", some: list[Gone]) -> int:
    ids = {each.key for each in some}
    store.keys.remove(ids)
    with store.transaction() as tx:
        return tx.clear_again([each.person for each in some], ids)
