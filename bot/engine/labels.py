"""How Kith's own words and a person's answers read: as labels, questions and short texts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.question import texts_of
from bot.engine.scope import scope_of
from bot.engine.script import Ask
from bot.engine.session import Frame, Session
from bot.engine.values import JOINS, joined, text_of

LONGEST_LABEL: Final = 40
_ASKING: Final = ("?", "؟", "\uff1f", ";")
"""What a question ends with, here and elsewhere (Arabic, wide, Greek)."""


def word(catalogue: Catalogue, name: str, /, **values: object) -> str:
    """Give one of Kith's own short texts."""
    return catalogue.words[name].render(values)


def day_of(catalogue: Catalogue, moment: str) -> str:
    """Write the day of a moment (ISO 8601) as people write it; what is no day stays as it is."""
    try:
        return catalogue.day(date.fromisoformat(moment[:10]))
    except ValueError:
        return moment


def label_of(catalogue: Catalogue, session: Session, key: str) -> str:
    """Write an answer as the person would read it: labels for choices, words for words."""
    answer, step = session.answers[key], catalogue.step_of(key)
    if answer.standing != "given" or step is None or step.ask is None:
        return word(catalogue, "left_out" if answer.standing != "unkept" else "not_kept")
    inside = scope_of(catalogue, session, session.place[:1]) if session.place else {}
    names = {choice.value: choice.label.render(inside) for choice in step.ask.choices}
    match answer.value:
        case dict(counts) if step.ask.kind == "stones":
            return ", ".join(f"{text_of(names.get(k) or k)} {n}" for k, n in counts.items())
        case dict(person) if "name" in person:
            return str(person["name"])
        case list(values) if values and isinstance(values[0], dict):
            return joined([str(each.get("name", "")) for each in values], *catalogue.joins)
        case list(values):
            return in_a_list(catalogue, step.ask, names, [text_of(each) for each in values])
        case bool(value):
            return word(catalogue, "yes" if value else "no").lower()
        case str(value):
            return names.get(value) or _suggested(session, value)
        case value:
            return text_of(value)


def in_a_list(
    catalogue: Catalogue, ask: Ask, names: Mapping[str, str], values: Sequence[str]
) -> str:
    """Join what was chosen by its labels, and a person's own words as they are.

    In English the labels after the first begin small; other languages have other rules for that.
    """
    small = catalogue.joins == JOINS
    fixed = {each.value: not small or each.label.source.startswith("{") for each in ask.choices}
    labels = [
        names.get(each, each) if fixed.get(each, True) or place == 0 else _small(names[each])
        for place, each in enumerate(values)
    ]
    return joined(labels, *catalogue.joins)


def _small(label: str) -> str:
    """Let a label begin small, unless it begins with "I", with a short form or with a name."""
    begins, _, rest = label.partition(" ")
    says_i = begins == "I" or begins.startswith(("I'", "I’"))
    is_word = begins == "A" or begins[1:].islower()
    is_name = rest[:1].isupper() and not rest.startswith(("I ", "I'", "I’"))
    return label if says_i or is_name or not is_word else label[:1].lower() + label[1:]


def _suggested(session: Session, value: str) -> str:
    """Give the button behind the id of a suggestion; other words are what they are."""
    found = session.answers.get("suggestions")
    items = found.value if found and isinstance(found.value, list) else []
    return next((str(each["short"]) for each in items if each.get("id") == value), value)


def asked_at(catalogue: Catalogue, session: Session, key: str, place: tuple[Frame, ...]) -> str:
    """Give the question that belongs to an answer, as it would be put today.

    One of a round is given as the group reads it: in private, more is said around it.
    """
    step = catalogue.step_of(key)
    inside = place and step and step.id == place[-1].step
    scope = scope_of(catalogue, session, place) if inside else {}
    if step and step.prompt:
        return step.prompt.render(scope)
    texts = texts_of(step, scope) if step else []
    sentences = texts[-1].strip().splitlines() if texts else [""]
    return next((line for line in reversed(sentences) if line.endswith(_ASKING)), sentences[-1])


def short(text: str) -> str:
    """Cut a text at a word, so that it has room on a button."""
    plain = " ".join(text.split())
    return (
        plain
        if len(plain) <= LONGEST_LABEL
        else plain[: LONGEST_LABEL - 2].rsplit(" ", 1)[0] + " …"
    )
