"""What is wrong with the translations of a folder; Babel is not loaded where there are none."""

from collections.abc import Mapping
from pathlib import Path

from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.engine.source import Node
from bot.files import read_catalogues
from bot.languages.ready import listed_in


def translation_complaints(named: Mapping[str, Node], folder: Path) -> list[Diagnostic]:
    """Give every complaint about catalogues, and about languages that are listed as ready."""
    found: list[Diagnostic] = []
    reader = Reader()
    catalogues = read_catalogues(folder, found)
    if not catalogues and not listed_in(named, reader):
        return [*found, *reader.found]
    from bot.languages.checking import check_languages  # noqa: PLC0415 - loads Babel

    return [*found, *check_languages(named, catalogues)]
