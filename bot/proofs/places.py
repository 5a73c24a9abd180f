"""Steps that nobody reaches, that lead nowhere, or that go round without asking anything."""

from collections.abc import Collection, Iterator, Mapping

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.script import END, Script, Step
from bot.proofs.explore import Explored, Model, Spot, reads
from bot.proofs.findings import unproven, way


def check_places(model: Model) -> Iterator[Diagnostic]:
    """Find steps that nobody reaches, steps without an end ahead, and silent circles."""
    yield from _unreached(model)
    silent = list(_silent(model))
    yield from silent or _endless(model)


def _unreached(model: Model) -> Iterator[Diagnostic]:
    """Find steps that nobody comes to. Whether they are then shown is a matter of `only if`."""
    into: dict[str, set[str]] = {}
    for step in model.script.steps.values():
        guards = reads(*(edge.when for edge in step.edges))
        own = {step.answer} if step.answer and guards else set()
        for edge in step.edges:
            into.setdefault(edge.to, set()).update(guards | own)
    for step in model.script.steps.values():
        names = into.get(step.id)
        explored = model.explored_for(step, names) if names else model.explored()
        if explored.whole and all(spot.step != step.id for spot in explored.came):
            message = f"nothing leads to '{step.id}'"
            fix = "lead to it with  next:, or take it away"
            yield at(step.source, "unreachable", message, fix)


def _endless(model: Model) -> Iterator[Diagnostic]:
    """Find steps from which no end can be reached, whatever is answered."""
    explored = model.explored()
    ending = reaching(explored.moves, explored.ends)
    lost = {spot.step for spot in explored.moves if spot not in ending}
    for step in model.script.steps.values():
        if step.id in lost:
            message = f"from '{step.id}' no end can be reached"
            yield at(step.source, "no-ending", message, "let one way of  next:  go on to an end")
    for circle in circles(explored.moves):
        names = {spot.step for spot in circle}
        steps = [step for step in model.script.steps.values() if step.id in names]
        if names & lost:
            continue
        yield from _trapped(model, steps)


def _trapped(model: Model, steps: list[Step]) -> Iterator[Diagnostic]:
    """Find answers after which a circle of questions is never left."""
    guards = [each for step in steps for each in (step.only_if, *(e.when for e in step.edges))]
    closer = model.explored(reads(*guards))
    if not closer.whole:
        yield unproven(steps[0].source, f"the circle at '{steps[0].id}' can be left", [])
        return
    ending = reaching(closer.moves, closer.ends)
    trapped = next((spot for spot in closer.moves if spot not in ending), None)
    if trapped is not None:
        told = way(closer.path(trapped))
        message = f"from '{trapped.step}' no end can be reached {told}"
        where = model.script.steps[trapped.step].source
        yield at(where, "no-ending", message, "let one way of  next:  go on to an end")


def _silent(model: Model) -> Iterator[Diagnostic]:
    """Find circles in which nobody is asked anything; they would never come to rest."""
    for circle in circles(model.explored().silent):
        names = {spot.step for spot in circle}
        steps = [step for step in model.script.steps.values() if step.id in names]
        guards = [each for step in steps for each in (step.only_if, *(e.when for e in step.edges))]
        closer = model.explored(reads(*guards))
        again = [each for each in circles(closer.silent) if {s.step for s in each} & names]
        if not again and closer.whole:
            continue
        spot = min(again[0], key=lambda each: each.step) if again else None
        told = way(closer.path(spot)) if spot else ""
        message = f"'{steps[0].id}' comes round to itself without asking anything {told}".strip()
        yield at(steps[0].source, "silent-circle", message, "ask something on the way round")


def reaching(moves: Mapping[Spot, tuple[Spot, ...]], ends: Collection[Spot]) -> set[Spot]:
    """Give every spot from which one of the ends can be reached."""
    back: dict[Spot, list[Spot]] = {}
    for spot, following in moves.items():
        for to in following:
            back.setdefault(to, []).append(spot)
    found, waiting = set(ends), list(ends)
    while waiting:
        for before in back.get(waiting.pop(), ()):
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def circles(moves: Mapping[Spot, tuple[Spot, ...]]) -> list[list[Spot]]:
    """Give the groups of spots that lead back to themselves (Tarjan 1972, without recursion)."""
    number: dict[Spot, int] = {}
    low: dict[Spot, int] = {}
    stack: list[Spot] = []
    on: set[Spot] = set()
    found: list[list[Spot]] = []
    for start in moves:
        if start in number:
            continue
        work = [(start, iter(moves.get(start, ())))]
        number[start] = low[start] = len(number)
        stack.append(start)
        on.add(start)
        while work:
            spot, following = work[-1]
            to = next(following, None)
            if to is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[spot])
                if low[spot] == number[spot]:
                    group: list[Spot] = []
                    while not group or group[-1] != spot:
                        group.append(stack.pop())
                    on -= set(group)
                    if len(group) > 1 or spot in moves.get(spot, ()):
                        found.append(group)
            elif to not in number:
                number[to] = low[to] = len(number)
                stack.append(to)
                on.add(to)
                work.append((to, iter(moves.get(to, ()))))
            elif to in on:
                low[spot] = min(low[spot], number[to])
    return found


def can_rest(script: Script, explored: Explored) -> bool:
    """Say whether a dialogue can come to its end without asking anything."""
    start = next(iter(explored.came))
    seen, waiting = {start}, [start]
    while waiting:
        spot = waiting.pop()
        if spot.step == END:
            return True
        fresh = [to for to in explored.silent.get(spot, ()) if to not in seen]
        seen.update(fresh)
        waiting += fresh
    return not script.steps
