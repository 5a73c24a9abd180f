"""The one way of looking back: walk from the start over the answers that are there."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.scope import scope_of
from bot.engine.script import Step
from bot.engine.session import Answer, Frame, Session
from bot.engine.walk import Walked, answered, begin, leave, walk


def replay(catalogue: Catalogue, session: Session) -> Walked:
    """Walk from the start to the first question whose answer is missing or no longer fits.

    Skipped and forgotten count as answers; answers off the path stay, unreadable until the path
    returns to them. Back, change, forget, preview and a changed script all use this.
    """
    return walk(catalogue, begin(catalogue, session))


def open_step(catalogue: Catalogue, session: Session) -> Step | None:
    """Give the step that the session waits at; None where today's scripts have no such place."""
    if not session.place:
        return None
    frame = session.place[-1]
    compiled = catalogue.scripts.get(frame.script)
    return compiled.script.steps.get(frame.step) if compiled else None


def at(session: Session, key: str, place: tuple[Frame, ...]) -> Session:
    """Go back to the question of `key`; its answer stays until there is another."""
    path = session.path[: session.path.index(key)] if key in session.path else session.path
    return replace(
        session, place=place, path=path, status="waiting", detour=None, draft=(), misses=0
    )


def previous(catalogue: Catalogue, session: Session) -> tuple[str, tuple[Frame, ...]] | None:
    """Give key and place of the question before the one that is open."""
    trail = replay(catalogue, replace(session, doubts=())).trail
    passed = [(key, place) for key, place in trail if key in session.path]
    return passed[-1] if passed else None


def without(session: Session, keys: frozenset[str]) -> Session:
    """Take answers away altogether, so that their questions are put again."""
    kept = {key: answer for key, answer in session.answers.items() if key not in keys}
    path = tuple(key for key in session.path if key not in keys)
    return replace(session, answers=kept, path=path)


def without_copies(session: Session) -> Session:
    """Drop what was gathered from answers; the walk gathers it anew from what is left."""
    results = {key for key, held in session.answers.items() if isinstance(held.value, list | dict)}
    results = {key for key in results if session.answers[key].standing == "result"}
    return without(session, frozenset(results))


def changed(
    catalogue: Catalogue, session: Session, key: str, answer: Answer
) -> tuple[Session, tuple[str, ...]]:
    """Store a changed answer; later answers that were given under the old one come into doubt.

    Dependence is read off texts and conditions. A `fresh` answer that depends on the changed one
    is dropped and asked again; suggestions are dropped and looked for again.
    """
    before = set(session.path[: session.path.index(key)] if key in session.path else session.path)
    trail = [passed for passed, _ in replay(catalogue, replace(session, doubts=())).trail]
    order = dict.fromkeys([*trail, *session.answers])
    later = [other for other in order if other != key and other not in before]
    touched = [other for other in later if _depends(catalogue, other, key)]
    steps = {other: catalogue.step_of(other) for other in touched}
    stale = {other for other, step in steps.items() if step and step.fresh}
    looked_up = {o for o in session.answers if o not in before and _is_lookup(catalogue, o)}
    kept = without(session, frozenset(stale | looked_up))
    doubts = tuple(
        other
        for other in touched
        if other not in stale and session.answers[other].standing == "given"
    )
    return replace(kept, answers={**kept.answers, key: answer}), doubts


def _depends(catalogue: Catalogue, later: str, key: str) -> bool:
    """Say whether what was asked under `later` was worded or chosen by the answer under `key`."""
    step = catalogue.step_of(later)
    if step is None:
        return False
    *outer, name = key.split("/")
    *calls, _ = later.split("/")
    if calls[: len(outer)] != outer:
        return False
    names = {name}
    script = catalogue.in_hand
    for depth, call in enumerate(calls):
        caller = catalogue.step(script, call.partition(":")[0])
        if caller is None or caller.call is None:
            return False
        if depth >= len(outer):
            each = caller.call.each
            reads = {caller.call.item: each.reads} if each else {}
            known = names | {item for item, read in reads.items() if read & names}
            names = {n for n, value in caller.call.inputs.items() if value.reads & known}
        script = caller.call.script
    return bool(step.reads & names)


