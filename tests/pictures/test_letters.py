"""What is written on a picture: no wider than it was measured, nothing that can't be read."""

import pytest
from resvg_py import svg_to_bytes

from bot.pictures.fonts import BOLD, FOLDER, REGULAR, fallbacks, font
from bot.pictures.ink import letters
from bot.pictures.lettering import clusters, cut, lines, runs, width, writable
from bot.pictures.parts import Text
from tests.pictures.maps import NAMES
from tests.pictures.pixels import read

MORE = ("Åsa Ñuñez Őrsi", "Nguyễn Thị Ánh", "ĄĘŻŹ", "Ôfeliafly", "AVATAR To Ty", "لله الرحمن محمّد")
WRITTEN = [writable(name) for name in (*NAMES, *MORE) if writable(name)]


def inked(text: Text, wide: int) -> tuple[int, int, int, int] | None:
    """Draw one line of text alone; give where its ink is."""
    files = [str(each.file) for each, _ in runs(text.text, bold=text.bold)]
    source = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="110">'
    source += f'<rect width="{wide}" height="110" fill="#fff"/>{letters(text, "#000")}</svg>'
    return read(svg_to_bytes(svg_string=source, skip_system_fonts=True, font_files=files)).dark()


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("name", WRITTEN)
def test_no_ink_outside_the_measured_box(name: str, bold: bool) -> None:
    """Joined, stacked and accented letters of every script stay within what was measured."""
    name = name[:24]
    wide = int(width(name, 28, bold=bold)) + 80
    text = Text(name, 40, 60, bold=bold, begins=True)
    ink = inked(text, wide)
    assert ink, "nothing was drawn"
    left, top, right, bottom = ink
    box = text.box
    assert left >= box.x - 3
    assert right <= box.right + 3
    assert top >= box.y - 4
    assert bottom <= box.bottom + 4
    assert right - left > (box.wide - 10) * 0.3, "far narrower than measured"


def test_every_font_can_be_read():
    """Each file has letters, and a licence lies beside it."""
    for file in FOLDER.glob("*.ttf"):
        assert font(file).ems
        assert 0 < max(font(file).ems.values()) < 20
    assert len(list(FOLDER.glob("OFL-*.txt"))) == 3
    assert len(fallbacks()) == len(list(FOLDER.glob("Noto*.ttf")))
    total = sum(file.stat().st_size for file in FOLDER.glob("*.ttf"))
    assert total < 3_000_000


@pytest.mark.parametrize("file", [REGULAR, BOLD])
def test_known_widths(file):
    """The advances are those of the font: a space, an m, an accent on a Welsh w."""
    ems = [font(file).ems.get(letter) for letter in "m ŵ中"]
    assert ems[0]
    assert ems[1]
    assert ems[0] > ems[1]
    assert ems[2] == font(file).ems["w"]
    assert ems[3] is None


def test_what_no_font_has_is_left_out():
    """Nothing is drawn as an empty square; a name without any letter that is known is empty."""
    assert writable("李小龍") == ""
    assert writable("Bruce 李") == "Bruce"
    assert writable("a\u202eb\u0000c\n d") == "abc d"
    assert writable("Zoe\u0308") == "Zoë"


def test_letters_that_belong_together_stay_together():
    """A family, a flag, a tone of skin, an accent and a joined consonant are one letter each."""
    for whole in ("👨\u200d👩\u200d👧", "🇬🇧", "👩🏽", "q\u0303", "ष्क", "❤\ufe0f"):
        assert list(clusters(f"x{whole}y")) == ["x", whole, "y"]
    assert list(clusters("🇬🇧🇫🇷")) == ["🇬🇧", "🇫🇷"]


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("room", [150, 180, 240])
def test_lines_fit_their_room(name: str, room: int) -> None:
    """At most two lines, each within the room; what is missing ends in dots."""
    told = lines(name, room, 28, bold=True, most=2)
    assert 1 <= len(told) <= 2
    assert all(width(each, 28, bold=True) <= room for each in told)
    kept = "".join(told).replace(" ", "").replace("\u200f", "")
    whole = name.replace(" ", "")
    assert kept == whole or (cut(told) and whole.startswith(kept.rstrip("…")))


def test_lines_are_about_as_wide_as_each_other():
    """No word is left alone on a line where it need not be."""
    assert lines("Tea and Talk, St Mary's Hall", 300, 28, most=2) == (
        "Tea and Talk,",
        "St Mary's Hall",
    )
    assert lines("", 300, 28, most=2) == ()
