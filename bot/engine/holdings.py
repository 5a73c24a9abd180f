"""All that a person's session holds, row by row, in plain words: what can be shown and forgotten.

Every field of a session is in one of these rows or, where it only keeps count, in the one row of
small numbers. Nothing is left out because it is awkward to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.engine.apart import (
    SCRIPTS,
    along,
    exchanged,
    in_hand,
    is_for_group,
    one_of,
    reflection_of,
)
from bot.engine.catalogue import Catalogue
from bot.engine.classes import days_of, kept_as, kept_in_words
from bot.engine.drawn import NEVER
from bot.engine.joining import may_join
from bot.engine.labels import asked_at, day_of, in_a_list, label_of, word
from bot.engine.question import options_of
from bot.engine.replay import open_step, replay
from bot.engine.said_of_places import told_of
from bot.engine.scope import scope_of
from bot.engine.script import CONSENT
from bot.engine.session import Answer, Frame, Session, dump
from bot.engine.values import joined, named_in

Part = Literal["reflection", "map", "plan", "round", "settings", "you", "beside"]
PARTS: Final[tuple[Part, ...]] = (
    *("reflection", "map", "plan", "round", "settings", "you", "beside"),
)
TECHNICAL: Final = (
    *("path", "detour", "status", "misses", "digest", "release", "news", "round"),
    *("turn", "revision", "awaits"),
)
"""Fields that only keep count, or know what was shown last: they are told in one sentence."""
OF_A_DIALOGUE: Final = ("place", "draft", "doubts", "left_out", "reported", "last")
OF_A_PERSON: Final[Mapping[str, tuple[Part, str]]] = {
    "language": ("settings", "unset:language"),
    "zone": ("settings", "unset:zone"),
    "agreed": ("you", "withdraw"),
    "counted": ("you", "not count me"),
    "starts": ("you", "unset:starts"),
    "concerns": ("you", "forget reflection"),
    "cues": ("you", "forget reflection"),
}
"""What is true of a person: where it is told, and what forgets it.

What holds Kith back (concerns, cues, who is left out) goes with what it was said in, never alone.
"""
_CALLED: Final = ("step", "short", "name", "who")
"""By what a thing that was put together is called, the first of them that it has."""
WHOLE: Final[Mapping[str, str]] = {
    "reflection": "forget reflection",
    "map": "forget map",
    "plan": "forget plan",
    "round": "forget round",
}
"""What forgets all of a part."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One row: where it belongs, what it is, what it says, and how it could be forgotten.

    `field` is the field of the session, or `answers/` and the key of the answer. `what`, `value`
    and `kept` are as people read them, `raw` is the plain value as it is stored. `briefly` is what
    goes sooner than the rest of its part. `action` is what forgets it; unless `alone`, that takes
    more along. `careful` is what holds Kith back.
    """

    part: Part
    field: str
    what: str
    value: str
    raw: object
    kept: str
    action: str
    alone: bool = False
    careful: bool = False
    briefly: bool = False


def holdings(catalogue: Catalogue, session: Session) -> tuple[Holding, ...]:
    """Give every row of a person's session, in the order of PARTS; none where nothing is kept."""
    names = dict(_names_in(session))
    rows: list[Holding] = []
    technical: dict[str, dict[str, object]] = {}
    for part, held in _dialogues(session):
        there = along(catalogue, held)
        rows += _answers(there, held, part, aside=in_hand(held) != in_hand(session))
        rows += _rest(there, held, part, names)
        if small := _small(held, part):
            technical[part] = small
    rows += _of_the_person(catalogue, session)
    if not session.begun and {row.field for row in rows} <= {"last"}:
        return ()  # somebody wrote, and nothing of it is kept
    if technical:
        said = word(catalogue, "holds_technical_is")
        what = word(catalogue, "holds_technical")
        rows.append(Holding("you", "technical", what, said, technical, "", "forget"))
    return tuple(sorted(rows, key=lambda row: PARTS.index(row.part)))


def kept_for(catalogue: Catalogue, session: Session, part: str) -> int:
    """Give for how many days a part is kept after its last turn; 0 where that isn't counted."""
    held = next((held for name, held in _dialogues(session) if name == part), None)
    return days_of(catalogue, held) if held else 0


def _dialogues(session: Session) -> Iterator[tuple[Part, Session]]:
    """Give each dialogue of a person, with it in hand."""
    yield "reflection", reflection_of(session)
    parts: tuple[Part, ...] = ("map", "plan")
    for part in parts:
        script = SCRIPTS[part]
        if script in session.apart or in_hand(session) == script:
            yield part, one_of(session, script) or session
    for name in (*session.apart, in_hand(session)):
        if is_for_group(name):
            yield "round", session if name == in_hand(session) else exchanged(session, name)


