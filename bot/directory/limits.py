"""How much of a source is read at most, so that no feed can fill the memory or never end."""

from dataclasses import dataclass

from bot.directory.record import SourceUnusable

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes are counted as unpacked. `seconds` is for one whole answer, however slowly it drips."""

    answer: int = 20 * _MB
    file: int = 100 * _MB
    all: int = 2_000 * _MB
    seconds: float = 60
    pages: int = 5_000
    files: int = 200_000
    redirects: int = 5


class Exhausted(SourceUnusable):
    """A source holds more in all than is read of any: nothing more is read of it."""


def in_words(size: int) -> str:
    """Say a number of bytes as a person would: "20 MB"."""
    return f"{size // _MB} MB" if size >= _MB else f"{size} bytes"
