"""Wrapping everybody's keys anew: under a new master key, while Kith runs, and finished if killed.

Only the wrapping changes: a key that was stolen unwrapped opens its person's rows as before.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, select, update

from storage.sealing.box import Unreadable, place, seal, unseal
from storage.sealing.keys import CHUNK, NAMES, Keys
from storage.sealing.masters import only_newest, with_another
from storage.sealing.tables import keys, own
from storage.unusable import KeysUnusable

_WRAP: Final = (
    update(keys)
    .where(keys.c.person == bindparam("whose"), keys.c.master == bindparam("before"))
    .values(master=bindparam("master"), wrapped=bindparam("wrapped"))
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did; `finished` says that it ended one that had been begun before."""

    wrapped: int
    finished: bool


def rotate(vault: Keys) -> Rotated:
    """Wrap all keys under the newest master key; where that is done already, under a new one.

    In a file the new master key is made here, and the old one goes when nothing needs it. Where
    master keys are set, the newest of them wraps, and old ones can be taken away afterwards.
    Raises KeysUnusable.
    """
    in_file = vault.masters.file is not None
    halfway = _under_others(vault) > 0 or (in_file and len(vault.masters.keys) > 1)
    if not halfway and not in_file:
        message = (
            "all keys are under the newest master key already -> put a new one in front: "
            "KITH_MASTER_KEY=new,old; start Kith anew with both; then rotate"
        )
        raise KeysUnusable(message)
    if not halfway:
        vault.masters = with_another(vault.masters)
    _wrap_own(vault)
    wrapped = 0
    while some := _wrap_some(vault):
        wrapped += some
    vault.to_clean = True
    vault.clean()
    if in_file and _under_others(vault) == 0:
        vault.masters = only_newest(vault.masters)
    return Rotated(wrapped, halfway)


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


def _wrap_some(vault: Keys) -> int:
    """Wrap the next few hundred keys that are under an older master key; say how many."""
    newest = vault.masters.newest
    older = select(keys).where(keys.c.master != newest.id.hex()).limit(CHUNK).with_for_update()
    with vault.engine.begin() as connection:
        rows = connection.execute(older).all()
        changed = []
        for row in rows:
            where = place("keys", "wrapped", row.id.hex(), row.person)
            try:
                secret = unseal(vault.master(row.master), row.wrapped, where)
            except Unreadable:
                message = (
                    "a key in the keys database was changed and can't be wrapped anew "
                    "-> bring it back from its backup: kith keys restore FILE"
                )
                raise KeysUnusable(message) from None
            changed.append(
                {
                    "whose": row.person,
                    "before": row.master,
                    "master": newest.id.hex(),
                    "wrapped": seal(newest, secret, where),
                }
            )
        if changed:
            connection.execute(_WRAP, changed)
    return len(rows)
