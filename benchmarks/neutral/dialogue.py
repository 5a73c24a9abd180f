"""The neutral dialogue: as many questions as one likes, of which everybody is asked thirty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

START: Final = "q01"
END: Final = "end"
CHECKED: Final = "q05"
LEAST, MOST = 1, 120
VALUES: Final = ("a", "b", "c")
ASKED: Final = 30
SMALLEST: Final = 42
_ARMS: Final = {"a": "a13", "b": "b13", "c": "c13"}
_TOPICS: Final = (
    *("city", "garden", "river", "kitchen", "holiday", "music", "family", "school", "winter"),
    *("market", "letter", "bridge", "morning", "recipe", "window", "forest", "station"),
    *("library", "summer", "island"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One state: buttons or free text, the two earlier answers it repeats, where it leads.

    `arms` is where each answer leads at the fork; elsewhere it is empty and `then` follows.
    """

    id: str
    topic: str
    buttons: bool
    earlier: tuple[str, ...]
    then: str
    arms: Mapping[str, str]

    def labels(self) -> Mapping[str, str]:
        """Give what stands on the buttons, by the value behind them."""
        return {v: f"{v.upper()} {self.topic}" for v in VALUES} if self.buttons else {}

    def text(self, answers: Mapping[str, str]) -> str:
        """Write the question; `answers` may hold placeholders of a template language instead."""
        text = f"Question {self.id} about the {self.topic}."
        if self.earlier:
            first, second = (answers[name] for name in self.earlier)
            text += f" Earlier you said {first} and then {second};"
            text += f" keeping that in mind, what do you think of the {self.topic} now?"
        else:
            text += f" What do you think of the {self.topic}?"
        if self.id == CHECKED:
            text += f" Please give a whole number from {LEAST} to {MOST}."
        return text

    def leads_to(self, value: str) -> str:
        """Give the question after this one, or the end."""
        return self.arms[value] if self.arms else self.then


def retry(answers: Mapping[str, str]) -> str:
    """Write what is said to somebody whose number was none."""
    return f"That is not a whole number from {LEAST} to {MOST}, {answers[START]}. Try again."


def goodbye(answers: Mapping[str, str]) -> str:
    """Write the last text."""
    last = answers["q30"]
    return f"Thank you, {answers[START]}. Your last answer was {last}. Goodbye."


def takes(question: Question, value: str) -> bool:
    """Say whether a question takes this answer: anything, or at one question a whole number."""
    return question.id != CHECKED or (value.isdigit() and LEAST <= int(value) <= MOST)


def dialogue(states: int = SMALLEST) -> dict[str, Question]:
    """Give the dialogue by the ids of its questions: twelve, one of three arms of six, twelve.

    Beyond 42 questions the rest hang together in one further arm that nobody of ours takes.
    """
    first = [f"q{number:02d}" for number in range(1, 13)]
    last = [f"q{number:02d}" for number in range(19, ASKED + 1)]
    made = [*_row(first, 1, "", ()), *_spare(states - SMALLEST)]
    for arm in VALUES:
        inside = [f"{arm}{number:02d}" for number in range(13, 19)]
        made += _row(inside, 13, last[0], ("q11", "q12"))
    made += _row(last, 19, END, ("q10", "q11"))
    return {question.id: question for question in made}


def _row(names: list[str], number: int, then: str, before: tuple[str, ...]) -> Iterator[Question]:
    """Give questions that follow each other; each repeats the two answers before it."""
    said = [*before, *names]
    for place, name in enumerate(names):
        at = place + len(before)
        following = names[place + 1] if place + 1 < len(names) else then
        yield _question(name, number + place, tuple(said[at - 2 : at] if at > 1 else ()), following)


def _spare(count: int) -> Iterator[Question]:
    for number in range(count):
        following = f"x{number + 1:05d}" if number + 1 < count else END
        yield _question(f"x{number:05d}", number, ("q10", "q11"), following)


def _question(name: str, number: int, earlier: tuple[str, ...], then: str) -> Question:
    topic = _TOPICS[number % len(_TOPICS)]
    return Question(name, topic, number % 2 == 0, earlier, then, {} if then else _ARMS)
