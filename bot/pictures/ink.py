"""How texts and boxes become SVG, and SVG becomes PNG with the fonts that it needs."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from resvg_py import svg_to_bytes

from bot.pictures.lettering import runs
from bot.pictures.parts import Box, Text
from bot.pictures.shapes import INK, n
from bot.pictures.stretches import stretches


def rect(box: Box, look: str) -> str:
    """Draw a box."""
    place = f'x="{n(box.x)}" y="{n(box.y)}" width="{n(box.wide)}" height="{n(box.high)}"'
    return f"<rect {place} {look}/>"


def letters(text: Text, colour: str = INK, ground: str = "") -> str:
    """Draw a line of text; with a `ground`, lines behind it keep clear of its letters."""
    looks = f'font-size="{text.size}" fill="{colour}"'
    looks += ' font-weight="700"' if text.bold else ""
    if ground:
        looks += f' stroke="{ground}" stroke-width="6" paint-order="stroke"'
    return "".join(
        f'<text x="{n(each.x)}" y="{n(text.y)}" text-anchor="{each.anchor}"'
        f' font-family="{each.family}" {looks}>{escape(each.letters)}</text>'
        for each in stretches(text)
    )


def drawn(source: str, texts: Iterable[Text]) -> bytes:
    """Give SVG with these texts as PNG. Raises ValueError where the letters can't be drawn."""
    needed = {font.file for text in texts for font, _ in runs(text.text, bold=text.bold)}
    files = sorted(str(file) for file in needed)
    try:
        return bytes(svg_to_bytes(svg_string=source, skip_system_fonts=True, font_files=files))
    except BaseException as error:
        # what goes wrong deep inside it would pass by every `except Exception`
        if type(error).__name__ == "PanicException":
            raise ValueError("this picture can't be drawn") from None
        raise
