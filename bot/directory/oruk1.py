"""A service as Open Referral UK 1.0 wrote it, put into the shape of 3.0."""

from typing import Any, Final

from bot.directory.given import Record, inside, number, objects, words

MARKS: Final = frozenset(
    {
        "eligibilitys",
        "eligibilities",
        "service_taxonomys",
        "service_taxonomies",
        "regular_schedules",
        "holiday_schedules",
        "fundings",
        "attending_access",
        "deliverable_type",
    }
)
"""Fields that only 1.0 has."""


def as_hsds3(record: Record) -> Record:
    """Return a service of 1.0 in the shape of 3.0; any other comes back as it is.

    Holiday hours stay out: 3.0 has no place for them, and a person asks about this week.
    """
    if not MARKS & record.keys():
        return record
    new: dict[str, Any] = {name: value for name, value in record.items() if name not in MARKS}
    new["schedules"] = list(objects(record, "schedules", "regular_schedules"))
    new["languages"] = [_language(each) for each in objects(record, "languages")]
    new["service_at_locations"] = [_place(each) for each in objects(record, "service_at_locations")]
    organization = dict(inside(record, "organization"))
    if organization:
        new["organization"] = {"website": organization.get("url"), **organization}
    _add_eligibility(new, record)
    new["attributes"] = [
        {"taxonomy_term": inside(each, "taxonomy")}
        for each in _topics(record, *objects(record, "eligibilitys", "eligibilities"))
    ]
    attending = words(record.get("attending_type"), 200)
    if attending:
        new["schedules"] = [{"attending_type": attending, **each} for each in new["schedules"]]
    return new


def _topics(*records: Record) -> list[Record]:
    names = ("service_taxonomys", "service_taxonomies", "taxonomys", "taxonomies")
    return [each for record in records for each in objects(record, *names)]


def _language(language: Record) -> Record:
    return {**language, "name": language.get("name") or language.get("language")}


def _add_eligibility(new: dict[str, Any], record: Record) -> None:
    rules = list(objects(record, "eligibilitys", "eligibilities"))
    said = [words(each.get("eligibility"), 1000) for each in rules]
    if any(said):
        new.setdefault("eligibility_description", "\n".join(dict.fromkeys(filter(None, said))))
    # Several rules are several ways in: the widest ages let everybody in who fits one of them.
    for name, widest in (("minimum_age", min), ("maximum_age", max)):
        ages = [number(each.get(name)) for each in rules]
        known = [age for age in ages if age is not None]
        if known and len(known) == len(ages):
            new.setdefault(name, widest(known))


def _place(link: Record) -> Record:
    location = dict(inside(link, "location"))
    location["addresses"] = [
        *({**each, "address_type": "physical"} for each in objects(location, "physical_addresses")),
        *({**each, "address_type": "postal"} for each in objects(location, "postal_addresses")),
        *objects(location, "addresses"),
    ]
    location["accessibility"] = [
        {**each, "description": each.get("description") or each.get("accessibility")}
        for each in objects(location, "accessibility_for_disabilities", "accessibility")
    ]
    schedules = list(objects(link, "schedules", "regular_schedule", "regular_schedules"))
    return {**link, "location": location, "schedules": schedules}
