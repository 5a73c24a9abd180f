"""The columns of a plain CSV: what each is called in the template, and elsewhere."""

import re
from collections.abc import Iterable
from typing import Final

COLUMNS: Final = {
    "id": ("service id", "reference", "registered charity number"),
    "name": ("service", "service name", "title", "charity name"),
    "kind": (),
    "organisation": ("organisation s", "organization", "provider", "run by"),
    "also known as": ("alternate name",),
    "what": ("what it is", "description", "about", "details", "charity activities"),
    "says": ("good for",),
    "for": (),
    "who can come": ("eligibility", "audience", "audience cats"),
    "least age": ("min age", "minimum age"),
    "most age": ("max age", "maximum age"),
    "phone": ("telephone", "phone number", "tel"),
    "email": ("e mail", "email address"),
    "website": ("url", "web", "link", "web address", "charity contact web"),
    "how to start": ("how to join", "application process"),
    "self referral": (),
    "only by referral": ("referrals only", "referral only"),
    "who meets you": (),
    "cost": ("fees", "price"),
    "free": (),
    "wait": ("waiting time", "wait time"),
    "hours": ("when", "opening hours", "opening times", "times", "timing notes"),
    "address": ("venue", "location", "location s"),
    "postcode": ("post code", "outcode", "contact outcode"),
    "area": ("areas", "area served"),
    "online": (),
    "languages": ("language",),
    "access": ("accessibility",),
    "tags": ("category", "categories", "service type", "basic type", "use cases", "support needs"),
    "note": ("alert",),
    "last checked": ("assured date", "last verified on"),
    "checked by": ("assurer email",),
    "still open": ("active", "status", "open"),
}
"""Each column of the template, and the headers of other files that mean the same."""
FIELDS: Final = {
    **{name: name for name in ("name", "kind", "organisation", "what", "says", "email", "cost")},
    **{name: name for name in ("free", "wait", "hours", "address", "online", "languages")},
    "access": "access",
    "also known as": "also",
    "for": "for_whom",
    "who can come": "who_for",
    "least age": "least_age",
    "most age": "most_age",
    "phone": "phones",
    "website": "url",
    "how to start": "start",
    "self referral": "self_referral",
    "who meets you": "meets_you",
    "postcode": "outcodes",
    "area": "areas",
    "tags": "terms",
    "note": "alert",
    "last checked": "assured",
    "checked by": "assured_by",
    "still open": "active",
}
"""Which field of a service a column fills."""
_MEANT: Final = {alias: name for name, each in COLUMNS.items() for alias in (name, *each)}


def column(header: str) -> str:
    """Say which column of the template a header means; empty for one that isn't known."""
    return _MEANT.get(re.sub(r"[^a-z0-9]+", " ", header.casefold()).strip(), "")


def field(said: str) -> str:
    """Say which field of a service is meant by its name or that of a column; empty for none."""
    plain = said.strip().casefold().replace("-", "_").replace(" ", "_")
    return plain if plain in FIELDS.values() else FIELDS.get(column(said), "")


def columns(headers: Iterable[str]) -> set[str]:
    """Give the columns of the template that these headers mean."""
    return {known for header in headers if (known := column(header))}
