"""`kith chat --json`: one JSON object a line in, one out. The contract that acceptance drives."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TextIO

from bot.arrivals import Outcome
from bot.channels.enclosing import Folder
from bot.channels.group_seat import START, GroupSeat
from bot.channels.terminal import Seat, in_place_of, put, said
from bot.clock import Clock
from bot.engine.effects import Say
from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    EditRequested,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.replay import open_step
from bot.engine.screens import opened
from bot.engine.session import Session
from bot.supports.suggest import named
from bot.turns import Turns

_WAIT: Final = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?")
_UNITS: Final = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


@dataclass(frozen=True, slots=True)
class InGroup:
    """An input that is for the group: a command or words there, or the code of a link out of it."""

    command: str = ""
    text: str = ""
    code: str = ""


class NotAnInput(Exception):
    """A line that is no input of the contract; says what is wrong with it."""


def converse(  # noqa: PLR0913, PLR0917 - who talks, through what, and where pictures go
    turns: Turns,
    clock: Clock,
    name: str,
    lines: TextIO,
    out: TextIO,
    pictures: Folder | None = None,
    group: str = "",
) -> None:
    """Answer each line with one line until the input ends; bad input changes nothing.

    With `pictures`, what goes along with a message is put there, and the message says where. In a
    `group`, what was said there meanwhile comes before an answer, as a line of its own.
    """
    seat = Seat(turns, name)
    there = GroupSeat(turns, group, name, seat) if group else None

    def write(outcome: Outcome | None, error: str) -> None:
        if there and (said_there := there.said()):
            _write_line(out, {"to": "group", "messages": [_post(e, pictures) for e in said_there]})
        _write(turns, seat, out, outcome, error, pictures)

    write(None if seat.collect() else seat.hand_in(Opened()), "")
    for line in lines:
        if not line.strip():
            continue
        try:
            event = read_input(line)
        except NotAnInput as error:
            write(None, str(error))
            continue
        match event:
            case timedelta():
                clock.ahead += event
                seat.hand_in_due()
                if there:
                    there.hand_in_due()
                turns.work_out()
                write(None, "")
            case InGroup() if there is None:
                write(None, "there is no group here: start with --group NAME")
            case InGroup(command=command, text=text, code=code):
                assert there is not None  # noqa: S101 - the case above has looked
                there.hand_in(command, text, code)
                write(None, "")
            case _:
                write(seat.hand_in(event), "")


def read_input(line: str) -> Event | InGroup | timedelta:
    """Read one line of input. Raises NotAnInput."""
    try:
        data = json.loads(line)
    except ValueError:
        raise NotAnInput("this line is not JSON") from None
    match data:
        case {"to": "group", "command": str(command)}:
            return InGroup(command=command.lstrip("/").lower())
        case {"to": "group", "text": str(text)}:
            return InGroup(text=text)
        case {"to": _}:
            raise NotAnInput("this is no input: in a group there are only a command and text")
        case {"command": str(command)} if found := START.fullmatch(command):
            return InGroup(code=found[1])
        case {"text": str(text)}:
            return TextReceived(text)
        case {"choose": str() | bool() | int() | float() as value}:
            return ChoicePicked(value)
        case {"choose": list(values)} if all(isinstance(value, str) for value in values):
            return ChoicePicked(values)
        case {"choose": dict(counts)} if all(_whole(count) for count in counts.values()):
            return ChoicePicked(counts)
        case {"command": str(command)}:
            return CommandGiven(command.lstrip("/").lower())
        case {"edit": str(answer)}:
            return EditRequested(answer)
        case {"wait": str(wait)} if found := _WAIT.fullmatch(wait):
            return timedelta(seconds=int(found[1]) * _UNITS[found[2]])
        case _:
            wanted = "text, choose, command, edit or wait with a value of the right kind"
            raise NotAnInput(f"this is no input: {wanted} is needed")


def _whole(count: object) -> bool:
    return isinstance(count, int) and not isinstance(count, bool)


def _write(  # noqa: PLR0913, PLR0917 - all that one line is made of
    turns: Turns,
    seat: Seat,
    out: TextIO,
    outcome: Outcome | None,
    error: str,
    pictures: Folder | None,
) -> None:
    effects = said(seat, pictures)
    session = seat.session()
    refused = outcome is not None and outcome.turn is not None and outcome.turn.refused
    spoken = effects[0].text if effects else ""
    line = {
        "turn": session.turn,
        "messages": [_message(effect, pictures) for effect in effects],
        **_state(turns, session, erased=bool(outcome and _erased(outcome))),
        "concern": _concern(outcome),
        "error": error or (spoken if refused else None),
    }
    _write_line(out, line)
    seat.shown()


def _write_line(out: TextIO, line: dict[str, object]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


def _erased(outcome: Outcome) -> bool:
    return outcome.turn is not None and outcome.turn.session.status == "ended"


def _message(effect: Say, pictures: Folder | None) -> dict[str, object]:
    choices = [{"value": option.value, "label": option.label} for option in effect.options]
    file = put(effect, pictures)
    picture = {"picture": str(file)} if file else {}
    text = "\n\n".join(each for each in (effect.text, in_place_of(effect, pictures)) if each)
    return {"text": text, "choices": choices, **picture}


def _post(effect: Say, pictures: Folder | None) -> dict[str, object]:
    """Write what was said in a group; a post that takes another's place has the same tag."""
    links = [{"label": link.label, "code": link.code} for link in effect.links]
    return {
        **_message(effect, pictures),
        "links": links,
        "tag": effect.tag,
        "replaces": effect.replace,
    }


def _concern(outcome: Outcome | None) -> dict[str, str] | None:
    raised = outcome.turn.concern if outcome and outcome.turn else None
    return {"class": raised[0], "tier": raised[1]} if raised else None


def _state(turns: Turns, session: Session, *, erased: bool) -> dict[str, object]:
    catalogue = turns.library.catalogue
    step = open_step(catalogue, session)
    if not session.begun:
        status = "ended" if erased else "waiting"
        return _nothing_open(status)
    now_open = opened(catalogue, session)
    step = now_open.step or step
    screen = f":{session.detour.name}" if session.detour else None
    suggestions = session.answers.get("suggestions")
    plan = session.answers.get("plan")
    return {
        "asks": now_open.asks,
        "step": screen or (step.id if step else None),
        "phase": step.phase if step else None,
        "status": "waiting" if session.status == "waiting" else "ended",
        "suggestions": named(suggestions.value) if _listed(suggestions) else [],  # type: ignore[union-attr,arg-type]
        "plan": _plan(plan.value) if _listed(plan) else [],  # type: ignore[union-attr]
    }


def _nothing_open(status: str) -> dict[str, object]:
    return {
        "asks": None,
        "step": None,
        "phase": None,
        "status": status,
        "suggestions": [],
        "plan": [],
    }


def _listed(answer: Any) -> bool:
    return answer is not None and isinstance(answer.value, list)


def _plan(steps: Any) -> list[dict[str, str]]:
    wanted = ("part", "step", "who", "when")
    return [
        {name: str(step.get(name, "")) for name in wanted} for step in steps if step.get("step")
    ]
