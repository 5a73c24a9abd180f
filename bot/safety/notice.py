"""The questions asked of every text: which concern is in it, and which cues."""

from dataclasses import dataclass

from bot.safety.concern import Concern, ConcernClass
from bot.safety.families import Families
from bot.safety.pattern import read_message


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
    message = read_message(text)
    return next((rule.concern for rule in families.rules if rule.fires(message)), None)


def cues(families: Families, text: str) -> tuple[Cued, ...]:
    """Give every cue in a text, in the order of the phrase file; the text itself is not kept.

    A cue is nothing by itself. Different ones over the turns of one talk add up.
    """
    message = read_message(text)
    return tuple(Cued(cue.kind, cue.name) for cue in families.cues if cue.fires(message))
