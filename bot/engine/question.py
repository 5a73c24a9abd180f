"""How an open question is put: its texts, what can be picked, and the digest that knows it."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from bot.engine.effects import Option, Say
from bot.engine.enclosing import Told, Words, enclosed
from bot.engine.joining import may_join
from bot.engine.naming import is_in_id, names_any
from bot.engine.scope import GLOBALS
from bot.engine.script import Ask, Step
from bot.engine.session import Answer
from bot.engine.values import SKIPPED, Scope, text_of

STONES: Final = 5
TAKEN_ALONG: Final = "close"
"""The stretch that gives something to take along: a plan, a letter, a name to go to."""
ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def options_of(ask: Ask, scope: Scope) -> tuple[Option, ...]:
    """Give what can be picked now, in the author's order."""
    fixed = [
        Option(choice.value, choice.label.render(scope))
        for choice in ask.choices
        if choice.when is None or choice.when.holds(scope)
    ]
    if ask.offer is None:
        return tuple(fixed)
    items = ask.offer.each.value(scope)
    scopes = [{**scope, "item": item} for item in items] if isinstance(items, list | tuple) else []
    offered = [
        Option(text_of(ask.offer.value.value(inner)), ask.offer.label.render(inner))
        for inner in scopes
        if ask.offer.when is None or ask.offer.when.holds(inner)
    ]
    return (*offered, *fixed)


def texts_of(step: Step, scope: Scope) -> list[str]:
    """Give what a step says, one text a message, leaving out what came out empty.

    In what is taken along, own words that name somebody whom Kith never names are left out.
    """
    read = quiet(scope) if step.phase == TAKEN_ALONG else scope
    return [text for text in (template.render(read) for template in step.say) if text]


def quiet(scope: Scope) -> Scope:
    """Leave out of the answers those that name one of the `unnamed`, or who was left out before.

    Of a list, such as a plan, only what names them goes. With an Other who is not safe, by what is
    known now, whatever was suggested or planned for one who is goes as well.
    """
    people, ids = _listed(scope.get("unnamed")), _listed(scope.get("left_out"))
    afraid = isinstance(scope.get("other"), Mapping) and not may_join(scope)
    if not people and not ids and not afraid:
        return scope

    def tells(value: object) -> bool:
        words = [each for each in _words_of(value) if isinstance(each, str)]
        return any(names_any(each, people) or is_in_id(each, ids) for each in words)

    def goes(item: object) -> bool:
        risky = isinstance(item, Mapping) and item.get("when_unsafe") is False
        return (afraid and risky) or tells(item)

    read = dict(scope)
    for name in scope.keys() - set(GLOBALS):
        value = scope[name]
        if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            read[name] = [each for each in value if not goes(each)]
        elif tells(value):
            read[name] = SKIPPED
    return read


def _words_of(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [value.get(name) for name in ("name", "who", "beside", "step", "instead")]
    return value if isinstance(value, list) else [value]


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def told_of(step: Step, scope: Scope, words: Words) -> list[Told]:
    """Give what a step says on the way; what goes along with it goes with its last text."""
    texts = texts_of(step, scope)
    if step.share:
        return [Say(text, share=words["share"].render({})) for text in texts]
    if not step.encloses or not texts:
        return list(texts)
    return [*texts[:-1], Say(texts[-1], enclosed=enclosed(step.encloses, quiet(scope), words))]


def digest_of(step: Step) -> str:
    """Know a question again: its kind, values, limits and words, not its name or where it leads."""
    ask = step.ask
    if ask is None:
        return ""
    parts = [
        ask.kind,
        str(ask.least),
        str(ask.most),
        str(ask.own_words),
        ask.offer.each.source if ask.offer else "",
        *(f"{choice.value}={choice.label.source}" for choice in ask.choices),
        *(template.source for template in step.say),
    ]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


def fits(step: Step, answer: Answer, scope: Scope) -> bool:
    """Say whether a stored answer still answers the question as it is today."""
    ask = step.ask
    if ask is None or answer.standing != "given":
        return answer.standing in ("skipped", "forgotten", "unkept")
    value = answer.value
    values = {option.value for option in options_of(ask, scope)}
    match ask.kind, value:
        case "choice", str():
            return value in values or ask.own_words
        case "several", list():
            return all(isinstance(v, str) and (v in values or ask.own_words) for v in value)
        case "stones", dict():
            return values.issuperset(value) and all(isinstance(n, int) for n in value.values())
        case "yes/no", bool():
            return True
        case "number", int() | float() if not isinstance(value, bool):
            return _within(ask, value)
        case "person", list() if (ask.most or 1) > 1:
            return all(isinstance(each, dict) and "name" in each for each in value)
        case "person", dict() if (ask.most or 1) <= 1:
            return "name" in value
        case "date", str():
            return ISO_DAY.fullmatch(value) is not None
        case (("words" | "place"), str()):
            return True
        case _:
            return False


def _within(ask: Ask, value: float) -> bool:
    low = ask.least is None or value >= ask.least
    return low and (ask.most is None or value <= ask.most)
