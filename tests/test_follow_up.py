"""The one message in a week: it comes once, by the person's own clock, and then there is quiet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

import pytest

from bot.arrivals import Arrival, Outcome
from bot.channels.json_lines import converse
from bot.clock import Clock
from bot.engine.effects import Enclosure, Erase, Remind, Say
from bot.engine.events import Blocked, ChoicePicked, CommandGiven, Event, Opened, TextReceived
from bot.engine.session import Session
from bot.library import Library
from bot.parcels import unpack_session
from bot.transcripts import read_transcript
from bot.turns import Turns
from storage.store import Store, Stored
from tests.conftest import ROOT, StoppedClock
from tests.databases import opened_store
from tests.people import texts
from tests.rows import keep

ASKED = "Who did you see this week?"
QUIET = "I'll stay quiet now."
CHATS = ROOT / "dialogues" / "transcripts"


class Person:
    """Somebody with a database of their own, who is written to when it is time."""

    name = "jo"

    def __init__(self, store: Store, library: Library, clock: StoppedClock) -> None:
        self.turns = Turns(store, library, clock)
        self.clock = clock
        self.count = 0
        self.said: list[Say] = []
        self.pages: list[Enclosure] = []

    def does(self, *events: Event) -> str:
        for event in events:
            self.count += 1
            event_id = f"{self.name}:{self.count}"
            self._take([self.turns.screened(Arrival(self.name, {"chat": 1}, event, event_id))])
        return texts(self.said)

    def says(self, *lines: str) -> str:
        return self.does(*map(TextReceived, lines))

    def wakes(self, written: str) -> str:
        """Let it be that time, and give what Kith says by itself."""
        self.clock.now = datetime.fromisoformat(written).astimezone(UTC)
        with self.turns.store.transaction() as tx:
            due = self.turns.due_in(tx)
        self.said = []
        self._take(due)
        return texts(self.said)

    def _take(self, arrivals: Iterable[Arrival]) -> list[Outcome]:
        outcomes = self.turns.take(list(arrivals))
        assert [each.failed for each in outcomes if each.failed] == []
        self.effects = [effect for each in outcomes for effect in each.effects]
        self.said = [effect for effect in self.effects if isinstance(effect, Say)]
        return outcomes

    @property
    def session(self) -> Session:
        with self.turns.store.transaction() as tx:
            return unpack_session(tx.sessions([self.name])[self.name].body)

    @property
    def open_step(self) -> str:
        here = self.session
        return here.place[-1].step if here.place and not here.detour else ""

    @property
    def screen(self) -> str:
        return self.session.detour.name if self.session.detour else ""

    @property
    def labels(self) -> list[str]:
        return [option.label for option in self.said[-1].options]


def finished(
    person: Person, chat: str = "bullied-at-work-it-is-happening", letter: str = "No letter"
) -> Person:
    """Let somebody have a chat that is on file to its end, and ask for the message."""
    person.does(Opened())
    says_on(person, said_in(chat), letter)
    return person


def said_in(chat: str) -> Sequence[str]:
    return read_transcript((CHATS / f"{chat}.txt").read_text("utf-8")).said


def says_on(
    person: Person, lines: Sequence[str], letter: str = "No letter", until: str = ""
) -> Sequence[str]:
    """Let somebody say these lines up to a question; give those that are left."""
    others = {"follow": "Yes", "letter": letter}
    for place, line in enumerate(lines):
        if until and person.open_step == until:
            return lines[place:]
        person.says(others.get(person.open_step, line))
        person.pages += [each.enclosed for each in person.said if each.enclosed]
    return ()


@dataclass(frozen=True)
class Asked:
    """Somebody as they are stored while they are asked about the message; what they say next."""

    row: Stored
    count: int
    rest: Sequence[str]


@pytest.fixture(scope="module")
def asked(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Go the fifty turns to that question once: they are the same for everybody."""
    store = opened_store(f"sqlite:///{tmp_path_factory.mktemp('asked')}/kith.db")
    jo = Person(store, library, StoppedClock())
    jo.does(Opened())
    rest = says_on(jo, said_in("bullied-at-work-it-is-happening"), until="follow")
    with store.transaction() as tx:
        row = tx.sessions([jo.name])[jo.name]
    store.close()
    return Asked(row, jo.count, rest)


