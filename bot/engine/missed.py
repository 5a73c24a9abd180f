"""An answer that was not understood: asked again differently, twice at most."""

from dataclasses import replace
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Turn
from bot.engine.labels import word
from bot.engine.question import STONES
from bot.engine.screens import Open, shown
from bot.engine.script import Ask
from bot.engine.session import Session

TIMES_ASKED_AGAIN: Final = 2


def missed(catalogue: Catalogue, session: Session, now_open: Open, reason: str) -> Turn:
    """Ask again differently, twice at most; then offer a way on."""
    misses = session.misses + 1
    ask = now_open.ask
    text = word(catalogue, reason, **_limits(ask))
    if misses == 1 and ask and ask.again:
        text = ask.again.render(now_open.scope)
    if misses > TIMES_ASKED_AGAIN:
        text = word(catalogue, "way_on")
    again = replace(session, misses=misses)
    put, effects = shown(catalogue, again, (text,), brief=True)
    return Turn(put, effects, accepted=False, refused=True)


def _limits(ask: Ask | None) -> dict[str, object]:
    """Give the limits of a question, as they are said; what has none is left out."""
    least, most = (ask.least, ask.most) if ask else (None, None)
    if ask and ask.kind == "stones":
        most = most or STONES
    limits = {"least": least, "most": most}
    return {
        name: int(limit) if float(limit).is_integer() else limit
        for name, limit in limits.items()
        if limit is not None
    }
