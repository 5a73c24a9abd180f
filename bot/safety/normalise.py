"""Bring a message into the one plain form that the phrases are written against."""

import re
import unicodedata
from itertools import takewhile

from bot.safety.spelling import CONTRACTIONS, CORRECTIONS, MASKED, PAIRS, SHORT_FORMS

LONGEST = 4096
"""Characters read of a message: as many as Telegram lets a person send at once."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4\u0060\uff07", "'"))
# An apostrophe that lost its way between two kinds of letters on the way here.
_BROKEN_APOSTROPHE = re.compile("\u00e2\u20ac[\u2122\u02dc]|\u00e2\u0080[\u0098\u0099]")
_PICTURES = {
    "\U0001f52a": " knife ",
    "\U0001f5e1": " knife ",
    "\U0001f48a": " pills ",
    "\U0001fa78": " blood ",
    "\U0001f52b": " gun ",
    "\U0001fa92": " razor ",
    "\U0001f691": " ambulance ",
}
_PICTURE = re.compile("|".join(_PICTURES))
_LEET = str.maketrans("013457!|@$", "oieastiias")
_LEET_L = str.maketrans("1!|", "lll")
_LEET_SIGNS = re.compile(r"[013457!|@$*]")
_TORN = MASKED | SHORT_FORMS | CORRECTIONS
# "I amready": a space lost behind "I am", unless the word is one of its own.
_GLUED = re.compile(r"i am(?!bl|bu|pl|us|end|ass|ount|ong|id|en|is|ate|ple|or|aze|y\b)([a-z]{3,})")
_SPELT = SHORT_FORMS | CORRECTIONS
_PAIRED = {form.replace("'", " "): spoken for form, spoken in CONTRACTIONS.items()} | PAIRS
_EDGES = " .,;:?!\"'()[]~-_"
_PIECE = re.compile(r"[^\s.!?;,:\"()\[\]{}<>/\\|@#$%^&*+=_~`-]+|[.!?;]+")
_DOTTED = re.compile(r"(?:[a-z]\.){2,}[a-z]?")
_MOST_LETTERS = 12
_FEWEST_LETTERS = 3
_LONG_RUN = re.compile(r"([a-z])\1{2,}")


def normalise(text: str) -> str:
    """Give the words of a text divided by single spaces, with " . " where a sentence ends.

    Reads the first 4,096 characters, in time that grows only with their number.
    """
    words: list[str] = []
    for chunk in fold(text[:LONGEST]).split():
        together = chunk.replace(".", "") if _DOTTED.fullmatch(chunk) else chunk
        whole = unmask(together)
        for piece in [whole] if whole else _PIECE.findall(together):
            words += spell(piece)
    return " ".join(sentences(join(words)))


def fold(text: str) -> str:
    """Lower the case and drop accents from Latin letters, and everything that cannot be seen."""
    text = text.translate(_APOSTROPHES).casefold()
    if text.isascii():
        return text
    text = _BROKEN_APOSTROPHE.sub("'", text)
    text = _PICTURE.sub(lambda picture: _PICTURES[picture[0]], text)
    kept: list[str] = []
    for sign in unicodedata.normalize("NFKD", text)[:LONGEST]:
        category = unicodedata.category(sign)
        if category[0] == "M" and (not kept or kept[-1].isascii()):
            continue
        if sign.isascii() or category[0] in "LMN":
            kept.append(sign)
        elif category != "Cf":
            kept.append(" ")
    return unicodedata.normalize("NFC", "".join(kept)).casefold()


def unmask(chunk: str) -> str | None:
    """Read digits and signs standing for letters, if that makes a key word of the chunk."""
    chunk = chunk.strip(_EDGES)
    if not _LEET_SIGNS.search(chunk) or not any(letter.isalpha() for letter in chunk):
        return None
    bare = chunk.replace("*", "")
    for read in (bare.translate(_LEET), bare.translate(_LEET_L).translate(_LEET)):
        word = _LONG_RUN.sub(r"\1", read)
        if word in MASKED:
            return MASKED[word]
    return None


def spell(piece: str) -> list[str]:
    """Spell one piece out: sentence ends, contractions, stretched words, short forms, slips."""
    if piece[0] in ".!?;":
        return [] if piece.startswith("..") else ["."]
    piece = piece.strip("'")
    if piece in CONTRACTIONS:
        return CONTRACTIONS[piece].split()
    stem, _, ending = piece.rpartition("'")
    if stem and ending == "s":
        return [*spell(stem), "s"]
    word = _LONG_RUN.sub(r"\1", piece.replace("'", ""))
    return [word] if len(word) == 1 else _SPELT.get(word, word).split()


def join(words: list[str]) -> list[str]:
    """Put together what spaces tore apart: "i m", "don t", "my self", "k i l l"."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        letters = single_letters(words, at)
        spelt = "".join(letters)
        pair = " ".join(words[at : at + 2])
        if len(letters) >= _FEWEST_LETTERS and spelt in _TORN:
            joined += _TORN[spelt].split()
            at += len(letters)
        elif glued := _GLUED.fullmatch(pair):
            joined += ["i", "am", glued[1]]
            at += 2
        elif found := _PAIRED.get(pair):
            joined += found.split()
            at += 2
        else:
            joined += _SPELT.get(words[at], words[at]).split()
            at += 1
    return joined


def single_letters(words: list[str], at: int) -> list[str]:
    """Give the letters that stand alone from a place on, as in "k i l l"."""
    few = words[at : at + _MOST_LETTERS]
    return list(takewhile(lambda word: len(word) == 1 and word != ".", few))


def sentences(words: list[str]) -> list[str]:
    """Drop sentence ends that end nothing: at the start, at the end and after one another."""
    kept: list[str] = []
    for word in words:
        if word != "." or (kept and kept[-1] != "."):
            kept.append(word)
    return kept[:-1] if kept and kept[-1] == "." else kept
