"""The closed language of conditions and texts: Jinja's syntax, nothing of its reach.

Only the syntax tree of Jinja is used. Each allowed node becomes a small total function over the
answers in scope; whatever is not listed here is refused when the script is compiled, so a script
can't call, import, loop for ever or look into an object.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from bot.engine.guarded import unguarded
from bot.engine.values import FILTERS, SKIPPED, UNASKED, Scope, is_answered, text_of

Evaluate = Callable[[Scope], object]
Literal = str | int | float
Phrases = Mapping[str, Mapping[str, "Template"]]
"""For each answer that is chosen from a list: how its values read in the middle of a sentence."""

_JINJA: Final = Environment(autoescape=False, keep_trailing_newline=False)  # noqa: S701 - plain text; a channel escapes
_BLANK_LINES: Final = re.compile(r"\n(?:[ \t]*\n){2,}")
TESTS: Final[Mapping[str, Callable[[object], bool]]] = {
    "answered": is_answered,
    "skipped": lambda value: value is SKIPPED,
    "asked": lambda value: value is not UNASKED,
}


class ExpressionError(Exception):
    """An author's condition or text steps outside the language; `line` counts from 1 within it."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled condition; `reads` names every answer it looks at.

    `joint` is "and", "or" or "not" where it is made of `parts`, each a condition of its own, and
    "is" where it only asks whether one answer is there. `literals` are the values it names.
    Conditions of the same `shape` always come to the same.
    """

    source: str
    reads: frozenset[str]
    value: Evaluate
    joint: str = ""
    parts: "tuple[Expression, ...]" = ()
    literals: frozenset[Literal] = frozenset()
    shape: str = ""

    def holds(self, scope: Scope) -> bool:
        """Say whether the condition is true of these answers; never raises."""
        return bool(self.value(scope))


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text; `unguarded` names answers printed without asking if they are there.

    `body` is its syntax tree, for those who prove something about every way it can come out.
    """

    source: str
    reads: frozenset[str]
    unguarded: frozenset[str]
    value: Callable[[Scope], str]
    body: tuple[nodes.Node, ...] = field(default=(), compare=False, repr=False)

    def render(self, scope: Scope) -> str:
        """Give the plain text, without blank lines at either end and with one at most between."""
        return _BLANK_LINES.sub("\n\n", self.value(scope)).strip()


def compile_expression(source: str, phrases: Phrases | None = None) -> Expression:
    """Compile one condition, such as `safe == "safe" and length == "full"`."""
    if not source.strip():
        message = "this condition is empty"
        raise ExpressionError(message)
    tree = _parse("{{ (" + source + ") }}")
    match tree.body:
        case [nodes.Output(nodes=[single])] if not isinstance(single, nodes.TemplateData):
            return _condition(single, source, phrases or {})
        case _:
            message = f"'{source}' is not one condition"
            raise ExpressionError(message)


def _condition(node: nodes.Node, source: str, phrases: Phrases) -> Expression:
    parts: tuple[Expression, ...] = ()
    joint = type(node).__name__.lower()
    match node:
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            parts = (_condition(left, "", phrases), _condition(right, "", phrases))
        case nodes.Not(node=inner):
            parts = (_condition(inner, "", phrases),)
        case nodes.Name() | nodes.Test(node=nodes.Name()):
            joint = "is"
        case _:
            joint = ""
    evaluate, reads = _evaluator(node, phrases), frozenset(_names(node))
    return Expression(source, reads, evaluate, joint, parts, _literals(node), repr(node))


def _literals(node: nodes.Node) -> frozenset[Literal]:
    found = node.find_all(nodes.Const)
    here = [node.value] if isinstance(node, nodes.Const) else []
    values = [*here, *(each.value for each in found)]
    return frozenset(value for value in values if isinstance(value, str | int | float))


def compile_template(source: str, phrases: Phrases | None = None) -> Template:
    """Compile one text with `{{ answer }}`, `{% if %}` and `{% for %}` in it."""
    return _template(source, phrases) if phrases else _without_phrases(source)


