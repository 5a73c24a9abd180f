"""The agreement that what somebody says is kept: given for one version of what is said of it."""

from bot.engine.apart import in_hand, reflection_of
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Option
from bot.engine.question import digest_of, options_of, texts_of
from bot.engine.scope import scope_of
from bot.engine.script import AGREED, CONSENT, Step
from bot.engine.session import Answer, Frame, Session
from bot.engine.values import Scope


def has_consented(session: Session) -> bool:
    """Say whether the person ever agreed, to whatever version; without that nothing is kept.

    Those from before versions were written down agreed by their answer alone.
    """
    return bool(session.agreed) or _has_said_so(session)


def is_passing(catalogue: Catalogue, session: Session) -> bool:
    """Say whether nothing of a person stays: they never agreed, and have neither a map nor a plan.

    Along a root that doesn't ask for an agreement nobody can give it, so there all stays.
    """
    apart = any(session.apart) or bool(in_hand(session))
    asks = CONSENT in catalogue.scripts[catalogue.root].blank
    return asks and not apart and not has_consented(session)


def has_agreed(catalogue: Catalogue, session: Session) -> bool:
    """Say whether the person agreed to what is kept today, where the root asks that at all.

    In a reflection that has begun anew they say so anew.
    """
    root = catalogue.scripts[catalogue.root]
    if root.consent is None:
        return CONSENT not in root.blank or _has_said_so(session)
    current = session.agreed[:1] == (root.consent.consent,)
    return current and (_has_said_so(session) or not reflection_of(session).begun)


def asked_anew(catalogue: Catalogue, session: Session) -> Step | None:
    """Give the consent question where it has to be put once more before anything else is taken.

    That is so where what was agreed to was another version. A reflection that has not come to the
    question yet comes to it by itself.
    """
    step = catalogue.scripts[catalogue.root].consent
    if step is None or session.agreed[:1] == (step.consent,):
        return None
    return step if _has_said_so(session) or in_hand(session) else None


def is_put(catalogue: Catalogue, session: Session) -> bool:
    """Say whether what is open was put to the person, where that is the consent once more."""
    step = asked_anew(catalogue, session)
    return step is None or session.detour is not None or session.digest == digest_of(step)


def is_other(session: Session, step: Step) -> bool:
    """Say whether the person agreed to another version than this question asks about."""
    return bool(session.agreed) and session.agreed[0] != step.consent


def put_anew(
    catalogue: Catalogue, session: Session, step: Step
) -> tuple[tuple[str, ...], tuple[Option, ...], Scope]:
    """Give the texts and choices of the question, after a line on why it comes again."""
    here = (Frame(catalogue.root, step.id),)
    scope = scope_of(catalogue, reflection_of(session), here)
    assert step.ask is not None  # noqa: S101 - the checker sees to it
    why = catalogue.words["consent_changed"].render({})
    return (why, *texts_of(step, scope)), options_of(step.ask, scope), scope


def refused_in(catalogue: Catalogue, session: Session) -> dict[str, Answer]:
    """Give the one answer by which a reflection in hand was refused; nothing where it was not."""
    held = session.answers.get(CONSENT)
    asks = catalogue.scripts[catalogue.in_hand].consent is not None
    return {CONSENT: held} if asks and held is not None and held.value != AGREED else {}


def _has_said_so(session: Session) -> bool:
    held = reflection_of(session).answers.get(CONSENT)
    return held is not None and held.value == AGREED
