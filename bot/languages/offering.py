"""The languages that can be offered: listed as ready, wholly translated, with nothing to mend."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.reading import Reader
from bot.engine.source import Node
from bot.languages.catalogues import NotACatalogue, read_catalogue
from bot.languages.checking import code_of, complaints
from bot.languages.manner import manner_of
from bot.languages.progress import progress_of
from bot.languages.ready import listed_in
from bot.languages.texts import texts_in
from bot.languages.translating import readings_of, translated


@dataclass(frozen=True, slots=True)
class Offered:
    """The dialogues in one language: their files, and how values are put into its sentences."""

    code: str
    name: str
    files: Mapping[str, Node]
    readings: Mapping[str, str]
    joins: tuple[str, str]


def offered(named: Mapping[str, Node], catalogues: Mapping[str, str]) -> list[Offered]:
    """Give the languages that may be offered, in the order in which they are listed."""
    files = {code_of(name): name for name in catalogues}
    texts = texts_in(named)
    found = []
    for each in listed_in(named, Reader()):
        manner, name = manner_of(each.code), files.get(each.code)
        if each.lacks or manner is None or name is None:
            continue
        try:
            progress = progress_of(texts, read_catalogue(catalogues[name]))
        except NotACatalogue:
            continue
        if not progress.whole or complaints(texts, progress, name):
            continue
        said = progress.said
        spoken, readings = translated(named, texts, said, manner), readings_of(texts, said)
        joins = (manner.comma, manner.last)
        found.append(Offered(each.code, each.name, spoken, readings, joins))
    return found
