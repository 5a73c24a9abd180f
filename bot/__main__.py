"""The command line: `kith`, or `python -m bot`."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot import app
from bot.engine.diagnostics import BrokenDialogues
from bot.library import load_library
from bot.settings import DEFAULTS, MEANINGS, SettingMissing, Settings, read_settings
from storage.database import DatabaseUnusable

OK, BROKEN, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit code 1: the dialogues are broken; 2: a setting or the database is.

    Whatever goes wrong is one clear line on standard error with the remedy, never a traceback.
    """
    asked = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, asked.db)
        code: int = asked.run(asked, settings)
    except BrokenDialogues as broken:
        sys.stderr.write(f"{broken}\n")
        return BROKEN
    except SettingMissing as missing:
        sys.stderr.write(f"kith: {missing}\n")
    except DatabaseUnusable as unusable:
        remedy = "see KITH_DATABASE_URL, and whether that folder can be written"
        sys.stderr.write(f"kith: the database can't be used: {unusable} -> {remedy}\n")
    except OSError as error:
        sys.stderr.write(
            f"kith: {error.filename or 'a file'}: {error.strerror} -> check the path\n"
        )
    except KeyboardInterrupt:
        return OK
    else:
        return code
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    settings = "\n".join(f"  {name:<24}{MEANINGS[name]}" for name in DEFAULTS)
    parser = argparse.ArgumentParser(
        prog="kith",
        description="A guided reflection that ends with people who could share the weight.",
        epilog=f"settings (environment variables):\n{settings}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--db", metavar="URL", help="the database, instead of KITH_DATABASE_URL")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    chat.add_argument("--dialogue", default="reflection", metavar="ID", help="which dialogue")
    chat.add_argument("--as", dest="name", default="me", metavar="NAME", help="whose conversation")
    chat.add_argument("--json", action="store_true", help="one JSON object a line, in and out")
    chat.add_argument("--record", type=Path, metavar="FILE", help="write the conversation down")
    chat.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    chat.set_defaults(run=_chat)
    telegram = commands.add_parser("telegram", help="the same on Telegram, by polling")
    telegram.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    telegram.set_defaults(run=_telegram)
    check = commands.add_parser("check", help="what is wrong with the dialogues")
    check.add_argument("path", nargs="?", type=Path, help="another folder with dialogues")
    check.set_defaults(run=_check)
    return parser


def _chat(asked: argparse.Namespace, settings: Settings) -> int:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app.chat(
        settings,
        asked.dialogue,
        asked.name,
        sys.stdin,
        sys.stdout,
        as_json=asked.json,
        record=asked.record,
    )
    return OK


def _telegram(_: argparse.Namespace, settings: Settings) -> int:
    return app.telegram(settings)


def _check(asked: argparse.Namespace, settings: Settings) -> int:
    chosen = replace(settings, dialogues=asked.path) if asked.path else settings
    load_library(chosen.dialogues, chosen.contact)
    sys.stdout.write(f"{chosen.dialogues}: nothing to mend\n")
    return OK


if __name__ == "__main__":
    sys.exit(main())
