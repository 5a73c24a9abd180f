"""One service of the directory, whatever shape of record it came from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final, Literal, get_args

Kind = Literal["group", "place", "service", "line"]
"""People who meet; somewhere to go; people whose job it is; a phone or text line."""
ForWhom = Literal["me", "other", "both", ""]
"""Who it is for: the person who asks, someone they care for, either; empty is not known."""
KINDS: Final = get_args(Kind)
FOR_WHOM: Final = get_args(ForWhom)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was given, and what it is for."""

    number: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is open: a rule as in RFC 5545 without its `RRULE:`, from one time to another.

    Times are `HH:MM` or empty, days ISO 8601 or empty. `words` is what no rule can say.
    """

    rule: str = ""
    begins: str = ""
    opens: str = ""
    closes: str = ""
    valid_from: str = ""
    valid_to: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A place, group, service or line. What is not known is empty or None, never guessed.

    `id` is the one its source gave it; (`source`, `id`) is unique. `assured` is the day on which
    somebody last checked that it is all true. `outcodes` are first halves of postcodes; no whole
    one stands anywhere, in `address` neither. `says` is how people here put what it is good for;
    `terms` how its source files it.
    """

    source: str
    id: str
    name: str
    organisation: str = ""
    also: str = ""
    what: str = ""
    kind: Kind = "service"
    start: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    cost: str = ""
    free: bool | None = None
    least_age: float | None = None
    most_age: float | None = None
    for_whom: ForWhom = ""
    who_for: str = ""
    self_referral: bool | None = None
    wait: str = ""
    hours: tuple[Hours, ...] = ()
    languages: tuple[str, ...] = ()
    access: str = ""
    meets_you: str = ""
    address: str = ""
    outcodes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    online: bool = False
    terms: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    alert: str = ""
    assured: date | None = None
    assured_by: str = ""
    modified: str = ""
    active: bool = True


def dump(service: Service) -> dict[str, Any]:
    """Turn a service into plain data that JSON can hold; `load` gives it back equal."""
    assured = service.assured.isoformat() if service.assured else ""
    return {**asdict(service), "assured": assured}


def load(data: Mapping[str, Any]) -> Service:
    """Read what `dump` wrote; fields that are newer than this program are left out."""
    known = {field.name for field in fields(Service)}
    given = {name: value for name, value in data.items() if name in known}
    lists = ("languages", "outcodes", "areas", "terms", "says")
    given |= {name: tuple(given.get(name, ())) for name in lists}
    given["phones"] = tuple(Phone(**each) for each in given.get("phones", ()))
    given["hours"] = tuple(Hours(**each) for each in given.get("hours", ()))
    given["assured"] = date.fromisoformat(given["assured"]) if given.get("assured") else None
    return Service(**given)
