"""HSDS data packages, 1.x and 3.x: their tables joined to one record a service, then read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bot.directory.addresses import web_address
from bot.directory.cleaning import once, parts
from bot.directory.given import identity
from bot.directory.hsds import read_service
from bot.directory.opening import schedules
from bot.directory.record import Doubt, Entry, Refused
from bot.directory.rules import KNOWN, doubts, reasons
from bot.directory.service import Service
from bot.directory.tables import Row, Tables, read_tables
from bot.engine.outcode import outcode_of

_OWNERS: Final = ("service_id", "service_at_location_id", "location_id", "contact_id")
_LINES: Final = ("address_1", "address_2", "address_3", "address_4", "city", "region")


def read_package(where: Path, source: str) -> Iterator[Entry]:
    """Read every service of a package. Raises SourceUnusable where there is none to read.

    A service without an id or a name is refused; whatever else is wrong with it is a doubt, and
    what can't be used is left out of it.
    """
    tables = read_tables(where)
    yield from tables.doubts
    joined = Joined(tables)
    for number, row in enumerate(tables.of("services"), 2):
        place = f"services.csv, row {number}"
        record = joined.record(row)
        lacking = [name for name in ("id", "name") if not identity(row.get(name))]
        if lacking:
            yield Refused(place, tuple(f"it has no {name}" for name in lacking))
            continue
        service = read_service(record, source)
        address = _address(joined.places(row))
        service = replace(service, address=address) if address else service
        for what in _odd(record, service):
            yield Doubt(f"{place} ({service.name})", what)
        yield service


class Joined:
    """The tables of a package, each row found by what it belongs to."""

    def __init__(self, tables: Tables) -> None:
        self._organizations = _by_id(tables.of("organizations"))
        self._locations = _by_id(tables.of("locations"))
        self._terms = _by_id(tables.of("taxonomy_terms"))
        self._links = _by(tables.of("service_at_location"), "service_id")
        self._attributes = _by(tables.of("attributes"), "link_id")
        self._taxonomy = _by(tables.of("services_taxonomy"), "service_id")
        owned = ("phones", "schedules", "regular_schedules", "languages", "contacts")
        self._owned = {name: _by_owner(tables.of(name)) for name in owned}
        of_service = ("eligibility", "cost_options", "service_areas", "required_documents")
        self._of_service = {name: _by(tables.of(name), "service_id") for name in of_service}
        of_place = ("addresses", "accessibility")
        self._of_place = {name: _by(tables.of(name), "location_id") for name in of_place}
        self._phones = _by(
            (row for row in tables.of("phones") if not any(row.get(each) for each in _OWNERS)),
            "organization_id",
        )

    def record(self, row: Row) -> dict[str, Any]:
        """Give a row of the services as one record in the shape of HSDS 3."""
        mine = row.get("id", "")
        places = self.places(row)
        links = [
            {**self._own("service_at_location_id", link.get("id", "")), "location": place}
            for link, place in self._linked(row)
        ]
        own = self._own("service_id", mine)
        if own["schedules"]:  # hours of its own are surer than those of the house
            places = [{**place, "schedules": []} for place in places]
            links = [{**link, "location": place} for link, place in zip(links, places, strict=True)]
        organization = row.get("organization_id") or next(
            (place["organization_id"] for place in places if place.get("organization_id")), ""
        )
        of_service = self._of_service
        record: dict[str, Any] = {
            **row,
            **own,
            "url": _web(row.get("url") or row.get("website", "")),
            "eligibility_description": _eligibility(row, of_service["eligibility"][mine]),
            "organization": {
                **self._organizations.get(organization, {}),
                "phones": self._phones[organization],
            },
            "cost_options": of_service["cost_options"][mine],
            "service_areas": of_service["service_areas"][mine]
            + [{"name": name} for name in parts(row.get("service_areas"), ",;")],
            "required_documents": of_service["required_documents"][mine]
            + [{"document": name} for name in parts(row.get("required_documents"), ",;")],
            "service_at_locations": links,
            "attributes": self._filed(row),
        }
        record["languages"] += [{"name": name} for name in parts(row.get("languages"), ",;")]
        return {name: value for name, value in record.items() if value and name in KNOWN}

    def places(self, row: Row) -> list[dict[str, Any]]:
        """Give the places of a service, each with what belongs to it."""
        return [place for _, place in self._linked(row)]

    def _linked(self, row: Row) -> list[tuple[Row, dict[str, Any]]]:
        links = list(self._links[row.get("id", "")])
        if own := row.get("location_id"):
            links.append({"location_id": own})
        return [(link, self._place(link.get("location_id", ""))) for link in links]

    def _place(self, place: str) -> dict[str, Any]:
        row = self._locations.get(place, {})
        own = self._own("location_id", place)
        access = [*self._of_place["accessibility"][place]]
        access += [{"description": row["accessibility"]}] if "accessibility" in row else []
        virtual = {"location_type": "virtual"} if row.get("virtual") == "true" else {}
        named = {**own, "addresses": self._of_place["addresses"][place], "accessibility": access}
        named["languages"] += [{"name": name} for name in parts(row.get("languages"), ",;")]
        return {**row, **virtual, **named}

    def _own(self, owner: str, mine: str) -> dict[str, list[Any]]:
        of = {name: rows[(owner, mine)] for name, rows in self._owned.items()}
        phones = {each.get("id", ""): self._by_contact(each) for each in of["contacts"]}
        return {
            "phones": [{"type": each.get("number_type", ""), **each} for each in of["phones"]],
            "contacts": [{**each, "phones": phones[each.get("id", "")]} for each in of["contacts"]],
            "languages": [{"name": each.get("language", ""), **each} for each in of["languages"]],
            "schedules": [*of["schedules"], *schedules(of["regular_schedules"])],
        }

    def _by_contact(self, contact: Row) -> list[Row]:
        mine = contact.get("id", "")
        return self._owned["phones"][("contact_id", mine)] if mine else []

    def _filed(self, row: Row) -> list[dict[str, Any]]:
        """Give the terms under which a service is filed, however its package says so."""
        mine = row.get("id", "")
        terms = [each.get("taxonomy_term_id", "") for each in self._attributes[mine]]
        terms += [each.get("taxonomy_id", "") for each in self._taxonomy[mine]]
        terms += parts(row.get("taxonomy_ids"), ",;")
        named = [self._terms[term].get("name", "") for term in terms if term in self._terms]
        named += parts(row.get("keywords"), ",;")
        return [{"taxonomy_term": {"name": name}} for name in once(named)]


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.get("id") or row.get("taxonomy_id", ""): row for row in rows}


def _by(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if key := row.get(column):
            found[key].append(row)
    return found


def _by_owner(rows: Iterable[Row]) -> defaultdict[tuple[str, str], list[Row]]:
    """Find rows by the nearest thing they belong to: the service before its place or house."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        owner = next((each for each in _OWNERS if row.get(each)), "")
        if owner:
            found[(owner, row[owner])].append(row)
    return found


def _web(text: str) -> str:
    """Give a web address as it can be opened, also where its source left `https://` out."""
    return web_address(text) or web_address(f"https://{text}") or text


def _eligibility(row: Row, rows: list[Row]) -> str:
    own = (row.get(name, "") for name in ("eligibility_description", "eligibility", "audience"))
    return "\n".join(once([*own, *(each.get("eligibility", "") for each in rows)]))


def _address(places: Iterable[Mapping[str, Any]]) -> str:
    """Give where the first place is, without a name, and of a postcode the first half."""
    for place in places:
        for row in place["addresses"]:
            lines = [*(row.get(name, "") for name in _LINES)]
            code = row.get("postal_code", "")
            lines.append(" ".join((row.get("state_province", ""), outcode_of(code) or code)))
            if any(lines):
                return ", ".join(once(lines))
    return ""


def _odd(record: Mapping[str, Any], service: Service) -> Iterator[str]:
    yield from reasons(record)
    yield from doubts(record, service)
