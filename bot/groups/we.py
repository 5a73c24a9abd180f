"""The end of a round in which a group looks at itself as "we": texts, and the picture of them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Enclosure
from bot.engine.group import FEWEST
from bot.engine.labels import word
from bot.engine.script import PARTS
from bot.engine.together import READS, Collective
from bot.engine.values import joined, quote
from bot.groups.ground import enough, grounds, offered, reasons
from bot.groups.parts import Line, lines_of
from bot.groups.putting_down import Planned, planned
from bot.groups.shown import Shown

MOST_LINES: Final = 8
"""So many lines of a part stand in the text; all of them have been shown in the group before."""
MOST_DRAWN: Final = 4
"""So many lines of a part, and so many steps, stand on the picture."""
MOST_STEPS: Final = 8
MOST_NAMES: Final = 12
LONGEST_DRAWN: Final = 110
"""A longer line is cut on the picture; the text holds more of it."""


def end_of_we(
    catalogue: Catalogue, shown: Iterable[Shown], least: int
) -> tuple[tuple[str, ...], Enclosure]:
    """Give the five texts with which such a round ends, and the picture that goes with them.

    Each part in the group's own words, what could be done together, and the plan. There are always
    five, in this order, so that one can take the place of what stood there before. They hold
    nothing but what was shown: no share without a name where those are fewer than `least`, and no
    name on a step but of those who put themselves down for it by name. The picture holds no names:
    it is easily passed on, and the texts say all that it says.
    """
    told = enough(shown, least)
    lines = lines_of(told)
    steps = offered(catalogue.together, told, least)
    plan = planned(told, catalogue.together.nothing, least)
    texts = [_part(catalogue, part, lines[part], least) for part in PARTS]
    texts[0] = f"{word(catalogue, 'we_title')}\n\n{texts[0]}"
    texts.append(_steps(catalogue, steps, grounds(catalogue.together, told, least)))
    texts.append(_plan(catalogue, plan))
    return tuple(texts), Enclosure("we", _drawn(catalogue, lines, steps, plan, least))


def _part(catalogue: Catalogue, part: str, lines: Sequence[Line], least: int) -> str:
    heading = word(catalogue, f"we_{part}")
    if not lines:
        return f"{heading}\n\n{word(catalogue, 'we_nothing')}"
    said = [_line(catalogue, each) for each in lines[:MOST_LINES]]
    said += _more(catalogue, len(lines) - MOST_LINES, least)
    return "\n\n".join(
        [heading, word(catalogue, "we_words"), "\n".join(f"- {each}" for each in said)]
    )


def _line(catalogue: Catalogue, line: Line) -> str:
    names = _names(catalogue, line.names)
    if names and line.unnamed:
        names.append(word(catalogue, "we_unnamed"))
    said = quote(line.words)
    return f"{joined(names, *catalogue.joins)}: {said}" if names else said


def _names(catalogue: Catalogue, names: Sequence[str]) -> list[str]:
    told = [quote(each)[1:-1] for each in names[:MOST_NAMES]]
    return told + ([word(catalogue, "we_more")] if len(names) > MOST_NAMES else [])


def _more(catalogue: Catalogue, left: int, least: int) -> list[str]:
    """Say that there is more, and how much only where that is told of no one person."""
    if left <= 0:
        return []
    if left < max(least, FEWEST):
        return [word(catalogue, "we_more")]
    return [word(catalogue, "we_many_more", count=left)]


def _steps(catalogue: Catalogue, steps: Sequence[Collective], told: frozenset[str]) -> str:
    said: list[str] = []
    before = ""
    for each in steps:
        topics = joined(reasons(each, catalogue.together, told), *catalogue.joins)
        because = each.because.render({READS: topics})
        about = {"step": each.step.render({}), "because": because, "first": each.first.render({})}
        ground = "we_same" if because and because == before else "we_because"
        said.append(word(catalogue, ground if topics else "we_possible", **about))
        before = because
    heading = word(catalogue, "we_could") if said else word(catalogue, "we_no_step")
    return "\n\n".join([heading, *said])


def _plan(catalogue: Catalogue, plan: Sequence[Planned]) -> str:
    carried = [each for each in plan if each.carried]
    said = [_planned(catalogue, each) for each in carried[:MOST_STEPS]]
    said += [word(catalogue, "we_more")] if len(carried) > MOST_STEPS else []
    heading = word(catalogue, "we_plan") if said else word(catalogue, "we_no_plan")
    free = [each.title for each in plan if not each.carried][:MOST_STEPS]
    also = [word(catalogue, "we_free", steps=joined(free, *catalogue.joins))] if free else []
    return "\n\n".join([heading, *said, *also])


def _planned(catalogue: Catalogue, step: Planned) -> str:
    who = _names(catalogue, step.names)
    if step.more:
        who.append(word(catalogue, "we_others" if who else "we_only_unnamed", count=step.more))
    told = f"- {step.title}: {joined(who, *catalogue.joins)}"
    if step.alone:
        told += "\n" + word(catalogue, f"we_{step.alone}", who=who[0])
    return told


def _drawn(
    catalogue: Catalogue,
    lines: dict[str, tuple[Line, ...]],
    steps: Sequence[Collective],
    plan: Sequence[Planned],
    least: int,
) -> dict[str, Any]:
    carried = [_short(each.words) for each in plan if each.carried]
    could = [each.step.render({}) for each in steps]
    return {
        "title": word(catalogue, "we_title"),
        "about": word(catalogue, "we_words") if any(lines.values()) else "",
        "parts": [
            {
                "part": part,
                "heading": word(catalogue, f"we_{part}"),
                "lines": [_short(each.words) for each in lines[part][:MOST_DRAWN]],
                "more": "".join(_more(catalogue, len(lines[part]) - MOST_DRAWN, least)),
                "nothing": word(catalogue, "we_nothing"),
            }
            for part in PARTS
        ],
        "next": word(catalogue, "we_plan" if carried else "we_could"),
        "steps": (carried or could)[:MOST_DRAWN],
        "more": word(catalogue, "we_more") if len(carried) > MOST_DRAWN else "",
    }


def _short(words: str) -> str:
    told = " ".join(words.split())
    if len(told) <= LONGEST_DRAWN:
        return told
    cut = told[:LONGEST_DRAWN]
    return (cut.rsplit(" ", 1)[0] if " " in cut[40:] else cut).rstrip(".,;: ") + "…"
