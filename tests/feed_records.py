"""Made-up services in the shapes of HSDS 3 and Open Referral UK 1.0, and how entries are sorted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.directory.record import Doubt, Entry, Refused
from bot.directory.service import Service


def service(own: str = "s-1", **changes: Any) -> dict[str, Any]:
    """Make a sound service of HSDS 3 with its lists; a change to None leaves a field out."""
    whole = {
        "id": own,
        "name": f"Tea and talk {own}",
        "description": "A warm room for anybody who would like company.",
        "url": "https://tea.example.org",
        "email": "hello@tea.example.org",
        "status": "active",
        "assured_date": "2026-09-01",
        "assurer_email": "check@tea.example.org",
        "last_modified": "2026-09-01T10:00:00.123Z",
        "schedules": [],
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def short(own: str) -> dict[str, Any]:
    """Make a service as a list gives it, without its lists."""
    return service(own, schedules=None)


def page(records: list[Any], **header: Any) -> dict[str, Any]:
    """Make a page of HSDS 3."""
    return {"total_items": len(records), "page_number": 1, "contents": records, **header}


OLD = {
    "id": 1502,
    "name": "Evening choir",
    "description": "<p>Sing with us.</p><p>No notes needed, Leeds LS1&nbsp;4AB.</p>",
    "url": "www.choir.example.org",
    "email": None,
    "status": "active",
    "fees": "Free",
    "assured_date": "2026-01-05T00:00:00",
    "attending_type": "online",
    "deliverable_type": None,
    "regular_schedules": [
        {"id": 1, "weekday": "Monday", "opens_at": "19:00", "closes_at": "21:00"},
        {"id": 2, "freq": "WEEKLY", "byday": "TH", "opens_at": "9:30:00", "closes_at": "12:00:00"},
    ],
    "eligibilitys": [
        {"id": 1, "eligibility": "Adults", "minimum_age": "18", "maximum_age": "65"},
        {"id": 2, "eligibility": "Older people", "minimum_age": 60, "maximum_age": 120},
    ],
    "service_at_locations": [
        {
            "id": 1,
            "location": {
                "id": 1,
                "physical_addresses": [{"id": 1, "postal_code": "ls1 4ab"}],
                "accessibility_for_disabilities": [{"id": 1, "accessibility": "Step-free"}],
            },
        }
    ],
    "contacts": [{"id": 1, "name": "A", "phones": [{"id": 1, "number": "0113 496 0000"}]}],
    "languages": [{"id": 1, "language": "Welsh"}],
    "service_areas": [{"id": 1, "service_area": "Leeds", "extent": None}],
    "service_taxonomys": [{"id": 1, "taxonomy": {"id": "x", "name": "Singing"}}],
    "cost_options": [],
    "organization": {"id": 7, "name": "Choirs", "url": "https://choirs.example.org"},
}
"""A service as Open Referral UK 1.0 wrote it."""


@dataclass
class Found:
    """Entries sorted by what they are."""

    services: list[Service] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.services]

    @property
    def doubted(self) -> str:
        return "\n".join(f"{each.where}: {each.what}" for each in self.doubts)


def sort(entries: Iterable[Entry]) -> Found:
    found = Found()
    for entry in entries:
        match entry:
            case Service():
                found.services.append(entry)
            case Refused():
                found.refused.append(entry)
            case Doubt():
                found.doubts.append(entry)
    return found
