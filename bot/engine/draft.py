"""Answers that are made of several taps: ticks, and stones put down one by one."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Turn
from bot.engine.onward import answer
from bot.engine.question import STONES
from bot.engine.screens import AFRESH, DONE, KEEP_IT, Open, shown
from bot.engine.session import Answer, Session


def drafted(catalogue: Catalogue, session: Session, now_open: Open, value: str) -> Turn:
    """Take one tap of an answer that is made of several: tick, put down a stone, or be done."""
    assert now_open.ask is not None  # noqa: S101 - only for such a question
    stones = now_open.ask.kind == "stones"
    most = int(now_open.ask.most or STONES)
    if value == DONE or (stones and value != AFRESH and len(session.draft) + 1 >= most):
        draft = session.draft if value == DONE else (*session.draft, value)
        given = _counts(draft, now_open) if stones else list(draft)
        return answer(catalogue, session, Answer("given", given))
    if value == AFRESH:
        draft = ()
    elif stones:
        draft = (*session.draft, value)
    else:
        draft = _toggled(session.draft, value, now_open)
    put, effects = shown(catalogue, replace(session, draft=draft), replacing=True)
    return Turn(put, effects)


def with_ticks(session: Session, now_open: Open, value: object) -> object:
    """Add what was ticked before to own words that were typed instead of tapping Done."""
    several = now_open.ask is not None and now_open.ask.kind == "several"
    if not several or not session.draft or not isinstance(value, list):
        return value
    known = {option.value for option in now_open.options}
    own = [each for each in value if each not in known]
    return [*session.draft, *own] if own else value


def _toggled(draft: tuple[str, ...], value: str, now_open: Open) -> tuple[str, ...]:
    choices = now_open.ask.choices if now_open.ask else ()
    alone = {choice.value for choice in choices if choice.only}
    if value in draft:
        return tuple(other for other in draft if other != value)
    if value in alone:
        return (value,)
    most = now_open.ask.most if now_open.ask else None
    if most is not None and len(draft) >= most:
        return draft
    return (*(other for other in draft if other not in alone), value)


def _counts(draft: tuple[str, ...], now_open: Open) -> dict[str, int]:
    values = [option.value for option in now_open.options if option.value != KEEP_IT]
    return {value: draft.count(value) for value in values}
