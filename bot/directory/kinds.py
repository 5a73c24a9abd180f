"""What a JSON document of a directory holds: services, or something else that has a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.directory.given import Record, number
from bot.directory.oruk1 import MARKS

_PAGES: Final = ("contents", "content", "items", "services", "results", "data")
_HEADERS: Final = [
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "totalElements",
    "totalPages",
    "number",
    "first",
    "last",
    "next",
    "links",
    "pageable",
]
_SERVICE: Final = MARKS | frozenset(
    [
        "status",
        "fees",
        "fees_description",
        "application_process",
        "organization",
        "organization_id",
        "service_at_locations",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
        "assurer_email",
        "schedules",
        "service_areas",
        "cost_options",
    ]
)
# What a place or an organisation may have as well says nothing.
_SURELY: Final = _SERVICE - {"organization", "organization_id", "schedules"}
_OTHERS: Final = {
    "a place where a service is (service_at_location)": ({"location", "service"}, {"location_id"}),
    "a place": ({"location_type"}, {"latitude", "longitude"}),
    "an organisation": (
        {"organization_identifiers"},
        {"parent_organization_id"},
        {"legal_status"},
        {"tax_status"},
        {"website"},
    ),
    "a word list (taxonomy)": ({"taxonomy_terms"}, {"uri", "version"}, {"vocabulary"}),
    "a word of a word list (taxonomy term)": ({"taxonomy"}, {"term_uri"}, {"parent_id"}),
    "the front page of an API": ({"openapi_url"}, {"version", "profile"}),
    "a validator's answer about a feed": (
        {"isUp", "isServicesValid"},
        {"isUp", "isServiceFound"},
        {"isValid", "payload"},
        {"definitions", "data"},
    ),
    "the description of a data package": ({"resources"}, {"services.csv"}),
    "a schema": ({"$schema"}, {"properties", "type"}),
}
ORGANISATION: Final = "an organisation"
AT_LOCATION: Final = "a place where a service is (service_at_location)"
SERVICE: Final = "a service"
UNKNOWN: Final = "no record that is known here"


@dataclass(frozen=True, slots=True)
class Document:
    """The records of one document, how many its header says there are in all, its `next` link."""

    records: tuple[object, ...]
    paged: bool = False
    says: int | None = None
    next: str = ""


def opened(root: object) -> Document:
    """Take a document apart: one record, a list of them, or a page of a list."""
    if isinstance(root, list):
        return Document(tuple(root), paged=True)
    if not isinstance(root, Mapping):
        return Document((root,))
    for name in _PAGES:
        inner = root.get(name)
        if isinstance(inner, list) and _is_page(root, name):
            return Document(tuple(inner), paged=True, says=_says(root), next=_next(root))
    return Document((root,))


def kind_of_record(record: Record) -> str:
    """Name what a record is; one with a name or an id that is nothing else is a service."""
    keys = record.keys()
    for kind, marks in _OTHERS.items():
        if any(each <= keys for each in marks) and (kind == AT_LOCATION or not keys & _SURELY):
            return kind
    return SERVICE if keys & _SERVICE or {"id", "name"} & keys else UNKNOWN


def _is_page(root: Record, name: str) -> bool:
    # An organisation may carry its `services` too; a page has a header, or nothing besides.
    return (
        len(root) == 1
        or (bool(root.keys() & set(_HEADERS)) and "id" not in root)
        or (name in ("contents", "content", "items") and "id" not in root)
    )


def _says(root: Record) -> int | None:
    found = number(root.get("total_items", root.get("totalElements")))
    return int(found) if found is not None else None


def _next(root: Record) -> str:
    links: Any = root.get("links", root.get("_links"))
    found = root.get("next") or (links.get("next") if isinstance(links, Mapping) else "")
    found = found.get("href") if isinstance(found, Mapping) else found
    return found if isinstance(found, str) else ""
