"""How long things are kept, over histories that nobody would think of."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engine.apart import MAP, PLAN, one_of, reflection_of
from bot.engine.around import left_out
from bot.engine.effects import Erase, Lapse
from bot.engine.events import Blocked, Event, Opened, TextReceived, TimePassed
from bot.engine.forgetting import reflection_forgotten
from bot.engine.onward import started
from bot.engine.planning import wiped
from bot.engine.retention import RETENTION, looked_at
from bot.engine.session import Answer, Frame, Session
from bot.engine.terms import Terms
from bot.library import Library
from bot.turns import turned
from tests.conftest import NOON
from tests.fakes import reloaded

AGREED = ("Yes", "No, only me", "Yes, go on")
PLANNED = (
    *("my plan", "I go quiet", "Going outside", "the bench", "Anna", "Safe for me, and they know"),
    *("07700 900123", "No", "It ends"),
)
TERMS = Terms(finished=9, unfinished=6, apart=20)
DAY = timedelta(days=1)
UNSURE = {
    "consent": Answer("given", "agreed"),
    "other": Answer("given", {"id": "dee", "name": "Dee"}),
    "safe": Answer("given", "unsure"),
}
HALF_A_MAP = {
    "mode": Answer("given", "full"),
    "names": Answer("given", [{"id": "dee", "name": "Dee"}, {"id": "ann", "name": "Ann"}]),
}
TURNS = st.sampled_from([*AGREED, "my plan", "back", "pause", "stop", "my map", "Anna", "a walk"])
WAITS = st.integers(min_value=1, max_value=24 * 12).map(lambda hours: timedelta(hours=hours))
HISTORIES = st.lists(st.one_of(TURNS, WAITS, st.just(Blocked())), max_size=9)


class Life:
    """A session and the one row that is due for it; a look comes within the minute."""

    def __init__(self, library: Library) -> None:
        catalogue = replace(library.catalogue, terms=TERMS)
        self.library = replace(library, catalogue=catalogue)
        self.session, self.now = Session(), NOON
        self.due: datetime | None = None
        self.used: dict[str, datetime] = {}

    def meets(self, event: Event) -> None:
        turn = turned(self.library, reloaded(self.session), event, self.now)
        self.session = Session() if Erase() in turn.effects else turn.session
        if Erase() in turn.effects:
            self.due = None
        for effect in turn.effects:
            if isinstance(effect, Lapse) and effect.due == RETENTION.due:
                self.due = self.now + timedelta(hours=effect.hours)

    def passes(self, time: timedelta) -> None:
        end = self.now + time
        while self.due is not None and self.due <= end:
            self.now, before = self.due, self.session
            self.due = None
            self.meets(TimePassed(RETENTION.due))
            self.goes_right(before)
        self.now = end
        self.nothing_is_late()

    def kept(self, session: Session) -> dict[str, tuple[datetime, timedelta]]:
        """Give what there is, when it was last used, and for how long it may stay."""
        found = {}
        plan, reflection = one_of(session, PLAN), reflection_of(session)
        if plan is not None and plan.last:
            found["plan"] = datetime.fromisoformat(plan.last), TERMS.apart * DAY
        if reflection.begun:
            days = TERMS.finished if reflection.status == "ended" else TERMS.unfinished
            agreed = "consent" in reflection.answers or session.agreed or session.apart
            last = datetime.fromisoformat(reflection.last)
            found["reflection"] = last, (days if agreed else 1) * DAY
        return found

    def goes_right(self, before: Session) -> None:
        """Nothing went before its time."""
        after = self.kept(self.session)
        for name, (last, term) in self.kept(before).items():
            assert name in after or self.now - last >= term

    def nothing_is_late(self) -> None:
        """Nothing is there that should have gone a day ago, and somebody will look again."""
        for last, term in self.kept(self.session).values():
            assert self.now - last <= term + DAY
        assert self.due is not None or self.session == Session()


@settings(max_examples=20)
@given(agreed=st.booleans(), planned=st.booleans(), history=HISTORIES)
@example(
    agreed=True,
    planned=True,
    history=[timedelta(days=12), timedelta(days=4), "my map", timedelta(days=4, hours=4)],
)
def test_nothing_is_kept_longer_than_its_days_and_nothing_goes_before(
    library: Library, *, agreed: bool, planned: bool, history: list[str | timedelta | Blocked]
) -> None:
    """Whatever people do and however long they stay away."""
    life = Life(library)
    life.meets(Opened())
    for line in (*(AGREED if agreed else ()), *(PLANNED if agreed and planned else ())):
        life.meets(TextReceived(line))
    for each in history:
        match each:
            case str():
                life.meets(TextReceived(each))
            case timedelta():
                life.passes(each)
            case _:
                life.meets(each)
    life.passes(timedelta(days=22))
    assert life.session == Session()


def test_a_turn_counts_from_its_second(library: Library) -> None:
    """What was used later is kept longer, by as much."""
    life = Life(library)
    life.meets(Opened())
    times = []
    for line in AGREED:
        life.now += timedelta(hours=1)
        life.meets(TextReceived(line))
        times.append(datetime.fromisoformat(life.session.last))
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(hours=1)] * 2


def test_whom_a_reflection_spoke_against_stays_out_of_a_map_that_is_not_finished(library: Library):
    """The reflection goes, by itself or by hand; the names that were put on the map stay as safe."""
    reflection = Session(
        place=(Frame("reflection", "tired"),), answers=UNSURE, last="2026-01-01T12:00:00+00:00"
    )
    now = "2026-11-01T12:00:00+00:00"
    person = replace(
        Session(place=(Frame(MAP, "group"),), answers=HALF_A_MAP, last=now),
        apart={"": reflection},
    )
    catalogue = replace(library.catalogue, terms=replace(TERMS, apart=365))
    assert left_out(person) == ["dee"]
    for later in (
        looked_at(catalogue, person, now).session,
        reflection_forgotten(catalogue, person).session,
        started(catalogue, person, now).session,
    ):
        mapped = one_of(later, MAP)
        assert mapped is not None
        assert "names" in mapped.answers
        assert left_out(mapped) == ["dee"]


def test_whom_a_map_spoke_against_stays_out_once_it_is_wiped_by_hand(library: Library):
    """The reflection still names them; that the map is gone makes them no safer."""
    sam, ann = ({"id": name.lower(), "name": name} for name in ("Sam", "Ann"))
    told = {"people": Answer("result", [{**sam, "near": "middle", "ask": "unsafe"}])}
    now = "2026-11-01T12:00:00+00:00"
    person = Session(
        place=(Frame("reflection", "tired"),),
        answers={"consent": UNSURE["consent"], "people": Answer("result", [sam, ann])},
        apart={MAP: Session(place=(Frame(MAP, "group"),), answers=told, last=now)},
        last=now,
    )
    assert left_out(person) == ["sam"]
    later = wiped(library.catalogue, person, "map").session
    assert MAP not in later.apart
    assert left_out(later) == ["sam"]
