"""A conversation in the terminal: plain lines, readable with colour and without."""

import textwrap
import uuid
from collections.abc import Sequence
from typing import Final, TextIO

from bot.channels.recording import Recorder
from bot.engine.effects import Option, Say
from bot.engine.events import Event, Opened, TextReceived
from bot.engine.session import Session
from bot.parcels import Outgoing, unpack_outgoing, unpack_session
from bot.turns import Arrival, Outcome, Turns

WIDTH: Final = 76
_DIM, _BOLD, _END = "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Seat:
    """One person at a terminal: hands events in and takes what comes out, in order."""

    def __init__(self, turns: Turns, name: str) -> None:
        self._turns = turns
        self.person = f"terminal:{name}"
        self._unseen: list[int] = []
        self._address = {"channel": "terminal", "chat": name}

    def hand_in(self, event: Event) -> Outcome:
        """Commit the turn of one event."""
        arrival = Arrival(self.person, self._address, event, f"terminal:{uuid.uuid4().hex}")
        return self._turns.take([self._turns.screened(arrival)])[0]

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
        """Give the session as it is stored."""
        with self._turns.store.transaction() as tx:
            row = tx.sessions([self.person]).get(self.person)
        return unpack_session(row.body) if row else Session()


def chat(
    turns: Turns, name: str, lines: TextIO, out: TextIO, recorder: Recorder | None = None
) -> None:
    """Talk until the input ends. What was not seen before is shown first."""
    seat = Seat(turns, name)
    colour = out.isatty()
    options: Sequence[Option] = ()
    if not seat.collect():
        seat.hand_in(Opened())
    while True:
        waiting = [out_.effect for out_ in seat.collect()]
        for effect in waiting:
            options = effect.options if effect.asks else options
            out.write(rendered(effect, colour=colour))
            if recorder:
                recorder.kith(effect)
        out.write("> ")
        out.flush()
        seat.shown()
        line = lines.readline()
        if not line:
            out.write("\n")
            return
        if recorder:
            recorder.you(_spoken(line.strip(), options))
        seat.hand_in(TextReceived(line.strip()))


def rendered(effect: Say, *, colour: bool) -> str:
    """Write an effect for a terminal: wrapped text, numbered choices, the freedoms on one line."""
    lines = [_wrapped(paragraph) for paragraph in effect.text.split("\n")]
    text = "\n".join(lines) + "\n"
    for number, option in enumerate(effect.options, 1):
        label = f"{_BOLD}{option.label}{_END}" if colour else option.label
        text += f"  {number}. {label}\n"
    if effect.freedoms:
        names = " · ".join(option.label for option in effect.freedoms)
        text += f"{_DIM}  ({names}){_END}\n" if colour else f"  ({names})\n"
    return text + "\n"


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)


def _spoken(line: str, options: Sequence[Option]) -> str:
    """Write a number as what it stood for, so that a record reads as a chat."""
    if line.isdecimal() and 1 <= int(line) <= len(options):
        return options[int(line) - 1].label
    return line
