"""The one use case: events in, one transaction, effects out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, cast

from bot.arrivals import Arrival, Outcome
from bot.batch import Batch
from bot.beside import beside
from bot.coming import come, past, row_of
from bot.directory.service import load
from bot.engine.effects import (
    Drop,
    Erase,
    Lapse,
    Move,
    Remind,
    Report,
    Say,
    Turn,
)
from bot.engine.events import Blocked, Event, TextReceived, TimePassed
from bot.engine.labels import word
from bot.engine.retention import RETENTION
from bot.engine.session import Session
from bot.failing import apology
from bot.grouping import Grouping
from bot.groups.names import is_group
from bot.halves import Halves
from bot.library import Library
from bot.linking import addressed, drawn, found_in
from bot.logs.faults import places
from bot.noticing import noticed, readable
from bot.parcels import Outgoing, pack, pack_outgoing, pack_session, unpack_session
from bot.places import Places
from bot.speaking import dated
from bot.totalling import work_out
from bot.turned import turned
from bot.wall import Hours, quiet_until, wall_after
from storage.database import is_clash
from storage.outbox import NOBODY, Lease, Letter
from storage.showing import Sent, Shown
from storage.store import Store, Stored, Transaction

LEDGER_SECONDS: Final = 7 * 24 * 3600
"""So long an event is known again; Telegram keeps what was not fetched for one day."""
SHOWN_SECONDS: Final = 48 * 3600
"""So long Telegram lets a bot delete a message (core.telegram.org/bots/api#deletemessage)."""
LETTER_SECONDS: Final = 7 * 24 * 3600
"""So long a message waits that can't go out; then nobody is told any more what they said then."""
FURTHEST_LOOK: Final = 31 * 24 * 3600.0
"""No look at what is kept is set further off than this; the longest is that of the migration."""
LEASE_SECONDS: Final = 30.0
"""So long one process may send what it holds; after that another one takes over."""
MOST_TRIES: Final = 3
MOST_LETTERS: Final = 60
"""So long the code of a fault may be in the ledger."""


class ForgottenMeanwhile(Exception):
    """Somebody was forgotten elsewhere between being found and being locked; try again."""


class Turns:
    """Takes in what arrived: each event once, all of a batch in one transaction.

    `holder` names this process where it sends what waits; without one, nothing is held. `draw`
    gives something that nobody can guess, for links out of groups and the order of what is shown.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it works with
        self,
        store: Store,
        library: Library,
        clock: Callable[[], datetime],
        holder: str = "",
        hours: Hours = Hours(),  # noqa: B008 - it is frozen
        draw: Callable[[], str] = drawn,
    ) -> None:
        self.draw = draw
        self.hours = hours
        self.halves = Halves()
        self.store = store
        self.library = library
        self.clock = clock
        self.holder = holder

    def look_around(self, *, ready: bool = False) -> None:
        """Take in what has changed in the directory since it was last looked at.

        With `ready`, what is searched is made before anybody can search it, not by who comes first.
        """
        with self.store.transaction() as tx:
            version = tx.directory.version()
            if version == self.library.places.version:
                return
            listed = [load(each.record) for each in tx.directory.services() if not each.missing]
        places = Places(tuple(listed), self.library.needs, version)
        if ready:
            places.index  # noqa: B018 - it is made here, and not in the middle of a turn
        self.library = self.library.around(places)

    def work_out(self) -> None:
        """Work out what may be told of months that are over, where that was not done yet."""
        work_out(self.store, self.library, self.clock())

    def screened(self, arrival: Arrival) -> Arrival:
        """Let the text of an arrival be noticed, before and outside any transaction."""
        now, event = self.clock(), readable(arrival.event)
        before = self.halves.before(arrival.person, now)
        heard, footer = noticed(self.library.families, self.library.opinion, event, before)
        if isinstance(heard, TextReceived):
            self.halves.keep(arrival.person, heard.text, now)
        return replace(arrival, event=heard, footer=footer)

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Commit the turns of these arrivals; effects then wait in the outbox.

        What was `sent` leaves it in the same transaction, and what stands in a chat since then is
        known by its number. One person's arrivals are folded in
        order. Raises what the database raises when nothing could be committed; a turn that fails
        by itself is committed as failed.
        """
        now = self.clock()
        shown = [one for each in sent for one in each.shown]
        tries = 1
        while True:
            try:
                with self.store.transaction() as tx:
                    tx.sent([each.parcel for each in sent])
                    if not arrivals:
                        tx.show(shown, now.timestamp())
                        return []
                    turned = partial(self._turned, tx=tx, now=now)
                    return self._taken(tx, arrivals, now, turned, shown)
            except Exception as error:
                again = isinstance(error, ForgottenMeanwhile) or is_clash(error)
                if tries == MOST_TRIES or not again:
                    raise
                tries += 1

    def fail(self, arrivals: Sequence[Arrival], code: str) -> list[Outcome]:
        """Commit turns as failed that could not be written as they were: sessions stay.

        Raises what the database raises.
        """
        now = self.clock()
        with self.store.transaction() as tx:
            return self._taken(
                tx,
                arrivals,
                now,
                lambda row, arrival, _: _sorry(self.library, "failed", row, arrival, code),
            )

    def lease(self, seconds: float = LEASE_SECONDS) -> Lease:
        """Give a lease of this process from now on, or nobody's where it holds nothing."""
        if not self.holder:
            return NOBODY
        return Lease(self.holder, self.clock().timestamp() + seconds)

    def due(self) -> list[Arrival]:
        """Give what is due by now, as arrivals to take in."""
        with self.store.transaction() as tx:
            overdue = tx.overdue(self.clock().timestamp())
        return [come(row) for row in overdue]

    def due_in(self, tx: Transaction) -> list[Arrival]:
        """Give what is due and may be said now; where it is night it is put off to the morning.

        What has no wall time lapses without a word, so it waits for no morning.
        """
        now = self.clock()
        overdue = tx.overdue(now.timestamp())
        rows = tx.sessions(row.person for row in overdue)
        arrivals = []
        for row in overdue:
            zone = self._zone(rows[row.person]) if row.person in rows else ""
            until = quiet_until(now, self.hours.zone_of(zone), self.hours)
            if until and row.wall:
                tx.put_off(row.id, until)
            else:
                arrivals.append(come(row))
        return arrivals

    def _zone(self, row: Stored) -> str:
        """Give where a person said they are; a session that can't be read says nothing."""
        try:
            return unpack_session(row.body).zone
        except Exception:  # noqa: BLE001 - the turn itself will be committed as failed
            return ""

    def prune(self, tx: Transaction) -> None:
        """Drop what the ledger need not know, what can't be hidden, and what never went out.

        What a clock that went wrong put too far off is looked at now.
        """
        now = self.clock().timestamp()
        tx.prune(now - LEDGER_SECONDS)
        tx.prune_shown(now - SHOWN_SECONDS)
        tx.prune_letters(now - LETTER_SECONDS)
        tx.bring_forward(RETENTION.due, now + FURTHEST_LOOK, now)

    def _taken(
        self,
        tx: Transaction,
        arrivals: Sequence[Arrival],
        now: datetime,
        turn: Callable[[Stored, Arrival, Grouping], tuple[Outcome, bytes]],
        shown: Sequence[Shown] = (),
    ) -> list[Outcome]:
        moment, found = now.timestamp(), found_in(tx, arrivals)
        arrivals = addressed(arrivals, found)
        new = (each for each in arrivals if each.address and not each.only_known)
        addresses = {each.person: pack(each.address) for each in new}
        tx.ensure(addresses, moment)
        rows = tx.sessions({each.person for each in arrivals} | found.names)
        if addresses.keys() - rows.keys():
            raise ForgottenMeanwhile
        seen = {*tx.seen(each.event_id for each in arrivals), *past(tx, arrivals)}
        batch = Batch(rows, seen, shown)
        groups = Grouping(tx, self.library, found, batch, now, self.draw)
        outcomes: list[Outcome] = []
        for place, arrival in enumerate(arrivals):
            row = batch.row(arrival.person)
            if row is None or not batch.is_new(arrival.event_id):
                if row is None:
                    groups.unmet(arrival)
                outcomes.append(Outcome(None))
                continue
            row = replace(row, address=addresses.get(arrival.person, row.address))
            before = row
            outcome, body = (
                turn(row, arrival, groups)
                if not row.trouble
                else _sorry(self.library, "closed", row, arrival, row.trouble)
            )
            outcomes.append(outcome)
            row = Stored(row.person, row.address, body)
            gone = self._standing(tx, batch, arrival) if Erase() in outcome.effects else ()
            self._gather(batch, place, row, arrival, outcome, now, gone)
            groups.after(place, arrival, before, outcome)
        heard = {each.person for each, done in zip(arrivals, outcomes, strict=True) if done.turn}
        blank = (row.person for row in rows.values() if row == Stored(row.person, b"", b""))
        if strangers := set(blank) - heard:
            # what comes once more after it has forgotten somebody makes nobody new
            tx.erase(strangers, moment)
        for place, parcels in batch.write(tx, moment, self.lease()).items():
            outcomes[place] = replace(outcomes[place], parcels=tuple(parcels))
        return outcomes

    def _turned(
        self, row: Stored, arrival: Arrival, groups: Grouping, tx: Transaction, now: datetime
    ) -> tuple[Outcome, bytes]:
        """Give what a turn causes and the session as it is to be stored.

        A turn that fails leaves the session as it was, with one kind sentence.
        """
        speaking = self.library
        try:
            if is_group(row.person):
                return groups.turned(row, arrival)
            session = unpack_session(row.body)
            speaking = speaking.speaking(session.language)
            mine, event = groups.of(arrival), cast("Event", arrival.event)
            library = self.library.among(mine) if mine else self.library
            turn = turned(library, session, event, now, partial(beside, tx, row))
            body = b"" if Erase() in turn.effects else pack_session(turn.session)
        except Exception as error:  # noqa: BLE001 - one person's fault must not stop the others
            code, where = type(error).__name__, tuple(places(error.__traceback__))
            return _sorry(speaking, "failed", row, arrival, code, where)
        footer = (Say(word(speaking.catalogue, "help_footer")),) if arrival.footer else ()
        here = turn.session
        day = now.astimezone(self.hours.zone_of(here.zone)).date()
        effects = [dated(self.library, here.language, each, day) for each in turn.effects]
        return Outcome(turn, (*effects, *footer)), body

    def _standing(self, tx: Transaction, batch: Batch, arrival: Arrival) -> tuple[int, ...]:
        """Give the numbers of all messages in a person's chat that can still be deleted."""
        since = self.clock().timestamp() - SHOWN_SECONDS
        numbers = {*tx.shown(arrival.person, since), *batch.shown_to(arrival.person)}
        return tuple(sorted(numbers | ({arrival.message} if arrival.message else set())))

    def _gather(  # noqa: PLR0913, PLR0917 - a turn, where it stands, and what it caused
        self,
        batch: Batch,
        place: int,
        row: Stored,
        arrival: Arrival,
        outcome: Outcome,
        now: datetime,
        gone: tuple[int, ...] = (),
    ) -> None:
        """Gather what one turn caused: ledger, session, outbox and what is due.

        Where looking after what is kept fails, it is tried again a day later, without a word.
        """
        batch.enter(arrival.event_id, outcome.failed)
        if arrival.message is not None:
            batch.show(row.person, arrival.message)
        if isinstance(arrival.event, Blocked):
            batch.silence(row.person)
        if (due := row_of(arrival)) is not None:
            batch.happened(due)
        looks = arrival.event == TimePassed(RETENTION.due)
        if outcome.failed and (looks or not row.body):
            batch.lapse(row.person, RETENTION.due, now + timedelta(hours=RETENTION.hours))
        if Erase() in outcome.effects:
            batch.erase(row)
        elif not outcome.failed:
            batch.save(row)
        if gone and not any(isinstance(effect, Say) for effect in outcome.effects):
            # nothing is said to somebody for whom an operator wiped everything: it goes silently
            quiet = pack_outgoing(Outgoing(Say(""), gone=gone))
            batch.post(place, Letter(row.person, row.address, quiet))
        for effect in outcome.effects:
            match effect:
                case Say() if not looks:
                    body = pack_outgoing(Outgoing(effect, arrival.origin, gone))
                    gone = ()
                    batch.post(place, Letter(row.person, row.address, body))
                case Remind(due=name, days=days):
                    zone = self.hours.zone_of(outcome.turn.session.zone if outcome.turn else "")
                    batch.remind(row.person, name, wall_after(now, days, zone), zone)
                case Lapse(due=name, hours=hours):
                    batch.lapse(row.person, name, now + timedelta(hours=hours))
                case Report(source=source, id=ref, verdict=verdict):
                    batch.report(source, ref, verdict)
                case Drop(due=name):
                    batch.drop(row.person, name)
                case Move(zone=name):
                    batch.move(row.person, self.hours.zone_of(name))
                case _:
                    pass


def _sorry(  # noqa: PLR0913, PLR0917 - in which words, to whom, and what for
    speaking: Library,
    name: str,
    row: Stored,
    arrival: Arrival,
    code: str,
    where: tuple[str, ...] = (),
) -> tuple[Outcome, bytes]:
    """Say that a turn failed; the session stays as it was."""
    said = () if is_group(row.person) else apology(speaking.catalogue, name, arrival.event)
    turn = Turn(Session(), said, accepted=False, refused=True)
    return Outcome(turn, said, code[:MOST_LETTERS], places=where), row.body
