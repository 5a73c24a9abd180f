"""What the turns of one transaction cause, gathered in memory and then written at one go."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.engine.retention import RETENTION
from bot.wall import instant
from storage.outbox import Lease, Letter, Parcel
from storage.showing import Shown
from storage.store import Stored, Transaction


class Batch:
    """The rows of one transaction as they change, turn by turn.

    A later turn of the same person sees what an earlier one changed. Gathering first means one
    statement for each kind of row, however many turns there are.
    """

    def __init__(
        self, rows: Mapping[str, Stored], seen: Iterable[str], shown: Iterable[Shown] = ()
    ) -> None:
        self._rows = dict(rows)
        self._seen = set(seen)
        self._ledger: dict[str, str] = {}
        self._saved: dict[str, Stored] = {}
        self._erased: set[str] = set()
        self._staying: dict[tuple[str, str], bool] = {}
        self._silent: set[str] = set()
        self._happened: list[int] = []
        self._letters: list[tuple[int, Letter]] = []
        self._due: dict[tuple[str, str], tuple[datetime, ZoneInfo]] = {}
        self._lapses: dict[tuple[str, str], float] = {}
        self._dropped: set[tuple[str, str]] = set()
        self._moved: dict[str, ZoneInfo] = {}
        self._shown = list(shown)
        self._reports: list[tuple[str, str, str]] = []

    def row(self, person: str) -> Stored | None:
        """Give a person's session as it is by now."""
        return self._rows.get(person)

    def is_new(self, event: str) -> bool:
        """Say whether an event was never taken in before, here or earlier."""
        return event not in self._seen

    def enter(self, event: str, failed: str) -> None:
        """Enter an event, with the code of its failure or nothing."""
        self._seen.add(event)
        self._ledger[event] = failed

    def save(self, row: Stored) -> None:
        """Keep a session; whoever was forgotten in an earlier turn begins again."""
        self._rows[row.person] = self._saved[row.person] = row

    def erase(self, row: Stored) -> None:
        """Forget a person and everything that was to go out or to happen."""
        self.silence(row.person)
        self._shown = [each for each in self._shown if each.person != row.person]
        self._saved.pop(row.person, None)
        self._lapses = {key: at for key, at in self._lapses.items() if key[0] != row.person}
        self._rows[row.person] = replace(row, body=b"")
        self._erased.add(row.person)

    def stay(self, person: str, group: str, *, leads: bool) -> None:
        """Let somebody who is forgotten by time alone belong to a group that they lead."""
        self._staying[person, group] = leads

    def show(self, person: str, number: int) -> None:
        """Know that a message stands in a person's chat."""
        self._shown.append(Shown(person, number))

    def shown_to(self, person: str) -> list[int]:
        """Give the numbers of what was shown to a person in this transaction."""
        return [each.number for each in self._shown if each.person == person]

    def silence(self, person: str) -> None:
        """Let nothing more go out to a person, and nothing be due for them but its own lapse."""
        self._letters = [each for each in self._letters if each[1].person != person]
        self._due = {key: at for key, at in self._due.items() if key[0] != person}
        self._silent.add(person)

    def happened(self, due: int) -> None:
        """Take out what was due and has happened."""
        self._happened.append(due)

    def drop(self, person: str, name: str) -> None:
        """Let nothing of that name be due for a person."""
        self._due.pop((person, name), None)
        self._lapses.pop((person, name), None)
        self._dropped.add((person, name))

    def remind(self, person: str, name: str, wall: datetime, zone: ZoneInfo) -> None:
        """Set when something of that name is due, by the clocks where the person is."""
        self._due[person, name] = wall, zone

    def lapse(self, person: str, name: str, at: datetime) -> None:
        """Set when something of that name lapses, wherever the person is."""
        self._lapses[person, name] = at.timestamp()

    def move(self, person: str, zone: ZoneInfo) -> None:
        """Let what is due for a person be due by other clocks."""
        self._moved[person] = zone

    def report(self, source: str, service: str, verdict: str) -> None:
        """Count what was said of a listed place; whoever said it is named nowhere."""
        self._reports.append((source, service, verdict))

    def post(self, place: int, letter: Letter) -> None:
        """Let an effect of the turn at `place` go out."""
        self._letters.append((place, letter))

    def write(self, tx: Transaction, now: float, lease: Lease) -> dict[int, list[Parcel]]:
        """Write everything; give what was put into the outbox, by the places of the turns."""
        if gone := self._silent - self._erased:
            tx.unreachable(gone, RETENTION.due, now)
        if self._erased:
            tx.erase(self._erased, now)
        for (person, group), leads in self._staying.items():
            tx.groups.join(person, group, leads=leads)
        if again := self._saved.keys() & self._erased:
            tx.ensure(again, now)
        tx.save(list(self._saved.values()), now)
        tx.show(self._shown, now)
        tx.note(self._ledger, now)
        tx.happened(self._happened)
        for whose in {person for person, _ in self._dropped}:
            rows = tx.reminders(whose)
            tx.happened([row.id for row in rows if (whose, row.name) in self._dropped])
        for (person, name), (wall, zone) in self._due.items():
            tx.remind(person, name, instant(wall, zone), wall.isoformat(timespec="seconds"))
        for (person, name), at in self._lapses.items():
            tx.remind(person, name, at)
        for person, zone in self._moved.items():
            for due in tx.reminders(person):
                if due.wall:
                    tx.put_off(due.id, instant(datetime.fromisoformat(due.wall), zone))
        day = datetime.fromtimestamp(now, UTC).date().isoformat()
        for source, service, verdict in self._reports:
            tx.directory.report(source, service, verdict, day)
        parcels = tx.post([letter for _, letter in self._letters], now, lease)
        posted: dict[int, list[Parcel]] = {}
        for (place, _), parcel in zip(self._letters, parcels, strict=True):
            posted.setdefault(place, []).append(parcel)
        return posted
