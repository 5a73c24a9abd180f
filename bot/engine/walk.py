"""Walking a script forward, to the first question that has no answer yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Effect, Erase, Remind
from bot.engine.enclosing import Told
from bot.engine.question import fits, told_of
from bot.engine.routes import LEAVE, Intent, move
from bot.engine.scope import Readable, item_id, key_of, results_before, scope_of, value_of
from bot.engine.script import Step
from bot.engine.session import Answer, Frame, Session
from bot.engine.values import Scope


class EndlessLoop(Exception):
    """A script went round without asking anything; names the step where it was stopped."""


DEEPEST: Final = 12
"""So many scripts inside each other are a script that calls itself."""


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk came to rest and what it passed on the way.

    `trail` holds each question passed, in order, as (key, place); `said` only what was passed
    since the last of them. `lacks` is true where the next step needs suggestions first.
    """

    session: Session
    said: tuple[Told, ...] = ()
    effects: tuple[Effect, ...] = ()
    trail: tuple[tuple[str, tuple[Frame, ...]], ...] = ()
    lacks: bool = False


def begin(catalogue: Catalogue, session: Session) -> Session:
    """Put a session at the first step of its first script, answers kept, nothing on the path."""
    first = catalogue.scripts[catalogue.in_hand].script.first
    return replace(session, place=(Frame(catalogue.in_hand, first),), path=(), status="waiting")


def walk(catalogue: Catalogue, session: Session) -> Walked:
    """Go on from `session.place` until a question is open, suggestions are lacking, or the end.

    A question that has a fitting answer and no doubt on it is passed without being put again; one
    that a script leads back to is put again. Raises EndlessLoop where a script comes round to the
    same place without a question between.
    """
    walked = Walked(session)
    readable = Readable(catalogue)
    been: set[tuple[Frame, ...]] = set()
    while walked.session.status == "waiting" and not walked.lacks:
        if walked.session.place in been or len(walked.session.place) > DEEPEST:
            raise EndlessLoop(walked.session.place[-1].step)
        been.add(walked.session.place)
        passed = len(walked.trail)
        following = _one_step(catalogue, walked, readable.by(walked.session))
        if following is None:
            return walked
        if len(following.trail) > passed:
            been.clear()
        walked = following
    return walked


def leave(catalogue: Catalogue, session: Session, intent: Intent, scope: Scope) -> Session:
    """Follow the edge of the step in hand; out of a sub-dialogue with its result, or to the end."""
    frame = session.place[-1]
    target = move(catalogue.scripts[frame.script].machine, intent, frame.step, scope)
    return go(catalogue, session, target or LEAVE)


def go(catalogue: Catalogue, session: Session, target: str) -> Session:
    """Put the session at `target` in the script in hand, or out of that script."""
    *outer, frame = session.place
    if target != LEAVE:
        return replace(session, place=(*outer, Frame(frame.script, target)))
    if not outer:
        return replace(session, status="ended")
    return _return(catalogue, session)


def _one_step(catalogue: Catalogue, walked: Walked, scope: Scope) -> Walked | None:
    """Take one step further; None where this step asks and has no answer."""
    session = walked.session
    step = catalogue.scripts[session.place[-1].script].script.steps[session.place[-1].step]
    key = key_of(session.place, step)
    if not step.shown_to(scope):
        return replace(walked, session=leave(catalogue, session, "pass", scope))
    if step.ask:
        answer = session.answers.get(key)
        again = key in session.path or key in session.doubts
        if answer is None or again or not fits(step, answer, scope):
            return None
        passed = _follow(catalogue, session, key, answer, scope)
        trail = (*walked.trail, (key, session.place))
        return replace(walked, session=passed, said=(), trail=trail)
    if step.call:
        return replace(walked, session=_enter(catalogue, session, step, key, scope))
    if step.suggest:
        if key not in session.answers:
            return replace(walked, lacks=True)
        found = replace(session, path=(*session.path, key))
        return replace(
            walked, session=leave(catalogue, found, "go on", _knowing(scope, found, key))
        )
    said = (*walked.said, *told_of(step, scope, catalogue.words))
    effects: list[Effect] = [Erase()] if step.erase else []
    days = step.remind.value(scope) if step.remind else None
    reminding = Answer("result", days)
    if isinstance(days, int) and session.answers.get(key) != reminding:
        effects.append(Remind(step.id, days))
        session = replace(session, answers={**session.answers, key: reminding})
    return replace(
        walked,
        session=leave(catalogue, session, "go on", scope),
        said=said,
        effects=(*walked.effects, *effects),
    )


