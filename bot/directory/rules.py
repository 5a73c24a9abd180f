"""What of a record in HSDS 3 shape is refused, and what is only doubted."""

from collections.abc import Iterator
from typing import Final

from bot.directory.addresses import email_address, phone_number, web_address
from bot.directory.given import Record, day, identity, inside, number, objects, words
from bot.directory.service import Service

STATUSES: Final = ("active", "inactive", "defunct", "temporarily closed")
_TEXTS: Final = [
    "name",
    "alternate_name",
    "description",
    "url",
    "email",
    "status",
    "interpretation_services",
    "application_process",
    "fees_description",
    "wait_time",
    "fees",
    "accreditations",
    "eligibility_description",
    "assured_date",
    "assurer_email",
    "licenses",
    "alert",
    "last_modified",
]
LISTS: Final = [
    "phones",
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "funding",
    "cost_options",
    "required_documents",
    "contacts",
    "attributes",
    "metadata",
    "capacities",
    "additional_urls",
]
_OBJECTS: Final = ("organization", "program")
_OTHERS: Final = ("id", "organization_id", "program_id", "minimum_age", "maximum_age")
KNOWN: Final = frozenset((*_TEXTS, *LISTS, *_OBJECTS, *_OTHERS, "attending_type", "reviews"))
"""Every field of a service in HSDS 3.0, 3.1 and Open Referral UK."""
_OLDEST: Final = 150
_SHOWN: Final = 60
_NAMES: Final = {
    str: "a text",
    bool: "yes or no",
    int: "a number",
    float: "a number",
    dict: "an object",
}


def reasons(record: Record) -> tuple[str, ...]:
    """Give every reason why a record can't be taken in; empty if it can.

    The standard's own schema lets a service pass without a description, and bad addresses where
    no format is checked; a person could do nothing with such an entry.
    """
    return (
        *_shapes(record),
        *_missing(record),
        *_addresses(record),
        *_dates(record),
        *_ages(record),
    )


def doubts(record: Record, service: Service) -> Iterator[str]:
    """Give what is odd about a service that is taken in all the same."""
    if not (service.url or service.email or service.phones or _number_in(service)):
        yield "it gives no way to make contact"
    if service.assured is None:
        yield "it doesn't say when somebody last checked it (assured_date)"
    if not words(record.get("status")):
        yield "it has no status, and is taken as active"
    if words(record.get("url")).lower().startswith("www."):
        yield "its url doesn't begin with https://, which was added"
    for phone in objects(record, "phones"):
        if not phone_number(str(phone.get("number") or "")):
            yield f"a phone number can't be rung and is left out: {shown(phone.get('number'))}"
    assurer = words(record.get("assurer_email"))
    if assurer and not email_address(assurer):
        yield f"its assurer_email is not an e-mail address: {shown(assurer)}"
    yield from _place_doubts(record)
    yield from _schedule_doubts(record)


def unread(record: Record) -> frozenset[str]:
    """Name the fields of a record that no standard knows, and nothing here reads."""
    return frozenset(str(name) for name in record.keys() - KNOWN)


def shown(value: object) -> str:
    """Show what came so that a person finds it in their data: one short line."""
    text = words(value, _SHOWN) or kind_of(value)
    return " ".join(text.split())


def kind_of(value: object) -> str:
    """Name the kind of a JSON value in plain words."""
    return "nothing" if value is None else _NAMES.get(type(value), "a list")


def _shapes(record: Record) -> Iterator[str]:
    for name in _TEXTS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            yield f"its {name} is {kind_of(value)} where a text belongs: {shown(value)}"
    for name in _OBJECTS:
        value = record.get(name)
        if value is not None and not isinstance(value, dict):
            yield f"its {name} is {kind_of(value)} where an object belongs"
    for name in LISTS:
        value = record.get(name)
        if value is None:
            continue
        if not isinstance(value, list):
            yield f"its {name} is {kind_of(value)} where a list belongs"
            continue
        odd = [each for each in value if not isinstance(each, dict)]
        if odd:
            yield f"its {name} holds {kind_of(odd[0])} where an object belongs"


def _missing(record: Record) -> Iterator[str]:
    if not identity(record.get("id")):
        yield "it has no id"
    for name in ("name", "description"):
        if not words(record.get(name)):
            yield f"it has no {name}"
    status = words(record.get("status"))
    if status and status.lower() not in STATUSES:
        yield f"its status is none of {', '.join(STATUSES)}: {shown(status)}"


def _addresses(record: Record) -> Iterator[str]:
    url, email = record.get("url"), record.get("email")
    if isinstance(url, str) and url.strip() and not web_address(url):
        yield f"its url is not a web address: {shown(url)}"
    if isinstance(email, str) and email.strip() and not email_address(email):
        yield f"its email is not an e-mail address: {shown(email)}"


def _dates(record: Record) -> Iterator[str]:
    for name in ("assured_date", "last_modified"):
        value = record.get(name)
        if isinstance(value, str) and value.strip() and day(value) is None:
            yield f"its {name} is not a day like 2026-03-31: {shown(value)}"


def _ages(record: Record) -> Iterator[str]:
    ages = {}
    for name in ("minimum_age", "maximum_age"):
        value = record.get(name)
        if value is None or value == "":
            continue
        age = number(value)
        if age is None or not 0 <= age <= 2 * _OLDEST:
            yield f"its {name} is not an age: {shown(value)}"
        else:
            ages[name] = age
    least, most = ages.get("minimum_age", 0), ages.get("maximum_age", 0)
    if most and least > most:
        yield f"its minimum_age {least:g} is above its maximum_age {most:g}"


def _number_in(service: Service) -> bool:
    said = f"{service.what} {service.start} {service.alert}"
    return sum(each.isdigit() for each in said) >= 7  # noqa: PLR2004 - the shortest local number


def _place_doubts(record: Record) -> Iterator[str]:
    for link in objects(record, "service_at_locations"):
        place = inside(link, "location")
        for name, most in (("latitude", 90), ("longitude", 180)):
            value = place.get(name)
            degrees = number(value)
            if value not in (None, "") and (degrees is None or abs(degrees) > most):
                yield f"a {name} is not on this earth, and isn't used: {shown(value)}"


def _schedule_doubts(record: Record) -> Iterator[str]:
    links = list(objects(record, "service_at_locations"))
    holders = [record, *links, *(inside(each, "location") for each in links)]
    for schedule in (each for holder in holders for each in objects(holder, "schedules")):
        for name in ("valid_from", "valid_to", "dtstart", "until"):
            value = schedule.get(name)
            if value not in (None, "") and day(value) is None:
                yield f"a schedule's {name} is not a day like 2026-03-31: {shown(value)}"
        first, last = day(schedule.get("valid_from")), day(schedule.get("valid_to"))
        if first and last and last < first:
            yield f"a schedule ends on {last} before it begins on {first}"
