"""Sample answers: for each name that a text can read, the values it could have, fullest first."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.expression import Expression
from bot.engine.question import STONES
from bot.engine.rounds import prompts_of
from bot.engine.script import Ask, Call, Script, Step
from bot.engine.values import SKIPPED, UNASKED, Scope, is_answered
from bot.supports.rules import Rule
from bot.wording.marks import START, marked
from bot.wording.offered import FAR, FREE, PLACE, offers_of, person_for

MOST: Final = 32
"""So many values of one name are tried at most."""
MOST_OF_A_FIELD: Final = 5
"""So many values of one field of a result are tried at most, beside empty ones."""
_LINES: Final = [marked("Samaritans, 116 123, day and night"), marked("NHS, 111")]
_CONCERNS: Final = ("suicide", "self-harm", "abuse", "child", "others", "medical")
_MAPPED: Final = [
    {
        "id": who.casefold(),
        "name": marked(who),
        "kind": kind,
        "near": near,
        "tie": tie,
        "gets": ["listen", "hand"],
        "gives": ["company"],
        "often": "weekly",
        "ask": "yes",
    }
    for who, kind, near, tie in (
        ("Anna", "person", "inner", "easing"),
        ("Raj", "person", "middle", "both"),
        ("the choir", "group", "outer", "draining"),
    )
]
_CHOIR: Final = {
    "what": marked("The choir"),
    "where": marked("St Ann's hall"),
    "meets_you": marked("Somebody with a badge"),
    "good_for": marked("company"),
    "waits": False,
    "own": False,
    "months": 8,
    "wrong": 1,
}
_OURS: Final = (
    _CHOIR,
    {**_CHOIR, "waits": True, "own": True, "months": 0, "wrong": 0},
    {**_CHOIR, "waits": True, "meets_you": "", "good_for": "", "months": 0, "wrong": 0},
    {**_CHOIR, "months": 1, "wrong": 0},
    {**_CHOIR, "months": 0, "wrong": 0},
)
_GLOBALS: Final[Mapping[str, tuple[object, ...]]] = {
    "contact": (marked("Ruth, Monday to Friday"), UNASKED),
    "concerns": ([], *([kind] for kind in _CONCERNS)),
    "recent": (0, 1, 2, 3, 4),
    "abuse_lines": (_LINES, []),
    "young_lines": (_LINES, []),
    "lines": (_LINES, []),
    "first_lines": (_LINES, []),
    "notes": (_LINES, []),
    "left_out": ([], ["denise"]),
    "buddy": (marked("Anna"), ""),
    "unnamed": ([], [marked("Denise")]),
    "closed_places": ([], ["resources/somewhere"]),
    "bad_days": (True, False),
    "private": (True, False),
    "local": (True, False),
    "age": (18,),
    "keep_days": (90,),
    "keep_unfinished_days": (30,),
    "keep_apart_days": (365,),
    "group_name": (marked("Tuesday group"), UNASKED),
    "least": (5, UNASKED),
    "days": (30, 1, 0),
    "my_map": (_MAPPED, _MAPPED[2:], []),
    "own_plan": (marked("Your plan for bad days."),),
    "own_map": (marked("Who and what is around you."),),
    "any": (True, False),
    "seen": (True, False),
    "begun": (True, False),
    "thought_of": ([marked("Try again a week later")], []),
    "place": (PLACE, FAR, FREE),
    "our_place": _OURS,
    "topics": (marked("work and money"),),
}
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_TEXT: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?![\w.])")


class Samples:
    """The values that names can have, worked out once from what the scripts ask and call."""

    def __init__(self, scripts: Mapping[str, Compiled], rules: Sequence[Rule]) -> None:
        self._scripts = [compiled.script for compiled in scripts.values()]
        self._rules = rules
        prompts = (step for one in self._scripts for step in prompts_of(one))
        self._late: tuple[list[object], list[object]] = ([], [step.answer for step in prompts])
        self._known: dict[tuple[str, str], tuple[object, ...]] = {}

    def of(self, name: str, script: Script | None = None, source: str = "") -> tuple[object, ...]:
        """Give the values of a name as `script` reads it, or as a text beside the scripts does.

        Of a name that nobody answers, the values are what `source` compares it with, and words.
        """
        if name in _GLOBALS:
            return _GLOBALS[name]
        if name == "late":
            return self._late
        if name == "person":
            return tuple(
                dict(person_for(good, ask), call=call)
                for good in ("listen", "company", "hand", "along")
                for call, ask in ((marked(" Anna"), "yes"), ("", "maybe"))
            )
        key = (script.id if script else "", name)
        if key not in self._known:
            self._known[key] = (UNASKED,)
            self._known[key] = tuple(distinct(self._work_out(name, script)))[:MOST]
        known = self._known[key]
        return known if known != (UNASKED,) else tuple(distinct(_compared(name, source)))

    def scopes(
        self, reads: Iterable[str], script: Script | None, bound: Mapping[str, object]
    ) -> Iterator[Scope]:
        """Give the fullest answers, then each other value of each one name, the rest unchanged."""
        options = {name: self.of(name, script) for name in sorted(reads) if name not in bound}
        fullest = {name: values[0] for name, values in options.items()} | dict(bound)
        yield fullest
        for name, values in options.items():
            for value in values[1:]:
                yield {**fullest, name: value}

    def items_of(self, each: Expression, script: Script) -> tuple[object, ...]:
        """Give the items of the list that `each` could come to in this script."""
        scopes = self.scopes(each.reads, script, {})
        return tuple(distinct(item for scope in scopes for item in _items(each, scope)))[:MOST]

    def _work_out(self, name: str, script: Script | None) -> Iterator[object]:
        where = [script] if script else self._scripts
        for one in where:
            for step in one.steps.values():
                if step.answer == name:
                    yield from self._answers(step, one)
            if script and name in one.inputs:
                yield from self._inputs(name, one)
        yield UNASKED

    def _answers(self, step: Step, script: Script) -> Iterator[object]:
        if step.suggest:
            yield from offers_of(self._rules, self)
        elif step.call:
            results = list(_unlike(self._results(step.call)))
            if step.call.each is None:
                yield from results
            else:
                yield results[:3]
                yield []
                yield from ([result] for result in results)
        elif step.ask:
            offered = step.ask.offer
            items = self.items_of(offered.each, script) if offered else ()
            ids = [offered.value.value({"item": item}) for item in items] if offered else []
            yield from _asked(step.answer or step.id, step.ask, ids)
            yield SKIPPED

    def _results(self, call: Call) -> Iterator[Mapping[str, object]]:
        called = next((one for one in self._scripts if one.id == call.script), None)
        wanted = (called.result if called else None) or {}
        reads = frozenset[str]().union(*(each.reads for each in wanted.values()))
        for scope in self.scopes(reads, called, {}):
            absent = {name: value for name, value in scope.items() if not is_answered(value)}
            for fuller in self.scopes(reads, called, absent) if absent else [scope]:
                yield {name: each.value(fuller) for name, each in wanted.items()}

    def _inputs(self, name: str, script: Script) -> Iterator[object]:
        for caller in self._scripts:
            for step in caller.steps.values():
                if step.call and step.call.script == script.id and name in step.call.inputs:
                    wanted = step.call.inputs[name]
                    for item, earlier in self._each(step, step.call, caller, wanted):
                        bound = {step.call.item: item, "earlier": earlier}
                        for scope in self.scopes(wanted.reads, caller, bound):
                            yield wanted.value(scope)

    def _each(
        self, step: Step, call: Call, caller: Script, wanted: Expression
    ) -> Iterator[tuple[object, object]]:
        """Pair each item that the call could be made for with results that came before it."""
        before = self.of(step.answer or "", caller) if "earlier" in wanted.reads else (UNASKED,)
        items: Sequence[object] = (UNASKED,)
        if call.each and call.item in wanted.reads:
            items = self.items_of(call.each, caller)
        yield from ((item, earlier) for item in items for earlier in before)


def said_on(name: str) -> str:
    """Give what a person could have written as the answer of that name, marked as theirs."""
    return marked(f"my words on {name}")


def _items(each: Expression, scope: Scope) -> Sequence[object]:
    items = each.value(scope)
    return items if isinstance(items, list | tuple) else ()


def _asked(name: str, ask: Ask, offered: Sequence[object]) -> Iterator[object]:
    words = said_on(name)
    fixed = [choice.value for choice in ask.choices]
    match ask.kind:
        case "choice":
            yield from [*offered, *fixed]
            yield from [words] if ask.own_words else []
        case "several":
            most = [choice.value for choice in ask.choices if not choice.only][:2]
            yield most
            yield from ([value] for value in [*offered, *fixed])
            yield from [[words], [*most, words]] if ask.own_words else []
        case "words" | "place":
            yield words
        case "number":
            yield from (ask.most or 10, ask.least or 0)
        case "yes/no":
            yield from (True, False)
        case "person":
            named = [{"id": f"{name} {who}", "name": marked(who)} for who in ("Denise", "Raj")]
            yield from (named, named[:1]) if (ask.most or 1) > 1 else named[:1]
        case "date":
            yield "2026-11-06"
        case "stones":
            yield dict.fromkeys(fixed, 1)
            yield from ({value: STONES} for value in fixed)


def _compared(name: str, source: str) -> Iterator[object]:
    """Guess at values of a name that nobody answers: what its own text compares it with."""
    yield said_on(name)
    yield [marked("Anna"), marked("Raj")]
    for tag in _TAG.findall(source):
        if name in tag:
            yield from (one or other for one, other in _TEXT.findall(tag))
            for number in map(int, _NUMBER.findall(tag)):
                yield from (number, number + 1, number - 1)
    yield from (2, True, UNASKED)


def _unlike(results: Iterable[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """Keep the results that show something new; any words of a person are like any others."""
    seen: dict[str, set[str]] = {}
    for place, result in enumerate(results):
        new = False
        for name, value in result.items():
            known = seen.setdefault(name, set())
            words = isinstance(value, str) and START in value
            shape = "words" if words else repr(value) if value else "nothing"
            if shape not in known and (len(known) < MOST_OF_A_FIELD or not value):
                known.add(shape)
                new = True
        if new:
            yield {"id": str(place), **result}


def distinct(values: Iterable[object]) -> Iterator[object]:
    """Leave out repeats, by how a value is written."""
    seen: set[str] = set()
    for value in values:
        if repr(value) not in seen:
            seen.add(repr(value))
            yield value
