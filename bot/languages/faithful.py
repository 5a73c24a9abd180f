"""Whether a translation keeps to what its original reads, prints and says in figures."""

import re
from collections.abc import Iterator
from typing import Final

from bot.engine.expression import ExpressionError, Template, compile_template
from bot.languages.texts import Text
from bot.languages.translating import PRINTED, listed_words

_LOGIC: Final = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_PHRASE: Final = re.compile(r"\|\s*phrase\b")
_SHOWN: Final = re.compile(r"\{\{.*?\}\}|\{%-?\s*(?:for\b.*?|endfor)\s*-?%\}", re.DOTALL)
_COMPARED: Final = re.compile(
    r"""(?:==|!=|\bin|[\[(,])\s*(?:"([^"]*)"|'([^']*)')|(?:"([^"]*)"|'([^']*)')\s*(?:not\s+in|in)\b"""
)
_FIGURES: Final = re.compile(r"\d(?:[\d ]*\d)+")


def faults(text: Text, translation: str) -> Iterator[tuple[str, str, str]]:
    """Give what is wrong with one translation: code, message and fix of each fault."""
    figures = _figures(text.original) - _figures(translation)
    for lost in sorted(figures):
        yield (
            "translation-reads",
            f"the translation of '{text.place}' lacks the number {lost}",
            "write it as in the original",
        )
    if text.use == "words" and not listed_words(translation):
        yield "translation-reads", f"no words are left for '{text.place}'", "write at least one"
    if text.use in ("text", "reads"):
        yield from _of_template(text, translation)


def _of_template(text: Text, translation: str) -> Iterator[tuple[str, str, str]]:
    if "{" not in text.original + translation:
        return
    try:
        ours, theirs = _compiled(text.original), _compiled(translation)
    except ExpressionError as error:
        fix = "copy everything in {{ }} and {% %} from the original"
        yield "not-in-the-language", f"'{text.place}': {error}", fix
        return
    place = f"the translation of '{text.place}'"
    for name in sorted(theirs.reads - ours.reads):
        message = f"{place} reads '{name}', which its original doesn't"
        yield "translation-reads", message, "use only the answers that the original uses"
    for name in sorted((theirs.unguarded - ours.unguarded) & ours.reads):
        message = f"{place} prints '{name}' where the person may have left it out"
        fix = "keep the {% if %} that the original has around it"
        yield "translation-reads", message, fix
    for name in sorted(_shown(text.original) - _shown(translation)):
        message = f"{place} leaves '{name}' out"
        yield "translation-reads", message, "show what the original shows"
    for word in sorted(_compared(translation) - _compared(text.original)):
        message = f"{place} compares with '{word}', which its original doesn't"
        fix = "leave the words in conditions as they are: they are names, not texts"
        yield "translation-reads", message, fix


def _compiled(written: str) -> Template:
    return compile_template(_PHRASE.sub("| listed", written))


def _shown(written: str) -> frozenset[str]:
    """Name the answers that are put before the person, not those that only decide."""
    return _compiled("".join(_SHOWN.findall(written))).reads


def _compared(written: str) -> set[str]:
    inside = " ".join(_LOGIC.findall(written))
    return {"".join(groups) for groups in _COMPARED.findall(inside)}


def _figures(written: str) -> set[str]:
    """Give every number of two digits or more outside {{ }}, spaces left out: 999, 116123."""
    return {found.replace(" ", "") for found in _FIGURES.findall(PRINTED.sub(" x ", written))}
