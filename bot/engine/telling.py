"""Telling a person all that is kept of them: to read here, or as two files to take along."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.engine.apart import reflection_of
from bot.engine.beside import beside
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Enclosure, Look, Say, Turn
from bot.engine.events import RowsFound
from bot.engine.held_places import on_lists
from bot.engine.holdings import PARTS, Holding, holdings, kept_for
from bot.engine.labels import word
from bot.engine.scope import is_private
from bot.engine.screens import shown
from bot.engine.session import Detour, Session

FORMAT: Final = 1
"""The shape of what is exported. It grows when a program that read the old one could not go on."""
LONGEST: Final = 3500
"""So many letters stand in one message; Telegram takes a few more."""


def looked(session: Session, wanted: str) -> Turn:
    """Ask for what lies beside the session, to be shown or to be put into files."""
    if wanted == "export":
        return Turn(session, needs=Look("export"))
    return Turn(replace(session, detour=Detour("kept")), needs=Look("kept"))


def told_all(catalogue: Catalogue, session: Session, found: RowsFound, now: str) -> Turn:
    """Show every row as messages over the screen, or give them along as files."""
    rows = all_rows(catalogue, session, found)
    if found.wanted == "export":
        held = exported(catalogue, session, rows, now)
        told = word(catalogue, "export_told", seen=_may_be_seen(session))
        page = Say(told, enclosed=Enclosure("kept page", held))
        data = Say(word(catalogue, "export_data"), enclosed=Enclosure("kept data", held))
        put, effects = shown(catalogue, session)
        return Turn(put, (page, data, *effects))
    put, effects = shown(catalogue, session)
    told_in = [Say(text, protect=True) for text in messages(catalogue, session, rows)]
    return Turn(put, (*told_in, *effects))


def _may_be_seen(session: Session) -> bool:
    """Say whether the person said that somebody might look at this phone."""
    held = reflection_of(session).answers.get("phone")
    return held is not None and held.standing == "given" and not is_private(session)


def all_rows(catalogue: Catalogue, session: Session, found: RowsFound) -> tuple[Holding, ...]:
    """Give every row about a person: of their session, and beside it."""
    return (*holdings(catalogue, session), *on_lists(catalogue), *beside(catalogue, found))


def exported(
    catalogue: Catalogue, session: Session, rows: Sequence[Holding], now: str
) -> dict[str, object]:
    """Give all of it as plain data for both files: a heading and its rows for each part."""
    parts = [
        {
            "part": part,
            "heading": _heading(catalogue, session, part),
            "rows": [_row(catalogue, row) for row in rows if row.part == part],
        }
        for part in PARTS
        if any(row.part == part for row in rows)
    ]
    title = word(catalogue, "export_title")
    return {"format": FORMAT, "title": title, "made": now, "parts": parts}


def messages(catalogue: Catalogue, session: Session, rows: Sequence[Holding]) -> list[str]:
    """Give all rows as texts to read, a heading above each part; none is longer than it may be."""
    told = any(row.part != "beside" and row.field != "technical" for row in rows)
    texts = [word(catalogue, "kept_head", any=told)]
    for block in _blocks(catalogue, session, rows):
        if len(texts[-1]) + len(block) + 2 > LONGEST:
            texts.append(block)
        else:
            texts[-1] = f"{texts[-1]}\n\n{block}"
    return texts


def _blocks(catalogue: Catalogue, session: Session, rows: Sequence[Holding]) -> Iterator[str]:
    for part in PARTS:
        heading = _heading(catalogue, session, part)
        results: set[str] = set()
        for row in rows:
            if row.part != part:
                continue
            told = word(catalogue, "kept_row", asked=row.what, words=noted(catalogue, row))
            if told in results:  # several that say the same are told in one
                continue
            if isinstance(row.raw, list) and row.raw[:1] == ["result"]:
                results.add(told)
            yield "\n".join([*([f"{heading}\n"] if heading else []), told])
            heading = ""


def noted(catalogue: Catalogue, row: Holding) -> str:
    """Give the value of a row, with what has to be known of it: how long, and what it goes with."""
    notes = [row.kept] if row.briefly else []
    if row.careful:
        notes.append(word(catalogue, "holds_goes", whole=row.part))
    if not notes:
        return row.value
    return word(catalogue, "kept_note", words=row.value, notes="; ".join(notes))


def _heading(catalogue: Catalogue, session: Session, part: str) -> str:
    days = kept_for(catalogue, session, part)
    return word(catalogue, f"holds_of_{part}", days=days)


def _row(catalogue: Catalogue, row: Holding) -> dict[str, object]:
    return {
        "part": row.part,
        "field": row.field,
        "what": row.what,
        "value": row.value,
        "raw": row.raw,
        "kept": row.kept,
        "action": row.action,
        "told": noted(catalogue, row),
    }
