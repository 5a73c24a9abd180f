"""What was noticed: a class, how plainly it was said, and whom it is about. Never a score."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

ConcernClass = Literal["suicide", "self-harm", "abuse", "child", "others", "medical"]
CLASSES: Final[tuple[ConcernClass, ...]] = get_args(ConcernClass)
Tier = Literal["explicit", "unclear"]
About = Literal["me", "someone else", "child"]


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern, named by the rule that saw it; it holds nothing of what was written.

    `about` is "me" for the person writing (also when a child writes), "child" when an adult
    writes about a child, and "someone else" otherwise.
    """

    kind: ConcernClass
    tier: Tier
    rule: str
    about: About
