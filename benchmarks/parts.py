"""The parts of a turn, each by itself on the inputs that it has in a walk."""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from telegram import Bot, CallbackQuery, Update

from benchmarks.kith_engine import kept_in
from benchmarks.neutral.dialogue import dialogue
from benchmarks.neutral.people import walk
from benchmarks.phones import FIRST, Phones
from benchmarks.running import Measured, update
from bot import parcels
from bot.arrivals import Arrival
from bot.channels.telegram.intake import arrival_of
from bot.channels.telegram.writing import Written, keyboard, written
from bot.clock import Clock
from bot.engine.effects import Say
from bot.engine.session import Session
from bot.library import Library
from bot.noticing import noticed, readable
from bot.parcels import Outgoing
from bot.turned import turned
from storage.outbox import Lease, Letter
from storage.store import Stored

REPEATS: Final = 5
Naming = Callable[[str, str], str]
"""Gives the name of who writes by a channel in a chat: Store.name."""
MARK: Final = "mark what went out"
READ: Final = "read session and ledger"
WRITE: Final = "write session, ledger and outbox"
COMMIT: Final = "begin and commit"


@dataclass(frozen=True, slots=True)
class Moment:
    """One turn of a walk, with all that goes into its parts and comes out of them."""

    raw: bytes
    update: Update
    arrival: Arrival
    before: bytes
    after: Session
    says: tuple[Say, ...]


async def moments_of(library: Library, phones: Phones, bot: Bot, name: Naming) -> list[Moment]:
    """Walk once, part by part, and keep what each part gets."""
    session, made = Session(), []
    for doing in walk(dialogue(), 0):
        raw = update(phones, FIRST, doing)
        came = Update.de_json(json.loads(raw), bot)
        arrival = arrival_of(came, name)
        assert arrival, "an update meant nothing"
        turn = turned(library, session, arrival.event, Clock()())
        says = tuple(effect for effect in turn.effects if isinstance(effect, Say))
        before = parcels.pack_session(session)
        made.append(Moment(raw, came, arrival, before, turn.session, says))
        await _each(_messages(says), partial(_send, bot))
        session = turn.session
    return made


def parts_of(
    library: Library, bot: Bot, moments: Sequence[Moment], name: Naming
) -> dict[str, Callable[[], object]]:
    """Give the parts that cost the same for one person and for many, as work for all moments."""
    now = Clock()()
    packed = [parcels.pack_outgoing(Outgoing(say, 1)) for each in moments for say in each.says]
    sent = [message for each in moments for message in _messages(each.says)]
    sessions = [parcels.unpack_session(each.before) for each in moments]
    taps = [query for each in moments if (query := each.update.callback_query)]
    return {
        "decode the update": lambda: [
            Update.de_json(json.loads(each.raw), bot) for each in moments
        ],
        "intake": lambda: [arrival_of(each.update, name) for each in moments],
        "screening": lambda: [
            noticed(library.families, library.opinion, readable(each.arrival.event))
            for each in moments
        ],
        "unpack the session": lambda: [parcels.unpack_session(each.before) for each in moments],
        "engine step": lambda: [
            turned(library, session, each.arrival.event, now)
            for session, each in zip(sessions, moments, strict=True)
        ],
        "pack session and answer": lambda: [
            (
                parcels.pack_session(each.after),
                [parcels.pack_outgoing(Outgoing(say, 1)) for say in each.says],
            )
            for each in moments
        ],
        "unpack the answer, lay it out": lambda: [
            written(parcels.unpack_outgoing(body)) for body in packed
        ],
        "send the answer": lambda: asyncio.run(_each(sent, partial(_send, bot))),
        "let the tapped button rest": lambda: asyncio.run(_each(taps, partial(_rest, bot))),
    }


def timed(work: Callable[[], object], turns: int) -> Measured:
    """Time some work that covers so many turns, once warm."""
    work()
    began = time.process_time()
    for _ in range(REPEATS):
        work()
    return Measured(turns * REPEATS, time.process_time() - began, 0)


def stored(moments: Sequence[Moment], people: int) -> Mapping[str, float]:
    """Commit a walk of some people, a transaction for each turn of theirs.

    Gives microseconds of processor time a turn for each phase; what went out is marked with the
    next turn.
    """
    address = parcels.pack({"channel": "telegram", "chat": FIRST})
    spent = dict.fromkeys((READ, WRITE, COMMIT, MARK), 0.0)
    went_out: list[int] = []
    clock = time.process_time
    with tempfile.TemporaryDirectory() as folder:
        store = kept_in(Path(folder), full=False)
        names = [store.name("telegram", str(FIRST + person)) for person in range(people)]
        for number, moment in enumerate(moments):
            bodies = [parcels.pack_outgoing(Outgoing(say, 1)) for say in moment.says]
            body = parcels.pack_session(moment.after)
            began = clock()
            with store.transaction() as tx:
                opened = clock()
                tx.sent(went_out)
                marked = clock()
                tx.ensure(names, 1.0)
                tx.sessions(names)
                tx.seen(f"{name}:{number}" for name in names)
                found = clock()
                tx.save([Stored(name, address, body) for name in names], 1.0)
                tx.note({f"{name}:{number}": "" for name in names}, 1.0)
                letters = [Letter(name, address, each) for name in names for each in bodies]
                went_out = [each.id for each in tx.post(letters, 1.0, Lease("bench", 30.0))]
                written = clock()
            spent[COMMIT] += opened - began + clock() - written
            spent[MARK] += marked - opened
            spent[READ] += found - marked
            spent[WRITE] += written - found
        store.close()
    return {name: seconds / len(moments) / people * 1e6 for name, seconds in spent.items()}


async def _each(things: Sequence[object], work: Callable[..., Awaitable[None]]) -> None:
    for thing in things:
        await work(thing)


def _messages(says: Sequence[Say]) -> list[Written]:
    return [message for say in says for message in written(Outgoing(say))]


async def _send(bot: Bot, message: Written) -> None:
    await bot.send_message(FIRST, message.text, api_kwargs=message.look)


async def _rest(bot: Bot, query: CallbackQuery) -> None:
    look = {"reply_markup": keyboard([[{"text": "✓ A river", "callback_data": "-"}]])}
    await bot.answer_callback_query(query.id)
    await bot.edit_message_reply_markup(FIRST, query.message.message_id, api_kwargs=look)
