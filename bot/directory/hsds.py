"""One service of HSDS 3.0, 3.1 or Open Referral UK 3.0 as one of the directory."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.directory.addresses import email_address, phone_number, web_address
from bot.directory.clearly import said_free, said_self_referral
from bot.directory.given import Record, day, identity, inside, number, objects, words
from bot.directory.hours import read_hours
from bot.directory.service import Hours, Phone, Service
from bot.engine.outcode import outcode_of
from bot.languages.naming import english_name

ONLINE: Final = ("online", "virtual", "remote", "video", "zoom", "web chat")
_FAX: Final = ("fax", "pager")
_SIGNS: Final = {"GBP": "£", "": "£", "USD": "$", "EUR": "€"}
_TERMS: Final = ("name", "term")
_ENOUGH: Final = 60


def read_service(record: Record, source: str) -> Service:
    """Read a service that has passed the rules; what a field can't hold is left out.

    A way to make contact is taken from wherever one was given: the service, its contacts, its
    places, its organisation. `terms` are the names of its taxonomy terms.
    """
    organization = inside(record, "organization")
    links = list(objects(record, "service_at_locations"))
    places = [inside(each, "location") for each in links]
    near = [record, *links, *places]
    everywhere = [*near, organization, *objects(organization, "locations")]
    contacts = [each for one in everywhere for each in objects(one, "contacts")]
    fees = [words(record.get(name), 1000) for name in ("fees_description", "fees")]
    fees = list(dict.fromkeys(filter(None, fees)))
    options = list(objects(record, "cost_options"))
    application = words(record.get("application_process"))
    eligibility = words(record.get("eligibility_description"))
    schedules = [each for one in near for each in objects(one, "schedules")]
    return Service(
        source=source,
        id=identity(record.get("id")),
        name=words(record.get("name"), 300),
        organisation=words(organization.get("name"), 300),
        also=words(record.get("alternate_name"), 300),
        what=words(record.get("description")),
        start=_joined([application, *_papers(record)]),
        url=_first_web(record, places, organization),
        email=_first_email([record, *contacts, organization]),
        phones=_phones([*everywhere, *contacts]),
        cost=_joined([*fees, *map(_option, options)]),
        free=_free(fees, options),
        least_age=number(record.get("minimum_age")),
        # Some publishers write 0 where they mean that there is no highest age.
        most_age=number(record.get("maximum_age")) or None,
        who_for=eligibility,
        self_referral=said_self_referral(application, eligibility),
        wait=words(record.get("wait_time"), 500),
        hours=_hours(schedules),
        languages=_some(
            _language(e) for one in (record, *places) for e in objects(one, "languages")
        ),
        access=_access(record, places),
        outcodes=_outcodes(places or list(objects(organization, "locations"))),
        areas=_some(_area(each) for each in objects(record, "service_areas")),
        online=_online(places, schedules),
        terms=_some(_terms(record)),
        alert=words(record.get("alert"), 1000),
        assured=day(record.get("assured_date")),
        assured_by=words(record.get("assurer_email"), 200),
        modified=words(record.get("last_modified"), 40),
        active=words(record.get("status"), 40).lower() in ("", "active"),
    )


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:_ENOUGH]


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(_some(texts))


def _papers(record: Record) -> Iterator[str]:
    for each in objects(record, "required_documents"):
        if named := words(each.get("document"), 500):
            yield f"Documents: {named}"


def _first_web(record: Record, places: list[Record], organization: Record) -> str:
    given = [record.get("url"), *(each.get("url") for each in objects(record, "additional_urls"))]
    given += [each.get("url") for each in places]
    given += [organization.get("website"), organization.get("url")]
    return next(filter(None, (web_address(str(each)) for each in given if each)), "")


def _first_email(holders: list[Record]) -> str:
    given = (each.get("email") for each in holders)
    return next(filter(None, (email_address(str(each)) for each in given if each)), "")


def _phones(holders: list[Record]) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    for phone in (each for holder in holders for each in objects(holder, "phones")):
        number_given = phone_number(str(phone.get("number") or ""))
        kind = words(phone.get("type"), 40)
        if not number_given or kind.lower() in _FAX:
            continue
        extension = words(phone.get("extension"), 20)
        whole = f"{number_given} ext. {extension}" if extension else number_given
        what = words(phone.get("description"), 300) or ("" if kind.lower() == "voice" else kind)
        key = "".join(each for each in whole if each.isdigit())
        found.setdefault(key, Phone(whole, what))
    return tuple(found.values())[:_ENOUGH]


def _option(option: Record) -> str:
    amount = number(option.get("amount"))
    currency = words(option.get("currency"), 10).upper()
    sign = _SIGNS.get(currency, f"{currency} ")
    price = "" if amount is None else f"{sign}{amount:.2f}".removesuffix(".00")
    price = " ".join(filter(None, (price, words(option.get("amount_description"), 300))))
    said = ": ".join(filter(None, (words(option.get("option"), 300), price)))
    last = day(option.get("valid_to"))
    return f"{said} (until {last.isoformat()})" if said and last else said


def _free(fees: list[str], options: list[Record]) -> bool | None:
    amounts = [number(each.get("amount")) for each in options]
    if not any(amounts):
        every_known = bool(amounts) and None not in amounts
        if every_known and (not fees or said_free(*fees)):
            return True
        return said_free(*fees) if not amounts or said_free(*fees) is False else None
    return None if 0 in amounts or None in amounts or said_free(*fees) else False


def _hours(schedules: list[Record]) -> tuple[Hours, ...]:
    read = dict.fromkeys(read_hours(each) for each in schedules[: 5 * _ENOUGH])
    return tuple(each for each in read if each)[:_ENOUGH]


def _language(language: Record) -> str:
    code = words(language.get("code"), 20)
    return words(language.get("name"), 80) or english_name(code)


def _access(record: Record, places: list[Record]) -> str:
    said = [words(record.get("interpretation_services"), 1000)]
    for place in places:
        for each in objects(place, "accessibility"):
            said += [words(each.get(name), 1000) for name in ("description", "accessibility")]
            said.append(words(each.get("details"), 1000))
        said.append(words(place.get("transportation"), 1000))
    return _joined(said)


def _outcodes(places: list[Record]) -> tuple[str, ...]:
    addresses = [each for place in places for each in objects(place, "addresses")]
    visited = [each for each in addresses if each.get("address_type") == "physical"]
    return _some(outcode_of(str(each.get("postal_code") or "")) for each in visited or addresses)


def _area(area: Record) -> str:
    return next(filter(None, (words(area.get(n), 300) for n in ("name", "service_area"))), "") or (
        words(area.get("description"), 300)
    )


def _online(places: list[Record], schedules: list[Record]) -> bool:
    if any(words(each.get("location_type"), 40).lower() == "virtual" for each in places):
        return True
    said = " ".join(words(each.get("attending_type"), 300).lower() for each in schedules)
    return any(word in said for word in ONLINE)


def _terms(record: Record) -> Iterator[str]:
    for attribute in objects(record, "attributes"):
        term = inside(attribute, "taxonomy_term")
        yield next(filter(None, (words(term.get(each), 200) for each in _TERMS)), "")
        yield words(attribute.get("value"), 200) or words(attribute.get("label"), 200)
    for term in objects(record, "taxonomy_terms"):
        yield words(term.get("name"), 200)
