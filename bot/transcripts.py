"""Conversations written down as chats: reading one, and writing it again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.channels.recording import INDENT, KITH, message_lines, plain_lines, you_line
from bot.engine.effects import Say

IN_GROUP: Final = "In the group"
CHANGED: Final = "In the group, changed"
"""How a post in a group begins, and one that takes the place of another."""
SETTINGS: Final = ("dialogue", "contact", "places", "group", "members")
_YOU: Final = re.compile(r"you(?: \((?P<answer>.+?)\))?:(?P<words>\s.*)?")
_VOICE: Final = re.compile(r"(?P<who>[^\W\d_][\w', -]{0,30}):(?P<words>\s.*)?")
_KITH: Final = re.compile(r"kith:(?P<words>\s.*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """What the person said. `answer` names what it answers, `number` is its line in the file.

    A line that stands in no file has the number 0. `who` said it, where several people do.
    """

    words: str
    answer: str = ""
    number: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What Kith said at once, as bare lines; `number` is where it begins in the file.

    `place` is empty in private, and else how its line begins in a chat of a group.
    """

    lines: tuple[str, ...]
    number: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What Kith said up to a line of the person's, and that line; the last passage has none.

    `remarks` are comments within the chat, each with how many messages stand before it.
    """

    kith: tuple[Message, ...]
    you: Line | None = None
    remarks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A chat as a file: its head (comments and settings), and the conversation in order.

    `strange` holds lines that are neither head, comment, Kith's nor the person's.
    """

    head: tuple[str, ...]
    settings: dict[str, str]
    passages: tuple[Passage, ...]
    strange: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give the lines of the person's in order."""
        return tuple(passage.you for passage in self.passages if passage.you)

    @property
    def said(self) -> tuple[str, ...]:
        """Give what the person said, in order."""
        return tuple(line.words for line in self.lines)

    @property
    def names_answers(self) -> bool:
        """Say whether any line names the answer that it gives."""
        return any(line.answer for line in self.lines)


def message(effect: Say, place: str = "") -> Message:
    """Give what Kith says as a message of a chat."""
    return _closed(Message(tuple(plain_lines(effect)), place=place))


def read_transcript(text: str) -> Transcript:
    """Read a chat. Whatever stands in it is read; a line that means nothing is in `strange`."""
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        reading.takes(number, line.rstrip())
    return reading.transcript()


def write_transcript(transcript: Transcript) -> str:
    """Write a chat as the text of a file; reading it gives the same chat."""
    lines = [*transcript.head, ""] if transcript.head else []
    for passage in transcript.passages:
        lines += _passage_lines(passage)
    return "\n".join(lines).strip("\n") + "\n"


def _passage_lines(passage: Passage) -> Iterable[str]:
    for place in range(len(passage.kith) + 1):
        last = place == len(passage.kith)
        here = [text for n, text in passage.remarks if n == place or (last and n > place)]
        yield from [*here, ""] if here else []
        if not last:
            said = passage.kith[place]
            yield from message_lines(said.lines, said.place or KITH)
    if passage.you:
        yield from (you_line(passage.you.words, passage.you.answer, passage.you.who), "")


def _setting(line: str) -> tuple[str, str] | None:
    name, colon, value = line.partition(":")
    return (name, value.strip()) if colon and name in SETTINGS else None


@dataclass(slots=True)
class _Reading:
    """A chat that is being read, line by line."""

    head: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    strange: list[Line] = field(default_factory=list)

    def takes(self, number: int, line: str) -> None:
        begun = bool(self.messages or self.passages)
        if line.startswith("#") or (not begun and _setting(line)):
            self._aside(line, begun=begun)
        elif you := _YOU.fullmatch(line):
            words = (you["words"] or "").strip()
            self._passage(Line(words, you["answer"] or "", number))
        elif self.in_group and (said := _VOICE.fullmatch(line)) and said["who"] != KITH:
            words, who = (said["words"] or "").strip(), said["who"]
            if who in (IN_GROUP, CHANGED):
                self.messages.append(Message((words,), number, who))
            else:
                self._passage(Line(words, "", number, who))
        elif kith := _KITH.fullmatch(line):
            self.messages.append(Message(((kith["words"] or "")[1:],), number))
        elif self.messages and (not line or line.startswith(" ")):
            more = line[len(INDENT) :] if line.startswith(INDENT) else line.lstrip()
            last = self.messages[-1]
            self.messages[-1] = replace(last, lines=(*last.lines, more))
        elif line:
            self.strange.append(Line(line, "", number))

    @property
    def in_group(self) -> bool:
        """Say whether this is the chat of a group, in which everybody goes by a name."""
        return any(line.startswith("group:") for line in self.head)

    def _aside(self, line: str, *, begun: bool) -> None:
        if begun:
            self.remarks.append((len(self.messages), line))
        else:
            self.head.append(line)

    def _passage(self, you: Line | None) -> None:
        messages = tuple(map(_closed, self.messages))
        self.passages.append(Passage(messages, you, tuple(self.remarks)))
        self.messages, self.remarks = [], []

    def transcript(self) -> Transcript:
        self._passage(None)
        settings = dict(pair for line in self.head if (pair := _setting(line)))
        return Transcript(tuple(self.head), settings, tuple(self.passages), tuple(self.strange))


def _closed(said: Message) -> Message:
    """Leave out empty lines after the last word, and spaces at the ends of lines."""
    lines = [line.rstrip() for line in said.lines]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return replace(said, lines=tuple(lines))


def numbered(passages: Sequence[Passage]) -> dict[int, Passage]:
    """Give passages by the number of the person's line that ends them; the last by 0."""
    return {passage.you.number if passage.you else 0: passage for passage in passages}
