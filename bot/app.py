"""The only place that wires: settings, dialogues, database, turns, channel."""

import gc
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from bot.channels import json_lines, terminal
from bot.channels.enclosing import Folder
from bot.channels.recording import Recorder
from bot.checking import checked_library
from bot.clock import Clock
from bot.confirming import numbers_trouble
from bot.demo import DEMO, in_demo_town
from bot.settings import HOOK, SettingMissing, Settings
from bot.turns import Turns
from bot.watching import Watch
from storage.opening import open_store

MADE_UP = (
    "For operators: no places have been imported, so those of a made-up town are shown here, "
    "and only here -> kith directory import SOURCE (docs/places.md).\n\n"
)
POLLER = "poller"
"""The holder where one process polls: Telegram lets only one, so the next one is the same."""


@contextmanager
def opened(
    settings: Settings, clock: Clock, dialogue: str = "reflection", holder: str = ""
) -> Iterator[Turns]:
    """Open everything for as long as the block runs, to talk along one dialogue.

    `holder` names this process where it sends what waits in the outbox.

    Raises BrokenDialogues before the database is touched, SettingMissing for a dialogue that is
    not there, and DatabaseUnusable.
    """
    library = checked_library(settings.dialogues, settings.contact).on(settings.terms)
    if lacking := library.catalogue.lacks(dialogue):
        raise SettingMissing(lacking)
    library = replace(library, catalogue=replace(library.catalogue, root=dialogue))
    gc.freeze()  # it stays as long as the process: no search for rubbish need go through it again
    store = open_store(settings.where)
    try:
        turns = Turns(store, library, clock, holder, settings.hours)
        turns.look_around()
        yield turns
    finally:
        store.close()


def chat(  # noqa: PLR0913 - each is a choice made on the command line
    settings: Settings,
    dialogue: str,
    name: str,
    lines: TextIO,
    out: TextIO,
    *,
    as_json: bool = False,
    record: Path | None = None,
    watch: bool = False,
    pictures: Path | None = None,
    group: str = "",
) -> None:
    """Talk in the terminal until the input ends; with `watch`, in words that can be edited.

    Raises SettingMissing where `pictures` can't be a folder.
    """
    clock = Clock()
    watched = Watch(settings.dialogues, lines) if watch else None
    folder = _folder(pictures) if pictures else None
    with opened(settings, clock, dialogue) as turns:
        made_up = not turns.library.places.any
        if made_up:
            turns.library = in_demo_town(turns.library, settings.dialogues)
        if as_json:
            sys.stderr.write(MADE_UP if made_up else "")
            json_lines.converse(turns, clock, name, lines, out, folder, group)
        else:
            places = DEMO if made_up else ""
            head = {"dialogue": dialogue, "contact": settings.contact, "places": places}
            recorder = Recorder(record, head) if record else None
            sys.stderr.write(MADE_UP if made_up else "")
            if trouble := numbers_trouble(turns.store, settings.dialogues, clock):
                sys.stderr.write(f"For operators: {trouble}.\n\n")
            terminal.chat(turns, name, lines, out, recorder, watched, folder, group)


def _folder(path: Path) -> Folder:
    try:
        return Folder(path)
    except OSError as error:
        message = f"{path} can't be used for pictures ({error.strerror}) -> name another folder"
        raise SettingMissing(message) from None


def telegram(settings: Settings) -> int:
    """Poll Telegram until told to stop; give the exit code.

    Raises SettingMissing, also where nobody has confirmed the help numbers.
    """
    from bot.channels.telegram.serving import serve  # noqa: PLC0415 - the terminal starts faster

    _need_token(settings)
    with opened(settings, Clock(), holder=POLLER) as turns:
        _need_confirmed_numbers(turns, settings)
        return serve(turns, settings)


def webhook(settings: Settings) -> int:
    """Let Telegram post to this process until told to stop; give the exit code.

    Raises SettingMissing, also for a port that somebody else has, and where nobody has confirmed
    the help numbers.
    """
    from bot.channels.telegram.serving import serve  # noqa: PLC0415 - the terminal starts faster

    _need_token(settings)
    if not settings.webhook_url.endswith(HOOK):
        message = f"KITH_WEBHOOK_URL must be the public address of this server, ending in {HOOK}"
        raise SettingMissing(message)
    # the same name after a restart: what it held when it was killed is its own again at once
    holder = sha256(f"{socket.gethostname()}:{settings.port}".encode()).hexdigest()[:40]
    with (
        _door("KITH_PORT", settings.port) as public,
        _door("KITH_METRICS_PORT", settings.metrics_port) as private,
        opened(settings, Clock(), holder=holder) as turns,
    ):
        _need_confirmed_numbers(turns, settings)
        return serve(turns, settings, (public, private))


def _need_token(settings: Settings) -> None:
    if not settings.telegram_token:
        message = "KITH_TELEGRAM_TOKEN is not set -> ask BotFather for a token (README, Telegram)"
        raise SettingMissing(message)


def _need_confirmed_numbers(turns: Turns, settings: Settings) -> None:
    """See to it that nobody is sent to a number that was never tried; warn of an old trial."""
    if trouble := numbers_trouble(turns.store, settings.dialogues, turns.clock):
        if trouble.serious:
            raise SettingMissing(str(trouble))
        sys.stderr.write(f"kith: {trouble}\n")


def _door(name: str, port: int) -> socket.socket:
    try:
        return socket.create_server(("", port))
    except OSError as error:
        message = f"port {port} can't be opened: {error.strerror} -> set {name} to another one"
        raise SettingMissing(message) from error
