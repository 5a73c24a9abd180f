"""The questions asked of every text: which concern is in it, and which cues."""

from dataclasses import dataclass

from bot.safety.concern import Concern, ConcernClass
from bot.safety.families import Families
from bot.safety.pattern import Message, read_message
from bot.safety.rule import view
from bot.safety.second_opinion import SecondOpinion, asked

_SLIPS_IN = 150
"""Slips of the thumb are put right in so many words: who writes at length says it twice."""


@dataclass(frozen=True, slots=True)
class Cued:
    """One cue, by its name; it holds nothing of what was written."""

    kind: ConcernClass
    name: str


def notice(families: Families, text: str) -> Concern | None:
    """Give the most pressing concern in a text, or nothing; the text itself is not kept.

    What is said plainly comes before what is unclear, harm under way before what may come, then
    the order of the classes, then the order in which the rules were written.
    """
    return ruled(families, read_message(text))


def notice_or_ask(families: Families, opinion: SecondOpinion, text: str) -> Concern | None:
    """Give what the rules notice; only where that is nothing, what the second opinion asks about.

    So learning can add an unclear concern, and can't take one away or make one explicit. Last, the
    rules read a text with slips of the thumb once more, as what was meant.
    """
    return _found(families, opinion, read_message(text))


def heard(
    families: Families, opinion: SecondOpinion, text: str
) -> tuple[Concern | None, tuple[Cued, ...]]:
    """Give what `notice_or_ask` gives and, where that is nothing, the cues; it reads once."""
    message = read_message(text)
    concern = _found(families, opinion, message)
    return concern, () if concern else _cued(families, message)


def _found(families: Families, opinion: SecondOpinion, message: Message) -> Concern | None:
    plain = message.text.strip(" .")
    found = ruled(families, message) or asked(opinion, plain)
    if found:
        return found
    words = plain.split()[:_SLIPS_IN]
    meant = " ".join(opinion.near.read(words))
    return ruled(families, view(f" {meant}")) if meant != " ".join(words) else None


def ruled(families: Families, message: Message) -> Concern | None:
    """Give the concern of the first rule that fires."""
    return next((rule.concern for rule in families.rules if rule.fires(message)), None)


def _cued(families: Families, message: Message) -> tuple[Cued, ...]:
    """Give every cue, in the order of the phrase file.

    A cue is nothing by itself. Different ones over the turns of one talk add up.
    """
    return tuple(Cued(cue.kind, cue.name) for cue in families.cues if cue.fires(message))