def _answers(catalogue: Catalogue, held: Session, part: Part, *, aside: bool) -> Iterator[Holding]:
    """Give the answers of a dialogue in the order in which it was told, the others after them."""
    known = bool(held.place) and held.place[0].script in catalogue.scripts
    trail = dict(replay(catalogue, replace(held, doubts=())).trail) if known else {}
    for key in (*trail, *(key for key in held.answers if key not in trail)):
        answer = held.answers[key]
        given = answer.standing == "given"
        careful = is_careful(held, key)
        action, alone = _action(held, part, key, aside=aside)
        yield Holding(
            part,
            f"answers/{key}",
            _what(catalogue, held, key, trail.get(key)),
            _value(catalogue, held, key) if known else _plain(catalogue, answer.value),
            [answer.standing, answer.value, answer.went],
            kept_in_words(catalogue, held, key) if given and known else "",
            WHOLE[part] if careful else action,
            alone=alone and not careful,
            careful=careful,
            briefly=given and kept_as(catalogue, held, key) != "keep",
        )


def is_careful(held: Session, key: str) -> bool:
    """Say whether an answer says of somebody that they are to be left out.

    That is whoever was named so, and the Other of a reflection who was not clearly called safe.
    """
    answer, name = held.answers[key], key.rpartition("/")[2]
    if answer.standing not in ("given", "result"):
        return False
    if key == "other":
        safe = held.answers.get("safe")
        concerns = [concern.rstrip("?") for concern in held.concerns]
        return not may_join({"safe": safe.value if safe else None, "concerns": concerns})
    return name == "leave_out" or (name in ("ask", "bond") and answer.value in NEVER)


def is_reminder(catalogue: Catalogue, key: str, answer: Answer) -> bool:
    """Say whether a result is the days after which something was asked to come."""
    steps = (step for one in catalogue.scripts.values() for step in one.script.steps.values())
    named = any(step.remind and key in (step.id, *step.was) for step in steps)
    return answer.standing == "result" and named


def _action(held: Session, part: Part, key: str, *, aside: bool) -> tuple[str, bool]:
    """Give what forgets an answer, and whether it takes nothing else along."""
    answer = held.answers[key]
    if answer.standing == "result" and isinstance(answer.value, int) and part == "reflection":
        return ("forget reminder", True) if answer.value else (WHOLE[part], False)
    if key == CONSENT and answer.standing == "given":
        return "withdraw", False
    if answer.standing != "given" or (aside and part != "reflection"):
        return WHOLE[part], False
    return (f"forget there:{key}" if aside else f"forget:{key}"), True


def _what(catalogue: Catalogue, held: Session, key: str, place: tuple[Frame, ...] | None) -> str:
    answer = held.answers[key]
    if is_reminder(catalogue, key, answer):
        return word(catalogue, "holds_reminder")
    if answer.standing == "result":
        found = isinstance(answer.value, list) and any(
            isinstance(each, Mapping) and "because" in each for each in answer.value
        )
        return word(catalogue, "holds_suggestions" if found else "holds_result")
    asked = asked_at(catalogue, held, key, place) if place else ""
    return asked or word(catalogue, "earlier")


def _value(catalogue: Catalogue, held: Session, key: str) -> str:
    answer, step = held.answers[key], catalogue.step_of(key)
    if is_reminder(catalogue, key, answer):
        return word(catalogue, "holds_in_days", days=answer.value)
    if answer.standing == "result" and _says_nothing_new(answer.value):
        return word(catalogue, "holds_again")
    if answer.standing == "result" or (answer.standing == "given" and not (step and step.ask)):
        return _plain(catalogue, answer.value)
    label = label_of(catalogue, held, key)
    offer = step.ask.offer if step and step.ask else None
    if offer and label == answer.value and offer.value.source.endswith(".id"):
        return word(catalogue, "holds_offer")
    return label


def _says_nothing_new(value: object) -> bool:
    """Say whether a result holds no more than answers that have rows of their own."""
    return isinstance(value, Mapping) and not any(value.get(name) for name in _CALLED)


def _plain(catalogue: Catalogue, value: object) -> str:
    """Write a stored value in plain words, by what it is called and never by an id."""
    match value:
        case Mapping():
            said = [value[name] for name in _CALLED if value.get(name)]
            return str(said[0]) if said else word(catalogue, "left_out")
        case list() | tuple():
            each = [_plain(catalogue, item) for item in value]
            return joined(each, *catalogue.joins) or word(catalogue, "holds_nothing")
        case bool():
            return word(catalogue, "yes" if value else "no").lower()
        case None | "":
            return word(catalogue, "left_out")
        case _:
            return str(value)


