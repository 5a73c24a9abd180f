"""What was put into words for one person, put into the words of another language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.engine.apart import along, exchanged, in_hand
from bot.engine.effects import Effect, Enclosure, Say
from bot.engine.events import SuggestionsFound
from bot.engine.replay import replay, settled
from bot.engine.scope import scope_of
from bot.engine.session import Answer, Frame, Session
from bot.library import Library
from bot.places import aged, finder, nation_near, near_ours
from bot.supports.resources import Resource
from bot.supports.suggest import suggest


def suggested(
    library: Library,
    scope: Mapping[str, object],
    today: date,
    language: str = "",
    ours: Sequence[Resource] = (),
) -> SuggestionsFound:
    """Give what could be suggested for these answers today, in the words of this library.

    `ours` is what the groups of this person list (bot.groups.places.suggestible).
    """
    told = nation_near(scope)
    elsewhere = finder(library.places, told, today, language or _own(library))
    find = near_ours(ours, library.needs, today, elsewhere)
    resources, contact = aged(library.resources, today), library.catalogue.contact
    return SuggestionsFound(tuple(suggest(told, library.rules, resources, contact, find)))


def respoken(
    library: Library, session: Session, today: date, ours: Sequence[Resource] = ()
) -> Session:
    """Word anew what was worded for this person: the suggestions, and a plan that quotes them.

    What the person said, and the place, stay as they are. What is finished stays so. What is kept
    apart is worded anew as well.
    """
    first = in_hand(session)
    for name in session.apart:
        session = _respoken(library, exchanged(session, name), today, ours)
    return _respoken(library, exchanged(session, first) if session.apart else session, today, ours)


def _respoken(library: Library, session: Session, today: date, ours: Sequence[Resource]) -> Session:
    catalogue = along(library.catalogue, session)
    if not session.begun or session.status == "ended":
        return session
    anew = _suggested_anew(library, session, today, ours)
    quoted = replace(anew, answers=replay(catalogue, anew).session.answers)
    fresh = settled(catalogue, quoted)
    return replace(
        fresh,
        detour=session.detour,
        status=session.status,
        draft=session.draft if fresh.place == session.place else (),
    )


def _suggested_anew(
    library: Library, session: Session, today: date, ours: Sequence[Resource]
) -> Session:
    """Word the suggestions anew, where the same ones are found; others would be no choice.

    Those that lie ahead are dropped, to be looked for again when the person comes there.
    """
    catalogue, answers = library.catalogue, dict(session.answers)
    for step in catalogue.scripts[catalogue.root].script.steps.values():
        key = step.answer or step.id
        if not step.suggest or key not in answers:
            continue
        if key not in session.path:
            del answers[key]
            continue
        before = replace(session, path=session.path[: session.path.index(key)])
        place = (Frame(catalogue.root, step.id),)
        found = suggested(
            library, scope_of(catalogue, before, place), today, session.language, ours
        ).items
        if _ids(found) == _ids(answers[key].value):
            answers[key] = Answer("result", [dict(item) for item in found])
    return replace(session, answers=answers)


def _ids(items: object) -> list[object]:
    return [item.get("id") for item in items] if isinstance(items, list | tuple) else []


def _own(library: Library) -> str:
    """Give the language that the dialogues are written in."""
    return next(iter(library.catalogue.languages), "en")


def dated(library: Library, language: str, effect: Effect, day: date) -> Effect:
    """Write on what goes along its language, and the day on which it goes out, where it goes."""
    if not isinstance(effect, Say) or effect.enclosed is None:
        return effect
    from bot.languages.manner import day_in_words  # noqa: PLC0415 - no Babel where nobody prints

    code = language or _own(library)
    holds = {**effect.enclosed.holds, "lang": code, "date": day_in_words(code, day)}
    return replace(effect, enclosed=Enclosure(effect.enclosed.kind, holds))
