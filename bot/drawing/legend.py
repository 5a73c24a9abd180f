"""What the signs of a picture mean, in rows below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.drawing.boxes import PAD, Box, Shape, Words
from bot.drawing.lines import Line
from bot.drawing.measure import SMALL
from bot.drawing.wording import ANSWER

Sign = Shape | Literal["arrow", "dotted arrow", "answer"]

_MEANINGS: Final[dict[Sign, str]] = {
    "arrow": "then this step",
    "dotted arrow": "past steps that are not for this person",
    "gate": "for whom the steps in this frame are",
    "way": "a way on from a step: the first that holds is taken",
    "call": "another dialogue runs here",
    "end": "the end",
    "answer": f"{ANSWER.format('name')}: an answer is put in here",
}
_WIDE: Final = 34
_ROW: Final = 22
_BETWEEN: Final = 22


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs and their meanings; each meaning is a box of its own, without an outline."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def legend(
    shown: Iterable[Box], arrows: Iterable[Line], left: float, top: float, room: float
) -> Legend:
    """Explain the signs that a picture uses, side by side in rows that fit into `room`."""
    boxes: list[Box] = []
    lines: list[Line] = []
    used = set(_signs(shown, arrows))
    x, y = left, top
    for sign, meaning in _MEANINGS.items():
        if sign not in used:
            continue
        words = Words(meaning, 0, 13, SMALL)
        before = 0 if sign == "answer" else _WIDE + PAD
        if x > left and x + before + words.wide > left + room:
            x, y = left, y + _ROW
        match sign:
            case "answer":
                pass
            case "arrow" | "dotted arrow":
                lines.append(Line(((x, y + 9), (x + _WIDE, y + 9)), sign != "arrow"))
            case shape:
                boxes.append(Box(f"sign {shape}", shape, x, y + 2, _WIDE, 14))
        boxes.append(Box(f"meaning {sign}", "meaning", x + before, y, words.wide, 18, (words,)))
        x += before + words.wide + _BETWEEN
    return Legend(tuple(boxes), tuple(lines))


def _signs(shown: Iterable[Box], arrows: Iterable[Line]) -> Iterator[Sign]:
    for box in shown:
        yield box.shape
        if any(ANSWER[0] in words.text for words in box.words):
            yield "answer"
    for arrow in arrows:
        yield "dotted arrow" if arrow.dotted else "arrow"
