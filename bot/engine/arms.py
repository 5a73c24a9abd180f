"""What holds of a text whichever way its conditions turn."""

from collections.abc import Iterable, Sequence
from typing import Final

from jinja2 import nodes

from bot.engine.expression import Template

LOOPED: Final = 3
"""So many items are counted for a list whose length nobody knows."""
NAMED: Final = 3
"""So many words are counted for an answer that is printed."""


def always_says(template: Template, names: Iterable[str], words: Iterable[str]) -> bool:
    """Say whether every way through a text prints one of these answers or says one of these words.

    A list that may be empty counts for nothing.
    """
    wanted, spoken = frozenset(names), tuple(word.casefold() for word in words)
    return _says(template.body, wanted, spoken)


def _says(body: Sequence[nodes.Node], names: frozenset[str], words: Sequence[str]) -> bool:
    return any(_one_says(node, names, words) for node in body)


def _one_says(node: nodes.Node, names: frozenset[str], words: Sequence[str]) -> bool:
    match node:
        case nodes.TemplateData(data=data):
            said = data.casefold()
            return any(word in said for word in words)
        case nodes.Output(nodes=pieces):
            return _says(pieces, names, words)
        case nodes.If(body=then, elif_=elifs, else_=otherwise):
            arms = [then, *(arm.body for arm in elifs), otherwise]
            return all(_says(arm, names, words) for arm in arms)
        case nodes.For():
            return False
        case _:
            inner = [node, *node.find_all(nodes.Name)]
            return any(isinstance(each, nodes.Name) and each.name in names for each in inner)


def most_words(template: Template) -> int:
    """Give how many words the longest way through a text has."""
    return _words(template.body)


def _words(body: Sequence[nodes.Node]) -> int:
    return sum(_words_of(node) for node in body)


def _words_of(node: nodes.Node) -> int:
    match node:
        case nodes.TemplateData(data=data):
            return len(data.split())
        case nodes.Output(nodes=pieces):
            return _words(pieces)
        case nodes.If(body=then, elif_=elifs, else_=otherwise):
            return max(_words(arm) for arm in [then, *(arm.body for arm in elifs), otherwise])
        case nodes.For(body=inner):
            return LOOPED * _words(inner)
        case _:
            return NAMED
