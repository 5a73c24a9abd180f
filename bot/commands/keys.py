"""`kith keys`: a new master key, and a backup of everybody's keys, apart from that of the data."""

import argparse
import sys
from pathlib import Path

from bot.commands.parsing import Commands, with_database
from bot.settings import Settings

UNUSABLE = 2


def add(commands: Commands) -> None:
    """Say what `kith keys` takes."""
    parser = commands.add_parser("keys", help="a new master key; a backup of everybody's keys")
    doing = parser.add_subparsers(required=True, metavar="DOING")
    new = doing.add_parser("rotate", help="wrap everybody's keys under a new master key")
    with_database(new).set_defaults(run=rotate_keys)
    kept = doing.add_parser("backup", help="everybody's keys, wrapped, in a file of their own")
    kept.add_argument("file", type=Path, metavar="FILE", help="a new file")
    with_database(kept).set_defaults(run=back_up)
    back = doing.add_parser("restore", help="keys into a keys database that holds none")
    back.add_argument("file", type=Path, metavar="FILE", help="what `kith keys backup` wrote")
    with_database(back).set_defaults(run=bring_back)


def rotate_keys(_asked: argparse.Namespace, settings: Settings) -> int:
    """Wrap all keys anew, while Kith runs; one that was killed halfway is finished."""
    from storage.opening import open_vault  # noqa: PLC0415 - the other commands start faster
    from storage.sealing.rotation import rotate  # noqa: PLC0415 - the same

    vault = open_vault(settings.where)
    try:
        done = rotate(vault)
    finally:
        vault.close()
    begun = "the rotation that was begun is finished" if done.finished else "a new master key"
    sys.stdout.write(
        f"{begun}: {_counted(done.wrapped)} wrapped under {vault.masters.newest.id.hex()}.\n"
        f"Keep a copy of {vault.masters.source}, apart from data and keys; "
        "then back up the keys anew: kith keys backup FILE\n"
    )
    if done.closed:
        sys.stderr.write(
            f"kith: {_counted(done.closed)} changed, so that nothing opens them; the old master "
            "key stays -> bring them back from their backup (docs/privacy.md)\n"
        )
    return 0


def back_up(asked: argparse.Namespace, settings: Settings) -> int:
    """Write the keys into a file; exit code 2 where they can't be."""
    from storage.opening import open_vault  # noqa: PLC0415 - the same
    from storage.sealing.copies import back_up_keys  # noqa: PLC0415 - the same
    from storage.whole_files import BackupRefused  # noqa: PLC0415 - the same

    vault = open_vault(settings.where)
    try:
        found = back_up_keys(vault, asked.file)
    except BackupRefused as refused:
        sys.stderr.write(f"kith: {refused}\n")
        return UNUSABLE
    finally:
        vault.close()
    sys.stdout.write(
        f"{asked.file}: {_counted(found)}. They open only with the master key in "
        f"{vault.masters.source}. Keep the three apart: data, keys, master key.\n"
    )
    return 0


def bring_back(asked: argparse.Namespace, settings: Settings) -> int:
    """Bring the keys back; exit code 2 where they can't be."""
    from storage.opening import bring_back_keys  # noqa: PLC0415 - the same
    from storage.whole_files import BackupRefused  # noqa: PLC0415 - the same

    try:
        found = bring_back_keys(settings.where, asked.file)
    except BackupRefused as refused:
        sys.stderr.write(f"kith: {refused}\n")
        return UNUSABLE
    sys.stdout.write(f"{asked.file}: {_counted(found)} brought back\n")
    return 0


def _counted(number: int) -> str:
    return "1 key" if number == 1 else f"{number} keys"