def _follow(
    catalogue: Catalogue, session: Session, key: str, answer: Answer, scope: Scope
) -> Session:
    """Store an answer and pass its question, to where it leads."""
    before = session.path[: session.path.index(key)] if key in session.path else session.path
    passed = replace(session, path=(*before, key), answers={**session.answers, key: answer})
    script = catalogue.scripts[session.place[-1].script].script
    if answer.went == LEAVE:
        return go(catalogue, passed, LEAVE)
    if answer.went is not None and (led := script.find(answer.went)):
        return go(catalogue, passed, led.id)
    return leave(catalogue, passed, "answer", _knowing(scope, passed, key))


def _knowing(scope: Scope, session: Session, key: str) -> Scope:
    """Add to what can be read the answer that was just passed."""
    return {**scope, key.rpartition("/")[2]: value_of(session.answers[key])}


def answered(catalogue: Catalogue, session: Session, key: str, answer: Answer) -> Session:
    """Store an answer to the step in hand and move on from it.

    A `never written` answer is read once, by its own step's `next`, and not kept.
    """
    step = catalogue.scripts[session.place[-1].script].script.steps[session.place[-1].step]
    scope = scope_of(catalogue, session, session.place)
    moved = _follow(catalogue, session, key, answer, scope)
    if step.keep != "never written" or answer.standing != "given":
        return moved
    frame = session.place[-1]
    machine = catalogue.scripts[frame.script].machine
    went = move(machine, "answer", frame.step, _knowing(scope, moved, key))
    unkept = Answer("unkept", went=went)
    return replace(moved, answers={**moved.answers, key: unkept})


def _items(step: Step, scope: Scope) -> list[str]:
    items = step.call.each.value(scope) if step.call and step.call.each else []
    ids = [item_id(item) for item in items] if isinstance(items, list | tuple) else []
    return list(dict.fromkeys(ids))


def _enter(catalogue: Catalogue, session: Session, step: Step, key: str, scope: Scope) -> Session:
    """Go into a sub-dialogue: once, or for the first item of its list, or past an empty list."""
    assert step.call is not None  # noqa: S101 - only called for such a step
    *outer, frame = session.place
    inner = Frame(step.call.script, catalogue.scripts[step.call.script].script.first)
    if step.call.each is None:
        return replace(session, place=(*outer, frame, inner))
    items = _items(step, scope)
    known = [each for each in _results(session, key) if each.get("id") in items]
    fresh = replace(session, answers={**session.answers, key: Answer("result", known)})
    if not items:
        return _done(catalogue, fresh, key, scope)
    return replace(fresh, place=(*outer, replace(frame, item=items[0]), inner))


def _return(catalogue: Catalogue, session: Session) -> Session:
    """Come back from a sub-dialogue with its result; on to the next item, or on from the call."""
    inner = session.place
    *outer, frame = inner[:-1]
    whole = replace(session, place=(*outer, replace(frame, item=None)))
    step = catalogue.scripts[frame.script].script.steps[frame.step]
    key = key_of(whole.place, step)
    script = catalogue.scripts[inner[-1].script].script
    inside = scope_of(catalogue, session, inner)
    wanted = script.result or {}
    result: dict[str, object] = {name: _plain(each.value(inside)) for name, each in wanted.items()}
    outside = scope_of(catalogue, whole, whole.place)
    if frame.item is None:
        stored = {**session.answers, key: Answer("result", result)}
        return _done(catalogue, replace(whole, answers=stored), key, outside)
    items = _items(step, outside)
    earlier = results_before(session, key, items, frame.item)
    position = items.index(frame.item) + 1 if frame.item in items else len(items)
    later = [each for each in _results(session, key) if each.get("id") in items[position:]]
    results = [*earlier, {"id": frame.item, **result}, *later]
    kept = replace(whole, answers={**session.answers, key: Answer("result", results)})
    if position == len(items):
        return _done(catalogue, kept, key, outside)
    following = (*outer, replace(frame, item=items[position]), Frame(script.id, script.first))
    return replace(kept, place=following)


def _results(session: Session, key: str) -> list[Mapping[str, object]]:
    """Give what a loop has come to so far, in an earlier walk as well."""
    held = session.answers.get(key)
    value = held.value if held else None
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _done(catalogue: Catalogue, session: Session, key: str, scope: Scope) -> Session:
    """Go on from a call whose result is there."""
    passed = replace(session, path=(*session.path, key))
    return leave(catalogue, passed, "go on", _knowing(scope, passed, key))


def _plain(value: object) -> object:
    """Make a result storable: what is absent becomes an empty text, at any depth."""
    match value:
        case dict():
            return {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case str() | int() | float() | bool():
            return value
        case _:
            return ""
