"""What goes along with a text, as a file: made in memory when it is sent, kept nowhere."""

import os
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple, assert_never

from bot.engine.effects import Enclosure

_PRIVATE: Final = 0o600
_FILES: Final = {
    "map": ("kith-map", ".png"),
    "we": ("kith-us", ".png"),
    "page": ("letter", ".html"),
    "kept page": ("kept", ".html"),
    "kept data": ("kept", ".json"),
    "places data": ("places", ".json"),
}


class Enclosed(NamedTuple):
    """A file that nobody has written down: its name, what is in it, of what kind."""

    name: str
    content: bytes
    mime: str


def enclosed(enclosure: Enclosure) -> Enclosed:
    """Make the file that an enclosure stands for. It takes its time: a thread should do it.

    Raises whatever goes wrong; the text has said the same in words.
    """
    # loaded when first needed: most conversations have no picture
    match enclosure.kind:
        case "map":
            from bot.pictures.map import draw_map  # noqa: PLC0415

            return Enclosed("map.png", draw_map(enclosure.holds), "image/png")
        case "we":
            from bot.pictures.we import draw_we  # noqa: PLC0415

            return Enclosed("us.png", draw_we(enclosure.holds), "image/png")
        case "page":
            from bot.pages.sheet import sheet  # noqa: PLC0415

            return Enclosed("page.html", sheet(enclosure.holds), "text/html")
        case "kept page":
            from bot.pages.kept import kept_page  # noqa: PLC0415

            return Enclosed("page.html", kept_page(enclosure.holds), "text/html")
        case "kept data":
            from bot.pages.kept import kept_data  # noqa: PLC0415

            return Enclosed("data.json", kept_data(enclosure.holds), "application/json")
        case "places data":
            from bot.directory.giving import hsds_data  # noqa: PLC0415

            return Enclosed("places.json", hsds_data(enclosure.holds), "application/json")
        case _:
            assert_never(enclosure.kind)


def instead(enclosure: Enclosure) -> str:
    """Say in words what a file would hold, where its text has not said the same already."""
    if enclosure.kind != "kept page":
        return ""
    from bot.pages.kept import kept_words  # noqa: PLC0415

    return kept_words(enclosure.holds)


def is_only_a_file(enclosure: Enclosure | None) -> bool:
    """Say whether something is of no use where there are no files: it is for programs."""
    return enclosure is not None and enclosure.kind in ("kept data", "places data")


class Folder:
    """Where the files of a conversation in a terminal are put, for their owner alone to read.

    Raises OSError where there can be no such folder.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path

    def put(self, enclosure: Enclosure) -> Path:
        """Write what an enclosure stands for under the next free name, and say where.

        Raises whatever goes wrong while making or writing it.
        """
        made = enclosed(enclosure)
        stem, end = _FILES[enclosure.kind]
        for number in count(1):
            file = self._path / f"{stem}-{number}{end}"
            try:
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
            except FileExistsError:
                continue
            with os.fdopen(handle, "wb") as out:
                out.write(made.content)
            return file
        raise AssertionError("numbers do not end")
