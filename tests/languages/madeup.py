"""Made-up languages for tests: every text of the dialogues dressed up, and nobody speaks them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

from bot.files import read_folder
from bot.languages.catalogues import updated
from bot.languages.texts import Text, texts_in
from bot.library import Library, load_library
from tests.conftest import ROOT

ACCENTED, TURNED = "eo", "he"
"""Codes that CLDR knows, one from left to right and one from right to left."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LIKE = str.maketrans(
    _LETTERS + _LETTERS.upper(), "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
)
_TURNED = str.maketrans(_LETTERS + _LETTERS.upper(), "אבגדהוזחטיכלמנסעפצקרשתםןףץ" * 2)
_LOGIC = re.compile(r"(\{[{%].*?[%}]\})", re.DOTALL)
_INSTEAD = re.compile(r"""((?:\bor|\belse)\s+["'])([^"']*)(["'])""")
READY = """
    written in: {{code: en, name: English}}
    ready:
      - code: {code}
        name: "[{code}]"
        reviewed: {{by: nobody, on: 2027-01-15}}
        measured: {{by: nobody, on: 2027-02-01}}
"""


def accented(words: str) -> str:
    """Letters that look alike, in brackets, a third longer."""
    body = words.strip()
    if not any(letter.isalpha() for letter in body):
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}[{body.translate(_LIKE)}{'~' * (len(body) // 3)}]{after}"


def turned(words: str) -> str:
    """Letters of a script that runs from right to left."""
    return words.translate(_TURNED)


def put(text: Text, dress: Callable[[str], str]) -> str:
    """Dress up one text, but none of the logic in it."""
    if text.use == "words":
        return ", ".join(dress(word) for word in text.original.split(", "))
    if text.use not in ("text", "reads"):
        return dress(text.original)
    parts = _LOGIC.split(text.original)
    return "".join(
        _INSTEAD.sub(lambda found: found[1] + dress(found[2]) + found[3], part)
        if part.startswith("{{")
        else part
        if part.startswith("{%")
        else dress(part)
        for part in parts
    )


def catalogue_in(folder: Path, code: str, dress: Callable[[str], str]) -> str:
    """Write a whole catalogue for the dialogues of a folder."""
    texts = texts_in(read_folder(folder, []))
    written = updated(code, texts)
    said = iter([put(text, dress) for text in texts])
    head, *entries = re.split(r"(?=^#\. )", written, flags=re.MULTILINE)
    return head + "".join(
        re.sub(r'msgstr ""\n', lambda _: f"msgstr {_quoted(next(said))}\n", each)
        for each in entries
    )


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def copied(folder: Path) -> Path:
    """Copy the real dialogues, without transcripts and translations."""
    ours = shutil.ignore_patterns("transcripts", "*.po")
    return Path(shutil.copytree(ROOT / "dialogues", folder / "dialogues", ignore=ours))


def made_ready(dialogues: Path, code: str, dress: Callable[[str], str]) -> Path:
    """Add a whole catalogue in a made-up language, listed as ready; give where it lies."""
    languages = dialogues / "languages"
    languages.mkdir(exist_ok=True)
    catalogue = languages / f"{code}.po"
    catalogue.write_text(catalogue_in(dialogues, code, dress), encoding="utf-8")
    (languages / "ready.yaml").write_text(dedent(READY.format(code=code)), encoding="utf-8")
    return catalogue


def library_in(folder: Path, code: str, dress: Callable[[str], str]) -> Library:
    """Read the real dialogues with one made-up language."""
    dialogues = copied(folder)
    made_ready(dialogues, code, dress)
    return load_library(dialogues)