@pytest.fixture
def jo(store: Store, library: Library, clock: StoppedClock, asked: Asked) -> Person:
    """Somebody in London who has just asked for it, at noon on a Monday."""
    jo = Person(store, library, clock)
    jo.count = asked.count
    with store.transaction() as tx:
        keep(tx, asked.row)
    assert jo.open_step == "follow"
    says_on(jo, asked.rest)
    assert jo.screen == "finished"
    return jo


def test_it_asks_whom_somebody_saw_and_can_be_answered_with_one_tap(jo: Person) -> None:
    """A week later, and never again after it."""
    assert jo.wakes("2026-11-09T11:59+00:00") == ""
    assert ASKED in jo.wakes("2026-11-09T12:00+00:00")
    assert jo.labels == ["I saw someone", "Not yet", "It didn't work out"]
    assert QUIET in jo.does(ChoicePicked("saw someone"))
    assert jo.screen == "finished"
    assert jo.wakes("2027-11-09T12:00+00:00") == ""


def test_silence_ends_it(jo: Person) -> None:
    """Whoever says nothing hears nothing more, and finds everything as it was."""
    before = jo.session
    assert ASKED in jo.wakes("2026-11-09T12:00+00:00")
    assert jo.wakes("2027-01-30T12:00+00:00") == ""
    assert (jo.session.place, jo.session.answers) == (before.place, before.answers)


@pytest.mark.parametrize(
    ("tap", "line"),
    [
        ("saw someone", "Then somebody was there."),
        ("not yet", "A smaller step could be one line to somebody"),
        ("fell through", "- if there is no answer, then once more in a week"),
    ],
)
def test_each_answer_gets_one_line_of_use_and_is_kept_nowhere(
    jo: Person, tap: str, line: str
) -> None:
    """Not yet: something smaller, or nothing. Didn't work out: what they had thought of instead."""
    jo.wakes("2026-11-09T12:00+00:00")
    before = jo.session.answers
    said = jo.does(ChoicePicked(tap))
    assert line in said
    assert QUIET in said
    assert jo.session.answers == before


def test_what_somebody_writes_back_is_kept_nowhere(jo: Person) -> None:
    """Words are answered kindly and gone; a smaller tap can be typed as well."""
    jo.wakes("2026-11-09T12:00+00:00")
    before = jo.session.answers
    said = jo.says("I met Priya at the swimming baths")
    assert "I don't keep those words." in said
    assert "Priya at the swimming" not in str(jo.session)
    assert jo.session.answers == before
    assert jo.screen == "finished"


def test_words_that_sound_unsafe_are_noticed_here_as_anywhere(jo: Person) -> None:
    """A follow-up is no place where somebody is overheard."""
    jo.wakes("2026-11-09T12:00+00:00")
    assert "116 123" in jo.says("nobody, I want to end my life")
    assert jo.screen == "concern suicide"


def test_it_keeps_to_their_own_clock_over_a_change_of_the_clocks(
    store: Store, library: Library, clock: StoppedClock
) -> None:
    """Asked for at half past ten in Bucharest's summer, it comes at half past ten in its winter."""
    clock.now = datetime(2026, 10, 20, 7, 30, tzinfo=UTC)
    jo = Person(store, library, clock)
    jo.does(Opened(), CommandGiven("clock"), ChoicePicked("zone:Europe/Bucharest"))
    jo = finished(jo)
    assert jo.wakes("2026-10-27T08:29+00:00") == ""
    assert ASKED in jo.wakes("2026-10-27T08:30+00:00")


def test_it_waits_for_the_morning(store: Store, library: Library, clock: StoppedClock) -> None:
    """Whoever talked late at night is written to when the quiet hours are over."""
    clock.now = datetime(2026, 11, 2, 23, 15, tzinfo=UTC)
    jo = finished(Person(store, library, clock))
    assert jo.wakes("2026-11-09T23:16+00:00") == ""
    assert jo.wakes("2026-11-10T08:59+00:00") == ""
    assert ASKED in jo.wakes("2026-11-10T09:00+00:00")


