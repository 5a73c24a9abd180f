"""On what terms a person's words are taken and kept here, as whoever runs this Kith has set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """From which age Kith talks with somebody, and for how many days it keeps what they said.

    Days count from the last turn: `finished` for a reflection that came to its end, `unfinished`
    for one that did not, `apart` for what is kept apart from it (the map, the plan for bad days).

    `least` is how many people have to share something in a group without their names before any
    of it is shown, `least_counted` how many have to be behind every number that is told.
    """

    age: int = 18
    finished: int = 90
    unfinished: int = 30
    apart: int = 365
    least: int = 5
    least_counted: int = 5
