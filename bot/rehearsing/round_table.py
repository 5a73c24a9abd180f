"""Several people of one group, each in private with Kith, in a chat that is told again."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.channels.group_seat import GroupSeat
from bot.channels.recording import concern_in
from bot.channels.terminal import Seat
from bot.engine.events import ChoicePicked, ConcernRaised, Event, Opened, TextReceived
from bot.engine.screens import opened
from bot.engine.script import AGREED, CONSENT
from bot.library import Library
from bot.rehearsing.rehearsal import MOMENT
from bot.rehearsing.told import Told
from bot.transcripts import CHANGED, IN_GROUP, Line, Message, Passage, Transcript, message
from bot.turns import Turns
from storage.opening import open_store
from storage.where import Where

MOST_ASKED: Final = 12
"""So many questions are answered until somebody has agreed; there are far fewer."""


class RoundTable:
    """The people of a chat and their group, with a database in `folder` for as long as it takes.

    Whoever the chat lists under `members` has agreed to what is kept before it begins.
    """

    def __init__(self, folder: Path, library: Library, chat: Transcript) -> None:
        self._store = open_store(Where(f"sqlite:///{folder}/kith.db"))
        self._turns = Turns(self._store, library, lambda: MOMENT)
        self._title = chat.settings["group"]
        self._seats: dict[str, tuple[Seat, GroupSeat]] = {}
        for name in chat.settings.get("members", "").split(","):
            if name.strip():
                self._agree(self._seat(name.strip())[0])

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def hears(self, line: Line) -> tuple[Message, ...]:
        """Take in what somebody wrote in private; give what they read, then what the group reads.

        Raises ValueError where the turn failed.
        """
        seat, _ = self._seat(line.who)
        outcome = seat.hand_in(_event(line.words))
        if outcome.failed:
            message = f"{outcome.failed} at {', '.join(outcome.places)}"
            raise ValueError(message)
        return (*self._private(seat), *self._posted())

    def _seat(self, name: str) -> tuple[Seat, GroupSeat]:
        if name not in self._seats:
            seat = Seat(self._turns, name)
            self._seats[name] = seat, GroupSeat(self._turns, self._title, name, seat)
        return self._seats[name]

    def _agree(self, seat: Seat) -> None:
        """Answer what is asked of everybody once, quietly."""
        seat.hand_in(Opened())
        for _ in range(MOST_ASKED):
            session = seat.session()
            if session.agreed:
                break
            now_open = opened(self._turns.library.catalogue, session)
            picked = AGREED if now_open.key == CONSENT else now_open.options[0].value
            seat.hand_in(ChoicePicked(picked))
        self._private(seat)

    def _private(self, seat: Seat) -> list[Message]:
        """Give what somebody read; what is only said on a slow machine is none of it."""
        said = [each.effect for each in seat.collect()]
        seat.shown()
        footer = self._turns.library.catalogue.words["help_footer"].render({})
        return [message(each) for each in said if each.text != footer]

    def _posted(self) -> list[Message]:
        """Give what was said in the group since somebody last wrote, as its first member sees."""
        _, there = next(iter(self._seats.values()))
        return [message(each, CHANGED if each.replace else IN_GROUP) for each in there.said()]


def tell_together(chat: Transcript, table: RoundTable) -> Told:
    """Let everybody say their lines in their order, and give the chat as it goes today.

    What Kith shuffles is told in the order in which the chat has it.
    """
    passages: list[Passage] = []
    heard: Sequence[Message] = ()
    for passage in chat.passages:
        said = tuple(_ordered(heard, passage.kith))
        passages.append(Passage(said, passage.you, passage.remarks))
        if passage.you is None:
            break
        try:
            heard = table.hears(passage.you)
        except Exception as error:  # noqa: BLE001 - whatever is broken is what is looked for
            told = Transcript(chat.head, chat.settings, tuple(passages))
            return Told(told, f"{type(error).__name__}: {error}")
    return Told(Transcript(chat.head, chat.settings, tuple(passages)))


def _ordered(today: Sequence[Message], chat: Sequence[Message]) -> Iterable[Message]:
    for each in today:
        same = (one for one in chat if one.place == each.place and _letters(one) == _letters(each))
        yield next(same, each) if each.place else each


def _letters(said: Message) -> list[str]:
    """Give what is the same in whatever order names and lines stand."""
    return sorted("".join(said.lines))


def _event(words: str) -> Event:
    raised = concern_in(words)
    if raised:
        kind, tier = raised
        return ConcernRaised(kind, tier, "child" if kind == "child" else "me")
    return TextReceived(words)
