"""Typed words that leave a question open: they name nobody, or say that the person doesn't know."""

import re
from collections.abc import Sequence
from typing import Final

from bot.engine.effects import Option
from bot.engine.script import Ask
from bot.engine.understand import folded, match_option

NOBODY: Final = re.compile(r"(nobody|no one|noone|no-one|none)( really| at all| right now| else)?")
UNKNOWN: Final = re.compile(
    r"(i )?((really|just|honestly) )?(don't|dont|do not) ((really|even) )?know( yet| really)?"
    r"|dunno|i dunno|idk|((i'm|im|i am) )?(really )?(not (really )?sure|unsure)( yet)?"
    r"|((i have|i've|i've got) )?no (idea|clue)"
)
"""Whole messages that leave a question in words open, rather than answer it."""


def is_left_open(ask: Ask, options: Sequence[Option], text: str) -> bool:
    """Say whether typed words name nobody, or say that the person doesn't know.

    That is no name, and nobody's own words to be given back; what a button says is an answer.
    """
    said = folded(text)
    if ask.kind in ("person", "place"):
        return bool(NOBODY.fullmatch(said) or UNKNOWN.fullmatch(said))
    if not UNKNOWN.fullmatch(said):
        return False
    return ask.kind == "words" or (ask.own_words and match_option(ask, options, said) is None)
