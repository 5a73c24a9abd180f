"""The order in which things that lead to each other are looked at."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def followers_first(
    starts: Iterable[Node], following: Callable[[Node], Iterable[Node]]
) -> list[Node]:
    """Give everything that can be reached so that each comes after all that follow it.

    Members of a circle come in any order.
    """
    order: list[Node] = []
    seen: set[Node] = set()
    for start in starts:
        work = [(start, iter(following(start)))] if start not in seen else []
        seen.add(start)
        while work:
            node, left = work[-1]
            to = next((each for each in left if each not in seen), None)
            if to is None:
                order.append(node)
                work.pop()
            else:
                seen.add(to)
                work.append((to, iter(following(to))))
    return order
