"""The part of a script that matters for one question about it.

Steps that neither give nor read the answers in question only lie on the way: from each place one
goes straight to the next steps that matter, by every way there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Slice:
    """`over` says where each step may lead; `kept` are the steps that matter."""

    over: Mapping[str, tuple[str, ...]]
    kept: frozenset[str]
    _ahead: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ahead(self, step: str) -> tuple[str, ...]:
        """Give the first steps that matter on every way on from `step`, itself included."""
        if step in self.kept:
            return (step,)
        if step not in self._ahead:
            self._ahead[step] = self._searched(step)
        return self._ahead[step]

    def _searched(self, start: str) -> tuple[str, ...]:
        seen, waiting = {start}, [start]
        found: dict[str, None] = {}
        while waiting:
            for to in self.over.get(waiting.pop(), ()):
                if to in self.kept:
                    found[to] = None
                elif to not in seen:
                    seen.add(to)
                    waiting.append(to)
        return tuple(found)
