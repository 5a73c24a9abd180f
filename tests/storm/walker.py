"""A person of a storm: what they do at a question is a matter of the seed, never of the moment."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.storm.watched import Button, Put

FINISHED = "Begin a new one"
LONG = 60
WORDS = ("it rains", "„Ruhe“ & <b>noise</b>", "one\ntwo", "тихо", "שלום", "🌧 again", "never mind")
NAMES = ("Ann", "Bo", "Cleo", "Dov")
NUMBERS = ("0", "1", "7", "12", "30")
GUARDED = ("back", "skip")


@dataclass(frozen=True, slots=True)
class Tap:
    """Tap a button; twice where the person is impatient."""

    button: Button
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """Write a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """Send a picture, which answers nothing."""


Deed = Tap | Write | Photo


def deed(seed: str, done: int, put: Put) -> Deed | None:
    """Give what a person does at a question, the `done`th they are asked; nothing at the end."""
    chance = Random(f"{seed}/{done}")
    options = [each for each in put.buttons if each.name.isdecimal()]
    freedoms = {each.name: each for each in put.buttons if not each.name.isdecimal()}
    if any(each.label == FINISHED for each in options):
        return None
    if put.step == "":
        return Tap(options[0])
    roll, twice = chance.random(), chance.random() < 0.2
    if done < LONG:
        if roll < 0.05 and "back" in freedoms:
            return Tap(freedoms["back"], twice)
        if roll < 0.08:
            return Tap(freedoms["skip"], twice)
        if roll < 0.11:
            return Tap(freedoms["help"])
        if roll < 0.14:
            return Photo()
    return _answer(chance, put.step, options, twice=twice)


def _answer(chance: Random, step: str, options: list[Button], *, twice: bool) -> Deed:
    done = [each for each in options if each.label == "Done"]
    if done and chance.random() < 0.5:
        return Tap(done[0], twice)
    if options:
        picked = chance.choice([each for each in options if each not in done])
        label = picked.label.removeprefix("✓ ")
        return Write(label) if chance.random() < 0.15 else Tap(picked, twice)
    texts: dict[str, Callable[[], str]] = {
        "nights": lambda: chance.choice(NUMBERS),
        "since": lambda: chance.choice(NUMBERS),
        "around": lambda: ", ".join(chance.sample(NAMES, chance.randint(1, 3))),
    }
    words = texts.get(step, lambda: f"{chance.choice(WORDS)} {chance.randint(1, 10**6)}")
    return Write(words())
