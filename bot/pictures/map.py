"""The picture of who is around somebody, as PNG: made in memory from plain data, kept nowhere."""

from collections.abc import Mapping
from typing import Any

from resvg_py import svg_to_bytes

from bot.pictures.layout import layout
from bot.pictures.lettering import runs
from bot.pictures.parts import Picture, every_text
from bot.pictures.svg import svg


def draw_map(holds: Mapping[str, Any]) -> bytes:
    """Draw who is around, what could be tried and what comes next; 1080 by 1350 pixels.

    `holds` has `title`, `date`, `around` (each with `name`, `kind`, `ring`, `tie`, `give`, `get`),
    `could_try`, `next_step`, and in `words` what everything is called. What has no word is drawn
    without one. The same bytes for the same words; only what is given is ever drawn. It takes its
    time: a thread should do it. Raises ValueError where the letters can't be drawn.
    """
    picture = layout(holds)
    return drawn(svg(picture), picture)


def drawn(source: str, picture: Picture) -> bytes:
    """Draw SVG with the fonts that the texts of a picture need, and with no others."""
    texts = every_text(picture)
    needed = {font.file for text in texts for font, _ in runs(text.text, bold=text.bold)}
    files = sorted(str(file) for file in needed)
    try:
        return bytes(svg_to_bytes(svg_string=source, skip_system_fonts=True, font_files=files))
    except BaseException as error:
        # what goes wrong deep inside it would pass by every `except Exception`
        if type(error).__name__ == "PanicException":
            raise ValueError("this picture can't be drawn") from None
        raise
