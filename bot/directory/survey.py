"""What lies where in a source: which record of a service counts, and what others add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.documents import Documents
from bot.directory.given import Record, identity, inside
from bot.directory.kinds import AT_LOCATION, ORGANISATION, SERVICE, kind_of_record, opened
from bot.directory.oruk1 import as_hsds3
from bot.directory.record import Refused
from bot.directory.rules import reasons

Place = tuple[str, int]
"""The name of a document, and the number of a record in it."""
_Score = tuple[bool, int]


@dataclass(slots=True)
class Survey:
    """What a first reading has found; records of services themselves are not kept."""

    best: dict[str, tuple[_Score, Place]] = field(default_factory=dict)
    organisations: dict[str, Record] = field(default_factory=dict)
    links: dict[str, list[Any]] = field(default_factory=dict)

    def counts(self, own: str, record: Record, place: Place) -> bool:
        """Tell whether a record is to be taken in: of one id the fullest that is sound.

        Broken ones count too, for their reasons: all of them where none is sound, else only those
        that hold more than the sound one.
        """
        (sound, weight), at = self.best.get(own, ((False, 0), place))
        return at == place or not sound or _weight(record) > weight

    def completed(self, record: Record) -> Record:
        """Add the organisation and the places that other files of the same source hold."""
        added: dict[str, Any] = {}
        named = inside(record, "organization")
        whose = identity(record.get("organization_id")) or identity(named.get("id"))
        if whose in self.organisations and not named.get("name"):
            added["organization"] = self.organisations[whose]
        own = identity(record.get("id"))
        if own in self.links and not record.get("service_at_locations"):
            added["service_at_locations"] = self.links[own]
        return {**record, **added} if added else record


def surveyed(documents: Documents) -> Survey:
    """Read all documents once, and note what lies where."""
    survey = Survey()
    for document in documents():
        if isinstance(document, Refused):
            continue
        file, root = document
        for index, record in enumerate(opened(root).records):
            if isinstance(record, Mapping):
                _note(survey, record, (file, index))
    return survey


def _note(survey: Survey, record: Record, place: Place) -> None:
    own = identity(record.get("id"))
    match kind_of_record(record):
        case kind if kind == SERVICE and own:
            score = (not reasons(as_hsds3(record)), _weight(record))
            if own not in survey.best or score > survey.best[own][0]:
                survey.best[own] = (score, place)
        case kind if kind == ORGANISATION and own:
            kept = ("id", "name", "website", "url", "email", "phones", "contacts")
            survey.organisations[own] = {name: record[name] for name in kept if name in record}
        case kind if kind == AT_LOCATION:
            link = {name: value for name, value in record.items() if name != "service"}
            whose = identity(inside(record, "service").get("id") or record.get("service_id"))
            # The same link may stand in a list and in a file of its own.
            others = [e for e in survey.links.get(whose, []) if e.get("id") != record.get("id")]
            survey.links[whose] = [*others, link][:50]


def _weight(record: Record) -> int:
    """Count the fields that say something, and what lies in their lists."""
    lists = (len(value) for value in record.values() if isinstance(value, list))
    return sum(value not in (None, "", [], {}) for value in record.values()) + sum(lists)
