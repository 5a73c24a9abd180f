"""From dialogues and the translations of their texts to the same dialogues in that language."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.source import Node
from bot.languages.manner import Manner
from bot.languages.texts import Text

PRINTED: Final = re.compile(r"\{\{(-?)\s*(.*?)\s*(-?)\}\}", re.DOTALL)
_COMMAS: Final = re.compile("[,\u060c\u3001\uff0c]")
_LISTED: Final = re.compile(r"\|\s*listed\b")
_NEW: Final = {"text", "plain", "words", "reads"}


def translated(
    named: Mapping[str, Node], texts: Iterable[Text], said: Mapping[str, str], manner: Manner
) -> dict[str, Node]:
    """Give the files with what `said` has by context; the author's words stay beside it.

    So a question is the same one in every language.
    """
    changes = {id(t.node): (t, said[t.context]) for t in texts if t.use in _NEW}
    return {name: _changed(node, changes, manner) for name, node in named.items()}


def readings_of(texts: Iterable[Text], said: Mapping[str, str]) -> dict[str, str]:
    """Give how values that people read are written in this language."""
    return {text.original: said[text.context] for text in texts if text.use == "reading"}


def listed_words(words: str) -> list[str]:
    """Take apart what was written with commas between, also with those of other scripts."""
    return [word.strip() for word in _COMMAS.split(words) if word.strip()]


def _changed(node: Node, changes: Mapping[int, tuple[Text, str]], manner: Manner) -> Node:
    text, words = changes.get(id(node), (None, ""))
    match node.value:
        case _ if text and text.use == "words":
            items = [replace(node, value=word, said=word) for word in listed_words(words)]
            return replace(node, value=items)
        case list(items):
            return replace(node, value=[_changed(item, changes, manner) for item in items])
        case dict(pairs):
            inside = {key: _changed(value, changes, manner) for key, value in pairs.items()}
            if text and text.use == "reads":
                written = replace(node, value=text.original, said=dressed(words, manner))
                inside["reads"] = written
            return replace(node, value=inside)
        case _ if text:
            return replace(node, said=dressed(words, manner) if text.use == "text" else words)
        case _:
            return node


def dressed(words: str, manner: Manner) -> str:
    """Let a text put values into its sentences in the manner of its language."""
    joined = f"| joined({_quoted(manner.comma)}, {_quoted(manner.last)})"
    alone = "| isolated " if manner.right_to_left else ""

    def dress(found: re.Match[str]) -> str:
        inner = _LISTED.sub(joined, found[2])
        return f"{{{{{found[1]} ({inner}) | read_as(readings) {alone}{joined} {found[3]}}}}}"

    return PRINTED.sub(dress, words)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