@lru_cache(maxsize=4096)
def _without_phrases(source: str) -> Template:
    """Compile a text once: most are read again by whatever checks them."""
    return _template(source, {})


def _template(source: str, phrases: Phrases) -> Template:
    tree = _parse(source)
    render = _renderer(tree.body, phrases)
    bare = frozenset(unguarded(tree.body))
    return Template(source, frozenset(_names(tree)), bare, render, tuple(tree.body))


@lru_cache(maxsize=4096)
def _parse(source: str) -> nodes.Template:
    """Read a source into a tree, each once: many stand twice, and nothing changes a tree."""
    try:
        return _JINJA.parse(source)
    except TemplateSyntaxError as error:
        raise ExpressionError(error.message or "this can't be read", error.lineno) from None
    except (ValueError, RecursionError, OverflowError):
        message = "this can't be read: a number or a nesting is too big"
        raise ExpressionError(message) from None


def _refuse(node: nodes.Node) -> ExpressionError:
    what = type(node).__name__.lower()
    return ExpressionError(f"a {what} is not part of the script language", node.lineno)


def _evaluator(node: nodes.Node, phrases: Phrases) -> Evaluate:
    match node:
        case nodes.Const(value=value):
            return lambda _: value
        case nodes.Name(name=name):
            return lambda scope: scope.get(name, UNASKED)
        case nodes.List(items=items) | nodes.Tuple(items=items):
            parts = [_evaluator(item, phrases) for item in items]
            return lambda scope: [part(scope) for part in parts]
        case nodes.Not(node=inner):
            inverse = _evaluator(inner, phrases)
            return lambda scope: not inverse(scope)
        case nodes.And(left=left, right=right):
            one, two = _evaluator(left, phrases), _evaluator(right, phrases)
            return lambda scope: one(scope) and two(scope)
        case nodes.Or(left=left, right=right):
            one, two = _evaluator(left, phrases), _evaluator(right, phrases)
            return lambda scope: one(scope) or two(scope)
        case nodes.CondExpr(test=test, expr1=yes, expr2=no) if no is not None:
            ask, then = _evaluator(test, phrases), _evaluator(yes, phrases)
            other = _evaluator(no, phrases)
            return lambda scope: then(scope) if ask(scope) else other(scope)
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
            return _comparison(op, _evaluator(left, phrases), _evaluator(right, phrases), node)
        case nodes.Getattr(node=inner, attr=field):
            whole = _evaluator(inner, phrases)
            return lambda scope: _field(whole(scope), field)
        case nodes.Test(node=inner, name=name, args=[]) if name in TESTS:
            tested, holds = _evaluator(inner, phrases), TESTS[name]
            return lambda scope: holds(tested(scope))
        case nodes.Filter() if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise _refuse(node)
        case nodes.Filter(node=inner, name="phrase", args=[]) if inner is not None:
            return _phrase(inner, phrases)
        case nodes.Filter(node=inner, name=name, args=args) if (
            inner is not None and name in FILTERS
        ):
            subject, apply = _evaluator(inner, phrases), FILTERS[name]
            wanted = len(signature(apply).parameters) - 1
            if len(args) != wanted:
                message = f"'{name}' takes {wanted} values in brackets, not {len(args)}"
                raise ExpressionError(message, node.lineno)
            rest = [_evaluator(arg, phrases) for arg in args]
            return lambda scope: apply(subject(scope), *[arg(scope) for arg in rest])
        case nodes.Filter(name=name):
            message = f"there is no filter '{name}'; there are: {', '.join([*FILTERS, 'phrase'])}"
            raise ExpressionError(message, node.lineno)
        case _:
            raise _refuse(node)


def _field(value: object, field: str) -> object:
    return value.get(field, UNASKED) if isinstance(value, Mapping) else UNASKED


