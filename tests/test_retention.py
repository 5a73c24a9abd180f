"""How long a person's words are kept, by a clock that is moved on, through a real database."""

import json
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.channels.json_lines import converse
from bot.clock import Clock
from bot.engine.apart import MAP, PLAN
from bot.engine.effects import Say
from bot.engine.events import Blocked, ChoicePicked, CommandGiven, Event, Opened, TextReceived
from bot.engine.retention import RETENTION
from bot.engine.session import Session
from bot.engine.terms import Terms
from bot.library import Library
from bot.parcels import unpack_session
from bot.transcripts import read_transcript
from bot.turns import LETTER_SECONDS, Arrival, Turns
from storage.outbox import Letter
from storage.store import Store, Stored
from tests.conftest import ROOT, StoppedClock
from tests.databases import opened_store
from tests.rows import keep

CHATS = ROOT / "dialogues" / "transcripts"
AGREED = ("Yes", "No, only me", "Yes, go on")
PLANNED = (
    *("my plan", "I go quiet", "Going outside", "the bench", "Anna", "Safe for me, and they know"),
    *("07700 900123", "No", "It ends"),
)


class Person:
    """Somebody who talks, goes away, and is looked after as a serving process would."""

    def __init__(self, store: Store, library: Library, clock: StoppedClock, name: str = "jo"):
        self.store, self.clock, self.name = store, clock, name
        self.turns = Turns(store, library, clock)
        self.count = 0
        self.heard: list[str] = []

    def does(self, *events: Event) -> "Person":
        for event in events:
            self.count += 1
            one = Arrival(self.name, {"chat": 1}, event, f"{self.name}:{self.count}")
            self._take([self.turns.screened(one)])
        return self

    def says(self, *lines: str) -> "Person":
        return self.does(*map(TextReceived, lines))

    def under(self, terms: Terms) -> "Person":
        """Let the settings be others from now on."""
        library = self.turns.library
        catalogue = replace(library.catalogue, terms=terms)
        self.turns = Turns(self.store, replace(library, catalogue=catalogue), self.clock)
        return self

    def waits(self, **time: float) -> "Person":
        """Let so much time pass at once, as while nothing ran; then look at what is due."""
        self.clock.wait(**time)
        self.heard = []
        while due := self._due():
            self._take(due)
        return self

    @property
    def session(self) -> Session:
        kept = self.kept
        assert kept is not None
        return kept

    @property
    def kept(self) -> Session | None:
        with self.store.transaction() as tx:
            row = tx.sessions([self.name]).get(self.name)
        return unpack_session(row.body) if row else None

    @property
    def looks(self) -> int:
        with self.store.transaction() as tx:
            return len([each for each in tx.reminders(self.name) if each.name == RETENTION.due])

    def _due(self) -> list[Arrival]:
        with self.store.transaction() as tx:
            return self.turns.due_in(tx)

    def _take(self, arrivals: Sequence[Arrival]) -> None:
        outcomes = self.turns.take(arrivals)
        assert [each.failed for each in outcomes if each.failed] == []
        self.heard += [e.text for each in outcomes for e in each.effects if isinstance(e, Say)]


@pytest.fixture
def jo(store: Store, library: Library, clock: StoppedClock) -> Person:
    """Give somebody who agreed and is in the middle of a reflection."""
    return Person(store, library, clock).does(Opened()).says(*AGREED, "CANARY Dee shouts at me")


def finished(person: Person, name: str = "nobody-around") -> Person:
    person.does(Opened()).says(*read_transcript((CHATS / f"{name}.txt").read_text("utf-8")).said)
    assert person.session.status == "ended"
    return person


def everything(store: Store) -> str:
    """Give all rows of all tables that could tell of a person."""
    with store.transaction() as tx:
        tables = ("sessions", "outbox", "due", "messages")
        return repr([tx._connection.execute(sql(f"SELECT * FROM {t}")).all() for t in tables])  # noqa: S608


def test_an_unfinished_reflection_goes_after_thirty_days(jo: Person) -> None:
    """Until then it is there to be gone on with; then no row tells of the person any more."""
    jo.waits(days=29, hours=23)
    assert "CANARY" in repr(jo.kept)
    jo.waits(hours=1)
    assert jo.kept is None
    assert (jo.heard, jo.name in everything(jo.store)) == ([], False)


def test_a_finished_one_goes_after_ninety(
    store: Store, library: Library, clock: StoppedClock
) -> None:
    """It counts from the last turn, and no word is said when it goes, on whosever phone."""
    jo = finished(Person(store, library, clock)).waits(days=60)
    jo.does(CommandGiven("kept")).waits(days=89, hours=23)
    assert jo.session.status == "ended"
    jo.waits(hours=1)
    assert (jo.kept, jo.heard) == (None, [])


