"""Messages that were sent twice: which kill caused which, and whether it could."""

from dataclasses import dataclass, field

from tests.storm.lives import Life
from tests.storm.watched import Put, relative


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: the life that ended, and for whom something waited in the outbox then."""

    life: Life
    unmarked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Doubles:
    """All doubles of a storm: how many, most at one kill, and how old the oldest first copy was.

    `impossible` tells those that no kill explains, as text; there must be none.
    """

    count: int = 0
    most: int = 0
    oldest: float = 0.0
    impossible: list[str] = field(default_factory=list)


def doubles(puts: dict[int, list[Put]], kills: list[Kill]) -> Doubles:
    """Hold every double against the kill that caused it.

    A send is in flight from the moment Telegram has it until its mark is committed; a process has
    at most one in flight for a chat. So a double is explained only if the first copy was the last
    message that its process put into this chat, this process was killed, and the message still
    waited in the outbox right after that. At most one a chat and kill follows from this.
    """
    by_life = {kill.life.name: kill for kill in kills}
    caused: dict[str, int] = {}
    impossible, oldest = [], 0.0
    for chat, all_puts in puts.items():
        told = relative(all_puts)
        for place in range(1, len(told)):
            if told[place] != told[place - 1]:
                continue
            first = all_puts[place - 1]
            kill = by_life.get(first.life)
            if kill is None or any(put.life == first.life for put in all_puts[place:]):
                impossible.append(f"{chat}: sent twice without a kill between: {told[place]}")
            elif chat not in kill.unmarked:
                impossible.append(f"{chat}: sent again though marked as sent: {told[place]}")
            else:
                caused[first.life] = caused.get(first.life, 0) + 1
                oldest = max(oldest, kill.life.killed - first.at)
    return Doubles(sum(caused.values()), max(caused.values(), default=0), oldest, impossible)


def once(told: list[str]) -> list[str]:
    """Drop doubles: what equals the message right before it."""
    return [each for place, each in enumerate(told) if not place or each != told[place - 1]]
