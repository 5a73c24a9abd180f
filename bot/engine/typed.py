"""What somebody types that is a freedom, with a slash or in words, and no answer."""

from typing import Final

from bot.engine.apart import SCRIPTS
from bot.engine.catalogue import Catalogue
from bot.engine.screens import opened
from bot.engine.script import Ask
from bot.engine.session import Session
from bot.engine.understand import folded, names_of

ACTIONS: Final = Ask("choice")
"""How what can be done on a screen is read: like a choice."""
HEARD_AT_FIRST: Final = frozenset({"breathe", "kept", "export", "forget", "withdraw"})
"""What is taken for the freedom also from somebody who has begun nothing, beside help and hide."""


def command_in(catalogue: Catalogue, session: Session, words: str) -> str | None:
    """Give the command that was typed, with a slash or as a word for a freedom."""
    if words.startswith("/"):
        return words[1:].split(maxsplit=1)[0].partition("@")[0].lower() if words[1:].strip() else ""
    freedom = catalogue.typed.get(folded(words))
    if freedom in ("help", "hide"):
        return freedom
    kept = SCRIPTS.get((freedom or "").removeprefix("forget "))
    if kept and kept not in catalogue.scripts:
        return None
    heard = session.begun or session.detour or session.apart or freedom in HEARD_AT_FIRST
    takes = freedom and heard and not is_option(catalogue, session, words)
    return freedom if takes else None


def is_option(catalogue: Catalogue, session: Session, words: str) -> bool:
    """Say whether exactly these words stand on a button here, or are another word for one."""
    now_open = opened(catalogue, session)
    shown = names_of(now_open.ask or ACTIONS, now_open.options, values=False)
    return any(folded(words) in names for names in shown.values())
