"""Corrections as staff type them: `phone=0161 496 0000`, `says+=nobody to talk to`."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from bot.directory.columns import FIELDS, field
from bot.directory.importing import cut
from bot.directory.plain import read_cells
from bot.directory.service import FOR_WHOM, KINDS, Service, dump

_EMPTY: Final = dump(Service("", "", ""))
_COLUMNS: Final = {meant: name for name, meant in FIELDS.items()}
_NEEDS: Final = {
    "kind": f"one of {', '.join(KINDS)}",
    "for_whom": f"one of {', '.join(filter(None, FOR_WHOM))}",
    "assured": "a day such as 2026-11-02",
    **dict.fromkeys(("least_age", "most_age"), "a number of years"),
    **dict.fromkeys(("free", "self_referral", "online", "active"), "yes or no"),
    "url": "a web address",
    "email": "an e-mail address",
    "phones": "a number to ring",
    "outcodes": "a postcode or its first half",
}


class NotACorrection(Exception):
    """What was typed corrects nothing; says why, and the remedy after an arrow."""


def read_corrections(
    typed: Iterable[str], record: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """Read corrections to a record, in order; `=` sets a field, `+=` adds to a list.

    Nothing behind `=` leaves a field empty. Raises NotACorrection.
    """
    corrections: dict[str, Any] = {}
    for each in typed:
        said, sign, value = each.partition("=")
        if not sign:
            raise NotACorrection(f"'{each}' corrects nothing -> write field=value")
        name, adds = said.removesuffix("+"), said.endswith("+")
        meant = field(name)
        if not meant:
            raise NotACorrection(f"there is no field '{name}' -> {_nearest(name)}")
        read = _read(meant, value.strip(), today)
        if adds:
            if not isinstance(read, list):
                raise NotACorrection(f"'{name}' is no list -> write {name}={value}")
            before = corrections.get(meant, record.get(meant, ()))
            read = [*before, *(one for one in read if one not in before)]
        corrections[meant] = read
    return corrections


def _read(meant: str, value: str, today: date) -> Any:
    """Read one value the way a cell of the list of places is read."""
    if not value:
        if meant == "name":
            raise NotACorrection("a name can't be empty -> write name=...")
        return _plain(_EMPTY[meant])
    service, unread = read_cells({_COLUMNS[meant]: value})
    if unread:
        raise NotACorrection(f"{meant}={value} can't be read -> write {_NEEDS[meant]}")
    if meant == "assured" and service.assured and service.assured > today:
        raise NotACorrection(f"{meant}={value} is still to come -> write the day of the check")
    return _plain(cut(dump(service)[meant]))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _nearest(name: str) -> str:
    known = [*FIELDS, *FIELDS.values()]
    near = get_close_matches(name.casefold(), known, 1)
    fields = ", ".join(sorted(FIELDS.values()))
    return f"did you mean '{near[0]}'?" if near else f"the fields are: {fields}"
