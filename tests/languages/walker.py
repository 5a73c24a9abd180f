"""One person who answers at random in no language of ours, and remembers all that was put."""

from dataclasses import dataclass, field
from random import Random

from bot.engine.effects import Nudge, Say, Turn
from bot.engine.events import ChoicePicked, CommandGiven, Event, Opened, TextReceived
from bot.engine.screens import KEEP_IT, opened
from bot.engine.session import Session, dump, load
from bot.library import Library
from bot.turned import turned
from tests.conftest import NOON

NAMES = ("Ελένη", "Νίκος", "Ζωή", "Μάρθα", "Πέτρος")
WORDS = ("Κάθε μέρα το ίδιο.", "Δε μιλάει κανείς", "Ησυχία")
ASIDES = ("back", "help", "menu", "person", "kept", "pause", "change", "language", "nonsense")


@dataclass
class Walker:
    """A person on a random walk; every session is written and read between two events."""

    library: Library
    random: Random
    language: str = ""
    names: tuple[str, ...] = NAMES
    words: tuple[str, ...] = WORDS
    session: Session = field(default_factory=Session)
    put: list[str] = field(default_factory=list)
    turn: Turn = field(default_factory=lambda: Turn(Session()))

    def walk(self, most: int = 400) -> "Walker":
        """Choose the language, if any, then go on until the reflection is finished."""
        if self.language:
            self.speaks(self.language)
            self.put.clear()
        self.does(Opened())
        for _ in range(most):
            if self.session.status == "ended" and not self._away():
                return self
            self.does(self.next())
        raise AssertionError(self.session.place)

    def speaks(self, code: str) -> Turn:
        """Change the language."""
        self.does(CommandGiven("language"))
        return self.does(ChoicePicked(f"language:{code}"))

    def does(self, event: Event) -> Turn:
        """Hand in one event and remember every text and every button that came of it."""
        self.turn = turned(self.library, self.session, event, NOON)
        self.session = load(dump(self.turn.session))
        for effect in self.turn.effects:
            if isinstance(effect, Say):
                buttons = (*effect.options, *effect.freedoms)
                self.put += [effect.text, *(button.label for button in buttons)]
            elif isinstance(effect, Nudge):
                self.put.append(effect.text)
        return self.turn

    def next(self) -> Event:
        """Choose what to do about what is open."""
        spoken = self.library.speaking(self.session.language)
        now_open = opened(spoken.catalogue, self.session)
        values = [option.value for option in now_open.options if option.value != KEEP_IT]
        if now_open.ask is None:
            leaving = ("forget all", "begin", "stop", "forget", "language:en")
            staying = [value for value in values if value not in leaving]
            return ChoicePicked(self.random.choice(staying)) if staying else CommandGiven("resume")
        chance = self.random.random()
        if chance < 0.12:
            return CommandGiven(self.random.choice(ASIDES))
        if chance < 0.2 and now_open.key not in ("adult", "consent"):
            return CommandGiven("skip")
        if chance < 0.24 and now_open.key != "adult":
            return TextReceived("??")
        return self._answer(now_open.ask.kind, now_open.key, values, int(now_open.ask.most or 1))

    def _answer(self, kind: str, key: str, values: list[str], most: int) -> Event:
        match kind:
            case "choice":
                return ChoicePicked("agreed" if "agreed" in values else self.random.choice(values))
            case "several":
                return ChoicePicked(self.random.sample(values, self.random.randint(1, len(values))))
            case "yes/no":
                return ChoicePicked(key == "adult" or self.random.random() < 0.6)
            case "stones":
                picks = [self.random.choice(values) for _ in range(5)]
                return ChoicePicked({value: picks.count(value) for value in values})
            case "person":
                names = self.random.sample(self.names, self.random.randint(1, min(most, 4)))
                return TextReceived(", ".join(names))
            case _:
                return TextReceived(self.random.choice(self.words))

    def _away(self) -> bool:
        return self.session.detour is not None and self.session.detour.name != "finished"
