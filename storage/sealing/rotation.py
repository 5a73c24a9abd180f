"""Wrapping everybody's keys anew: under a new master key, while Kith runs, and finished if killed.

Only the wrapping changes: a key that was stolen unwrapped opens its person's rows as before.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from sqlalchemy import bindparam, func, select, update

from storage.sealing.box import Unreadable, place, seal, unseal
from storage.sealing.keys import CHUNK, NAMES, Keys
from storage.sealing.masters import masters_in, only_newest, with_another
from storage.sealing.tables import keys, own
from storage.unusable import KeysUnusable

_WRAP: Final = (
    update(keys)
    .where(keys.c.person == bindparam("whose"), keys.c.master == bindparam("before"))
    .values(master=bindparam("master"), wrapped=bindparam("wrapped"))
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did; `finished` says that it ended one that had been begun before.

    `closed` keys were changed and open no more; they stay as they are, and so does what they need.
    """

    wrapped: int
    finished: bool
    closed: int = 0


def rotate(vault: Keys) -> Rotated:
    """Wrap all keys under the newest master key; where that is done already, under a new one.

    In a file the new master key is made here, and the old one goes when nothing needs it. Where
    master keys are set, the newest of them wraps, and old ones can be taken away afterwards.
    Raises KeysUnusable, also where another rotation is at work.
    """
    file = vault.masters.file
    with _alone(file) if file else nullcontext():
        if file:
            vault.masters = masters_in(file)  # what was read before may be of another rotation
            halfway = len(vault.masters.keys) > 1
        else:
            halfway = _under_others(vault) > 0
            if not halfway:
                _refuse_nothing_new()
        if not halfway:
            vault.masters = with_another(vault.masters)
        _wrap_own(vault)
        wrapped = _wrap_all(vault)
        vault.to_clean = True
        vault.clean()
        closed = _under_others(vault)
        if file and not closed:
            vault.masters = only_newest(vault.masters)
    return Rotated(wrapped, halfway, closed)


def _refuse_nothing_new() -> NoReturn:
    message = (
        "all keys are under the newest master key already -> put a new one in front: "
        "KITH_MASTER_KEY=new,old; start Kith anew with both; then rotate"
    )
    raise KeysUnusable(message)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep other rotations out: two that each made a master key would lose one of them."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        message = "another `kith keys rotate` is at work -> wait until it is done"
        raise KeysUnusable(message) from None
    finally:
        os.close(folder)  # the lock goes with it, as it does with a process that is killed


def _under_others(vault: Keys) -> int:
    newest = vault.masters.newest.id.hex()
    with vault.engine.connect() as connection:
        return sum(
            connection.scalar(
                select(func.count()).select_from(table).where(table.c.master != newest)
            )
            or 0
            for table in (keys, own)
        )


def _wrap_own(vault: Keys) -> None:
    """Wrap Kith's own keys; from then on whoever makes a key takes the newest master key."""
    newest = vault.masters.newest
    held = select(own).where(own.c.master != newest.id.hex()).with_for_update()
    with vault.engine.begin() as connection:
        rows = connection.execute(held).all()
        for row in sorted(rows, key=lambda row: row.what != NAMES):
            where = place("own", "wrapped", row.id.hex(), row.what)
            secret = unseal(vault.master(row.master), row.wrapped, where)
            changed = {"master": newest.id.hex(), "wrapped": seal(newest, secret, where)}
            connection.execute(update(own).where(own.c.what == row.what).values(changed))


def _wrap_all(vault: Keys) -> int:
    """Wrap everybody's keys that are under an older master key, in their order; say how many."""
    newest = vault.masters.newest
    older = select(keys).where(keys.c.master != newest.id.hex(), keys.c.person > bindparam("after"))
    next_ones = older.order_by(keys.c.person).limit(CHUNK).with_for_update()
    after, wrapped = "", 0
    while True:
        with vault.engine.begin() as connection:
            rows = connection.execute(next_ones, {"after": after}).all()
            changed = []
            for row in rows:
                where = place("keys", "wrapped", row.id.hex(), row.person)
                master = vault.masters.find(row.master)
                try:
                    secret = unseal(master, row.wrapped, where) if master else None
                except Unreadable:
                    secret = None
                if secret is not None:
                    anew = {"master": newest.id.hex(), "wrapped": seal(newest, secret, where)}
                    changed.append({"whose": row.person, "before": row.master, **anew})
            if changed:
                connection.execute(_WRAP, changed)
        if not rows:
            return wrapped
        after, wrapped = rows[-1].person, wrapped + len(changed)
