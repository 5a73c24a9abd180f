"""Writing a conversation down as a chat that people can read and a test can run."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.engine.effects import Option, Say

INDENT: Final = "      "
KITH: Final = "kith"
NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})
_NUMBERS: Final = re.compile(r"\d+(?:[\s,]+\d+)*")
_CONCERN: Final = re.compile(
    r"\(concern: (suicide|self-harm|abuse|child|others|medical), (explicit|unclear)\)"
)
_JOINING: Final = re.compile(r"[,;&+]|\band\b", re.IGNORECASE)


class Recorder:
    """Writes each line at once, so that nothing is lost when the conversation breaks off."""

    def __init__(self, file: Path, settings: Mapping[str, str] = NO_SETTINGS) -> None:
        self._file = file
        self._file.write_text("", encoding="utf-8")
        head = [f"{name}: {value}" for name, value in settings.items() if value]
        if head:
            self._add([*head, ""])

    def kith(self, effect: Say) -> None:
        """Write what Kith said."""
        self._add(kith_lines(effect))

    def you(self, words: str, answer: str = "") -> None:
        """Write what the person said, with the name of the answer where a question was open."""
        self._add([you_line(words, answer), ""])

    def _add(self, lines: list[str]) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def kith_lines(effect: Say) -> list[str]:
    """Give an effect as the lines of a chat: the text, then what can be picked in brackets."""
    return message_lines(plain_lines(effect))


def plain_lines(effect: Say) -> list[str]:
    """Give an effect as bare lines: the text, then what can be picked in brackets."""
    return [*effect.text.split("\n"), *(f"[{option.label}]" for option in effect.options)]


def message_lines(lines: Sequence[str], place: str = KITH) -> list[str]:
    """Write bare lines as one message of Kith's, with an empty line after it."""
    first, *rest = lines
    return [f"{place}: {first}".rstrip(), *(f"{INDENT}{line}".rstrip() for line in rest), ""]


def you_line(words: str, answer: str = "", who: str = "") -> str:
    """Write what the person said; `answer` is the name of what it answers, `who` their own."""
    if who:
        return f"{who}: {words}".rstrip()
    return (f"you ({answer}): {words}" if answer else f"you:  {words}").rstrip()


def concern_line(kind: str, tier: str) -> str:
    """Write, in place of words that raised a concern, which one: the words go nowhere."""
    return f"(concern: {kind}, {tier})"


def concern_in(words: str) -> tuple[str, str] | None:
    """Read what `concern_line` wrote: class and tier; None where it is something else."""
    found = _CONCERN.fullmatch(words)
    return (found[1], found[2]) if found else None


def in_words(line: str, options: Sequence[Option], asks: str | None) -> str:
    """Write numbers as what they stood for, so that a record reads as a chat.

    Numbers stay where they are the answer itself, and where the words could be read otherwise.
    """
    if asks not in ("choice", "several", "yes/no") or not _NUMBERS.fullmatch(line):
        return line
    places = [int(number) for number in re.findall(r"\d+", line)]
    if not all(1 <= place <= len(options) for place in places):
        return line
    labels = [options[place - 1].label for place in places]
    if len(labels) == 1:
        return labels[0]
    if asks != "several" or any(_JOINING.search(label) for label in labels):
        return line
    return ", ".join(labels)