def _is_lookup(catalogue: Catalogue, key: str) -> bool:
    steps = catalogue.scripts[catalogue.in_hand].script.steps.values()
    return any(step.suggest and key == (step.answer or step.id) for step in steps)


def settled(catalogue: Catalogue, session: Session) -> Session:
    """Meet a stored session with today's scripts: renamed steps are followed, the rest replayed.

    A question that was inserted before the place is asked now; a person who had gone back to look
    at an answer stays there while that question still exists. Where something is said or done
    before the next question, the place is ahead of it, so that going on says and does it.
    """
    moved = renamed(catalogue, session)
    reached = replay(catalogue, moved)
    for key, place in reached.trail:
        if place == moved.place:
            return at(replace(moved, path=reached.session.path), key, place)
    asks = reached.session.status == "waiting" and not reached.lacks
    if asks and (reached.session.place == moved.place or not (reached.said or reached.effects)):
        return reached.session
    return _ahead_of_what_is_unsaid(catalogue, moved, reached)


def renamed(catalogue: Catalogue, session: Session) -> Session:
    """Give a session by the ids that its steps have today; nothing is ticked in it any more."""
    return replace(
        session,
        place=renamed_place(catalogue, session.place),
        path=tuple(_renamed_key(catalogue, key) for key in session.path),
        answers={_renamed_key(catalogue, key): held for key, held in session.answers.items()},
        draft=(),
    )


def _ahead_of_what_is_unsaid(catalogue: Catalogue, moved: Session, reached: Walked) -> Session:
    """Stand right behind the last question that was passed; a reminder is not set unsaid."""
    reminders = {
        key
        for key, held in reached.session.answers.items()
        if held.standing == "result" and isinstance(held.value, int)
    }
    told = {key: held for key, held in moved.answers.items() if key in reminders}
    answers = {k: held for k, held in reached.session.answers.items() if k not in reminders}
    known = replace(moved, answers={**answers, **told})
    if not reached.trail:
        return _at_what_counts(catalogue, begin(catalogue, known))
    key, place = reached.trail[-1]
    there = at(replace(known, path=reached.session.path), key, place)
    return _at_what_counts(catalogue, answered(catalogue, there, key, there.answers[key]))


def _at_what_counts(catalogue: Catalogue, session: Session) -> Session:
    """Leave behind the steps that are not for this person, a question among them."""
    while session.status == "waiting" and (step := open_step(catalogue, session)):
        scope = scope_of(catalogue, session, session.place)
        if step.shown_to(scope):
            break
        session = leave(catalogue, session, "pass", scope)
    return session


def renamed_place(catalogue: Catalogue, place: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Give a place by the ids that its steps have today."""
    steps = [catalogue.step(frame.script, frame.step) for frame in place]
    pairs = zip(place, steps, strict=True)
    return tuple(replace(frame, step=step.id) if step else frame for frame, step in pairs)


def _renamed_key(catalogue: Catalogue, key: str) -> str:
    """Give the key that an answer has today, where steps on the way to it were renamed."""
    *calls, name = key.split("/")
    script, today = catalogue.in_hand, []
    for call in calls:
        step_id, colon, item = call.partition(":")
        caller = catalogue.step(script, step_id)
        if caller is None or caller.call is None:
            return key
        today.append(f"{caller.id}{colon}{item}")
        script = caller.call.script
    steps = catalogue.scripts[script].script.steps.values() if script in catalogue.scripts else ()
    kept = any(name in (step.answer, step.id) for step in steps)
    renamed = next((step for step in steps if name in step.was), None)
    return "/".join([*today, name if kept or renamed is None else renamed.answer or renamed.id])
