"""What happens when a text raised a concern. The text never comes this far.

Two tiers and no score: an explicit one stops the flow with the right numbers, an unclear one asks
one plain question. Both keep the place (NICE NG225: no risk is computed, shown or stored).
"""

from dataclasses import replace
from typing import Final

from bot.engine.cards import carded
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Say, Turn
from bot.engine.events import ConcernRaised
from bot.engine.labels import word
from bot.engine.onward import answer, home, underneath
from bot.engine.screens import opened, shown
from bot.engine.session import Answer, Detour, Session

ASK_SAFE_ENOUGH: Final = frozenset({"suicide", "self-harm", "medical"})
UNDER_AGE: Final = ("child", "me")
"""Somebody who writes as a child themselves: they get their own lines, and no gentle question."""
_OF_PEOPLE: Final = ("person", "numbers")
"""Screens about people to reach, where no concern lies underneath."""
_WORDY: Final = frozenset({"words", "person", "place"})


def concern_raised(catalogue: Catalogue, session: Session, event: ConcernRaised) -> Turn:
    """Stop or ask; an abuse already acknowledged in this reflection goes on with a footer."""
    raised = (event.kind, event.tier)
    if event.kind == "abuse" and "abuse" in session.concerns and session.begun:
        return replace(_footer(catalogue, session), concern=raised)
    marked = with_concern(session, f"{event.kind}?")
    if event.tier == "explicit" or (event.kind, event.about) == UNDER_AGE:
        name = _screen_of(catalogue, event.kind, event.about)
    else:
        name = "check" if event.about == "me" else "check someone else"
    beside = replace(marked, detour=Detour(name, event.kind))
    put, effects = shown(catalogue, beside)
    return Turn(put, carded(catalogue, put, effects), concern=raised)


def with_concern(session: Session, concern: str) -> Session:
    """Remember for this reflection that a concern arose (`?`: not acknowledged by the person)."""
    if concern in session.concerns:
        return session
    return replace(session, concerns=(*session.concerns, concern))


def acknowledged(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Ask somebody who has seen the numbers whether it is safe enough, or go back."""
    kind = session.detour.about if session.detour else ""
    seen = with_concern(session, kind)
    if kind in ASK_SAFE_ENOUGH:
        put, effects = shown(catalogue, replace(seen, detour=Detour("safe enough", kind)))
        return Turn(put, effects)
    return home(catalogue, seen, now)


def confirmed(catalogue: Catalogue, session: Session) -> Turn:
    """Treat a yes to the plain question like an explicit concern."""
    detour = session.detour or Detour("check", "suicide")
    about = "someone else" if detour.name.endswith("someone else") else "me"
    name = _screen_of(catalogue, detour.about, about)
    put, effects = shown(catalogue, replace(session, detour=Detour(name, detour.about)))
    return Turn(put, carded(catalogue, put, effects), concern=(detour.about, "explicit"))


def _screen_of(catalogue: Catalogue, kind: str, about: str) -> str:
    """Name the answer to a concern; one about a child is like one about somebody else.

    Only a child at risk has an answer of its own.
    """
    whom = "someone else" if about == "child" and kind != "child" else about
    name = f"concern {kind} {whom}"
    return name if name in catalogue.screens else f"concern {kind}"


def unsaid(catalogue: Catalogue, session: Session) -> Turn:
    """Leave the numbers standing for somebody who would rather not say, and offer a pause."""
    kind = session.detour.about if session.detour else "suicide"
    put, effects = shown(catalogue, replace(session, detour=Detour("rather not", kind)))
    return Turn(put, effects)


def unanswered(catalogue: Catalogue, session: Session) -> str:
    """Give what is said to words that mean nothing on a screen.

    At help or a concern somebody may have gone on telling: there people are pointed to, as far as
    the screen shows any.
    """
    here = session.detour
    if here is None or not (underneath(here) or here.name in _OF_PEOPLE):
        return word(catalogue, "not_on_screen")
    shows = any(name.endswith("lines") for name in catalogue.screens[here.name].say.reads)
    return word(catalogue, "not_a_person", shown=shows)


def _footer(catalogue: Catalogue, session: Session) -> Turn:
    line = word(catalogue, "abuse_footer")
    now_open = opened(catalogue, session)
    takes_words = now_open.ask and (now_open.ask.kind in _WORDY or now_open.ask.own_words)
    if session.detour or not takes_words:
        put, effects = shown(catalogue, session, (line,))
        return Turn(put, effects)
    turn = answer(catalogue, session, Answer("unkept"))
    return replace(turn, effects=(Say(line), *turn.effects))
