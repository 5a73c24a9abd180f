"""Rounds that nobody held: any number of shares, by anybody, of anything."""

from random import Random
from typing import Any

from bot.engine.group import LEAST
from bot.groups.shown import Shown
from bot.groups.we import end_of_we
from tests.fakes import shipped

NAMES = (
    *("Rosalind", "Benedict", "Mehmet", "Wilhelmina Featherstonehaugh-Cholmondeley"),
    *("محمد عبد الرحمن", "דוד", "Zoë\nZoë", "\u202eevil", "<b>Ada</b>", "QQ"),
)
WORDS = (
    *("worn out", "Alone with it", "the forms", "My landlord", "the benefits office", "no money"),
    *("nobody listens", "We laugh a lot", "at work, with my boss", "a bus that never comes"),
    *("أنا متعب جدا ولا أحد يسمعني في هذا المكان", "אין לי כסף", '<i>&amp;</i> "quoted" “twice”'),
    *("W" * 90, "Donaudampfschifffahrtsgesellschaftskapitänswitwe " * 3, "one\ntwo\n\nthree"),
    *(
        "the nights in which nobody answers the phone, again and again and again, until " * 3,
        "👩🏽‍🦰❤️",
    ),
    *("मुझे बहुत थकान है", "ปิยะพงษ์ปิยะพงษ์ปิยะพงษ์", "李小龍", " "),
)
FEARS = ("I am afraid of him", "They threatened us")
CHOICES = {"money": "Money", "home": "Housing", "work": "Work", "rules": "Rules and forms"}
DOWN = {
    "go": "Go along",
    "ask": "Ask together",
    "write": "Write together",
    "bring": "Bring somebody in",
    "nothing": "Nothing just now",
}


def any_round(chance: Random, *, words: tuple[str, ...] = WORDS) -> tuple[Shown, ...]:
    """Give what a group was shown of a round, each prompt in words or in choices."""
    prompts = [*chance.choices(("self", "other", "situation"), k=chance.randint(0, 5)), "together"]
    return tuple(_prompt(chance, f"p{at}", phase, words) for at, phase in enumerate(prompts))


def _prompt(chance: Random, prompt: str, phase: str, words: tuple[str, ...]) -> Shown:
    labels = chance.choice(({}, DOWN if phase == "together" else CHOICES))
    several = chance.random() < 0.5

    def share() -> tuple[str, object]:
        if not labels:
            said = chance.choice(words)
            return said, said
        values = chance.sample(list(labels), chance.randint(1, 3) if several else 1)
        told = ", ".join(labels[each] for each in values)
        return told, values if several else values[0]

    named = tuple((chance.choice(NAMES), *share()) for _ in range(chance.choice((0, 1, 2, 5, 14))))
    unnamed = tuple(share() for _ in range(chance.choice((0, 0, 2, 4, 5, 9, 20))))
    return Shown(prompt, phase, named, unnamed, labels)


def any_we(chance: Random) -> dict[str, Any]:
    """Give what the picture of such a round holds, as it comes out of the outbox."""
    _, picture = end_of_we(shipped().catalogue, any_round(chance), LEAST)
    return dict(picture.holds)


def said(phase: str, *words: str, **named: str) -> Shown:
    """Give a prompt in people's own words: some without a name, some by name."""
    return Shown(
        phase,
        phase,
        tuple((name, each, each) for name, each in named.items()),
        tuple((each, each) for each in words),
    )


def down(*values: str, **named: str | list[str]) -> Shown:
    """Give a last prompt: who puts themselves down for what, without a name and by name."""

    def label(value: str | list[str]) -> str:
        return DOWN[value] if isinstance(value, str) else ", ".join(DOWN[each] for each in value)

    return Shown(
        "down",
        "together",
        tuple((name, label(value), value) for name, value in named.items()),
        tuple((label(value), value) for value in values),
        DOWN,
    )
