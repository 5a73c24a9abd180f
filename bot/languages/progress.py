"""How far a language has come: which texts are translated, missing or outdated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.languages.catalogues import Entry, today
from bot.languages.texts import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """The texts of today, by what has become of each in one language; `said` by its context."""

    said: Mapping[str, str]
    entries: Mapping[str, Entry]
    missing: Sequence[Text]
    outdated: Sequence[Text]

    @property
    def whole(self) -> bool:
        """Say whether every text is translated, and none is outdated."""
        return not self.missing and not self.outdated

    def __str__(self) -> str:
        done, missing, outdated = len(self.said), len(self.missing), len(self.outdated)
        whole = done + missing + outdated
        return f"{done} of {whole} translated, {missing} missing, {outdated} outdated"


def progress_of(texts: Iterable[Text], entries: Mapping[str, Entry]) -> Progress:
    """Compare the texts of today with a catalogue as it was read."""
    found = [(text, today(text, entries)) for text in texts]
    return Progress(
        said={t.context: e.translation for t, e in found if e.translation and not e.outdated},
        entries={text.context: entry for text, entry in found},
        missing=[text for text, entry in found if not entry.translation],
        outdated=[text for text, entry in found if entry.outdated],
    )
