"""What a walk can find wrong with a dialogue."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.engine.effects import Say
from bot.engine.screens import KEEP_IT, Open

Kind = Literal["crash", "dead end", "endless", "loop", "unrendered", "not storable"]

UNRENDERED: Final = re.compile(
    r"\{[{%]|[}%]\}|\bAbsent\b|\bUNASKED\b|\bSKIPPED\b"
    r"|(?<=[\w,;] )None\b(?! of\b)|\bNone\b(?= (?!of\b)\w)"
)
"""Parts of a template, and absent values as programs write them; "None of these" is English."""
_AROUND: Final = 40


class Stuck(Exception):
    """A walk found something; `place` names script and step."""

    def __init__(self, kind: Kind, what: str, place: tuple[str, str]) -> None:
        super().__init__(what)
        self.kind = kind
        self.what = what
        self.place = place


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at one place, the seed of a walk that shows it, and answers that lead there.

    `trail` is all that was done; it is empty where the answers alone lead there, all others left
    out.
    """

    kind: Kind
    what: str
    place: tuple[str, str]
    seed: int
    answers: tuple[tuple[str, str], ...] = ()
    trail: tuple[str, ...] = ()

    @property
    def same(self) -> tuple[Kind, str, tuple[str, str]]:
        """Give what two walks that found the same have in common."""
        return self.kind, self.what, self.place


def unrendered(said: Iterable[Say], typed: Sequence[str]) -> str:
    """Give what looks like a part of a template in what is said, but for the person's own words."""
    for effect in said:
        for text in (effect.text, *(option.label for option in effect.options)):
            for words in typed:
                text = text.replace(words, "")  # noqa: PLW2901 - each takes away from the last
            if bad := UNRENDERED.search(text):
                start = max(0, bad.start() - _AROUND)
                return " ".join(text[start : bad.end() + _AROUND].split())
    return ""


def unanswerable(now_open: Open) -> bool:
    """Say whether a question can be left out, but not answered."""
    ask = now_open.ask
    if ask is None or ask.kind not in ("choice", "several", "stones"):
        return False
    nothing = not [option for option in now_open.options if option.value != KEEP_IT]
    return nothing and (ask.kind == "stones" or not ask.own_words)
