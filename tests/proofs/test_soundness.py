"""What is proven holds while people talk: nobody ever stands where the proofs saw nobody."""

from random import Random

import pytest

from benchmarks.grown import grown
from bot.engine.catalogue import Catalogue
from bot.engine.checks import conditions
from bot.engine.events import Opened
from bot.engine.scope import scope_of
from bot.engine.screens import Open, opened
from bot.engine.script import Step
from bot.engine.session import Session
from bot.library import Library
from bot.proofs.explore import Model, reads
from bot.proofs.prove import prove
from bot.rehearsing.walkers import Walker
from tests.fakes import Talk, library_of

SCRIPTS = 12
PEOPLE = 25


def answers_at_random(talk: Talk, random: Random, now_open: Open) -> None:
    """Answer the open question, or leave it out."""
    if random.random() < 0.2 or now_open.ask is None:
        talk.uses("skip")
        return
    values = [option.value for option in now_open.options]
    match now_open.ask.kind:
        case "choice":
            talk.picks(random.choice(values))
        case "several":
            talk.picks(random.sample(values, random.randint(1, len(values))))
        case "yes/no":
            talk.picks(random.random() < 0.5)
        case _:
            talk.says("It is like this.")


def walked(catalogue: Catalogue, random: Random) -> list[tuple[str, Session]]:
    """Give every question that one random person was put, with the session as it was then."""
    talk = Talk(catalogue)
    talk.opens()
    met = []
    while talk.session.status == "waiting" and len(met) < 300:
        now_open = opened(catalogue, talk.session)
        met.append((talk.session.place[-1].step, talk.session))
        answers_at_random(talk, random, now_open)
    return met


def seen_by_the_proofs(model: Model, step: Step, scope: dict[str, object]) -> bool:
    """Say whether the proofs looked at somebody who answers every condition in this way."""
    names = reads(step.only_if) | ({step.answer} if step.answer else set())
    guards = [each for other in model.script.steps.values() for _, each in conditions(other)]
    about = [each for each in guards if each.reads and each.reads <= names]
    explored = model.explored_for(step, names)
    return any(
        all(each.holds(scope) in model.outcomes.of(each, explored.known(spot)) for each in about)
        for spot in explored.shown.get(step.id, ())
    )


@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_nobody_stands_where_the_proofs_saw_nobody(seed: int) -> None:
    """Random scripts, random people: every question that is put was expected for such a person."""
    text = grown(40, seed).replace("id: grown", "id: talk")
    catalogue = library_of(text).catalogue
    model = Model(catalogue.scripts["talk"].script)
    found = prove(catalogue.scripts, (), None)
    never = {each.line for each in found if each.code in ("unreachable", "never-true")}
    for person in range(PEOPLE):
        for name, session in walked(catalogue, Random(seed * 1000 + person)):
            step = model.script.steps[name]
            assert step.spot("only if").line not in never, name
            assert step.source.line not in never, name
            assert seen_by_the_proofs(model, step, scope_of(catalogue, session, session.place)), (
                name
            )


def test_the_shipped_reflection_is_walked_as_proven(library: Library) -> None:
    """The same for the dialogue that people really have, with changes of mind and all."""
    catalogue = library.catalogue
    model = Model(catalogue.scripts["reflection"].script)
    for person in range(12):
        walker = Walker(library, person)
        now_open = walker.does(Opened())
        while not walker.rehearsal.over:
            now_open = walker.does(walker._next(now_open))
            session = walker.session
            if len(session.place) == 1 and session.status == "waiting":
                step = model.script.steps[session.place[0].step]
                scope = scope_of(catalogue, session, session.place)
                assert seen_by_the_proofs(model, step, scope), (person, step.id)