def _rest(
    catalogue: Catalogue, held: Session, part: Part, names: Mapping[str, str]
) -> Iterator[Holding]:
    """Give what else is kept of a dialogue, where there is any of it."""
    raw = dump(held)
    for field in OF_A_DIALOGUE:
        if not raw[field]:
            continue
        alone = field == "reported" and part == "reflection"
        where: Part = part if held.begun or field != "last" else "you"
        yield Holding(
            where,
            field,
            word(catalogue, f"holds_{field}"),
            _in_words(catalogue, held, field, names),
            raw[field],
            "",
            f"unset:{field}" if alone else WHOLE.get(where, "forget"),
            alone=alone,
            careful=field == "left_out",
        )


def _in_words(catalogue: Catalogue, held: Session, field: str, names: Mapping[str, str]) -> str:
    match field:
        case "place":
            step = open_step(catalogue, held)
            here = f"part_{step.phase}" if step and step.phase else "holds_place_is"
            return word(catalogue, "holds_ended" if held.status == "ended" else here)
        case "draft":
            return _ticked(catalogue, held)
        case "doubts":
            known = [key for key in held.doubts if key in held.answers]
            return _joined(catalogue, [_value(catalogue, held, key) for key in known])
        case "left_out":
            unknown = word(catalogue, "holds_somebody")
            return _joined(catalogue, [names.get(each, unknown) for each in held.left_out])
        case "reported":
            return _joined(catalogue, [told_of(catalogue, each, names) for each in held.reported])
        case _:
            return day_of(catalogue, held.last)


def _ticked(catalogue: Catalogue, held: Session) -> str:
    step, offer = open_step(catalogue, held), word(catalogue, "holds_offer")
    if step is None or step.ask is None:
        return offer
    options = options_of(step.ask, scope_of(catalogue, held, held.place))
    labels = {option.value: option.label for option in options}
    names = {each: labels.get(each) or offer for each in held.draft}
    return in_a_list(catalogue, step.ask, names, held.draft)


def _of_the_person(catalogue: Catalogue, session: Session) -> Iterator[Holding]:
    raw = dump(session)
    for field, (part, action) in OF_A_PERSON.items():
        if not raw[field]:
            continue
        match field:
            case "language":
                value = catalogue.languages.get(session.language, session.language)
            case "zone":
                value = catalogue.zones.get(session.zone, session.zone)
            case "agreed":
                version, day = (*session.agreed, "", "")[:2]
                value = word(
                    catalogue, "holds_agreed_is", version=version, day=day_of(catalogue, day)
                )
            case "counted":
                day = day_of(catalogue, session.counted[0])
                back = len(session.counted) == 1
                value = word(catalogue, "holds_counted_is", day=day, back=back)
            case "starts":
                days = [day_of(catalogue, each) for each in dict.fromkeys(session.starts)]
                value = _joined(catalogue, days)
            case "concerns":
                kinds = dict.fromkeys(each.rstrip("?") for each in session.concerns)
                value = _joined(
                    catalogue, [word(catalogue, "holds_concern", noticed=kind) for kind in kinds]
                )
            case _:
                kinds = dict.fromkeys(cue.kind for cue in session.cues)
                value = _joined(
                    catalogue, [word(catalogue, "holds_concern", noticed=kind) for kind in kinds]
                )
        what = word(catalogue, f"holds_{field}")
        alone, careful = action.startswith("unset:"), field in ("concerns", "cues")
        yield Holding(part, field, what, value, raw[field], "", action, alone, careful)


def _small(held: Session, part: Part) -> dict[str, object]:
    """Give the technical fields of a dialogue that are other than in one that never was.

    What counts for a person and not for a dialogue is given once.
    """
    raw, blank = dump(held), dump(Session())
    fields = TECHNICAL if part == "reflection" else TECHNICAL[:-3]
    return {field: raw[field] for field in fields if raw[field] != blank[field]}


def _joined(catalogue: Catalogue, words: list[str]) -> str:
    return joined(words, *catalogue.joins)


def _names_in(session: Session) -> Iterator[tuple[str, str]]:
    """Give everybody and every place that is named anywhere, by the ids that are kept of them."""
    for _, held in _dialogues(session):
        for answer in held.answers.values():
            yield from named_in(answer.value)
