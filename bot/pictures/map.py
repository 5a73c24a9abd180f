"""The picture of who is around somebody, as PNG: made in memory from plain data, kept nowhere."""

from collections.abc import Mapping
from typing import Any

from bot.pictures.ink import drawn
from bot.pictures.layout import layout
from bot.pictures.parts import every_text
from bot.pictures.svg import svg


def draw_map(holds: Mapping[str, Any]) -> bytes:
    """Draw who is around, what could be tried and what comes next; 1080 by 1350 pixels.

    `holds` has `title`, `date`, `around` (each with `name`, `kind`, `ring`, `tie`, `give`, `get`),
    `could_try`, `next_step`, and in `words` what everything is called. What has no word is drawn
    without one. The same bytes for the same words; only what is given is ever drawn. It takes its
    time: a thread should do it. Raises ValueError where the letters can't be drawn.
    """
    picture = layout(holds)
    return drawn(svg(picture), every_text(picture))
