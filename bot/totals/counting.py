"""Which rows of the report somebody is in, and in which month: out of what they picked."""

from collections.abc import Mapping, Sequence

from bot.engine.apart import reflection_of
from bot.engine.session import Session
from bot.totals.questions import PLAN, Question, Row
from bot.totals.telling import Counted


def month_of(session: Session) -> str:
    """Give the month in which somebody is counted, as 2026-10; empty where they are not."""
    return session.counted[0][:7] if is_counted(session) else ""


def is_counted(session: Session) -> bool:
    """Say whether somebody lets themselves be counted: they said yes and did not take it back."""
    return len(session.counted) > 1


def counted_in(questions: Sequence[Question], session: Session) -> Counted:
    """Give what is counted of somebody: values of closed choices and kinds of step, no words.

    Only what is on their way through the reflection now; an answer that was left out is nowhere.
    """
    here = reflection_of(session)
    rows: set[str] = set()
    for question in questions:
        gave = [row.id for row in question.rows if _gave(here, question, row)]
        rows.update(gave[:1] if question.single else gave)
    return Counted(session.counted[1], frozenset(rows))


def _gave(session: Session, question: Question, row: Row) -> bool:
    answer = session.answers.get(row.answer)
    if answer is None or row.answer not in session.path:
        return False
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    if row.answer == PLAN:
        parts = (each for each in values if isinstance(each, dict))
        mine = [kind_of(each) for each in parts if each["part"] == question.part]
        return row.value in mine[:1]
    return answer.standing == "given" and row.value in values


def kind_of(part: Mapping[str, object]) -> str:
    """Give what kind of step somebody took into their plan; empty for none, or none of these."""
    if not part.get("step"):
        return ""
    if part.get("carried") == "alone":
        return "alone"
    kind = str(part.get("kind") or "")
    return "group" if kind == "place" else kind
