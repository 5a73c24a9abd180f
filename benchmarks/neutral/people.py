"""Who walks the dialogue, what they do, and what they must read: the oracle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.neutral.dialogue import CHECKED, END, START, VALUES, Question, goodbye, retry, takes

NO_NUMBER, NUMBER = "not a number", "42"
WORDS: Final = (
    *("amber", "birch", "coral", "delta", "ember", "fjord", "grove", "harbour", "indigo"),
    *("juniper", "kelp", "lagoon", "meadow"),
)


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that a person does; `value` is what they write or what stands on the button.

    `read` is what they must read then.
    """

    kind: Literal["begin", "write", "tap"]
    value: str
    read: tuple[str, ...]
    question: str = ""


def walk(dialogue: Mapping[str, Question], person: int) -> list[Doing]:
    """Give all that a person does: thirty answers, one of them wrong at first, after /start.

    Buttons are taken in turn, the arms too, so that three people walk all of them.
    """
    answers: dict[str, str] = {}
    doings = [Doing("begin", "/start", (dialogue[START].text(answers),))]
    name, number = START, 0
    while name != END:
        question, number = dialogue[name], number + 1
        if question.id == CHECKED:
            doings.append(Doing("write", NO_NUMBER, (retry(answers),), name))
        value = answers[name] = _answer(question, person, number)
        assert takes(question, value)
        name = question.leads_to(value)
        text = goodbye(answers) if name == END else dialogue[name].text(answers)
        if question.buttons:
            doings.append(Doing("tap", question.labels()[value], (text,), question.id))
        else:
            doings.append(Doing("write", value, (text,), question.id))
    return doings


def _answer(question: Question, person: int, number: int) -> str:
    if question.buttons:
        return VALUES[(person if question.arms else person + number) % len(VALUES)]
    return NUMBER if question.id == CHECKED else WORDS[(person * 7 + number) % len(WORDS)]
