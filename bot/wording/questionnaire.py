"""Questions that follow one another along a script without a word of Kith's own between them."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Expression
from bot.engine.script import Script, Step
from bot.wording.places import Raw, placed
from bot.wording.rules import Wording
from bot.wording.samples import Samples
from bot.wording.sentences import is_statement, sentences_in
from bot.wording.texts import Written

_LOOKED_AT: Final = 5_000
"""So many places along one row are looked at most; past them a row is taken to be none."""
Known = tuple[tuple[str, int], ...]
"""Which answers a person has given so far, each by its place among the sample values."""


def questionnaires(
    wording: Wording, samples: Samples, script: Script, texts: Sequence[Written], raw: Raw
) -> Iterator[Diagnostic]:
    """Give where a person could be asked too many questions in a row, at the last of them.

    Only rows that one person can meet count: the conditions on the way are tried on sample
    answers. A call of another script ends a row, and so does whatever Kith says as a statement,
    the person's own words given back among it.
    """
    walk = _Walk(wording, samples, script, texts)
    told: set[str] = set()
    for start in script.steps.values():
        row = walk.row_from(start) if start.id in walk.bare else []
        if row and row[-1].id not in told:
            told.add(row[-1].id)
            most = wording.limit("questions in a row")
            names = ", ".join(f"'{step.id}'" for step in row)
            message = f"more than {most:.0f} questions in a row without a statement: {names}"
            fix = "let one of them begin with a sentence that tells something"
            yield at(placed(row[-1].spot("say", 0), raw), "questionnaire", message, fix)


class _Walk:
    """Follows a script from a question on, for every kind of person its conditions tell apart."""

    def __init__(
        self, wording: Wording, samples: Samples, script: Script, texts: Sequence[Written]
    ) -> None:
        self.script = script
        self._settled: dict[tuple[int, Known], tuple[tuple[bool, Known], ...]] = {}
        self.most = wording.limit("questions in a row")
        said: dict[str, list[Written]] = {}
        for text in texts:
            if text.step and text.kind == "message" and text.node is not text.step.spot("again"):
                said.setdefault(text.step.id, []).append(text)
        steps = script.steps.values()
        self.bare = {step.id for step in steps if _only_asks(step, said.get(step.id, ()))}
        guards = [guard for step in script.steps.values() for guard in _guards(step)]
        leaves = [leaf for guard in guards for leaf in _leaves(guard)]
        reading: dict[str, list[Expression]] = {}
        for leaf in leaves:
            for name in leaf.reads:
                reading.setdefault(name, []).append(leaf)
        self.values = {
            name: _told_apart(samples.of(name, script), name, reading[name])
            for name in sorted(reading)
        }

    def row_from(self, start: Step) -> list[Step]:
        """Give a row of bare questions that begins here and is too long, or nothing."""
        waiting: list[tuple[str, tuple[str, ...], Known]] = [(start.id, (), ())]
        seen = set(waiting)
        for place, row, known in waiting:
            step = self.script.steps.get(place)
            if step is None or len(waiting) > _LOOKED_AT:
                continue
            if len(row) > self.most:
                return [self.script.steps[each] for each in row]
            for following in self._onward(step, row, known):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return []

    def _onward(
        self, step: Step, row: tuple[str, ...], known: Known
    ) -> Iterator[tuple[str, tuple[str, ...], Known]]:
        for shown, told in self._holding(step.only_if, known):
            if not shown:
                yield step.then, row, told
            elif (step.id in self.bare or not (step.ask or step.say or step.call)) and (
                step.id not in row
            ):
                longer = (*row, step.id) if step.ask else row
                if len(longer) > self.most:
                    yield step.id, longer, told
                    return
                yield from self._edges(step, longer, told)

    def _edges(
        self, step: Step, row: tuple[str, ...], known: Known
    ) -> Iterator[tuple[str, tuple[str, ...], Known]]:
        left = [known]
        for edge in step.edges:
            ways = [way for told in left for way in self._holding(edge.when, told)]
            yield from ((edge.to, row, told) for holds, told in ways if holds)
            left = [told for holds, told in ways if not holds]

    def _holding(self, guard: Expression | None, known: Known) -> Iterator[tuple[bool, Known]]:
        """Say for each kind of person whether the condition holds, with what that settles."""
        if guard is None:
            yield True, known
            return
        told = tuple(each for each in known if each[0] in guard.reads)
        key = (id(guard), told)
        if key not in self._settled:
            self._settled[key] = tuple(self._tried(guard, dict(told)))
        for holds, new in self._settled[key]:
            yield holds, known + new

    def _tried(self, guard: Expression, told: dict[str, int]) -> Iterator[tuple[bool, Known]]:
        """Say whether it holds for each value of the answers that are not known yet."""
        new = sorted(guard.reads - told.keys())
        for places in product(*(range(len(self.values[name])) for name in new)):
            settled = tuple(zip(new, places, strict=True))
            scope = {name: self.values[name][place] for name, place in (*told.items(), *settled)}
            yield guard.holds(scope), settled


def _only_asks(step: Step, said: Sequence[Written]) -> bool:
    """Say whether a step can be put without telling anything."""
    if step.ask is None or step.call:
        return False
    return all(any(not _tells(reading) for reading in text.own) for text in said)


def _tells(reading: str) -> bool:
    return any(map(is_statement, sentences_in(reading)))


def _guards(step: Step) -> list[Expression]:
    guards = [edge.when for edge in step.edges if edge.when]
    return [*guards, step.only_if] if step.only_if else guards


def _leaves(guard: Expression) -> Iterator[Expression]:
    if not guard.parts:
        yield guard
    for part in guard.parts:
        yield from _leaves(part)


def _told_apart(values: Sequence[object], name: str, leaves: Sequence[Expression]) -> list[object]:
    """Keep one of all the values that none of these conditions tells apart."""
    if any(len(leaf.reads) > 1 for leaf in leaves):
        return list(values)
    kept = {
        tuple(leaf.holds({name: value}) for leaf in leaves): value for value in reversed(values)
    }
    return list(kept.values())
