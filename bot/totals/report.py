"""The report of a month as it is kept and as it is told: on a screen, in a file, as data."""

import json
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bot.engine.catalogue import Catalogue
from bot.engine.labels import word
from bot.totals.bands import Band
from bot.totals.questions import Question
from bot.totals.telling import EVERYBODY, PEOPLE, Figure

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one scope in one month; without `people`, nothing is.

    `least` is the smallest number that could be told. `rows` are bands by the ids of the rows.
    """

    least: int
    people: Band | None = None
    rows: Mapping[str, Band] = field(default_factory=dict)


def bodies(released: Mapping[Figure, Band], least: int) -> dict[str, str]:
    """Write down what is told of a month, by scope; everybody's is there also without anything."""
    scopes = sorted({EVERYBODY, *(scope for scope, _ in released)})
    return {scope: _body(released, scope, least) for scope in scopes}


def _body(released: Mapping[Figure, Band], scope: str, least: int) -> str:
    mine = {row: [band.least, band.most] for (of, row), band in released.items() if of == scope}
    people = mine.pop(PEOPLE, None)
    return json.dumps({"format": FORMAT, "least": least, "people": people, "rows": mine})


def told(body: str) -> Told:
    """Read what `bodies` wrote. Raises ValueError for a format newer than this program."""
    data = json.loads(body)
    if data["format"] != FORMAT:
        message = f"totals format {data['format']} is not format {FORMAT}"
        raise ValueError(message)
    people = Band(*data["people"]) if data["people"] else None
    return Told(data["least"], people, {row: Band(*band) for row, band in data["rows"].items()})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report: `band` is None where it is not told, `step` what could follow."""

    question: str
    title: str
    row: str
    says: str
    band: Band | None
    step: str


def lines_of(questions: Sequence[Question], there: Told) -> tuple[Line, ...]:
    """Give all rows in the order of totals.yaml, whatever was told of them.

    Every way of telling a report goes by these. A row that was counted under an id that is gone is
    told no more.
    """
    return tuple(
        Line(question.id, question.title, row.id, row.says, there.rows.get(row.id), row.step)
        for question in questions
        for row in question.rows
    )


def as_data(month: str, title: str, questions: Sequence[Question], there: Told) -> dict[str, Any]:
    """Give a report for another program; an empty title is everybody, null what is not told."""
    return {
        "month": month,
        "group": title,
        "least": there.least,
        "people": _span(there.people),
        "rows": [
            {
                "question": line.question,
                "title": line.title,
                "row": line.row,
                "says": line.says,
                "people": _span(line.band),
                "step": line.step if line.band else "",
            }
            for line in lines_of(questions, there)
        ],
    }


def _span(band: Band | None) -> dict[str, int | None] | None:
    return {"least": band.least, "most": band.most} if band else None


def in_words(
    catalogue: Catalogue, month: str, title: str, questions: Sequence[Question], there: Told
) -> str:
    """Write a report for people: what is told, and what could be asked for or done together."""
    first, last = days_of(month)
    head = word(
        catalogue,
        "totals_head",
        who=title or word(catalogue, "totals_everybody"),
        first=catalogue.day(first),
        last=catalogue.day(last),
    )
    if there.people is None:
        return "\n\n".join([head, word(catalogue, "totals_too_few", least=there.least)])
    counted = word(catalogue, "totals_counted", people=in_band(catalogue, there.people))
    lines = [line for line in lines_of(questions, there) if line.band]
    if not lines:
        return "\n\n".join([head, counted, word(catalogue, "totals_no_rows", least=there.least)])
    told_lines = "\n\n".join(_by_title(catalogue, lines))
    steps = "\n".join(f"- {line.says}: {line.step}" for line in _proposed(lines))
    could = f"{word(catalogue, 'totals_could')}\n{steps}" if steps else ""
    rest = word(catalogue, "totals_not_told", least=there.least)
    return "\n\n".join(filter(None, [head, counted, told_lines, rest, could]))


def _by_title(catalogue: Catalogue, lines: Sequence[Line]) -> Iterator[str]:
    for title in dict.fromkeys(line.title for line in lines):
        rows = [
            f"- {line.says}: {in_band(catalogue, line.band)}"
            for line in lines
            if line.title == title and line.band
        ]
        yield "\n".join([title, *rows])


def _proposed(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the line of each question that was told by most, the first of them where bands agree."""
    for question in dict.fromkeys(line.question for line in lines):
        mine = [line for line in lines if line.question == question and line.band and line.step]
        if mine:
            yield max(mine, key=lambda line: line.band.least if line.band else 0)


def in_band(catalogue: Catalogue, band: Band) -> str:
    """Write a band of numbers."""
    if band.most is None:
        return word(catalogue, "totals_or_more", least=band.least)
    return word(catalogue, "totals_between", least=band.least, most=band.most)


def days_of(month: str) -> tuple[date, date]:
    """Give the first and the last day of a month written as 2026-10. Raises ValueError."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])
