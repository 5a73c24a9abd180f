"""What is compared with: SQLite's full text search with a table of synonyms, as first measured."""

import re
import sqlite3
from collections.abc import Mapping, Sequence

from bot.directory.service import Service

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = """
a an and are as at be been by for from had has have i i'm im in is it its me my of on or our s so t
that the them they this to too was we with you your can could do does don dont
"""
_FILLER = frozenset(_SMALL.split())


class PlainSearch:
    """FTS5 with Porter's stems; name, also, organisation, description, terms weigh 3/2/1/1/3."""

    def __init__(self, services: Sequence[Service], synonyms: Mapping[str, Sequence[str]]) -> None:
        self.synonyms = synonyms
        self.services = services
        self.data = sqlite3.connect(":memory:")
        columns = "name, also, organisation, what, terms"
        self.data.execute(f"create virtual table found using fts5({columns}, tokenize='porter')")
        rows = [(s.name, s.also, s.organisation, s.what, "; ".join(s.terms)) for s in services]
        self.data.executemany("insert into found values (?, ?, ?, ?, ?)", rows)

    def find(self, query: str, limit: int) -> list[Service]:
        """Give the services that any word of the query, or a synonym of it, leads to."""
        lowered = query.lower().replace("'", "")
        parts = [word for word in _WORD.findall(lowered) if word not in _FILLER]
        for said, written in self.synonyms.items():
            if re.search(rf"\b{re.escape(said)}\b", query.lower()):
                parts += written
        asked = " OR ".join(f'"{part}"' for part in dict.fromkeys(parts))
        ranked = "select rowid from found where found match ? order by bm25(found, 3, 2, 1, 1, 3)"
        rows = self.data.execute(f"{ranked} limit ?", (asked, limit)) if asked else []
        return [self.services[row - 1] for (row,) in rows]
