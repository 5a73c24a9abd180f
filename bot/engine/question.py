"""How an open question is put: its texts, what can be picked, and the digest that knows it."""

import hashlib

from bot.engine.effects import Option
from bot.engine.script import Ask, Step
from bot.engine.session import Answer
from bot.engine.values import Scope, text_of

STONES = 5


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
    """Give what a step says, one text a message, leaving out what came out empty."""
    return [text for text in (template.render(scope) for template in step.say) if text]


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
    match ask.kind:
        case "choice":
            return isinstance(value, str) and (value in values or ask.own_words)
        case "several":
            return isinstance(value, list) and (ask.own_words or values.issuperset(value))
        case "stones":
            return isinstance(value, dict) and values.issuperset(value)
        case "yes/no":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and _within(ask, value)
        case "person" if (ask.most or 1) > 1:
            return isinstance(value, list)
        case "person":
            return isinstance(value, dict)
        case "words" | "place" | "date":
            return isinstance(value, str)


def _within(ask: Ask, value: float) -> bool:
    low = ask.least is None or value >= ask.least
    return low and (ask.most is None or value <= ask.most)
