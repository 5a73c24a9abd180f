"""How Kith's own words and a person's answers read: as labels, questions and short texts."""

from datetime import date
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.question import texts_of
from bot.engine.scope import scope_of
from bot.engine.session import Frame, Session
from bot.engine.values import joined, text_of

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
            labels = [names.get(v, v) if isinstance(v, str) else v for v in values]
            return joined(labels, *catalogue.joins)
        case bool(value):
            return word(catalogue, "yes" if value else "no").lower()
        case str(value):
            return names.get(value) or _suggested(session, value)
        case value:
            return text_of(value)


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
