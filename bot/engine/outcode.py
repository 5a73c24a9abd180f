"""The first half of a British postcode: all that is ever kept of where somebody is."""

import re
from typing import Final

_HALF: Final = r"[A-PR-UWYZ][A-HK-Y]?[0-9](?:[0-9]|[ABCDEFGHJKMNPRSTUVWXY])?"
_REST: Final = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_GAP: Final = r"[\s.\u200b\u2010-\u2015-]{0,3}"
_OUTCODE: Final = re.compile(rf"({_HALF})(?:{_GAP}{_REST}|\s+[0-9])?", re.IGNORECASE)
_WHOLE: Final = re.compile(
    rf"(?<![A-Za-z0-9])({_HALF})((?:{_GAP}{_REST})+)(?![A-Za-z0-9])", re.IGNORECASE
)
_ORDINALS: Final = ("st", "nd", "rd", "th")


def outcode_of(text: str) -> str:
    """Return the first half of a postcode, in capitals; empty if the text is none.

    Takes a whole postcode ("sw1a 1aa", "SW1A1AA"), one without its last letters ("SW1A 1") or the
    first half itself. Says nothing of whether such an outcode is in use.
    """
    found = _OUTCODE.fullmatch(text.strip())
    return found[1].upper() if found else ""


def without_postcodes(text: str) -> str:
    """Cut every whole postcode in a text to its first half; the rest stays as it was."""
    return _WHOLE.sub(_first_half, text)


def _first_half(found: re.Match[str]) -> str:
    half, rest = found[1], found[2]
    # "Room B1 2nd floor" is no postcode: nobody writes its halves in different cases.
    if half.isupper() and rest.islower() and rest.endswith(_ORDINALS):
        return found[0]
    return half
