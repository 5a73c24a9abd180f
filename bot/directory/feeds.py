"""JSON of HSDS 3 and Open Referral UK, from a file, a folder, a zip or an API, into entries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.directory.crawl import crawl
from bot.directory.documents import documents_of
from bot.directory.entries import Intake
from bot.directory.fetching import address_of
from bot.directory.limits import Limits
from bot.directory.reading import read_documents
from bot.directory.record import Entry

_USUAL: Final = Limits()


def read_feed(where: str, source: str, limits: Limits = _USUAL) -> Iterator[Entry]:
    """Give every service of a source once, every refusal with its reasons, and every doubt.

    `where` is a file, a folder, a zip or a web address. Of several records with one id the fullest
    sound one is taken (of an API, the first). Raises SourceUnusable, at once or midway, where
    nothing more can be read; what was given before is whole.
    """
    intake = Intake(source)
    if "://" in where:
        yield from crawl(address_of(where), intake, limits)
    else:
        path = Path(where)
        yield from read_documents(documents_of(path, limits), path.name, intake)
