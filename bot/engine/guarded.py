"""Which answers a text prints without having asked whether they are there."""

from collections.abc import Iterator, Sequence

from jinja2 import nodes


def unguarded(body: Sequence[nodes.Node], sure: frozenset[str] = frozenset()) -> Iterator[str]:
    """Find answers that are printed where the person may have left them out."""
    for node in body:
        match node:
            case nodes.Output(nodes=pieces):
                for piece in pieces:
                    yield from (name for name in _printed(piece) if name not in sure)
            case nodes.If(test=test, body=then, elif_=elifs, else_=otherwise):
                yield from unguarded(then, sure | _proven(test))
                for arm in elifs:
                    yield from unguarded(arm.body, sure | _proven(arm.test))
                yield from unguarded(otherwise, sure)
            case nodes.For(target=nodes.Name(name=name), body=inner):
                yield from unguarded(inner, sure | {name})
            case _:
                pass


def _printed(piece: nodes.Node) -> Iterator[str]:
    match piece:
        case nodes.Name(name=name):
            yield name
        case nodes.Getattr(node=inner):
            yield from _printed(inner)
        case nodes.Filter(node=inner) if inner is not None:
            yield from _printed(inner)
        case nodes.Or(right=right):
            yield from _printed(right)
        case nodes.CondExpr(test=test, expr1=yes, expr2=no):
            proven = _proven(test)
            yield from (name for name in _printed(yes) if name not in proven)
            yield from _printed(no) if no is not None else ()
        case _:
            return


def _proven(test: nodes.Node) -> frozenset[str]:
    """Name the answers that are surely there once `test` is true."""
    match test:
        case nodes.Name(name=name) | nodes.Test(node=nodes.Name(name=name), name="answered"):
            return frozenset({name})
        case nodes.Filter(node=inner, name=name) if inner is not None and name != "quote":
            return _proven(inner)
        case nodes.Getattr(node=inner):
            return _proven(inner)
        case nodes.And(left=left, right=right):
            return _proven(left) | _proven(right)
        case nodes.Or(left=left, right=right):
            return _proven(left) & _proven(right)
        case nodes.Compare(expr=nodes.Name(name=name), ops=[nodes.Operand(op="eq" | "in" | "gt")]):
            return frozenset({name})
        case _:
            return frozenset()
