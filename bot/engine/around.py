"""Who is around somebody: on the map, left out of everything, or named for bad days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.apart import (
    MAP,
    PLAN,
    REFLECTION,
    SCRIPTS,
    dropped,
    exchanged,
    in_hand,
    is_for_group,
    one_of,
    reflection_of,
)
from bot.engine.drawn import NEVER
from bot.engine.joining import may_join
from bot.engine.naming import is_in_id, names_any
from bot.engine.session import Answer, Session

SUPPORTER: Final = "supporter"
BOND: Final = "bond"
SAFE_BONDS: Final = ("knows", "untold")
"""What says clearly that it is safe to turn to the supporter; anything else doesn't."""


def mapped(session: Session) -> list[Mapping[str, object]]:
    """Give who and what is on the map, safe to be named, in the order in which it was told."""
    held = one_of(session, MAP)
    if held is None:
        return []
    here = _unsafe(reflection_of(session), session.concerns)
    out = {*left_out(session), *_feared_on(held), *here}
    names = unnamed(session)
    return [item for item in _on(held) if not _tells_of(item, out, names)]


def left_out(session: Session) -> list[str]:
    """Give the ids of people whom Kith never names in what is in hand.

    These are whoever was left out before, and whom the other dialogues of this person speak
    against: the Other of a reflection who was not clearly called safe, whoever was to be left out
    or may pass things on, whoever was called unsafe on the map or for bad days.
    """
    known = list(session.left_out)
    for script, held in session.apart.items():
        match script:
            case "":
                known += _unsafe(held, session.concerns)
            case "map":
                known += [*held.left_out, *_feared_on(held)]
            case _ if _value(held.answers.get(BOND)) == "unsafe":
                known += _ids(_value(held.answers.get(SUPPORTER)))
    return list(dict.fromkeys(known))


def unnamed(session: Session) -> list[str]:
    """Give the names of people whom Kith never names in what it suggests, plans or gives along.

    These are whoever the person wanted left out, whoever may pass things on or was called unsafe,
    and the Other unless being with them was clearly called safe and nothing spoke against it.
    """
    reflection = reflection_of(session)
    held = {key: answer.value for key, answer in reflection.answers.items() if answer.value}
    out = _listed(held.get("leave_out"))
    out += [each for each in _listed(held.get("people")) if each.get("ask") in NEVER]
    if (made := one_of(session, MAP)) is not None:
        out += [each for each in _on(made) if each.get("ask") in NEVER]
        out += _listed(_value(made.answers.get("leave_out")))
    if (plan := one_of(session, PLAN)) and _value(plan.answers.get(BOND)) == "unsafe":
        out += _listed(_value(plan.answers.get(SUPPORTER)))
    if not may_join({"safe": held.get("safe"), "concerns": _plain(session.concerns)}):
        out += _listed(held.get("other"))
    return list(dict.fromkeys(str(each.get("name", "")) for each in out))


def supporter_of(session: Session) -> Mapping[str, object] | None:
    """Give whom the person named for bad days, where nothing at all speaks against it.

    Not without a clear yes that it is safe, not once they were left out or feared, and not after a
    concern about abuse in this reflection, whether it was acknowledged or only asked about.
    """
    plan = one_of(session, PLAN)
    feared = any(concern.rstrip("?") == "abuse" for concern in session.concerns)
    if plan is None or feared:
        return None
    named, bond = plan.answers.get(SUPPORTER), plan.answers.get(BOND)
    person = named.value if named and named.standing == "given" else None
    if not isinstance(person, Mapping) or bond is None or bond.value not in SAFE_BONDS:
        return None
    return None if person.get("id") in left_out(plan) else person


def for_a_new_one(session: Session) -> dict[str, Session]:
    """Give what stays apart when a new reflection begins, and whom it must not name.

    Whoever was left out or feared in the reflection that goes stays out of it for good.
    """
    kept = {}
    for script in SCRIPTS.values():
        held = one_of(session, script)
        if held is not None and REFLECTION in held.apart:
            gone, names = set(left_out(held)), unnamed(held)
            out = [str(each["id"]) for each in _named(held) if _tells_of(each, gone, names)]
            careful = replace(held, left_out=tuple(dict.fromkeys([*held.left_out, *out])))
            kept[script] = exchanged(careful).apart[script]
    kept |= {name: held for name, held in session.apart.items() if is_for_group(name)}
    if is_for_group(in_hand(session)):
        kept[in_hand(session)] = exchanged(session).apart[in_hand(session)]
    return kept


def spoken_against(session: Session, gone: Mapping[str, Session]) -> tuple[str, ...]:
    """Give the ids of whoever stays out of what is in hand, also when these dialogues are gone.

    These are whoever was out before, and whom it names and one of the others spoke against.
    """
    alone = Session(apart=gone)
    out, names = set(left_out(alone)), unnamed(alone)
    more = [str(item["id"]) for item in _named(session) if _tells_of(item, out, names)]
    return tuple(dict.fromkeys([*session.left_out, *more]))


def without_it(session: Session, script: str) -> Session:
    """Give a person's session without what that script made; it is not the one in hand.

    Whom it spoke against stays out of all that still names them.
    """
    lost = {name: held for name, held in session.apart.items() if name == script}
    rest = {
        name: replace(held, left_out=spoken_against(held, lost))
        for name, held in dropped(session, script).apart.items()
    }
    return replace(session, apart=rest, left_out=spoken_against(session, lost))


def _named(session: Session) -> list[Mapping[str, object]]:
    """Give everybody who is named in what is in hand, also where it was not finished."""
    told = [item for each in session.answers.values() for item in _listed(_value(each))]
    return [item for item in told if {"id", "name"} <= item.keys()]


def _plain(concerns: Iterable[str]) -> list[str]:
    """Give the classes of concern, whether they were acknowledged or only asked about."""
    return [concern.rstrip("?") for concern in concerns]


def _tells_of(item: Mapping[str, object], out: set[str], names: list[str]) -> bool:
    """Say whether an item is somebody who is out, or is called after them: "Dee's café"."""
    called = str(item["name"])
    return item["id"] in out or names_any(called, names) or is_in_id(called, sorted(out))


def _feared_on(held: Session) -> Iterator[str]:
    """Give whom a map says not to name."""
    yield from _ids([item for item in _on(held) if item.get("ask") in NEVER])
    yield from _ids(_value(held.answers.get("leave_out")))


def _on(session: Session) -> list[Mapping[str, object]]:
    """Give every item that a map has so far, each with all that was told of it in any place."""
    results = [each.value for each in session.answers.values() if each.standing == "result"]
    told = [item for value in results for item in _listed(value) if "id" in item]
    more: dict[object, dict[str, object]] = {}
    for item in told:
        more[item["id"]] = {**more.get(item["id"], {}), **item}
    return [item for item in more.values() if {"name", "near"} <= item.keys()]


def _unsafe(reflection: Session, concerns: Iterable[str]) -> Iterator[str]:
    held = {key: answer.value for key, answer in reflection.answers.items() if answer.value}
    yield from reflection.left_out
    yield from _ids(held.get("leave_out"))
    passing_on = _listed(held.get("people"))
    yield from _ids([each for each in passing_on if each.get("ask") in NEVER])
    if not may_join({"safe": held.get("safe"), "concerns": _plain(concerns)}):
        yield from _ids(held.get("other"))


def _value(answer: Answer | None) -> object:
    return answer.value if answer and answer.standing in ("given", "result") else None


def _listed(value: object) -> list[Mapping[str, object]]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def _ids(value: object) -> list[str]:
    return [str(item["id"]) for item in _listed(value) if "id" in item]
