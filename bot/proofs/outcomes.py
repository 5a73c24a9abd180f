"""What a condition can come to, where only some answers are known.

Nothing is evaluated twice in two ways: the very function that decides while people talk is tried
with every value that the unknown answers can have. Only where a value can't be listed, such as
what a sub-dialogue gave back, a condition is taken apart at its ands, ors and nots.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final

from bot.engine.expression import Expression
from bot.engine.scope import GLOBALS
from bot.engine.values import SKIPPED, UNASKED
from bot.proofs.possible import Possible, Vague

MOST_TRIED: Final = 3000
BOTH: Final = frozenset({True, False})
Known = Mapping[str, object]
_WITNESSES: Final[Mapping[Vague, tuple[object, ...]]] = {
    Vague.FILLED: ([{"id": "one", "name": "one"}],),
    Vague.THERE: ([], [{"id": "one", "name": "one"}]),
}


class Outcomes:
    """Conditions of one script, each answered once for each set of answers that it reads."""

    def __init__(self, possible: Possible, inputs: frozenset[str]) -> None:
        self._possible = possible
        self._whole = inputs | frozenset(GLOBALS)
        self._seen: dict[tuple[int, tuple[object, ...]], frozenset[bool]] = {}
        self._kept: list[Expression] = []

    def of(self, condition: Expression, known: Known) -> frozenset[bool]:
        """Give every outcome that is possible while answers that are not known may be anything."""
        key = (id(condition), tuple(_frozen(known.get(name, _OPEN)) for name in condition.reads))
        if key not in self._seen:
            self._kept.append(condition)
            self._seen[key] = self._worked_out(condition, known)
        return self._seen[key]

    def may_all_fail(self, conditions: Sequence[Expression], known: Known) -> bool:
        """Say whether none of these conditions may hold, all looked at in the same moment."""
        names = sorted({name for each in conditions for name in each.reads})
        pools = [(known[name],) if name in known else self.listed(name) for name in names]
        vague = any(isinstance(value, Vague) for pool in pools for value in pool)
        if not vague and prod(map(len, pools)) <= MOST_TRIED:
            tried = (dict(zip(names, values, strict=True)) for values in product(*pools))
            return any(not any(each.holds(scope) for each in conditions) for scope in tried)
        atoms = {atom.shape: atom for each in conditions for atom in _atoms(each)}
        pairs = [tuple(self.of(atom, known)) for atom in atoms.values()]
        if prod(map(len, pairs)) > MOST_TRIED:
            return True
        settings = (dict(zip(atoms, values, strict=True)) for values in product(*pairs))
        return any(not any(_comes_to(each, given) for each in conditions) for given in settings)

    def listed(self, name: str) -> tuple[object, ...]:
        """Give every value that a name can have for somebody of whom nothing is known."""
        values = self._possible.get(name, (Vague.THERE,))
        return values if name in self._whole else (UNASKED, SKIPPED, *values)

    def _worked_out(self, condition: Expression, known: Known) -> frozenset[bool]:
        names = sorted(condition.reads)
        pools = [(known[name],) if name in known else self.listed(name) for name in names]
        vague = any(isinstance(value, Vague) for pool in pools for value in pool)
        if not vague and prod(map(len, pools)) <= MOST_TRIED:
            found: set[bool] = set()
            for values in product(*pools):
                found.add(condition.holds(dict(zip(names, values, strict=True))))
                if len(found) > 1:
                    break
            return frozenset(found)
        return self._taken_apart(condition, known)

    def _taken_apart(self, condition: Expression, known: Known) -> frozenset[bool]:
        parts = [self.of(part, known) for part in condition.parts]
        match condition.joint:
            case "not":
                return frozenset(not each for each in parts[0])
            case "and":
                return frozenset(one and two for one in parts[0] for two in parts[1])
            case "or":
                return frozenset(one or two for one in parts[0] for two in parts[1])
            case "is":
                name = next(iter(condition.reads))
                pool = (known[name],) if name in known else self.listed(name)
                return frozenset(
                    condition.holds({name: witness}) for each in pool for witness in witnesses(each)
                )
            case _:
                return BOTH


def witnesses(value: object) -> tuple[object, ...]:
    """Give real values that a vague one may stand for; any other stands for itself."""
    return _WITNESSES[value] if isinstance(value, Vague) else (value,)


def _atoms(condition: Expression) -> Iterator[Expression]:
    """Give what a condition is made of, down to where it can't be taken apart."""
    if condition.joint in _JOINTS:
        for part in condition.parts:
            yield from _atoms(part)
    else:
        yield condition


def _comes_to(condition: Expression, given: Mapping[str, bool]) -> bool:
    """Put a condition together again from what its atoms come to."""
    match condition.joint:
        case "not":
            return not _comes_to(condition.parts[0], given)
        case "and":
            return all(_comes_to(part, given) for part in condition.parts)
        case "or":
            return any(_comes_to(part, given) for part in condition.parts)
        case _:
            return given[condition.shape]


_JOINTS: Final = ("not", "and", "or")
_OPEN: Final = "\x00not known"


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return tuple(sorted((key, _frozen(each)) for key, each in value.items()))
    return (type(value).__name__, value) if isinstance(value, bool) else value
