"""How long an answer is kept: its storage class, and the word that a person reads for it."""

from bot.engine.apart import along, in_hand
from bot.engine.catalogue import Catalogue
from bot.engine.consent import is_passing
from bot.engine.script import Keep, Step
from bot.engine.session import Session


def kept_as(catalogue: Catalogue, session: Session, key: str) -> Keep:
    """Give the storage class of the answer under `key`, in the dialogue that is in hand.

    What was gathered from answers, and what no step of today asks for, is kept like the rest.
    """
    step = along(catalogue, session).step_of(key)
    return step.keep if step else "keep"


def kept_in_words(catalogue: Catalogue, session: Session, key: str) -> str:
    """Write the storage class of an answer as one short word or two, for beside the answer."""
    keep = kept_as(catalogue, session, key)
    name = f"kept_as_{keep.replace(' ', '_')}"
    return catalogue.words[name].render({"days": days_of(catalogue, session)})


def becoming(catalogue: Catalogue, session: Session, step: Step) -> str:
    """Say in one short message what becomes of an answer to this question."""
    name: str = step.keep
    if step.keep == "keep" and in_hand(session):
        name = "keep apart"
    elif step.keep == "keep" and is_passing(catalogue, session):
        name = "passing"
    terms = catalogue.terms
    days = {
        "keep_days": terms.finished,
        "keep_unfinished_days": terms.unfinished,
        "keep_apart_days": terms.apart,
    }
    return catalogue.words[f"becomes_{name.replace(' ', '_')}"].render(days)


def days_of(catalogue: Catalogue, session: Session) -> int:
    """Give for how many days what was said in the dialogue in hand is kept after its last turn.

    Of whoever has not agreed to anything, that is one day.
    """
    terms = catalogue.terms
    if session.round:
        return terms.unfinished
    if in_hand(session):
        return terms.apart
    if is_passing(catalogue, session):
        return 1
    return terms.finished if session.status == "ended" else terms.unfinished
