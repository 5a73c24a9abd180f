"""The command line: `kith`, or `python -m bot`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from bot.engine.diagnostics import BrokenDialogues
from bot.logs.guarding import crash, guard
from bot.safety.weights import WeightsError
from bot.settings import DEFAULTS, MEANINGS, SettingMissing, read_settings
from storage.unusable import DatabaseUnusable, KeysUnusable

OK, BROKEN, UNUSABLE = 0, 1, 2
COMMANDS: Final = (
    *("chat", "telegram", "serve", "check", "publish", "test", "walk", "draw", "translate"),
    *("notice", "doctor", "backup", "restore", "keys", "export", "forget", "report", "directory"),
)
"""The modules of `bot.commands`, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Exit code 1: the dialogues are broken; 2: a setting, the database or the learned weights are,
    or Kith itself.

    Whatever goes wrong is one clear line on standard error with the remedy, never a traceback.
    Without arguments this is a program of its own, which is guarded for as long as it lives.
    """
    if arguments is None:
        guard()
    said = sys.argv[1:] if arguments is None else arguments
    asked = _parser(_named(said)).parse_args(said)
    try:
        settings = read_settings(os.environ, asked.db)
        code: int = asked.run(asked, settings)
    except BrokenDialogues as broken:
        sys.stderr.write(f"{broken}\n")
        return BROKEN
    except SettingMissing as missing:
        sys.stderr.write(f"kith: {missing}\n")
    except WeightsError as wrong:
        sys.stderr.write(f"kith: the second opinion can't be used: {wrong} -> install Kith anew\n")
    except DatabaseUnusable as unusable:
        remedy = "see KITH_DATABASE_URL, and whether that folder can be written"
        sys.stderr.write(f"kith: the database can't be used: {unusable} -> {remedy}\n")
    except KeysUnusable as unusable:
        sys.stderr.write(f"kith: {unusable}\n")
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        return OK
    except OSError as error:
        sys.stderr.write(f"{_about_a_file(error)}\n")
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody gets a traceback
        sys.stderr.write(f"{crash(error)}\n")
    else:
        return code
    return UNUSABLE


def _about_a_file(error: OSError) -> str:
    """Say what the system has against a file; in its own words, which hold nothing of ours."""
    if error.errno is None:
        return crash(error)
    return f"kith: {error.filename or 'a file'}: {os.strerror(error.errno)} -> check the path"


def _named(said: Sequence[str]) -> Sequence[str]:
    """Give the command that is named first, alone: it starts faster without the others."""
    first = said[2:3] if said[:1] == ["--db"] else said[:1]
    return first if first and first[0] in COMMANDS else COMMANDS


def _parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    settings = "\n".join(f"  {name:<27}{MEANINGS[name]}" for name in DEFAULTS)
    parser = argparse.ArgumentParser(
        prog="kith",
        description="A guided reflection that ends with people who could share the weight.",
        epilog=f"settings (environment variables):\n{settings}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--db", metavar="URL", help="the database, instead of KITH_DATABASE_URL")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in names:
        import_module(f"bot.commands.{name}").add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
