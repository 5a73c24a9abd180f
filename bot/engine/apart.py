"""Two dialogues of one person: the one in hand, and the other one that is kept apart meanwhile.

Beside the root there is one such dialogue, the plan for bad days. Each has its own place, answers
and screens; what is true of the person (language, clock, concerns, cues, days of starts, and the
count of what was put to them) lies in the one in hand (docs/decisions/0011-a-plan-kept-apart.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.joining import may_join
from bot.engine.session import Session

PLAN: Final = "bad-days"
"""The script of the plan for bad days."""
SHOWN: Final = "shown"
"""The step that is the plan itself, wherever it is read."""
SUPPORTER: Final = "supporter"
BOND: Final = "bond"
SAFE_BONDS: Final = ("knows", "untold")
"""What says clearly that it is safe to turn to the supporter; anything else doesn't."""


def is_in_hand(session: Session) -> bool:
    """Say whether the plan is in hand, and the reflection kept apart."""
    return session.apart is not None and bool(session.place) and session.place[0].script == PLAN


def along(catalogue: Catalogue, session: Session) -> Catalogue:
    """Give the catalogue along the dialogue in hand."""
    script = PLAN if is_in_hand(session) and PLAN in catalogue.scripts else ""
    return catalogue if catalogue.aside == script else replace(catalogue, aside=script)


def exchanged(session: Session) -> Session:
    """Take the dialogue that was kept apart in hand, and keep this one apart."""
    other = session.apart or Session()
    kept = replace(
        session,
        apart=None,
        turn=0,
        revision=0,
        concerns=(),
        starts=(),
        language="",
        zone="",
        cues=(),
    )
    return replace(
        other,
        apart=kept,
        turn=session.turn,
        revision=session.revision,
        concerns=session.concerns,
        starts=session.starts,
        language=session.language,
        zone=session.zone,
        cues=session.cues,
    )


def reflection_of(session: Session) -> Session:
    """Give the session of a person with the reflection in hand."""
    return exchanged(session) if is_in_hand(session) else session


def plan_of(session: Session) -> Session | None:
    """Give the session of a person with the plan in hand; None where none was begun."""
    if session.place and session.place[0].script == PLAN:
        return session
    return exchanged(session) if session.apart else None


def each_of(session: Session) -> Iterator[Session]:
    """Give the session with the reflection in hand, and with the plan where there is one."""
    plan = plan_of(session)
    if plan is None or session.apart is None:
        yield session
    else:
        yield reflection_of(session)
        yield plan


def is_made(session: Session) -> bool:
    """Say whether there is a plan to read: anything at all that was put into it."""
    beside = session.apart.answers if session.apart and not is_in_hand(session) else {}
    answers = session.answers if session.place and session.place[0].script == PLAN else beside
    return any(held.standing == "given" for held in answers.values())


def left_out(session: Session) -> list[str]:
    """Give the ids of people whom Kith never names: those of earlier, and in the plan today's too.

    While the plan is in hand these are also the Other who was not clearly called safe, whoever the
    person wanted left out, and whoever may pass things on.
    """
    known = list(session.left_out)
    if session.apart is None or not is_in_hand(session):
        return known
    return list(dict.fromkeys([*known, *_unsafe(exchanged(session))]))


def _unsafe(reflection: Session) -> Iterator[str]:
    held = {key: answer.value for key, answer in reflection.answers.items() if answer.value}
    yield from reflection.left_out
    yield from _ids(held.get("leave_out"))
    passing_on = _listed(held.get("people"))
    yield from _ids([each for each in passing_on if each.get("ask") == "passes_on"])
    if not may_join({"safe": held.get("safe"), "concerns": []}):
        yield from _ids([held.get("other")])


def _listed(value: object) -> list[Mapping[str, object]]:
    items = value if isinstance(value, list | tuple) else []
    return [item for item in items if isinstance(item, Mapping)]


def _ids(value: object) -> list[str]:
    return [str(item["id"]) for item in _listed(value) if "id" in item]


def supporter_of(session: Session) -> Mapping[str, object] | None:
    """Give whom the person named for bad days, where nothing at all speaks against it.

    Not without a clear yes that it is safe, not once they were left out or feared, and not after a
    concern about abuse in this reflection, whether it was acknowledged or only asked about.
    """
    plan = plan_of(session)
    feared = any(concern.rstrip("?") == "abuse" for concern in session.concerns)
    if plan is None or feared:
        return None
    named, bond = plan.answers.get(SUPPORTER), plan.answers.get(BOND)
    person = named.value if named and named.standing == "given" else None
    if not isinstance(person, Mapping) or bond is None or bond.value not in SAFE_BONDS:
        return None
    return None if person.get("id") in left_out(plan) else person


def for_a_new_one(session: Session) -> Session | None:
    """Give what stays apart when a new reflection begins: the plan, and whom it must not name.

    A supporter who was left out or feared in the reflection that goes stays out for good.
    """
    plan = plan_of(session)
    if plan is None or session.apart is None:
        return None
    named = plan.answers.get(SUPPORTER)
    person = named.value if named and isinstance(named.value, Mapping) else {}
    out = [each for each in left_out(plan) if each == person.get("id")]
    kept = replace(plan, left_out=tuple(dict.fromkeys([*plan.left_out, *out])))
    return exchanged(replace(kept, apart=Session())).apart
