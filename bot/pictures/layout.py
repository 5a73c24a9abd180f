"""Where everything stands on the picture of who is around: the map, what could come, the signs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.pictures.around import around, closest, others
from bot.pictures.legend import ROW, legend, rows, signs
from bot.pictures.lettering import cut, writable
from bot.pictures.parts import EDGE, HIGH, PITCH, WIDE, Band, Box, Picture, Text, stack

MOST_TRIES: Final = 3
_INNER: Final = WIDE - 2 * EDGE
_TITLE_SIZES: Final = (46, 42, 38, 34)
_GAP: Final = 10
_CALLED: Final = 180
_PAD: Final = 20
_STEP_SIZE: Final = 32
_SIGN: Final = 20
_PLACES: Final = 92


def layout(holds: Mapping[str, Any]) -> Picture:
    """Lay a picture out. What is missing from `words` is left out, and so is what has no room."""
    given = holds.get("words", {})
    words = {str(name): writable(word) for name, word in given.items()}
    title, top = _title(writable(holds.get("title", "")), writable(holds.get("date", "")))
    step = _step(words.get("next_step", ""), writable(holds.get("next_step", "")))
    tries = _tries(words, [writable(each) for each in holds.get("could_try", ())])
    everybody = others(holds)
    shown = closest(everybody)
    left = len(everybody) - len(shown)
    told = rows(signs(shown, words))
    bottom: float = HIGH - EDGE - ROW * len(told) - (_GAP if told else 0)
    entries = legend(told, HIGH - EDGE - ROW * len(told))
    if step:
        bottom -= step.box.high
        step = _moved(step, bottom)
        bottom -= _GAP
    if tries:
        bottom -= tries.box.high
        tries = _moved(tries, bottom)
        bottom -= _GAP
    card = Box(EDGE, top, _INNER, bottom - top)
    return Picture(title, around(shown, left, words, card), tries, step, entries)


def _title(title: str, date: str) -> tuple[tuple[Text, ...], float]:
    """Set title and date; give where the map may begin."""
    top = float(EDGE)
    told: tuple[Text, ...] = ()
    if title:
        sizes = (
            stack(title, WIDE / 2, top + 30, room=_INNER, most=1, size=size, bold=True)
            for size in _TITLE_SIZES
        )
        told = next((each for each in sizes if not cut([each[0].text])), ())
        smallest = _TITLE_SIZES[-1]
        told = told or stack(
            title, WIDE / 2, top + 30, room=_INNER, most=1, size=smallest, bold=True
        )
        top += 60
    if date:
        told += stack(date, WIDE / 2, top + PITCH / 2, room=_INNER, most=1)
        top += PITCH
    return told, top + (_GAP if told else 0)


def _step(called: str, step: str) -> Band | None:
    """Set the one thing that comes next on a band of its own."""
    if not step:
        return None
    left = EDGE + _PAD + (_CALLED + _PAD if called else 0)
    room = WIDE - EDGE - _PAD - left
    texts = stack(step, left, 0, room=room, most=2, size=_STEP_SIZE, bold=True, begins=True)
    if cut([text.text for text in texts]):
        texts = stack(step, left, 0, room=room, most=3, bold=True, begins=True)
    pitch = texts[0].box.high
    return _band(called, texts, max(76, pitch * len(texts) + _PAD))


def _tries(words: Mapping[str, str], named: Sequence[str]) -> Band | None:
    """Set up to three places side by side, each with a sign and a name of two lines at most."""
    shown = [each for each in named if each][:MOST_TRIES]
    called = words.get("could_try", "")
    if not shown:
        return None
    left = EDGE + _PAD + (_CALLED + _PAD if called else 0)
    column = (WIDE - EDGE - left) / len(shown)
    texts: list[Text] = []
    shapes = []
    for place, each in enumerate(shown):
        x = left + column * place
        shapes.append(Box(x, -_SIGN, _SIGN * 2, _SIGN * 2))
        begin = x + _SIGN * 2 + _GAP
        texts += stack(each, begin, 0, room=x + column - _PAD - begin, most=2, begins=True)
    return _band(called, texts, _PLACES, shapes)


def _band(called: str, texts: Sequence[Text], high: float, shapes: Sequence[Box] = ()) -> Band:
    """Give a band around the height 0."""
    name = stack(called, EDGE + _PAD, 0, room=_CALLED, most=2, begins=True)
    box = Box(EDGE, -high / 2, _INNER, high)
    return Band(box, name, tuple(texts), tuple(shapes))


def _moved(band: Band, top: float) -> Band:
    down = top - band.box.y
    return Band(
        replace(band.box, y=top),
        tuple(replace(text, y=text.y + down) for text in band.called),
        tuple(replace(text, y=text.y + down) for text in band.texts),
        tuple(replace(box, y=box.y + down) for box in band.shapes),
    )
