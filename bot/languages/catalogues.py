"""Gettext catalogues as Weblate and other tools read them, written from the dialogues' texts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.languages.texts import Text

_WAS: Final = "Was: "
_PASSING: Final = re.compile(
    r'^"(?:POT-Creation-Date|Generated-By|Report-Msgid-Bugs-To|Project-Id-Version): .*\n',
    re.MULTILINE,
)
"""Lines of the header that would change although no text did, or say nothing."""
_LINE: Final = re.compile(r'|#.*|(?:msg[a-z_]+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*"')
_HEADER: Final = """\
# What Kith says, to be put into another language.
# Each entry names its file, step and field; the link leads to the line in the dialogue.
# Leave everything in {{ }} and {% %} as it is; the words between may move."""


class NotACatalogue(Exception):
    """A file can't be read as a catalogue; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """One text as a catalogue has it; `line` says where, counted from 1.

    `outdated` where the original has changed since; `was` is then the original that was translated.
    """

    original: str
    translation: str
    line: int
    outdated: bool = False
    was: str = ""
    notes: tuple[str, ...] = ()


def read_catalogue(written: str) -> dict[str, Entry]:
    """Give the entries by their contexts, those no longer used as well. Raises NotACatalogue."""
    catalogue = _read(written)
    used = [message for message in catalogue if message.id]
    return {
        str(message.context): _entry(message) for message in (*catalogue.obsolete.values(), *used)
    }


def template_of(texts: Iterable[Text]) -> str:
    """Write the template: every text, not translated. The same texts give the same file."""
    catalogue = _empty("")
    for text in texts:
        _add(catalogue, text, Entry(text.original, "", 0))
    return _written(catalogue)


def updated(code: str, texts: Sequence[Text], written: str = "") -> str:
    """Write the catalogue of a language for the texts of today; `written` is what it was so far.

    A translation whose original changed stays, marked as fuzzy. One whose text is gone is kept as a
    comment. Raises NotACatalogue.
    """
    before = _read(written)
    entries = read_catalogue(written)
    catalogue = _empty(code, before if written else None)
    for text in texts:
        _add(catalogue, text, today(text, entries))
    current = {text.context for text in texts}
    for context, entry in entries.items():
        if context not in current and entry.translation:
            gone = Message(entry.original, entry.translation, context=context)
            catalogue.obsolete[context] = gone
    return _written(catalogue)


def today(text: Text, entries: Mapping[str, Entry]) -> Entry:
    """Give the entry of a text, found by the ids that its step has or had; an empty one if none."""
    names = (text.context, *text.was)
    found = next((entries[name] for name in names if name in entries), None)
    if found is None:
        return Entry(text.original, "", 0)
    if not found.translation.strip():
        return replace(found, original=text.original, translation="", outdated=False, was="")
    if found.original == text.original:
        return found
    was = found.was or found.original
    return replace(found, original=text.original, outdated=True, was=was)


def _read(written: str) -> Catalog:
    for number, line in enumerate(written.splitlines(), 1):
        if not _LINE.fullmatch(line.strip()):
            message = "this line is no part of a catalogue; often a quote is missing"
            raise NotACatalogue(message, number)
    try:
        return read_po(StringIO(written), abort_invalid=True)
    except PoFileError as error:
        raise NotACatalogue(str(error.args[0]), error.lineno + 1) from None
    except ValueError as error:
        raise NotACatalogue(str(error), 1) from None


def _entry(message: Message) -> Entry:
    comments = " ".join(message.auto_comments)
    notes = tuple(note for note in message.user_comments if not note.startswith("|"))
    return Entry(
        str(message.id),
        str(message.string or ""),
        message.lineno or 1,
        message.fuzzy,
        comments.partition(_WAS)[2],
        notes,
    )


def _empty(code: str, before: Catalog | None = None) -> Catalog:
    return Catalog(
        locale=code or None,
        charset="utf-8",
        fuzzy=False,
        header_comment=before.header_comment if before else _HEADER,
        last_translator=before.last_translator if before else None,
        language_team=before.language_team if before else None,
        revision_date=before.revision_date if before else None,
    )


def _add(catalogue: Catalog, text: Text, entry: Entry) -> None:
    about = [text.about, f"{_WAS}{' '.join(entry.was.split())}"] if entry.was else [text.about]
    message = catalogue.add(
        text.original,
        entry.translation,
        locations=[(text.node.file, text.line)],
        auto_comments=about,
        user_comments=entry.notes,
        context=text.context,
    )
    message.flags = {"fuzzy"} if entry.outdated else set()


def _written(catalogue: Catalog) -> str:
    out = BytesIO()
    write_po(out, catalogue)
    return _PASSING.sub("", out.getvalue().decode()).rstrip("\n") + "\n"
