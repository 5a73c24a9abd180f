"""The catalogues in `dialogues/languages/`, brought up to date with the dialogues."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.engine.diagnostics import Diagnostic
from bot.files import read_catalogues, read_folder
from bot.languages.catalogues import NotACatalogue, read_catalogue, template_of, updated
from bot.languages.checking import code_of, not_a_catalogue
from bot.languages.manner import manner_of
from bot.languages.progress import progress_of
from bot.languages.texts import Text, texts_in

TEMPLATE: Final = "kith.pot"
MOST_LISTED: Final = 40


class NotALanguage(Exception):
    """No language goes by this code."""


def bring_up_to_date(folder: Path, language: str = "") -> tuple[list[str], list[Diagnostic]]:
    """Write the template and every catalogue anew; give how far each is, and what can't be read.

    A `language` that has no catalogue yet gets one. What can't be read is left as it was; where
    that is a dialogue, nothing is written. Raises NotALanguage.
    """
    if language and manner_of(language) is None:
        raise NotALanguage(language)
    found: list[Diagnostic] = []
    texts = texts_in(read_folder(folder, found))
    if found:
        return [], found
    catalogues = read_catalogues(folder, found)
    new = f"{folder.name}/languages/{language}.po"
    if language and all(each.file != new for each in found):
        catalogues.setdefault(new, "")
    place = folder / "languages"
    place.mkdir(exist_ok=True)
    (place / TEMPLATE).write_text(template_of(texts), encoding="utf-8")
    lines = [f"{TEMPLATE}: {len(texts)} texts"]
    for name, before in sorted(catalogues.items()):
        try:
            written = updated(code_of(name), texts, before)
        except NotACatalogue as error:
            found.append(not_a_catalogue(name, error))
            continue
        (folder.parent / name).write_text(written, encoding="utf-8")
        lines += _told(code_of(name), texts, written)
    return lines, found


def _told(code: str, texts: Sequence[Text], written: str) -> Iterator[str]:
    """Say how far a language is, and where something is missing once it has been begun."""
    progress = progress_of(texts, read_catalogue(written))
    yield f"{code}: {progress}"
    for what, some in (("outdated", progress.outdated), ("missing", progress.missing)):
        firsts: dict[str, Text] = {}
        for text in some if progress.said else ():
            firsts.setdefault(text.place, text)
        for text in list(firsts.values())[:MOST_LISTED]:
            yield f"  {text.node.file}:{text.line} {text.place}: {what}"
        if len(firsts) > MOST_LISTED:
            yield f"  and {len(firsts) - MOST_LISTED} more: {what}"