def _comparison(op: str, left: Evaluate, right: Evaluate, node: nodes.Node) -> Evaluate:
    match op:
        case "eq":
            return lambda scope: left(scope) == right(scope)
        case "ne":
            return lambda scope: left(scope) != right(scope)
        case "in":
            return lambda scope: _contains(right(scope), left(scope))
        case "notin":
            return lambda scope: not _contains(right(scope), left(scope))
        case "lt" | "lteq" | "gt" | "gteq":
            return lambda scope: _ordered(op, left(scope), right(scope))
        case _:
            raise _refuse(node)


def _contains(whole: object, part: object) -> bool:
    if isinstance(whole, str):
        return whole == part
    if isinstance(whole, Mapping):
        return isinstance(part, str) and part in whole
    return isinstance(whole, list | tuple) and part in whole


def _ordered(op: str, left: object, right: object) -> bool:
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return False
    return {
        "lt": left < right,
        "lteq": left <= right,
        "gt": left > right,
        "gteq": left >= right,
    }[op]


def _phrase(inner: nodes.Node, phrases: Phrases) -> Evaluate:
    if not isinstance(inner, nodes.Name) or inner.name not in phrases:
        message = "'phrase' goes behind an answer that is chosen from a list"
        raise ExpressionError(message, inner.lineno)
    name, readings = inner.name, phrases[inner.name]

    def read(scope: Scope, value: object) -> str:
        known = readings.get(value) if isinstance(value, str) else None
        return known.render(scope) if known else FILTERS["quote"](value)  # type: ignore[return-value]

    def phrase(scope: Scope) -> object:
        value = scope.get(name, UNASKED)
        if not is_answered(value):
            return ""
        return [read(scope, item) for item in (value if isinstance(value, list) else [value])]

    return phrase


def _renderer(body: list[nodes.Node], phrases: Phrases) -> Callable[[Scope], str]:
    parts: list[Callable[[Scope], str]] = []
    for node in body:
        match node:
            case nodes.Output(nodes=pieces):
                parts.extend(_printer(piece, phrases) for piece in pieces)
            case nodes.If(test=test, body=then, elif_=elifs, else_=otherwise):
                arms = [(test, then), *((arm.test, arm.body) for arm in elifs)]
                parts.append(_branches(arms, otherwise, phrases))
            case nodes.For(
                target=nodes.Name(name=name), iter=source, body=inner, test=None, else_=[]
            ):
                parts.append(_loop(name, _evaluator(source, phrases), _renderer(inner, phrases)))
            case _:
                raise _refuse(node)
    return lambda scope: "".join(part(scope) for part in parts)


def _printer(piece: nodes.Node, phrases: Phrases) -> Callable[[Scope], str]:
    if isinstance(piece, nodes.TemplateData):
        data = piece.data
        return lambda _: data
    evaluate = _evaluator(piece, phrases)
    return lambda scope: text_of(evaluate(scope))


def _branches(
    arms: list[tuple[nodes.Node, list[nodes.Node]]], otherwise: list[nodes.Node], phrases: Phrases
) -> Callable[[Scope], str]:
    compiled = [(_evaluator(test, phrases), _renderer(body, phrases)) for test, body in arms]
    last = _renderer(otherwise, phrases)

    def branch(scope: Scope) -> str:
        return next((render for test, render in compiled if test(scope)), last)(scope)

    return branch


def _loop(name: str, source: Evaluate, render: Callable[[Scope], str]) -> Callable[[Scope], str]:
    def loop(scope: Scope) -> str:
        items = source(scope)
        if not isinstance(items, list | tuple):
            return ""
        return "".join(render({**scope, name: item}) for item in items)

    return loop


def _names(node: nodes.Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Name the answers that are read; the item of a loop is none, inside that loop."""
    match node:
        case nodes.Name(name=name):
            if name not in bound:
                yield name
        case nodes.For(target=nodes.Name(name=item), iter=source, body=body):
            yield from _names(source, bound)
            for inner in body:
                yield from _names(inner, bound | {item})
        case _:
            for child in node.iter_child_nodes():
                yield from _names(child, bound)
