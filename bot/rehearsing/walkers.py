"""People who answer at random, from a seed, in every way that a person can."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bot.engine.effects import Say
from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    EditRequested,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.screens import Open
from bot.engine.session import Session
from bot.engine.walk import EndlessLoop
from bot.library import Library
from bot.rehearsing.answering import SKIP, given_answer, in_words, random_answer
from bot.rehearsing.findings import Stuck, unanswerable, unrendered
from bot.rehearsing.rehearsal import Rehearsal

MOST_EVENTS: Final = 400
MOST_REFUSALS: Final = 8
MOST_FORCED: Final = 12
SKIPPING: Final = 0.15
CHANGING: Final = 0.3
ASIDES: Final = ("back", "help", "menu", "person", "kept", "pause")
LEAVING: Final = ("forget all", "begin", "stop", "forget")


@dataclass(slots=True)
class Walker:
    """One person on a walk. The same library, seed and given answers make the same walk.

    `given` holds answers that are always given, by key or plain name; a value or "skip". Where one
    isn't taken it is left out, and noted in `untaken`. A `plain` walker gives only these, leaves
    out everything else, and uses no freedom beside. `answered` holds the last answer to each
    question, `trail` all that was done, in words.
    """

    library: Library
    seed: int
    given: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    restless: float = 0.1
    said: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    untaken: set[str] = field(default_factory=set)
    random: Random = field(init=False)
    rehearsal: Rehearsal = field(init=False)
    _refusals: int = 0
    _forced: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - a walk has to be repeatable, not secret
        self.rehearsal = Rehearsal(self.library)

    @property
    def session(self) -> Session:
        """Give the session as it stands."""
        return self.rehearsal.session

    def value(self, answer: str) -> object:
        """Give what is stored under a key; None where nothing was given."""
        held = self.session.answers.get(answer)
        return held.value if held and held.standing in ("given", "result") else None

    def walk(self) -> "Walker":
        """Go on until the dialogue is finished. Raises Stuck where something is wrong with it."""
        now_open = self.does(Opened())
        while not self.rehearsal.over:
            if len(self.events) >= MOST_EVENTS:
                raise Stuck("endless", f"no end after {MOST_EVENTS} messages", self.rehearsal.place)
            now_open = self.does(self._next(now_open))
        return self

    def does(self, event: Event) -> Open:
        """Hand in one event, look at what comes of it, and give what is open then. Raises Stuck."""
        self.events.append(event)
        before = self.rehearsal.place
        try:
            said = self.rehearsal.meets(event)
            stored = self.rehearsal.stored_unchanged
            now_open = self.rehearsal.open() if stored else Open((), ())
        except EndlessLoop as loop:
            what = f"'{loop}' comes round to itself without asking anything"
            raise Stuck("loop", what, (before[0], str(loop))) from loop
        except Exception as error:
            raise Stuck("crash", f"{type(error).__name__}: {error}", before) from error
        self.said += [effect.text for effect in said]
        self._look(said, now_open)
        return now_open

    def _look(self, said: tuple[Say, ...], now_open: Open) -> None:
        rehearsal = self.rehearsal
        if bad := unrendered(said, [e.text for e in self.events if isinstance(e, TextReceived)]):
            raise Stuck("unrendered", f"Kith says: {bad}", rehearsal.place)
        if not rehearsal.stored_unchanged:
            what = "the conversation comes back changed from being stored"
            raise Stuck("not storable", what, rehearsal.place)
        if rehearsal.stranded or rehearsal.turn.needs:
            what = "nothing is asked, and it has not ended"
            raise Stuck("dead end", what, rehearsal.place)
        if now_open.ask and unanswerable(now_open):
            raise Stuck("dead end", "nothing can be picked here", rehearsal.place)
        self._refusals = self._refusals + 1 if rehearsal.turn.refused and now_open.key else 0
        if self._refusals >= MOST_REFUSALS:
            raise Stuck("dead end", "no answer is taken here", rehearsal.place)

    def _next(self, now_open: Open) -> Event:
        if now_open.ask is None:
            return self._off_a_screen(now_open)
        if not self.plain and self.random.random() < self.restless:
            return self._aside()
        wanted = self._wanted(now_open.key)
        if wanted is not None:
            event = given_answer(now_open, wanted)
        elif self.plain or (now_open.ask.kind != "yes/no" and self.random.random() < SKIPPING):
            event, wanted = CommandGiven(SKIP), SKIP
        else:
            event = random_answer(now_open, self.random)
            wanted = in_words(event)
        self.answered[now_open.key] = wanted
        self.trail.append(f"{now_open.key}={wanted}")
        return event

    def _aside(self) -> Event:
        """Use a freedom instead of answering."""
        if self.random.random() < CHANGING and self.session.path:
            key = self.random.choice(self.session.path)
            self.trail.append(f"change {key}")
            return EditRequested(key)
        name = self.random.choice(ASIDES)
        self.trail.append(name)
        return CommandGiven(name)

    def _wanted(self, key: str) -> str | None:
        """Give the answer that is to be given here; one that wasn't taken is left out."""
        if not self._is_given(key):
            return None
        times = self._forced[key] = self._forced.get(key, 0) + 1
        last = self.trail[-1] if self.trail else ""
        refused = self.rehearsal.turn.refused and last.startswith(f"{key}=")
        if refused or times > MOST_FORCED:
            self.untaken.add(key)
        if key in self.untaken:
            return SKIP
        return self.given.get(key) or self.given[key.rpartition("/")[2]]

    def _off_a_screen(self, now_open: Open) -> Event:
        keeping = {f"forget:{key}" for key in self.answered if self._is_given(key)}
        if any(map(self._is_given, self.session.doubts)):
            keeping.add("doubt clear")
        never = {*LEAVING, *keeping}
        values = [option.value for option in now_open.options if option.value not in never]
        if self.plain or not values:
            self.trail.append("resume")
            return CommandGiven("resume")
        value = self.random.choice(values)
        self.trail.append(f"[{value}]")
        return ChoicePicked(value)

    def _is_given(self, key: str) -> bool:
        return key in self.given or key.rpartition("/")[2] in self.given
