"""What opens with the key: everybody's session, read as Kith itself reads it."""

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace

from bot.engine.session import Session
from bot.parcels import unpack_session
from tests.canary.marks import SHAPE, Told, chat_of
from tests.databases import opened_store

_MARK = re.compile(SHAPE, re.IGNORECASE)


@dataclass(slots=True)
class Promises:
    """What came of the promises: `wrong` must be empty, `crossed` may be a few.

    On Telegram, while processes are killed and messages refused, an answer and a question that is
    put anew can cross, and a person can't know which of them counted: whether such an answer is
    there or not is counted only. Whoever hears each answer before they go on is sure of each word.
    """

    wrong: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    kept: int = 0


def promises(url: str, people: Iterable[tuple[str, Told]]) -> Promises:
    """Read everybody's session: what was to be kept is there, all else isn't, and nobody else's."""
    came = Promises()
    people = list(people)
    for (channel, told), body in zip(people, bodies(url, people), strict=True):
        who = f"{channel} {told.whose}"
        if body is None:
            came.wrong.append(f"{who}: nothing is kept")
            continue
        found = _marks(body.decode())
        came.kept += len(found)
        never = (told.never | (found - told.why.keys())) & found
        came.wrong += [f"{who}: never to be kept: {each}: {told.why.get(each)}" for each in never]
        uneven = came.crossed if channel == "telegram" else came.wrong
        uneven += [f"{who}: lost {each}: {told.why[each]}" for each in told.kept - found]
        session = unpack_session(body)
        apart = _marks(str(_without_care(session)))
        gone = told.gone & (apart - told.lent | _told(session))
        uneven += [f"{who}: still has {each}: {told.why[each]}" for each in gone]
    return came


def _without_care(session: Session) -> Session:
    """Give a session without whom it leaves out: that goes only with the whole, and says so."""
    apart = {name: replace(each, left_out=()) for name, each in session.apart.items()}
    return replace(session, apart=apart, left_out=())


def _told(session: Session) -> set[str]:
    """Give the marks in answers, but for what a reflection makes of its map.

    That is the results of its parts, the keys of answers about each of these, and picks of them.
    """
    found = set()
    for each in (session, *session.apart.values()):
        made = str(
            [answer.value for answer in each.answers.values() if answer.standing == "result"]
        )
        for answer in each.answers.values():
            picked = isinstance(answer.value, str) and f"'{answer.value}'" in made
            if answer.standing == "given" and not picked:
                found |= _marks(str(answer.value))
    return found


def _marks(text: str) -> set[str]:
    return {each.lower() for each in _MARK.findall(text)}


def bodies(url: str, people: Iterable[tuple[str, Told]]) -> list[bytes | None]:
    """Give the stored session of each, opened with the key; None where there is none."""
    with closing(opened_store(url)) as store, store.transaction() as tx:
        names = [store.name(channel, str(chat_of(told.whose))) for channel, told in people]
        rows = tx.sessions(names)
    return [rows[name].body if name in rows else None for name in names]
