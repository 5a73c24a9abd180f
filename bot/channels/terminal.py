"""A conversation in the terminal: plain lines, readable with colour and without."""

import textwrap
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from bot.arrivals import Arrival, Outcome
from bot.channels.enclosing import Folder, instead, is_only_a_file
from bot.channels.recording import Recorder, concern_line, in_words
from bot.engine.effects import Say
from bot.engine.events import ConcernRaised, Event, Opened, TextReceived, cues_of
from bot.engine.screens import opened
from bot.engine.session import Session
from bot.logs.lines import log
from bot.parcels import Outgoing, unpack_outgoing, unpack_session
from bot.turns import Turns
from bot.watching import Watch, reloaded

if TYPE_CHECKING:
    from bot.channels.group_seat import GroupSeat

WIDTH: Final = 76
CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"
"""Takes away what a terminal shows, and in most of them what has scrolled out of sight."""
_DIM, _BOLD, _END = "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Seat:
    """One person at a terminal: hands events in and takes what comes out, in order.

    `concern` is what the last text raised, as a record may name it; the text is gone then.
    """

    def __init__(self, turns: Turns, name: str) -> None:
        self._turns = turns
        self.person = turns.store.name("terminal", name)
        self.concern = ""
        self._unseen: list[int] = []
        self._address = {"channel": "terminal", "chat": name}

    def hand_in(self, event: Event) -> Outcome:
        """Commit the turn of one event."""
        arrival = Arrival(self.person, self._address, event, f"terminal:{uuid.uuid4().hex}")
        heard = self._turns.screened(arrival)
        outcome = self._turns.take([heard])[0]
        noticed = isinstance(heard.event, ConcernRaised) or bool(cues_of(heard.event))
        raised = outcome.turn.concern if outcome.turn and noticed else None
        self.concern = concern_line(*raised) if raised else ""
        return outcome

    def hand_in_due(self) -> None:
        """Commit the turns of everything that is due for this person."""
        mine = [arrival for arrival in self._turns.due() if arrival.person == self.person]
        if mine:
            self._turns.take(mine)

    def collect(self) -> list[Outgoing]:
        """Give what waits for this person; it stays until `shown` is told that it was seen."""
        with self._turns.store.transaction() as tx:
            parcels = tx.waiting(self.person)
        self._unseen = [parcel.id for parcel in parcels]
        return [unpack_outgoing(parcel.body) for parcel in parcels]

    def shown(self) -> None:
        """Take out of the outbox what was collected last."""
        with self._turns.store.transaction() as tx:
            tx.sent(self._unseen)

    def session(self) -> Session:
        """Give the session as it is stored; one that can't be read is as good as none."""
        with self._turns.store.transaction() as tx:
            row = tx.sessions([self.person]).get(self.person)
        try:
            return unpack_session(row.body) if row else Session()
        except Exception:  # noqa: BLE001 - its turns are committed as failed, with a kind sentence
            return Session()

    def key(self) -> str:
        """Name the answer that is awaited; empty on a screen beside the script."""
        session = self.session()
        return opened(self._turns.library.speaking(session.language).catalogue, session).key

    def reload(self, folder: Path) -> str:
        """Read the dialogues again and put the open question in their words; say what changed.

        Where they can't be used, the old ones stay and nothing is put.
        """
        again = reloaded(folder, self._turns.library, self.session())
        if again.library:
            self._turns.library = again.library.around(self._turns.library.places)
            self.hand_in(Opened())
        return again.told


def chat(  # noqa: PLR0913, PLR0917 - who talks, through what, and who looks on
    turns: Turns,
    name: str,
    lines: TextIO,
    out: TextIO,
    recorder: Recorder | None = None,
    watch: Watch | None = None,
    pictures: Folder | None = None,
    group: str = "",
) -> None:
    """Talk until the input ends. What was not seen before is shown first.

    With `pictures`, what goes along with a text is put there; what can't be made is left out.
    With `watch`, dialogues that are saved meanwhile are read again, and the question is put anew.
    In a `group`, what was said there meanwhile is shown first.
    """
    seat = Seat(turns, name)
    there = group_seat(turns, group, name, seat) if group else None
    colour = out.isatty()
    question = Say("")
    if not seat.collect():
        seat.hand_in(Opened())
    while True:
        out.writelines(
            rendered(replace(post, text=f"[{group}]\n{post.text}"), colour=colour)
            for post in (there.said() if there else ())
        )
        for effect in said(seat, pictures):
            question = effect if effect.asks else question
            if effect.clears and colour:
                out.write(CLEAR)
            out.write(rendered(effect, colour=colour))
            if file := put(effect, pictures):
                out.write(f"  {file}\n\n")
            elif told := in_place_of(effect, pictures):
                out.write(rendered(Say(told), colour=colour))
            if recorder:
                recorder.kith(effect)
        out.write("> ")
        out.flush()
        seat.shown()
        line = watch.line() if watch else lines.readline()
        if line is None and watch:
            out.write(f"\n\n{seat.reload(watch.folder)}\n\n")
            continue
        if not line:
            out.write("\n")
            return
        if there and there.heard(line.strip()):
            continue
        answered = seat.key() if recorder else ""
        seat.hand_in(TextReceived(line.strip()))
        if recorder:
            words = seat.concern or in_words(line.strip(), question.options, question.asks)
            recorder.you(words, answered)


def said(seat: Seat, pictures: Folder | None) -> list[Say]:
    """Give what waits to be said, without what would be a file and nothing else."""
    effects = [each.effect for each in seat.collect()]
    return [each for each in effects if pictures or not is_only_a_file(each.enclosed)]


def put(effect: Say, pictures: Folder | None) -> Path | None:
    """Put what goes along with an effect where it is wanted, and say where.

    None where there is nothing, where nobody wants it, and where it can't be made: the text has
    said the same.
    """
    if pictures is None or effect.enclosed is None:
        return None
    try:
        return pictures.put(effect.enclosed)
    except Exception as error:  # noqa: BLE001 - a picture never stands in anybody's way
        log.warning("not-enclosed", fault=error)
        return None


def in_place_of(effect: Say, pictures: Folder | None) -> str:
    """Say what a file would hold, where nobody wants files and the text didn't say it."""
    return instead(effect.enclosed) if effect.enclosed and pictures is None else ""


def group_seat(turns: Turns, group: str, name: str, seat: Seat) -> "GroupSeat":
    """Give a place in a group; it is loaded where somebody wants one."""
    from bot.channels.group_seat import GroupSeat  # noqa: PLC0415 - it is made of this

    return GroupSeat(turns, group, name, seat)


def rendered(effect: Say, *, colour: bool) -> str:
    """Write an effect for a terminal: wrapped text, numbered choices, the freedoms on one line."""
    lines = [_wrapped(paragraph) for paragraph in effect.text.split("\n")]
    text = "\n".join(lines) + "\n"
    for number, option in enumerate(effect.options, 1):
        label = f"{_BOLD}{option.label}{_END}" if colour else option.label
        text += f"  {number}. {label}\n"
    for link in effect.links:
        text += f"  [{link.label}: /start {link.code}]\n"
    if effect.freedoms:
        names = " · ".join(option.label for option in effect.freedoms)
        text += f"{_DIM}  ({names}){_END}\n" if colour else f"  ({names})\n"
    return text + "\n"


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
