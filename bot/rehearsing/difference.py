"""Where a chat and what Kith says today part, told to people who don't program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from bot.transcripts import Message, Passage, Transcript, numbered

WORDED: Final = "Kith words this differently today"
ASKED_NOW: Final = "asked today and not in the chat"
ASKED_NO_MORE: Final = "in the chat and no longer asked"
SAID_NOW: Final = "said today and not in the chat"
SAID_NO_MORE: Final = "in the chat and no longer said"
STRANGE: Final = "this line is nobody's: begin it with kith: or you: or #, or indent it"
BROKEN: Final = "Kith breaks off here"
LONGEST: Final = 88
_LEAD: Final = 24

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the line of the chat at which it is, and what is there and said today."""

    line: int
    what: str
    chat: Lines = ()
    today: Lines = ()


def differences(chat: Transcript, today: Transcript, broke: str = "") -> list[Difference]:
    """Give every difference in the order of the file.

    Where lines name answers, each question is compared with the same question, wherever it
    stands today; otherwise message by message in order.
    """
    found = [Difference(line.number, STRANGE, (_short(line.words),)) for line in chat.strange]
    found += _by_name(chat, today) if chat.names_answers else _in_order(chat, today)
    if broke:
        said = [passage.you.number for passage in today.passages if passage.you]
        after = max(said, default=1)
        found = [each for each in found if each.line <= after]
        found.append(Difference(after, BROKEN, (), (broke,)))
    return sorted(found, key=lambda each: each.line)


def _in_order(chat: Transcript, today: Transcript) -> Iterator[Difference]:
    nothing = Passage(())
    line = 1
    for here, there in zip_longest(chat.passages, today.passages, fillvalue=nothing):
        yield from _messages(here.kith, there.kith, line)
        line = here.you.number if here.you else line


def _messages(chat: Sequence[Message], today: Sequence[Message], line: int) -> Iterator[Difference]:
    """Compare messages in order; `line` is where the chat stands before them."""
    texts, texts_today = (
        [(each.place, *each.lines) for each in each_side] for each_side in (chat, today)
    )
    matcher = SequenceMatcher(None, texts, texts_today, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            line = chat[b - 1].number
            continue
        for here, there in zip_longest(chat[a:b], today[c:d]):
            line = here.number if here else line
            yield _between(here, there, line)


def _between(here: Message | None, there: Message | None, line: int) -> Difference:
    if here and there:
        return worded(here, there)
    if here:
        return Difference(here.number, SAID_NO_MORE, _all(here))
    return Difference(line, SAID_NOW, (), _all(there))


def _by_name(chat: Transcript, today: Transcript) -> Iterator[Difference]:
    """Pair questions by the line that answers them; other messages wherever the same is said."""
    before, now = numbered(chat.passages), numbered([p for p in today.passages if _told(p)])
    loose: list[tuple[int, Message]] = []
    loose_now: list[tuple[int, Message, str, int]] = []
    for number, passage in before.items():
        same = now.get(number)
        paired = bool(number and same and same.kith and passage.kith)
        if same and paired and passage.kith[-1].lines != same.kith[-1].lines:
            yield worded(passage.kith[-1], same.kith[-1])
        if passage.you and same is None:
            asked = _all(passage.kith[-1]) if passage.kith else ()
            yield Difference(number, f"{ASKED_NO_MORE}{_name(passage)}", asked)
        end = len(passage.kith) - int(paired or same is None)
        loose += [(number, each) for each in passage.kith[:end]]
    line = 1
    for passage in today.passages:
        number = passage.you.number if passage.you else 0
        new = not _told(passage)
        for place, each in enumerate(passage.kith):
            question = place == len(passage.kith) - 1
            if new:
                what = f"{ASKED_NOW}{_name(passage)}" if question else SAID_NOW
                loose_now.append((-1, each, what, line))
            elif not question or number == 0 or not before[number].kith:
                loose_now.append((number, each, SAID_NOW, line))
        line = number or line
    yield from _unpaired(loose, loose_now)


def _unpaired(
    loose: list[tuple[int, Message]], loose_now: list[tuple[int, Message, str, int]]
) -> Iterator[Difference]:
    """Tell what is said on one side only; what is left at the same question is one wording."""
    for number, each in list(loose):
        twin = next((now for now in loose_now if now[1].lines == each.lines), None)
        if twin:
            loose.remove((number, each))
            loose_now.remove(twin)
    for number, each in loose:
        twin = next((now for now in loose_now if now[0] == number), None)
        if twin:
            loose_now.remove(twin)
            yield worded(each, twin[1])
        else:
            yield Difference(each.number, SAID_NO_MORE, _all(each))
    for _, each, what, line in loose_now:
        yield Difference(line, what, (), _all(each))


def _told(passage: Passage) -> bool:
    """Leave aside where a question was answered that the chat doesn't know."""
    return passage.you is None or passage.you.number > 0


def _name(passage: Passage) -> str:
    return f" ({passage.you.answer})" if passage.you and passage.you.answer else ""


def worded(here: Message, there: Message) -> Difference:
    """Tell two wordings of one message: only the lines that differ, cut around the place."""
    chat: list[str] = []
    today: list[str] = []
    first = -1
    matcher = SequenceMatcher(None, here.lines, there.lines, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        first = a if first < 0 else first
        for mine, theirs in zip_longest(here.lines[a:b], there.lines[c:d], fillvalue=""):
            start = _same_start(mine, theirs)
            chat.append(_short(mine, start))
            today.append(_short(theirs, start))
    gone = tuple(filter(None, chat)) or ("(nothing)",)
    come = tuple(filter(None, today)) or ("(nothing)",)
    line = here.number + min(max(first, 0), len(here.lines) - 1)
    return Difference(line, WORDED, gone, come)


def _all(message: Message | None) -> Lines:
    return tuple(_short(line) for line in message.lines if line) if message else ()


def _same_start(mine: str, theirs: str) -> int:
    pairs = zip(mine, theirs, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), 0)


def _short(text: str, around: int = 0) -> str:
    """Cut a long line to the words around one place."""
    start = max(0, around - _LEAD) if len(text) > LONGEST and around > LONGEST - _LEAD else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    shown = text[start:]
    if len(shown) > LONGEST:
        shown = shown[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"… {shown}" if start else shown
