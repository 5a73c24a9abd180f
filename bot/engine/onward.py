"""Going on: from wherever a session stands to the next thing that waits for the person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.engine.apart import along, in_hand, is_round, reflection_of
from bot.engine.around import for_a_new_one
from bot.engine.catalogue import Catalogue
from bot.engine.consent import asked_anew, refused_in
from bot.engine.effects import Effect, Erase, Say, Suggest, Turn
from bot.engine.enclosing import Told, saying
from bot.engine.labels import word
from bot.engine.listed import closed_places
from bot.engine.meeting import taken_in_hand
from bot.engine.proposal import proposed_in, without_proposal
from bot.engine.replay import at, changed, open_step, replay
from bot.engine.scope import key_of, scope_of
from bot.engine.screens import shown
from bot.engine.session import Answer, Detour, Session
from bot.engine.taking_back import taken_back
from bot.engine.walk import answered, begin, walk

FORTNIGHT: Final = 14
STAYING: Final = ("help", "plan", "map")
"""Screens that are there again when one that was opened from them is left."""


def onward(
    catalogue: Catalogue,
    session: Session,
    said: tuple[Told, ...] = (),
    *,
    replacing: bool = False,
) -> Turn:
    """Walk on and put what comes next; at the end, close and let go of what was for now only.

    At the end of what is kept apart the reflection is put again, wherever it was.
    """
    walked = walk(catalogue, session)
    texts = (*said, *walked.said)
    if Erase() in walked.effects:
        return erased(walked.session, texts)
    if walked.lacks:
        scope = scope_of(catalogue, walked.session, walked.session.place)
        spoken: tuple[Effect, ...] = tuple(saying(text) for text in texts)
        return Turn(walked.session, (*walked.effects, *spoken), needs=Suggest(scope))
    session = walked.session
    if session.status == "ended" and in_hand(session) and not is_round(session):
        there, back = taken_in_hand(catalogue, replace(_let_go(catalogue, session), detour=None))
        put, effects = shown(there, without_proposal(back, session), texts)
        return Turn(put, (*walked.effects, *proposed_in(session), *effects))
    if session.status == "ended":
        session = resting(replace(_let_go(catalogue, session), detour=None))
    put, effects = shown(catalogue, session, texts, replacing=replacing)
    return Turn(put, (*walked.effects, *effects))


def started(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Begin a reflection; what is kept apart and the days of earlier starts in a fortnight stay.

    Revisions count on from the second in which it began, so that a button from before a wipe is
    never taken for one of today.
    """
    fresh = Session(
        turn=session.turn,
        revision=max(session.revision, int(datetime.fromisoformat(now).timestamp())),
        starts=(*recent(session.starts, now), now[:10]),
        concerns=() if reflection_of(session).begun else session.concerns,
        language=session.language,
        zone=session.zone,
        reported=tuple(f"closed:{key}" for key in closed_places(session)),
        apart=for_a_new_one(session),
        agreed=session.agreed,
    )
    there = along(catalogue, fresh)
    return onward(there, begin(there, fresh))


def agreement_first(catalogue: Catalogue, session: Session, now: str, said: str) -> Turn:
    """Say what comes before anything more is taken, and put that: the agreement, or the way there.

    What is kept apart begins by it where nobody has agreed to what is kept today.
    """
    bare = replace(session, detour=None)
    if asked_anew(catalogue, bare):
        put, effects = shown(catalogue, bare, (said,))
        return Turn(put, effects)
    if bare.begun:
        return home(catalogue, bare, now, (said,))
    turn = started(catalogue, bare, now)
    return replace(turn, effects=(Say(said), *turn.effects))


def home(catalogue: Catalogue, session: Session, now: str, said: tuple[str, ...] = ()) -> Turn:
    """Lead back from a screen to the one under it, the question, the stop, or the end."""
    if not session.begun and not (session.detour and session.detour.under):
        return started(catalogue, session, now)
    put, effects = shown(catalogue, resting(session), said)
    return Turn(put, effects)


def resting(session: Session) -> Session:
    """Leave a screen for the one under it, or where the person was: question, stop, or end."""
    if session.detour and session.detour.under:
        return replace(session, detour=session.detour.under, misses=0)
    end = Detour("round answered") if is_round(session) else Detour("finished")
    there = {"ended": end, "stopped": Detour("stopped"), "waiting": None}
    return replace(session, detour=there[session.status] if session.begun else None, misses=0)


