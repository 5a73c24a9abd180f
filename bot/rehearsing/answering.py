"""Answers to a question: one by chance, or one that was set beforehand."""

from random import Random
from typing import Final

from bot.engine.events import ChoicePicked, CommandGiven, Event, TextReceived
from bot.engine.question import STONES
from bot.engine.screens import KEEP_IT, Open

SKIP: Final = "skip"
MOST_NAMES: Final = 4
NAMES: Final = (
    *("Anna", "my sister", "Raj", "Oluwaseun", "Mair", "the vicar", "Zoë", "عمر", "Lee", "Bo"),
)
PLACES: Final = ("the choir", "St Anne's", "a bench")
DAYS: Final = ("tomorrow", "2026-12-24", "friday")
WORDS: Final = (
    "It goes on and on.",
    "I don't know where to begin",
    "She never listens to what I say",
    "{{ 7*7 }} <b>x</b>",
    "🙃",
    "كل يوم نفس الشيء",
    "We used to laugh a lot. Now it is quiet.",
)


def pickable(now_open: Open) -> list[str]:
    """Give the values that can be picked for a new answer."""
    return [option.value for option in now_open.options if option.value != KEEP_IT]


def given_answer(now_open: Open, words: str) -> Event:
    """Give the event that answers with these words: a value, several with commas, or "skip"."""
    values = pickable(now_open)
    kind = now_open.ask.kind if now_open.ask else None
    parts = [part.strip() for part in words.split(",")]
    if words == SKIP:
        return CommandGiven(SKIP)
    if kind == "choice" and words in values:
        return ChoicePicked(words)
    if kind == "several" and set(parts) <= set(values):
        return ChoicePicked(parts)
    return TextReceived(words)


def in_words(event: Event) -> str:
    """Write an answer so that `given_answer` gives it again."""
    match event:
        case ChoicePicked(value=bool() as yes):
            return "yes" if yes else "no"
        case ChoicePicked(value=list() as values):
            return ",".join(values)
        case ChoicePicked(value=dict() as counts):
            return " ".join(map(str, counts.values()))
        case ChoicePicked(value=value):
            return str(value)
        case TextReceived(text=text):
            return text
        case _:
            return SKIP


def random_answer(now_open: Open, random: Random) -> Event:
    """Give some answer that the open question takes, of every kind that people give."""
    ask, values = now_open.ask, pickable(now_open)
    most = int(ask.most) if ask and ask.most is not None else None
    match ask.kind if ask else None:
        case "choice" if values:
            return ChoicePicked(random.choice(values))
        case "several" if values:
            count = random.randint(1, min(len(values), most or len(values)))
            return ChoicePicked(random.sample(values, count))
        case "yes/no":
            return ChoicePicked(random.choice([True, False]))
        case "stones":
            picks = [random.choice(values) for _ in range(most or STONES)]
            return ChoicePicked({value: picks.count(value) for value in values})
        case "person":
            count = random.randint(1, min(most or 1, MOST_NAMES))
            return TextReceived(", ".join(random.sample(NAMES, count)))
        case "number":
            least = int(ask.least) if ask and ask.least is not None else 0
            return TextReceived(str(random.randint(least, least + 100 if most is None else most)))
        case "date":
            return TextReceived(random.choice(DAYS))
        case "place":
            return TextReceived(random.choice(PLACES))
        case _:
            return TextReceived(random.choice(WORDS))