@pytest.mark.parametrize(
    "events",
    [
        [CommandGiven("forget"), ChoicePicked("forget all")],
        [Blocked()],
        [CommandGiven("stop")],
        [TextReceived("stop")],
        [CommandGiven("start")],
        [CommandGiven("kept"), ChoicePicked("forget one"), ChoicePicked("forget:follow")],
    ],
    ids=["wiped", "blocked", "stopped", "stop typed", "a new reflection", "the yes forgotten"],
)
def test_it_never_comes_to_whoever_went_another_way(jo: Person, events: list[Event]) -> None:
    """Wiped, blocked, stopped, taken back, or begun anew: what was asked for then is over.

    A new reflection asks for itself. The old plan is gone with the old one, and whoever says no to
    a message at its end is not to get one from before.
    """
    jo.does(*events)
    assert jo.wakes("2027-01-09T12:00+00:00") == ""


def test_whoever_says_stop_is_told_that_none_will_come(jo: Person) -> None:
    """The word means something here too, and only once."""
    assert "Then I won't write." in jo.says("stop")
    assert jo.screen == "finished"
    assert "Then I won't write." not in jo.says("stop")


def test_a_second_reflection_with_a_yes_gets_one_message(jo: Person) -> None:
    """Not two: the later one takes the place of the earlier one."""
    jo.clock.wait(days=3)
    jo.does(CommandGiven("start"))
    finished(jo)
    assert jo.wakes("2026-11-09T12:30+00:00") == ""
    assert ASKED in jo.wakes("2026-11-12T12:30+00:00")
    assert jo.wakes("2027-11-12T12:30+00:00") == ""


def test_it_leaves_the_open_question_open(jo: Person) -> None:
    """Whoever was changing an answer is asked that question again afterwards."""
    jo.does(CommandGiven("change"), ChoicePicked("change:helped"))
    step = jo.session.place[-1].step
    assert jo.session.status == "waiting"
    jo.wakes("2026-11-09T12:00+00:00")
    assert jo.screen == "follow up"
    jo.does(ChoicePicked("not yet"))
    assert (jo.screen, jo.session.place[-1].step) == ("", step)


def test_it_never_covers_a_concern(jo: Person) -> None:
    """Numbers that nobody has acknowledged stay what is open."""
    jo.says("I want to end my life")
    assert jo.wakes("2026-11-09T12:00+00:00") == ""
    assert jo.screen == "concern suicide"


def test_after_a_fear_nothing_of_an_earlier_plan_is_brought_up(jo: Person) -> None:
    """What was thought of before may lead to whoever is feared."""
    jo.says("my husband hits me")
    jo.says("I have seen this")
    while jo.screen not in ("finished", ""):
        jo.does(ChoicePicked("go on"))
    jo.wakes("2026-11-09T12:00+00:00")
    assert "try again a week later" not in jo.does(ChoicePicked("fell through"))


def test_no_reminder_is_set_before_somebody_asks(jo: Person) -> None:
    """The taps of the follow-up ask for nothing more."""
    jo.wakes("2026-11-09T12:00+00:00")
    jo.does(ChoicePicked("not yet"))
    assert not [each for each in jo.effects if isinstance(each, Remind | Erase)]


def test_the_terminal_shows_it_after_a_week(store: Store, library: Library) -> None:
    """As JSON: its text, its three choices, and the end of it."""
    clock = Clock()
    chat = read_transcript((CHATS / "bereavement.txt").read_text("utf-8")).said
    said = [{"text": line} for line in chat[: chat.index("Keep them") + 1]]
    lines = [*said, {"text": "Yes"}, {"wait": "8 days"}, {"choose": "not yet"}]
    out, read = StringIO(), StringIO("\n".join(map(json.dumps, lines)))
    converse(Turns(store, library, clock), clock, "jo", read, out)
    *_, asked, answered = map(json.loads, out.getvalue().splitlines())
    assert ASKED in asked["messages"][-1]["text"]
    values = [each["value"] for each in asked["messages"][-1]["choices"]]
    assert values == ["saw someone", "not yet", "fell through"]
    assert QUIET in answered["messages"][0]["text"]
    assert answered["step"] == ":finished"
