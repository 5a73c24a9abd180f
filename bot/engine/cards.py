"""Which numbers go with a help text as cards that can be tapped: two at most, where it is safe."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue, HelpNumber
from bot.engine.effects import Card, Effect, Say
from bot.engine.scope import is_private, nation_of
from bot.engine.session import Session

HELP = "help"
CONCERN = "concern "
YOUNG = "concern child me"


def carded(
    catalogue: Catalogue, session: Session, effects: tuple[Effect, ...]
) -> tuple[Effect, ...]:
    """Put cards on the help text that was just shown; anything else stays as it is."""
    *rest, last = effects
    cards = _cards(catalogue, session)
    return (*rest, replace(last, cards=cards)) if cards and isinstance(last, Say) else effects


def _cards(catalogue: Catalogue, session: Session) -> tuple[Card, ...]:
    """Give whom to ring when harm is happening now, then the main line for this concern.

    A card has a name of its own in the list of chats. So with abuse there is none but 999, and
    not even that unless the person said that nobody else looks at this phone.
    """
    screen, about = (session.detour.name, session.detour.about) if session.detour else ("", "")
    if screen != HELP and not screen.startswith(CONCERN):
        return ()
    young = screen == YOUNG
    kind = "suicide" if young else about or "suicide"
    numbers = catalogue.fitting(kind, nation_of(session), under_age=young)
    ringing = [number for number in numbers if number.how == "ring"]
    first = [number for number in ringing if number.first][:1]
    if _of_abuse(session, about):
        return tuple(map(_card, first)) if is_private(session) else ()
    main = [number for number in ringing if not number.first][:1]
    return tuple(map(_card, first + main))


def _of_abuse(session: Session, about: str) -> bool:
    heard = {concern.rstrip("?") for concern in session.concerns}
    return about == "abuse" or (not about and "abuse" in heard)


def _card(number: HelpNumber) -> Card:
    return Card(number.name, number.number)
