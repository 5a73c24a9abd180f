"""Which answers can be read from where: those on the path in this script, and its inputs."""

from collections.abc import Mapping

from bot.engine.apart import is_made, reflection_of
from bot.engine.around import left_out, mapped, unnamed
from bot.engine.catalogue import Catalogue
from bot.engine.group import LEAST
from bot.engine.listed import closed_places
from bot.engine.rounds import share_key
from bot.engine.script import Step
from bot.engine.session import Answer, Frame, Session
from bot.engine.values import SKIPPED, UNASKED

GLOBALS = (
    *("contact", "concerns", "recent", "left_out", "unnamed", "readings"),
    *("bad_days", "my_map", "private", "closed_places", "local"),
    *("age", "keep_days", "keep_unfinished_days", "keep_apart_days"),
    *("abuse_lines", "young_lines", "first_lines"),
    *("group_name", "late", "least"),
)
FIRST = 2
"""So many help lines stand where there is no room for all of them."""


def prefix(place: tuple[Frame, ...]) -> str:
    """Give what the keys of answers begin with in the innermost script of a place."""
    outer = place[:-1]
    return "".join(f"{f.step}:{f.item}/" if f.item is not None else f"{f.step}/" for f in outer)


def key_of(place: tuple[Frame, ...], step: Step) -> str:
    """Give the key under which the answer of a step at this place is stored."""
    return prefix(place) + (step.answer or step.id)


def value_of(answer: Answer) -> object:
    """Give an answer as a script reads it."""
    return answer.value if answer.standing in ("given", "result") else SKIPPED


def item_id(item: object) -> str:
    """Give what tells a list item from the others, in a form that a key can hold."""
    name = item.get("id", "") if isinstance(item, Mapping) else item
    return str(name).replace("/", "\u2215")


def scope_of(catalogue: Catalogue, session: Session, place: tuple[Frame, ...]) -> dict[str, object]:
    """Collect what the innermost script of `place` can read, every declared name present."""
    scope = {**catalogue.scripts[place[-1].script].blank, **globals_of(catalogue, session)}
    here = prefix(place)[:-1]
    for key in session.path:
        inside, _, name = key.rpartition("/")
        if inside == here:
            scope[name] = value_of(session.answers[key])
    if len(place) > 1:
        scope |= _inputs(catalogue, session, place)
    return scope


class Readable:
    """What can be read, kept for as long as a walk only passes steps by."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._last: Session | None = None
        self._scope: Mapping[str, object] = {}

    def by(self, session: Session) -> Mapping[str, object]:
        """Give the scope of where a session stands."""
        last, self._last = self._last, session
        same = (
            last is not None
            and last.path is session.path
            and last.answers is session.answers
            and last.place[:-1] == session.place[:-1]
            and last.place[-1].script == session.place[-1].script
        )
        if not same:
            self._scope = scope_of(self._catalogue, session, session.place)
        return self._scope


def globals_of(catalogue: Catalogue, session: Session) -> dict[str, object]:
    """Give what every text can read, wherever the person is."""
    nation = nation_of(session)
    return {
        "contact": catalogue.contact or UNASKED,
        "concerns": [concern.rstrip("?") for concern in session.concerns],
        "recent": len(session.starts),
        "left_out": left_out(session),
        "unnamed": unnamed(session),
        "closed_places": closed_places(session),
        "readings": catalogue.readings,
        "bad_days": is_made(session),
        "my_map": mapped(session),
        "private": is_private(session),
        "local": catalogue.local,
        "age": catalogue.terms.age,
        "keep_days": catalogue.terms.finished,
        "keep_unfinished_days": catalogue.terms.unfinished,
        "keep_apart_days": catalogue.terms.apart,
        **_of_a_round(catalogue, session),
        "abuse_lines": catalogue.lines("abuse", nation),
        "first_lines": catalogue.lines("suicide", nation)[:FIRST],
        "young_lines": catalogue.lines("suicide", nation, under_age=True),
    }


def _of_a_round(catalogue: Catalogue, session: Session) -> dict[str, object]:
    """Give what is known of the group whose round is in hand.

    `late` names the prompts that were shown to the group before this person shared theirs there
    without a name: what comes after that could be told from the others.
    """
    name, number = (*session.round, "", "")[:2]
    held = catalogue.groups.get(name)
    if held is None:
        return {"group_name": UNASKED, "late": [], "least": LEAST}
    here = held.group.round
    now = here if here and here.id == number else None
    shown = now.released if now else ()
    ways = {prompt: session.answers.get(share_key(prompt)) for prompt in shown}
    return {
        "group_name": held.group.title or UNASKED,
        "late": [prompt for prompt, way in ways.items() if way is None or way.value != "unnamed"],
        "least": now.least if now else LEAST,
    }


def nation_of(session: Session) -> str:
    """Give the nation the person named, or nothing."""
    answer = reflection_of(session).answers.get("nation")
    return str(answer.value) if answer and answer.standing == "given" else ""


def is_private(session: Session) -> bool:
    """Say whether the person said that nobody else looks at this phone."""
    answer = reflection_of(session).answers.get("phone")
    return answer is not None and answer.value == "private"


def _inputs(catalogue: Catalogue, session: Session, place: tuple[Frame, ...]) -> dict[str, object]:
    caller = place[:-1]
    step = catalogue.scripts[caller[-1].script].script.steps[caller[-1].step]
    if step.call is None:
        return {}
    outer = scope_of(catalogue, session, caller)
    if step.call.each:
        items = step.call.each.value(outer)
        outer[step.call.item] = item_in(items, caller[-1].item)
        outer["earlier"] = results_before(session, key_of(caller, step), items, caller[-1].item)
    return {name: expression.value(outer) for name, expression in step.call.inputs.items()}


def results_before(
    session: Session, key: str, items: object, item: str | None
) -> list[dict[str, object]]:
    """Give the results that a loop has so far, for the items before the one in hand."""
    order = [item_id(each) for each in items] if isinstance(items, list | tuple) else []
    before = order[: order.index(item)] if item in order else order
    stored = session.answers.get(key)
    results = stored.value if stored and isinstance(stored.value, list) else []
    return [result for result in results if result.get("id") in before]


def item_in(items: object, wanted: str | None) -> object:
    """Find the item of that id in a list; nothing where it is gone."""
    if not isinstance(items, list | tuple):
        return UNASKED
    return next((item for item in items if item_id(item) == wanted), UNASKED)
