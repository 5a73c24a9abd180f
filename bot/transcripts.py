"""Conversations written down as chats: reading what the person said, and telling it again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.channels.recording import kith_lines
from bot.engine.effects import Say

YOU: Final = "you: "
SETTINGS: Final = ("dialogue", "contact")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A chat as a file: its head (comments and settings), and what the person said in order."""

    head: tuple[str, ...]
    settings: dict[str, str]
    said: tuple[str, ...]


def read_transcript(text: str) -> Transcript:
    """Read a chat. Lines of Kith's are left aside: they are what telling it again has to equal."""
    head: list[str] = []
    said: list[str] = []
    for line in text.splitlines():
        if line.startswith(YOU):
            said.append(line.removeprefix(YOU).strip())
        elif line.startswith("#") or (not said and _setting(line)):
            head.append(line)
    settings = dict(pair for line in head if (pair := _setting(line)))
    return Transcript(tuple(head), settings, tuple(said))


def tell(transcript: Transcript, answer: Callable[[str | None], Iterable[Say]]) -> str:
    """Give the whole chat as text. `answer` gives what Kith says to a line; to None, at first."""
    return "\n".join([*transcript.head, "", *_lines(transcript, answer)]).rstrip() + "\n"


def _lines(transcript: Transcript, answer: Callable[[str | None], Iterable[Say]]) -> Iterator[str]:
    for words in (None, *transcript.said):
        if words is not None:
            yield f"{YOU} {words}".rstrip()
            yield ""
        for effect in answer(words):
            yield from kith_lines(effect)


def _setting(line: str) -> tuple[str, str] | None:
    name, colon, value = line.partition(":")
    return (name, value.strip()) if colon and name in SETTINGS else None
