"""People who answer at random, from a seed, in every way that a person can."""

from dataclasses import dataclass, field
from random import Random

from bot.engine.effects import Say, Turn
from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    EditRequested,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.screens import KEEP_IT, Open, opened
from bot.engine.session import Session, dump, load
from bot.library import Library
from bot.turns import turned
from tests.conftest import NOON

NAMES = ["Anna", "my sister", "Raj", "Oluwaseun", "Mair", "the vicar", "Zoë", "عمر", "Lee", "Bo"]
WORDS = [
    "It goes on and on.",
    "I don't know where to begin",
    "She never listens to what I say",
    "{{ 7*7 }} <b>x</b>",
    "🙃",
    "كل يوم نفس الشيء",
    "We used to laugh a lot. Now it is quiet.",
]
ASIDES = ["back", "help", "menu", "person", "kept", "pause"]


@dataclass
class Wanderer:
    """One person on a random walk; every session is written and read between two events."""

    library: Library
    random: Random
    restless: float = 0.1
    session: Session = field(default_factory=Session)
    said: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def walk(self, most: int = 400) -> "Wanderer":
        """Go on until the reflection is finished; fail if that takes for ever."""
        self.does(Opened())
        while not self._finished():
            assert len(self.events) < most, "the walk does not end"
            self.does(self._next())
        return self

    def does(self, event: Event) -> Turn:
        self.events.append(event)
        turn = turned(self.library, self.session, event, NOON)
        self.session = load(dump(turn.session))
        self.said += [effect.text for effect in turn.effects if isinstance(effect, Say)]
        return turn

    def value(self, answer: str) -> object:
        held = self.session.answers.get(answer)
        return held.value if held and held.standing in ("given", "result") else None

    def _finished(self) -> bool:
        ended = self.session.status == "ended"
        return ended and (not self.session.begun or self._screen() == "finished")

    def _screen(self) -> str:
        return self.session.detour.name if self.session.detour else ""

    def _next(self) -> Event:
        now_open = opened(self.library.catalogue, self.session)
        if now_open.ask is None:
            return self._off_a_screen(now_open)
        if self.random.random() < self.restless:
            if self.random.random() < 0.3 and self.session.path:
                return EditRequested(self.random.choice(self.session.path))
            return CommandGiven(self.random.choice(ASIDES))
        if now_open.ask.kind != "yes/no" and self.random.random() < 0.15:
            return CommandGiven("skip")
        return self._answer(now_open)

    def _off_a_screen(self, now_open: Open) -> Event:
        leaving = ("forget all", "begin", "stop", "forget")
        values = [option.value for option in now_open.options if option.value not in leaving]
        return ChoicePicked(self.random.choice(values)) if values else CommandGiven("resume")

    def _answer(self, now_open: Open) -> Event:
        assert now_open.ask is not None
        values = [option.value for option in now_open.options if option.value != KEEP_IT]
        match now_open.ask.kind:
            case "choice":
                wanted = "agreed" if "agreed" in values else self.random.choice(values)
                return ChoicePicked(wanted)
            case "several":
                return ChoicePicked(self.random.sample(values, self.random.randint(1, len(values))))
            case "yes/no":
                adult = now_open.key == "adult"
                return ChoicePicked(adult or self.random.random() < 0.5)
            case "stones":
                picks = [self.random.choice(values) for _ in range(5)]
                return ChoicePicked({value: picks.count(value) for value in values})
            case "person":
                most = int(now_open.ask.most or 1)
                names = self.random.sample(NAMES, self.random.randint(1, min(most, 4)))
                return TextReceived(", ".join(names))
            case "place":
                return TextReceived(self.random.choice(["the choir", "St Anne's", "a bench"]))
            case _:
                return TextReceived(self.random.choice(WORDS))
