"""The one use case: events in, one transaction, effects out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.engine.effects import Effect, Erase, Remind, Say, Turn
from bot.engine.events import Blocked, Event, SuggestionsFound, TimePassed
from bot.engine.screens import word
from bot.engine.session import Session
from bot.engine.step import step
from bot.library import Library
from bot.noticing import noticed
from bot.parcels import Outgoing, pack, pack_outgoing, pack_session, unpack_session
from bot.supports.suggest import suggest
from storage.store import Store, Stored, Transaction

LEDGER_SECONDS: Final = 7 * 24 * 3600
_DUE: Final = "due:"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in: from whom, what, and under which id it can be known again."""

    person: str
    address: Mapping[str, object]
    event: Event
    event_id: str
    origin: int | None = None
    footer: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an arrival. `turn` is None for a repeat; `failed` names a turn's fault."""

    turn: Turn | None
    effects: tuple[Effect, ...] = ()
    failed: str = ""


def turned(library: Library, session: Session, event: Event, now: datetime) -> Turn:
    """Give the whole turn of an event: a second step answers what the first one asked for."""
    catalogue, moment = library.catalogue, now.isoformat(timespec="seconds")
    turn = step(catalogue, session, event, moment)
    if turn.needs is None:
        return turn
    found = suggest(turn.needs.scope, library.rules, library.resources, catalogue.contact)
    answered = step(catalogue, turn.session, SuggestionsFound(tuple(found)), moment)
    return replace(turn, session=answered.session, effects=(*turn.effects, *answered.effects))


class Turns:
    """Takes in what arrived: each event once, all of a batch in one transaction."""

    def __init__(self, store: Store, library: Library, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.library = library
        self.clock = clock

    def screened(self, arrival: Arrival) -> Arrival:
        """Let the text of an arrival be noticed, before and outside any transaction."""
        event, footer = noticed(self.library.families, arrival.event)
        return replace(arrival, event=event, footer=footer)

    def take(self, arrivals: Sequence[Arrival]) -> list[Outcome]:
        """Commit the turns of these arrivals; effects then wait in the outbox.

        One person's arrivals are folded in order. Raises what the database raises when nothing
        could be committed; a turn that fails by itself is committed as failed.
        """
        now = self.clock()
        with self.store.transaction() as tx:
            return self._taken(tx, arrivals, now)

    def due(self) -> list[Arrival]:
        """Give what is due by now, as arrivals to take in."""
        with self.store.transaction() as tx:
            return self.due_in(tx)

    def due_in(self, tx: Transaction) -> list[Arrival]:
        """Give what is due by now, within a transaction that is open."""
        overdue = tx.overdue(self.clock().timestamp())
        rows = tx.sessions(row.person for row in overdue)
        return [
            Arrival(row.person, {}, TimePassed(row.name), f"{_DUE}{row.id}")
            for row in overdue
            if row.person in rows
        ]

    def _taken(self, tx: Transaction, arrivals: Sequence[Arrival], now: datetime) -> list[Outcome]:
        moment = now.timestamp()
        addresses = {each.person: pack(each.address) for each in arrivals if each.address}
        tx.ensure(addresses, b"", moment)
        rows = tx.sessions(each.person for each in arrivals)
        seen = tx.seen(each.event_id for each in arrivals)
        outcomes: list[Outcome] = []
        for arrival in arrivals:
            row = rows.get(arrival.person)
            if arrival.event_id in seen or row is None:
                outcomes.append(Outcome(None))
                continue
            seen.add(arrival.event_id)
            row = replace(row, address=addresses.get(arrival.person, row.address))
            outcome = self._turned(unpack_session(row.body), arrival, now)
            outcomes.append(outcome)
            rows[arrival.person] = self._written(tx, row, arrival, outcome, moment)
        return outcomes

    def _turned(self, session: Session, arrival: Arrival, now: datetime) -> Outcome:
        """Step; a turn that fails leaves the session as it was, with one kind sentence."""
        try:
            turn = turned(self.library, session, arrival.event, now)
        except Exception as error:  # noqa: BLE001 - one person's fault must not stop the others
            sorry = Say(word(self.library.catalogue, "failed"))
            return Outcome(Turn(session, (sorry,), accepted=False), (sorry,), type(error).__name__)
        footer = (Say(word(self.library.catalogue, "help_footer")),) if arrival.footer else ()
        return Outcome(turn, (*turn.effects, *footer))

    def _written(
        self, tx: Transaction, row: Stored, arrival: Arrival, outcome: Outcome, moment: float
    ) -> Stored:
        """Write what one turn caused: ledger, session, outbox and what is due."""
        assert outcome.turn is not None  # noqa: S101 - only called for a turn
        tx.note({arrival.event_id: outcome.failed}, moment)
        if isinstance(arrival.event, Blocked):
            tx.unreachable(row.person)
        if arrival.event_id.startswith(_DUE):
            tx.happened([int(arrival.event_id.removeprefix(_DUE))])
        erased = Erase() in outcome.effects
        kept = replace(row, body=b"" if erased else pack_session(outcome.turn.session))
        if erased:
            tx.erase(row.person)
        elif kept != row:
            tx.save(kept, moment)
        for effect in outcome.effects:
            if isinstance(effect, Remind):
                tx.remind(row.person, effect.due, moment + effect.days * 24 * 3600)
        spoken = [effect for effect in outcome.effects if isinstance(effect, Say)]
        bodies = [pack_outgoing(Outgoing(effect, arrival.origin)) for effect in spoken]
        tx.post(row.person, row.address, bodies, moment)
        return kept
