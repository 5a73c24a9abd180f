"""`kith doctor --confirm-numbers`: an operator says once that every help number is right."""

import getpass
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from bot.confirming import NUMBERS, confirm
from bot.engine.reading import Reader
from bot.files import read_file
from bot.settings import SettingMissing, Settings
from storage.opening import open_store

WHO = "Type your name if you have rung or looked up each of them, or nothing to leave it: "


def confirm_numbers(settings: Settings, who: str, clock: Callable[[], datetime]) -> int:
    """List the help numbers and keep who has confirmed them, and when; give the exit code.

    Without a name it is asked for at a terminal; elsewhere it is that of the account. Raises
    SettingMissing where no numbers can be read or nobody is named, and DatabaseUnusable.
    """
    lines = list(_listed(settings.dialogues))
    if not lines:
        message = f"no help numbers can be read in {settings.dialogues.name}/{NUMBERS}"
        raise SettingMissing(f"{message} -> see KITH_DIALOGUES, and `kith check`")
    sys.stdout.write("\n".join(lines) + "\n")
    name = who.strip() or _asked()
    if not name:
        raise SettingMissing("nothing was confirmed -> type the command again once you have")
    store = open_store(settings.where)
    try:
        now = clock()
        confirm(store, settings.dialogues, name, now)
    finally:
        store.close()
    sys.stdout.write(f"{len(lines)} help numbers confirmed by {name} on {now.date()}\n")
    return 0


def _listed(folder: Path) -> Iterator[str]:
    reader = Reader()
    file = folder / NUMBERS
    if not file.is_file():
        return
    for number in reader.items(reader.pairs(read_file(file, NUMBERS, [])).get("numbers")):
        told = [reader.text(number.get(name)) for name in ("text_line", "hours", "precondition")]
        yield " | ".join(text for text in told if text)


def _asked() -> str:
    if sys.stdin.isatty():
        sys.stdout.write(WHO)
        sys.stdout.flush()
        return sys.stdin.readline().strip()
    return getpass.getuser()