def test_whoever_never_agreed_goes_after_a_day(
    store: Store, library: Library, clock: StoppedClock
) -> None:
    """What somebody said before that question is there for a day, and then nothing is."""
    jo = Person(store, library, clock).does(Opened()).waits(hours=10).says("Yes")
    jo.waits(hours=23)
    assert jo.session.answers["adult"].value is True
    jo.waits(hours=1)
    assert jo.kept is None


@pytest.mark.parametrize("first", [Blocked(), CommandGiven("hide"), CommandGiven("help")])
def test_whoever_only_looked_in_goes_as_well(
    store: Store, library: Library, clock: StoppedClock, first: Event
) -> None:
    """Also of whoever never began, there is a row that says where to reach them."""
    jo = Person(store, library, clock).does(first)
    assert jo.looks == 1
    assert jo.waits(days=1).kept is None


def test_a_plan_stays_a_year_and_nothing_of_the_reflection_with_it(jo: Person) -> None:
    """What is read on a bad day is there when the reflection that it came from is long gone."""
    jo.says(*PLANNED).waits(days=31)
    left = jo.session
    assert "CANARY" not in repr(left)
    assert (left.begun, left.answers, left.starts, left.concerns) == (False, {}, (), ())
    assert "the bench" in "\n".join(jo.says("my plan").heard)
    jo.waits(days=364, hours=23)
    assert PLAN in jo.session.apart
    jo.waits(hours=1)
    assert jo.kept is None


def test_to_read_it_is_to_use_it(jo: Person) -> None:
    """Whoever only looks at their plan keeps it another year from that day."""
    jo.says(*PLANNED).waits(days=200).says("my plan").waits(days=364)
    assert PLAN in jo.session.apart
    assert jo.waits(days=1).kept is None


def test_a_reflection_is_not_kept_by_a_map_in_hand(jo: Person) -> None:
    """In the middle of a map the reflection goes, and the map is gone on with where it was."""
    jo.says("my map").waits(days=20)
    question = jo.does(CommandGiven("back")).session.place
    jo.says("my map").waits(days=29)
    assert jo.says("Anna").session.apart[""].begun
    place = jo.waits(days=2).session.place
    assert jo.session.apart[""] == Session()
    assert "CANARY" not in repr(jo.session)
    assert place[0].script == MAP
    assert question != place
    assert jo.does(Opened()).session.place == place
    assert jo.does(CommandGiven("stop")).session.begun is False
    assert jo.does(ChoicePicked("begin")).session.begun


def test_who_is_not_safe_stays_out_when_the_reflection_goes(
    store: Store, library: Library, clock: StoppedClock
) -> None:
    """A plan names nobody whom the reflection spoke against, also when that is forgotten."""
    jo = Person(store, library, clock).does(Opened())
    jo.says(*read_transcript((CHATS / "afraid-of-a-partner.txt").read_text("utf-8")).said)
    name = str(jo.session.answers["other"].value["name"])  # type: ignore[index]
    plan = [name if line == "Anna" else line for line in PLANNED]
    jo.says(*plan).waits(days=91)
    assert not jo.session.begun
    (out,) = jo.session.apart[PLAN].left_out
    assert out == jo.session.apart[PLAN].answers["supporter"].value["id"]  # type: ignore[index]


@pytest.mark.parametrize("how", ["blocked", "forbidden", "forbidden, with no row"])
def test_a_blocked_bot_starts_the_clock(jo: Person, how: str) -> None:
    """Nobody can come back through a blocked bot; what is kept goes when its days are over."""
    if how == "blocked":
        jo.does(Blocked(), Blocked())
    else:
        with jo.store.transaction() as tx:
            due = [each.id for each in tx.reminders("jo")]
            tx.happened(due if "no row" in how else [])
            tx.unreachable(["jo"], RETENTION.due, jo.clock().timestamp())
    assert jo.looks == 1
    assert jo.waits(days=29, hours=23).kept
    assert jo.waits(hours=1).kept is None


@pytest.mark.parametrize("way", [("stop",), ("pause",), ("hide",), ("stop", "stop")])
def test_no_way_to_leave_takes_the_clock_away(jo: Person, way: tuple[str, ...]) -> None:
    """Stopped, paused or hidden: it is kept for its days, and then it goes."""
    jo.says(*way)
    assert jo.looks == 1
    assert jo.waits(days=30).kept is None


def test_whoever_comes_back_finds_it_and_has_the_days_again(jo: Person) -> None:
    """The row that was due finds a younger turn, and waits on."""
    jo.waits(days=29, hours=23).says("pause").waits(days=29, hours=23)
    assert "CANARY" in repr(jo.kept)


def test_whoever_was_forgotten_meanwhile_stays_so(jo: Person) -> None:
    """Nothing is set for whoever wiped everything, and a look that was on its way finds nobody."""
    jo.clock.wait(days=40)
    (late,) = jo.turns.due()
    jo.does(CommandGiven("forget"), ChoicePicked("forget all"))
    assert jo.turns.take([late])[0].turn is None
    assert (jo.kept, jo.looks) == (None, 0)


