"""The small notation that phrases are written in, and how it is found in a message."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.safety.normalise import normalise

Sets = Mapping[str, tuple[str, ...]]

HERE = "<here>"
"""Stands in a guard's view of a message for the words that a rule matched."""

_GAP_STOPS = "not|never|nobody|without|he|she|they|you|we|used"
_WORD = " [^ .]++"
_GAP_WORD = rf"(?! (?:{_GAP_STOPS}) ){_WORD}"
_TOKEN = re.compile(r"\{([^{}]*)\}|\(([^{}()]+)\)|([^{}()\s]+)|(\S)")
_COUNTED = re.compile(r"(gap|far):([1-9]|1[0-9]|20)")
# Words that stand in most messages: a phrase is looked for by its other words first.
_EVERYDAY_WORDS = """
i me my he she him her his they them their it you your we us a an the and or but so if when
because that this what who is am are was were be been being do does did have has had get got
will would could can may might not no to of in on at for with from by up out about as just all
like go going want know think feel now here there again then how after before
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


class PatternError(ValueError):
    """A phrase that can't be read; its text is a plain sentence for whoever wrote it."""

    def __init__(self, source: str, what: str) -> None:
        """Name the phrase and say what is wrong with it."""
        super().__init__(f"the phrase “{source}” {what}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be searched: its plain form, its words, each between spaces."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase: where it is found, and which words a message must hold for it to be there.

    The rarest of these words stand first. The expression is compiled when it is first needed:
    there are a thousand, and most are for words that few people write.
    """

    source: str
    expression: str
    needs: tuple[frozenset[str], ...]

    @property
    def around(self) -> bool:
        """Whether the phrase says where the matched words stand."""
        return HERE in self.expression

    def found(self, message: Message) -> Iterator[re.Match[str]]:
        """Give each place where the phrase stands, in time that grows with the text only."""
        for need in self.needs:
            if message.words.isdisjoint(need):
                return iter(())
        return _compiled(self.expression).finditer(message.text)


def read_message(text: str) -> Message:
    """Make a message of what a person wrote."""
    plain = normalise(text)
    return Message(f" . {plain} . ", frozenset(plain.split()))


def compile_pattern(source: str, sets: Sets) -> Pattern:
    """Read one phrase; raises `PatternError` when it can't be read.

    Every repeat is counted and no word can be read in two ways, so no message makes it slow.
    """
    parts: list[str] = []
    needs: list[frozenset[str]] = []
    words: list[str] = []
    for braced, either, word, stray in _TOKEN.findall(f"{source} {{}}"):
        if stray:
            raise PatternError(source, "lacks a brace or a bracket.")
        if word and "|" not in word:
            words.append(word)
            continue
        for plain in plainly(" ".join(words)).split():
            parts.append(f" {re.escape(plain)}")
            needs.append(frozenset({plain}))
        words = []
        phrases = tuple(map(plainly, (word or either).split("|")))
        if any(phrases) or braced in sets:
            choice, need = choose(phrases if any(phrases) else sets[braced])
            parts.append(choice)
            needs.append(need)
        elif braced:
            parts.append(mark(braced, source))
    if not needs:
        raise PatternError(source, "has no words of its own.")
    rarest_first = sorted(needs, key=lambda need: (len(need & _EVERYDAY), len(need)))
    return Pattern(source, "".join(parts) + "(?= )", tuple(rarest_first))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def plainly(words: str) -> str:
    """Give words of a phrase in their plain form; most stand in many phrases."""
    return normalise(words)


@cache
def choose(phrases: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """Give the expression for any of several phrases, and a word of each that it can't lack."""
    ways = branches(tuple(phrase.split() for phrase in sorted(set(phrases))))
    return f"{ways}(?= )", frozenset(map(rarest, filter(None, phrases)))


def rarest(phrase: str) -> str:
    """Give the word of a phrase that is likely to stand in the fewest messages."""
    return max(phrase.split(), key=lambda word: (word not in _EVERYDAY, len(word)))


def branches(phrases: tuple[list[str], ...]) -> str:
    """Give the expression for any one of several phrases, the longest first.

    Phrases that begin alike share their beginning, so that it is looked for once.
    """
    follow: dict[str, list[list[str]]] = {}
    for first, *rest in filter(None, phrases):
        follow.setdefault(first, []).append(rest)
    ways = [f" {re.escape(first)}{branches(tuple(rest))}" for first, rest in follow.items()]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)}){'' if all(phrases) else '?'}"


def mark(braced: str, source: str) -> str:
    """Give the expression for a mark in braces that isn't a word list."""
    if counted := _COUNTED.fullmatch(braced):
        word = _GAP_WORD if counted[1] == "gap" else " [^ ]++"
        return f"(?:{word}){{0,{counted[2]}}}?"
    match braced:
        case "number":
            return " [1-9][0-9]{1,2}"
        case "start":
            return r"(?<= \.)"
        case "end":
            return r"(?= \. )"
        case "here":
            return f" {HERE}"
    raise PatternError(source, f"uses {{{braced}}}, which is no list, gap or mark.")
