"""What a text says so clearly that it can be kept as a fact; anything less stays words."""

import re
from typing import Final

_FREE: Final = re.compile(
    r"(?:(?:this|the|our|all|it'?s?|services?|sessions?|groups?|support|is|are|completely|"
    r"entirely|always) )*"
    r"(?:free(?: of charge| to (?:use|attend|join|access|all|everyone)| for (?:all|everyone)"
    r"| service| at the point of (?:use|access|delivery))?"
    r"|no (?:charge|cost|fee)s?|none|nil|[£$€]?0(?:\.00?)?)"
)
_MONEY: Final = re.compile(r"[£$€] ?\d*[1-9]|\d ?(?:p|pence|pounds|euros?|dollars)\b")
_SELF: Final = re.compile(
    r"self[- ]refer(?:s|ral|rals)?\b|refer (?:yourself|themselves)"
    r"|no referral (?:is )?(?:needed|required)"
)
_NOT_SELF: Final = re.compile(
    r"\b(?:no|not|cannot|can't|don't|doesn't|without|unable)\b[^.]{0,40}\bself[- ]refer|"
    r"\b(?:professional|gp|agency) referrals? only|\bby (?:professional |gp |agency )?referral only"
)


def said_free(*texts: str) -> bool | None:
    """Tell whether it costs nothing: True or False only where the texts leave no doubt."""
    given = [text.lower().replace("’", "'").strip(" .!\n") for text in texts if text.strip()]
    if given and all(_FREE.fullmatch(text) for text in given):
        return True
    if any(_MONEY.search(text) for text in given) and not any("free" in text for text in given):
        return False
    return None


def said_self_referral(*texts: str) -> bool | None:
    """Tell whether somebody can come without being sent: only where the texts say so."""
    text = ". ".join(texts).lower().replace("’", "'")
    if _NOT_SELF.search(text):
        return None if _SELF.search(_NOT_SELF.sub("", text)) else False
    return True if _SELF.search(text) else None
