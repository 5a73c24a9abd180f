"""Telling a chat again: what the person said there, said to Kith as it is today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.engine.effects import Say
from bot.engine.understand import folded
from bot.transcripts import Line, Passage, Transcript, message, numbered

MOST_TIMES: Final = 3
"""How often a question that the chat doesn't know is left out before the telling stops."""


class Person(Protocol):
    """Somebody for whom a chat can be told: a rehearsal, or a terminal with its database."""

    def hears(self, words: str | None) -> Sequence[Say]:
        """Give what Kith says to a line; to None, at first."""

    @property
    def key(self) -> str:
        """Name the answer that is awaited; empty on a screen beside the script."""

    @property
    def over(self) -> bool:
        """Say whether the conversation has come to its end."""


@dataclass(frozen=True, slots=True)
class Told:
    """A chat as it goes today. `broke` says what went wrong where it could not go on."""

    chat: Transcript
    broke: str = ""


def tell(chat: Transcript, person: Person, typed: Mapping[str, str]) -> Told:
    """Say the lines of a chat and give the chat as it goes today.

    Without names the lines are said in their order. Where lines name answers, the line that is
    named after the open question is said next; a question that has no line is left out with the
    word for it (`typed` holds these), and what is never asked is never said.
    """
    lines = _Lines(chat.lines, typed, by_name=chat.names_answers)
    remarks = {number: passage.remarks for number, passage in numbered(chat.passages).items()}
    passages: list[Passage] = []
    following: Line | None = None
    broke = ""
    while not broke and (not passages or following):
        try:
            heard = person.hears(following.words if following else None)
            key, over = person.key, person.over
        except Exception as error:  # noqa: BLE001 - a broken script is what is looked for
            broke = f"{type(error).__name__}: {error}"
            passages.append(Passage(()))
            break
        following = lines.after(key, over=over)
        number = following.number if following else 0
        said = tuple(map(message, heard))
        passages.append(
            Passage(said, following, remarks.get(number, ()) if _known(following) else ())
        )
    return Told(Transcript(chat.head, chat.settings, tuple(passages)), broke)


def _known(line: Line | None) -> bool:
    return line is None or line.number > 0


@dataclass(slots=True)
class _Lines:
    """What is still to be said, and which line comes next."""

    all: Sequence[Line]
    typed: Mapping[str, str]
    by_name: bool
    left: list[Line] = field(init=False)
    place: int = 0
    added: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = list(self.all)

    def after(self, key: str, *, over: bool) -> Line | None:
        """Give what is said next, where the question of `key` is open; None at the end."""
        line = self._of_the_chat(key)
        if line:
            self.left.remove(line)
            self.place = self.all.index(line) + 1
            return line
        if not self.left or over or not self.by_name:
            return None
        self.added[key] = self.added.get(key, 0) + 1
        if self.added[key] > MOST_TIMES:
            return None
        return Line(self._word_for("skip" if key else "resume"), key)

    def _of_the_chat(self, key: str) -> Line | None:
        """Find the line for the open question.

        What was said beside the script (help, back, menu) has no name and follows its neighbour.
        """
        follower = self.all[self.place] if self.place < len(self.all) else None
        if follower not in self.left or (follower and follower.answer):
            follower = None
        if not self.by_name or (follower and (not key or self._is_freedom(follower))):
            return follower
        named = next((line for line in self.left if key and line.answer == key), None)
        first = self.left[0] if self.left and not self.left[0].answer else None
        return named or follower or first

    def _is_freedom(self, line: Line) -> bool:
        return line.words.startswith("/") or folded(line.words) in self.typed

    def _word_for(self, freedom: str) -> str:
        words = (word for word, name in self.typed.items() if name == freedom)
        return next(words, f"/{freedom}")
