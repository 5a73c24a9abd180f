"""What people say when they need something, and how directories call what could help."""

from dataclasses import dataclass
from typing import Final, Literal, cast

from bot.engine.reading import Reader
from bot.engine.source import Node

Side = Literal["me", "other", "both", ""]
_KEYS: Final = ("id", "said", "found", "for", "not")
_SIDES: Final = ("me", "other", "both")


@dataclass(frozen=True, slots=True)
class Need:
    """One need: how people put it, how directories do, and for whom the help is."""

    id: str
    said: tuple[str, ...]
    found: tuple[str, ...]
    side: Side = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """All needs, the words that mean the same, and the words for people one cares for."""

    needs: tuple[Need, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    others: tuple[tuple[str, ...], ...] = ()


def read_needs(reader: Reader, node: Node | None) -> Needs:
    """Read the file of needs; what is wrong with it goes to the reader."""
    if node is None:
        return Needs()
    reader.known_keys(node, ("needs", "words", "others"))
    entries = reader.items(node.get("needs"))
    needs = tuple(_need(reader, entry) for entry in entries)
    _once(reader, entries)
    _one_side(reader, entries)
    words = tuple(_texts(reader, group) for group in reader.items(node.get("words")))
    for group in reader.items(node.get("words")):
        if len(reader.items(group)) == 1:
            fix = "write at least two words in one pair of square brackets: [mum, mom]"
            reader.complain(group, "word-alone", "one word alone means the same as nothing", fix)
    others = tuple(_texts(reader, row) for row in reader.items(node.get("others")))
    return Needs(needs, words, others)


def _need(reader: Reader, node: Node) -> Need:
    reader.known_keys(node, _KEYS)
    reader.needed_keys(node, ("id", "said", "found"))
    side = reader.one_of(node.get("for"), _SIDES, "unknown-side", "")
    return Need(
        id=reader.text(node.get("id")),
        said=_texts(reader, node.get("said")),
        found=_texts(reader, node.get("found")),
        side=cast("Side", side),
        wrong=_texts(reader, node.get("not")),
    )


def _texts(reader: Reader, node: Node | None) -> tuple[str, ...]:
    texts = (reader.text(item).strip() for item in reader.items(node))
    return tuple(text for text in texts if text)


def _once(reader: Reader, entries: list[Node]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = reader.text(entry.get("id"))
        if name and name in seen:
            fix = "give it an id of its own, or put the two together"
            reader.complain(entry.get("id") or entry, "double-id", f"'{name}' is here twice", fix)
        seen.add(name)


def _one_side(reader: Reader, entries: list[Node]) -> None:
    for entry in entries:
        found = {reader.text(item).casefold() for item in reader.items(entry.get("found"))}
        for item in reader.items(entry.get("not")):
            word = reader.text(item)
            if word.casefold() in found:
                message = f"'{word}' is under found and under not"
                reader.complain(item, "both-sides", message, "keep it in one of the two")
