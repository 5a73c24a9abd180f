"""What a group was shown of one prompt of a round: nothing that was kept, taken back or too few."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shown:
    """What was released of a prompt, in the order in which the group has seen it.

    `prompt` is its answer, `phase` the part of the round: self, other, situation or together.
    `named` has the name that somebody chose, their words as the group read them, and the value of
    the answer; `unnamed` the same without a name. `labels` are the choices of the prompt as people
    read them, by value; there are none where it is answered in one's own words.
    """

    prompt: str
    phase: str
    named: tuple[tuple[str, str, object], ...] = ()
    unnamed: tuple[tuple[str, object], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