def over(session: Session, name: str) -> Session:
    """Put a screen over what is shown; help, plan, map and what is about a concern stay under it.

    Where a screen of the same kind is open already, this one takes its place.
    """
    here = session.detour
    open_now = [each for each in _stacked(here) if _kind(each) == _kind(Detour(name))]
    under = open_now[0].under if open_now else here
    stays = under and (under.name in STAYING or under.about)
    about = here.about if here else ""
    return replace(session, detour=Detour(name, about, under if stays else None))


def underneath(detour: Detour | None) -> Detour | None:
    """Give the lowest screen where it is help or about a concern."""
    lowest = [*_stacked(detour)][-1:]
    return next((each for each in lowest if each.name == "help" or each.about), None)


def _stacked(detour: Detour | None) -> Iterator[Detour]:
    while detour:
        yield detour
        detour = detour.under


def _kind(detour: Detour) -> str:
    return detour.name.partition(" ")[0]


def recent(starts: tuple[str, ...], now: str) -> tuple[str, ...]:
    """Keep the days that lie within the fourteen days before `now`."""
    today = date.fromisoformat(now[:10])
    return tuple(day for day in starts if (today - date.fromisoformat(day)).days <= FORTNIGHT)


def answer(catalogue: Catalogue, session: Session, given: Answer) -> Turn:
    """Take an answer to the open question and go on; a changed one is followed up."""
    step = open_step(catalogue, session)
    if step is None:
        return onward(catalogue, begin(catalogue, session))
    key = key_of(session.place, step)
    before = session.answers.get(key)
    doubts = tuple(doubt for doubt in session.doubts if doubt != key)
    fresh = replace(session, draft=(), misses=0, doubts=doubts)
    if before is None or before == given:
        return onward(catalogue, answered(catalogue, fresh, key, given))
    fresh = remembering_unsafe(fresh, key, before)
    fresh, touched = changed(catalogue, fresh, key, given)
    moved = answered(catalogue, fresh, key, given)
    as_before = replace(session, answers={**session.answers, key: given}, doubts=())
    ahead = {passed for passed, _ in replay(catalogue, as_before).trail}
    new = [other for other in touched if other in ahead and other not in doubts]
    said = taken_back(catalogue, session, key)
    said = (*said, word(catalogue, "touches", count=len(new))) if new else said
    still = tuple(doubt for doubt in doubts if doubt in moved.answers)
    return onward(catalogue, replace(moved, doubts=(*still, *new)), said)


def remembering_unsafe(session: Session, key: str, before: Answer) -> Session:
    """Keep leaving out an Other who was not called safe, when another is named instead."""
    safe = session.answers.get("safe")
    called_safe = safe is not None and safe.value == "safe"
    if key != "other" or called_safe or not isinstance(before.value, dict):
        return session
    return replace(session, left_out=(*session.left_out, str(before.value["id"])))


def look_again(catalogue: Catalogue, session: Session, key: str) -> Turn:
    """Go back to the question of an earlier answer; the answer stays until there is another."""
    reached = replay(catalogue, replace(session, doubts=()))
    trail = dict(reached.trail)
    if key not in trail:
        return refused(catalogue, session, word(catalogue, "no_such_answer"))
    path = tuple(each for each in reached.session.path if each in session.answers)
    put, effects = shown(catalogue, at(replace(session, path=path), key, trail[key]))
    return Turn(put, effects)


def erased(session: Session, said: tuple[Told, ...]) -> Turn:
    """Forget everything about this person."""
    blank = Session(status="ended", turn=session.turn)
    return Turn(blank, (Erase(), *(saying(text) for text in said)))


def refused(catalogue: Catalogue, session: Session, reason: str) -> Turn:
    """Say why nothing changed, and put the open question again."""
    put, effects = shown(catalogue, session, (reason,), brief=True)
    return Turn(put, effects, accepted=False, refused=True)


def _let_go(catalogue: Catalogue, session: Session) -> Session:
    """Drop the values of answers that were for this reflection only.

    Of one that ended because somebody did not agree, nothing stays but that.
    """
    if refusal := refused_in(catalogue, session):
        return replace(session, answers=refusal, path=tuple(refusal), doubts=())
    answers = dict(session.answers)
    for key, held in session.answers.items():
        step = catalogue.step_of(key)
        if step and step.keep == "until the end" and held.standing == "given":
            answers[key] = Answer("unkept")
    return replace(session, answers=answers)