def test_two_workers_look_once(jo: Person, url: str) -> None:
    """Both find the same row due; one wipes, the other one finds it done."""
    other = opened_store(url)
    there = Turns(other, jo.turns.library, jo.clock)
    jo.clock.wait(days=7)
    here, again = jo.turns.due(), there.due()
    assert here == again
    assert jo.turns.take(here)[0].turn
    assert there.take(again)[0].turn is None
    assert jo.looks == 1
    other.close()


def test_what_is_due_is_due_after_a_restart(jo: Person, url: str) -> None:
    """Nothing of it is in a process's memory: another one wipes what this one would have."""
    jo.clock.wait(days=200)
    another = opened_store(url)
    assert Person(another, jo.turns.library, jo.clock).waits().kept is None
    another.close()


def test_a_shorter_setting_takes_hold_within_a_week(jo: Person) -> None:
    """Whoever runs Kith can keep less from now on, also of whoever is not here."""
    jo.waits(days=8).under(Terms(unfinished=5)).waits(days=7)
    assert jo.kept is None


def test_a_longer_setting_takes_hold_at_once(jo: Person) -> None:
    """What is not yet gone is kept for as long as it says today."""
    jo.waits(days=29).under(Terms(unfinished=60)).waits(days=30)
    assert jo.kept
    assert jo.waits(days=1).kept is None


def test_after_months_off_nobody_who_writes_waits_behind_the_wiping(jo: Person) -> None:
    """It goes a hundred at a time, and whoever comes back first is still known."""
    with jo.store.transaction() as tx:
        for each in range(150):
            keep(tx, Stored(f"p{each}", b"{}", b""))
            tx.remind(f"p{each}", RETENTION.due, 1.0)
    assert len(jo._due()) == 100
    jo.waits(days=1)
    with jo.store.transaction() as tx:
        assert [row.person for row in tx.everyone("", 200)] == ["jo"]


def test_what_cannot_be_read_is_not_wiped_and_nobody_is_written_to(jo: Person) -> None:
    """A key that is missing today may be there tomorrow: it is looked at again in a day."""
    with jo.store.transaction() as tx:
        row = tx.sessions(["jo"])["jo"]
        tx.save([replace(row, body=b"not to be read")], 1.0)
        waits = len(tx.waiting("jo"))
    jo.clock.wait(days=40)
    (outcome,) = jo.turns.take(jo.turns.due())
    assert outcome.failed
    assert jo.turns.due() == []
    with jo.store.transaction() as tx:
        assert len(tx.waiting("jo")) == waits
        tx.save([row], 1.0)
    assert jo.waits(days=1).kept is None


def test_a_first_message_that_failed_leaves_no_row_for_good(
    store: Store, library: Library, clock: StoppedClock
) -> None:
    """Where to reach somebody is kept no longer than what they said would have been."""
    jo = Person(store, library, clock)
    jo.turns.fail([Arrival("jo", {"chat": 1}, Opened(), "1")], "Broken")
    assert jo.waits(hours=23).kept == Session()
    assert jo.waits(hours=1).kept is None


def test_a_letter_that_never_goes_out_has_a_term(jo: Person) -> None:
    """What can't be delivered for a week is not kept for later."""
    with jo.store.transaction() as tx:
        tx.post([Letter("jo", b"{}", b"old")], jo.clock().timestamp())
    jo.clock.wait(seconds=LETTER_SECONDS + 1)
    with jo.store.transaction() as tx:
        jo.turns.prune(tx)
        assert b"old" not in [parcel.body for parcel in tx.waiting("jo")]


@pytest.mark.parametrize(("wait", "there"), [("29 days", True), ("30 days", False)])
def test_a_chat_shows_an_empty_beginning_afterwards(
    library: Library, tmp_path: Path, wait: str, there: bool
) -> None:
    """In the chat that a person can try out, time can be let pass, and it wipes as anywhere."""
    store, clock = opened_store(f"sqlite:///{tmp_path}/kith.db"), Clock()
    lines = [*({"text": line} for line in AGREED), {"wait": wait}]
    out = StringIO()
    converse(
        Turns(store, library, clock), clock, "jo", StringIO("\n".join(map(json.dumps, lines))), out
    )
    last = json.loads(out.getvalue().splitlines()[-1])
    assert (last["step"] is not None, last["messages"]) == (there, [])
    store.close()


def test_a_clock_that_was_wrong_for_a_while_keeps_nobody_longer(store: Store, library: Library):
    """What was told in a time to come counts from when the clock is right again."""
    clock = StoppedClock()
    right = clock.now
    clock.wait(days=20_000)
    jo = Person(store, library, clock).says("hello", *AGREED, "my words")
    clock.now = right
    with store.transaction() as tx:
        jo.turns.prune(tx)
    terms = library.catalogue.terms
    jo.waits(minutes=1)
    assert jo.session.begun
    jo.waits(days=terms.unfinished - 1)
    assert jo.session.begun
    jo.waits(days=1, hours=1)
    assert jo.kept is None
