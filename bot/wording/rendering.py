"""How a text could read: every branch of it at least once, over sample answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Final

from bot.engine.expression import Expression, ExpressionError, Template, compile_template
from bot.engine.values import is_answered

MOST: Final = 64
"""So many renderings of one text are kept; more only where more of them open a new branch."""
TRIES: Final = 2_000
"""So many sets of answers are tried for one text at most, and as many again in pairs."""
FITTING: Final = 20_000
"""So many sets of answers are tried at most to find a person whom a step is shown to."""
_TAG: Final = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(\w+).*?%\}|\{\{.*?\}\}", re.DOTALL)
_BRANCH, _PRINT, _PRINTED = 0xF0000, 0x100000, "\U0010fffd"
_TRACES: Final = re.compile(
    "[\U000f0000-\U000ffffd]|[\U00100000-\U0010fffc][^\U0010fffd]*\U0010fffd"
)
_ITEMS: Final = re.compile(r"\{%[-+]?\s*for\s+\w+\s+in\b(.*?)[-+]?%\}", re.DOTALL)
_LOOPS: Final = re.compile(r"\{%[-+]?\s*for\b.*\bendfor\b", re.DOTALL)
"""Inside a loop answers are copied, so what is looked at there goes unnoticed."""

Candidates = Callable[[str], Sequence[object]]


class _Scope(dict[str, object]):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers: dict[str, object]) -> None:
        super().__init__(answers)
        self.seen: dict[str, None] = {}

    def get(self, name: str, default: object = None) -> object:
        self.seen[name] = None
        return super().get(name, default)


def renderings(
    template: Template, candidates: Candidates, only_if: Expression | None = None
) -> tuple[str, ...]:
    """Give a text as it reads over sample answers: each branch and each printed value once.

    `candidates` gives the values of a name, the fullest first. Only answers of which `only_if`
    holds are taken, unless a branch can't be reached with any of them. The same text and answers
    give the same renderings, in the same order.
    """
    if not template.reads:
        return (template.render({}),)
    search = _Search(template, candidates)
    search.run(only_if)
    if only_if and search.missing:
        search.run(None)
    kept = [*search.opened, *search.printed[: max(0, MOST - len(search.opened))]]
    return tuple(dict.fromkeys(kept))


class _Search:
    """Looks for answers that open every branch: change one, go on from where that opened one."""

    def __init__(self, template: Template, candidates: Candidates) -> None:
        self.template = template
        self.tracer: Template | None = None
        self.missing: set[str] = set()
        if "{%" in template.source:
            self.tracer, self.missing = _traced(template)
        self.traces: set[str] = set()
        self.opened: list[str] = []
        self.printed: list[str] = []
        absent_alike = not re.search(r"\b(?:skipped|asked)\b", template.source)
        self.options = {
            name: _one_absent(candidates(name)) if absent_alike else candidates(name)
            for name in sorted(template.reads)
        }
        self.candidates = candidates
        looped = " ".join(_LOOPS.findall(template.source))
        self.in_loops = [name for name in self.options if re.search(rf"\b{name}\b", looped)]

    def run(self, only_if: Expression | None) -> None:
        """Look at the answers of which `only_if` holds, within the bound."""
        guards = {name: self.candidates(name) for name in sorted(only_if.reads if only_if else ())}
        options = {**guards, **self.options}
        start = _Scope(_start(options, only_if))
        self._look(start)
        if not self.opened:
            self.opened.append(self.template.render(start))
        reached, tried = [start], {tuple(map(id, start.values()))}
        for scope in reached:
            for name in {**guards, **scope.seen, **dict.fromkeys(self.in_loops)}:
                for value in options.get(name, ()):
                    changed = _Scope({**scope, name: value})
                    same = tuple(map(id, changed.values()))
                    if same in tried or len(tried) > TRIES:
                        continue
                    tried.add(same)
                    if (only_if is None or only_if.holds(changed)) and self._look(changed):
                        reached.append(changed)
        if self.missing:
            self._in_pairs(start, only_if)

    def _in_pairs(self, start: "_Scope", only_if: Expression | None) -> None:
        """Change two answers at once, for a branch that hangs on both."""
        tries = 0
        for one, other in combinations(self.options, 2):
            for value, second in product(self.options[one], self.options[other]):
                changed = _Scope({**start, one: value, other: second})
                if not self.missing or tries >= TRIES:
                    return
                if only_if is None or only_if.holds(changed):
                    tries += 1
                    self._look(changed)

    def _look(self, scope: "_Scope") -> bool:
        """Keep the rendering where it shows something new; say whether it opened a branch."""
        if self.tracer:
            new = set(_TRACES.findall(self.tracer.value(scope))) - self.traces
        else:
            new = {self.template.value(scope)} - self.traces
        if not new:
            return False
        self.traces |= new
        branches = {trace for trace in new if len(trace) == 1} if self.tracer else set()
        self.missing -= branches
        (self.opened if branches else self.printed).append(self.template.render(scope))
        return bool(branches)


def _one_absent(values: Sequence[object]) -> Sequence[object]:
    """Leave out all ways of being absent but one, where a text can't tell them apart."""
    absent = [value for value in values if not is_answered(value)]
    return [value for value in values if is_answered(value) or value is absent[0]]


def _start(
    options: Mapping[str, Sequence[object]], only_if: Expression | None
) -> dict[str, object]:
    """Give the fullest answers, changed where the step would not be shown to such a person."""
    scope = {name: values[0] for name, values in options.items()}
    if only_if is None or only_if.holds(scope):
        return scope
    names = sorted(only_if.reads)
    for values in islice(product(*(options[name] for name in names)), FITTING):
        changed = {**scope, **dict(zip(names, values, strict=True))}
        if only_if.holds(changed):
            return changed
    return scope


def _traced(template: Template) -> tuple[Template, set[str]]:
    """Give the text with a sign in each branch and around each print, and the branches' signs.

    An `if` without `else` gets one, so that leaving something out counts as a branch too; a loop
    has one for its items and one for none.
    """
    branches = 0
    prints = 0
    written: list[str] = []
    closed: list[bool] = []
    place = 0

    def sign() -> str:
        nonlocal branches
        branches += 1
        return chr(_BRANCH + branches)

    for tag in _TAG.finditer(template.source):
        written.append(template.source[place : tag.start()])
        place = tag.end()
        match tag[1]:
            case "if":
                closed.append(False)
                written += [tag[0], sign()]
            case "elif":
                written += [tag[0], sign()]
            case "else":
                closed[-1:] = [True]
                written += [tag[0], sign()]
            case "endif":
                # Tags may stand between `raw` and `endraw`, where they open and close nothing.
                written += ["{% else %}" + sign() if closed and not closed.pop() else "", tag[0]]
            case "for" if items := _ITEMS.fullmatch(tag[0]):
                written += [f"{{% if not ({items[1]}) %}}{sign()}{{% endif %}}", tag[0], sign()]
            case None if tag[0].startswith("{{"):
                prints += 1
                written += [chr(_PRINT + prints), tag[0], _PRINTED]
            case _:
                written.append(tag[0])
    written.append(template.source[place:])
    try:
        traced = compile_template("".join(written), {name: {} for name in template.reads})
    except ExpressionError:
        return template, set()
    return traced, {chr(_BRANCH + place) for place in range(1, branches + 1)}
