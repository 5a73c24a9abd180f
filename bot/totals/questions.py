"""What is counted, by totals.yaml: answers picked from a list and kinds of step, never words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.reading import Reader, did_you_mean
from bot.engine.script import PARTS, Choice, Step
from bot.engine.source import Node
from bot.totals.telling import Splits

REFLECTION: Final = "reflection"
"""The dialogue whose answers are counted, and no other's."""
PLAN: Final = "plan"
"""The answer of it that holds what somebody put together, a step for each part."""
KINDS: Final = ("person", "group", "service", "alone")
"""Kinds of step: with somebody they know, with a group or a place, with a service, or alone."""
CLOSED: Final = ("choice", "several")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that is counted: of which name, which value, and in words.

    `step` is what could be proposed where it is told by many.
    """

    id: str
    answer: str
    value: str
    says: str
    step: str


@dataclass(frozen=True, slots=True)
class Question:
    """Some rows under one title. In one that is `single`, each person is in one row at most.

    `part` is that of the plan whose step is counted by kind; without one, answers are.
    """

    id: str
    title: str
    single: bool
    part: str
    rows: tuple[Row, ...]


def splits_of(questions: Sequence[Question]) -> Splits:
    """Give the rows so that those exclude each other which stand together."""
    return [
        split
        for question in questions
        for split in (
            [[row.id for row in question.rows]]
            if question.single
            else [[row.id] for row in question.rows]
        )
    ]


def read_totals(
    reader: Reader, node: Node | None, scripts: Mapping[str, Compiled]
) -> tuple[Question, ...]:
    """Read what is counted; what is no closed answer that is kept goes to the reader.

    Without scripts that can be used, only the form is looked at.
    """
    if node is None:
        return ()
    reader.known_keys(node, ("questions",))
    compiled = scripts.get(REFLECTION)
    steps = (
        {each.answer or each.id: each for each in compiled.script.steps.values()}
        if compiled
        else {}
    )
    read = [(_question(reader, each, steps), each) for each in reader.items(node.get("questions"))]
    seen: set[str] = set()
    for question, where in read:
        for row in (question.id, *(row.id for row in question.rows)):
            if row in seen:
                message = f"'{row}' is counted twice"
                reader.complain(where, "uncountable", message, "count each answer once")
            seen.add(row)
    _check_apart(reader, read, steps)
    return tuple(question for question, _ in read)


def _question(reader: Reader, node: Node, steps: Mapping[str, Step]) -> Question:
    reader.known_keys(node, ("id", "title", "answer", "plan", "rows"))
    reader.needed_keys(node, ("id", "title", "rows"))
    if bool(node.get("answer")) == bool(node.get("plan")):
        message, fix = "this counts neither an answer nor steps, or both", "add  answer:  or  plan:"
        reader.complain(node, "uncountable", message, fix)
    name = reader.text(node.get("id"))
    part = reader.one_of(node.get("plan"), PARTS, "unknown-part", "")
    own = reader.text(node.get("answer"))
    listed = reader.items(node.get("rows"))
    rows = tuple(_row(reader, each, name, PLAN if part else own, steps) for each in listed)
    asked = [step.ask.kind for row in rows if (step := steps.get(row.answer)) and step.ask]
    return Question(name, reader.text(node.get("title")), "several" not in asked, part, rows)


def _row(reader: Reader, node: Node, name: str, own: str, steps: Mapping[str, Step]) -> Row:
    reader.known_keys(node, ("is", "answer", "says", "step"))
    reader.needed_keys(node, ("is", "says", "step"))
    value = reader.text(node.get("is"))
    answer = reader.text(node.get("answer")) or own
    if own == PLAN:
        reader.one_of(node.get("is"), KINDS, "uncountable", "")
    elif steps:
        _check(reader, node, answer, value, steps)
    says, step = reader.text(node.get("says")), reader.text(node.get("step"))
    return Row(f"{name}/{value}", answer, value, says, step)


def _check(reader: Reader, node: Node, answer: str, value: str, steps: Mapping[str, Step]) -> None:
    """Complain about what isn't picked from a list, isn't kept, or can't be picked there."""
    where = node.get("is") or node
    step = steps.get(answer)
    if step is None or step.ask is None:
        message = f"'{answer}' is no answer of the {REFLECTION}"
        closed = [name for name, each in steps.items() if each.ask and each.ask.kind in CLOSED]
        reader.complain(where, "uncountable", message, did_you_mean(answer, closed))
        return
    if step.ask.kind not in CLOSED or step.keep != "keep":
        message = f"'{answer}' is not picked from a list and kept, so it is never counted"
        reader.complain(where, "uncountable", message, "count the answer of a choice")
        return
    known: dict[str, Choice] = {choice.value: choice for choice in step.ask.choices}
    if value not in known:
        message = f"'{answer}' has no choice '{value}'"
        reader.complain(where, "uncountable", message, did_you_mean(value, [*known]))
    elif known[value].only:
        message = f"'{value}' excludes the other choices, so the others' numbers would tell its own"
        reader.complain(where, "uncountable", message, "leave this row out")


def _check_apart(
    reader: Reader, read: Sequence[tuple[Question, Node]], steps: Mapping[str, Step]
) -> None:
    """Complain about answers in two questions where who is asked for one hangs on the other.

    Who gave the one would then be among those who gave the other, and their difference would tell.
    """
    for question, node in read:
        mine = {row.answer for row in question.rows}
        for other in read:
            theirs = {row.answer for row in other[0].rows} - mine
            for answer in mine:
                for name in sorted(theirs & {*_hangs_on(steps.get(answer))}):
                    message = f"whether '{answer}' is asked hangs on '{name}', which is counted too"
                    fix = "count both in one question, or one of them only"
                    reader.complain(node, "uncountable", message, fix)


def _hangs_on(step: Step | None) -> Iterator[str]:
    if step is None:
        return
    if step.only_if:
        yield from step.only_if.reads
    for choice in step.ask.choices if step.ask else ():
        if choice.when:
            yield from choice.when.reads
