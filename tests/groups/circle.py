"""A group at one table: several people, each in private with Kith, and what all of them see."""

from bot.arrivals import Outcome
from bot.channels.group_seat import GroupSeat
from bot.channels.terminal import Seat
from bot.engine.effects import Say
from bot.engine.events import ButtonTapped, ChoicePicked, CommandGiven, Opened, TextReceived
from bot.engine.screens import opened
from bot.turns import Turns

AGREES = ("yes", "private", "agreed")
"""What somebody picks who is grown up, has a phone of their own, and agrees that words are kept."""


class Member:
    """One person of a group, in private with Kith."""

    def __init__(self, circle: "Circle", name: str) -> None:
        self.name = name
        self.circle = circle
        self.seat = Seat(circle.turns, name)
        self.there = GroupSeat(circle.turns, circle.title, name, self.seat)
        self.said: list[Say] = []
        self.seat.hand_in(Opened())
        self._collect()

    @property
    def person(self) -> str:
        """The name under which their rows stand."""
        return self.seat.person

    @property
    def step(self) -> str:
        """What is open: the id of a step, or a screen behind a colon."""
        session = self.seat.session()
        if session.detour:
            return f":{session.detour.name}"
        return session.place[-1].step if session.place else ""

    @property
    def options(self) -> list[str]:
        """What can be picked now."""
        asked = [each for each in self.said if each.asks]
        return [option.value for option in asked[-1].options] if asked else []

    @property
    def labels(self) -> list[str]:
        """How what can be picked now reads."""
        asked = [each for each in self.said if each.asks]
        return [option.label for option in asked[-1].options] if asked else []

    def texts(self) -> str:
        """All that was said to them since they last did something."""
        return "\n".join(each.text for each in self.said)

    def picks(self, *values: object) -> "Member":
        """Pick one after the other."""
        for value in values:
            self._done(self.seat.hand_in(ChoicePicked(value)))  # type: ignore[arg-type]
        return self

    def says(self, *lines: str) -> "Member":
        """Write one after the other."""
        for line in lines:
            self._done(self.seat.hand_in(TextReceived(line)))
        return self

    def taps(self, index: int, revision: int) -> "Member":
        """Tap a button of the message that was put under that revision."""
        self._done(self.seat.hand_in(ButtonTapped(index, revision)))
        return self

    def commands(self, name: str) -> "Member":
        """Use a freedom by name."""
        self._done(self.seat.hand_in(CommandGiven(name)))
        return self

    def asks_in_group(self, command: str) -> "Member":
        """Give a command in the group."""
        self.there.asked(command)
        self._collect()
        return self

    def writes_in_group(self, text: str) -> "Member":
        """Write to Kith in the group."""
        self.there.wrote(text)
        self._collect()
        return self

    def agrees(self) -> "Member":
        """Come to the open round for the first time, as somebody new here."""
        self.commands("round")
        if self.step == ":round":
            self.picks("take part")
        return self.picks(*AGREES)

    def joins(self, called: str = "") -> "Member":
        """Take part in the open round, under a name or without one."""
        self.picks("yes")
        return self.says(called) if called else self.commands("skip")

    def _done(self, outcome: Outcome) -> None:
        assert not outcome.failed, (outcome.failed, outcome.places)
        self._collect()

    def _collect(self) -> None:
        self.said = [each.effect for each in self.seat.collect()]
        self.seat.shown()


class Circle:
    """A group and the people in it, all at the same Kith."""

    def __init__(self, turns: Turns, *names: str, title: str = "Tuesday") -> None:
        self.turns = turns
        self.title = title
        self.people = {name: Member(self, name) for name in names}
        self._board: dict[str, str] = {}
        self.messages: list[Say] = []

    def __getitem__(self, name: str) -> Member:
        if name not in self.people:
            self.people[name] = Member(self, name)
        return self.people[name]

    def board(self) -> str:
        """Give what stands in the group now, edits in place."""
        looker = next(iter(self.people.values())).there
        for each in looker.said():
            self.messages.append(each)
            if each.tag:
                assert each.replace == (each.tag in self._board), each.tag
                self._board[each.tag] = each.text
        return "\n\n".join(self._board.values())


def open_step_of(turns: Turns, seat: Seat) -> str:
    """Name what is awaited from somebody."""
    session = seat.session()
    return opened(turns.library.catalogue, session).key
