"""From every place in the shipped dialogues: help in one message, and the way back to that place."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.channels.json_lines import converse
from bot.channels.terminal import Seat, rendered
from bot.clock import Clock
from bot.engine.events import ChoicePicked, Opened, TextReceived
from bot.engine.scope import nation_of
from bot.engine.session import Session
from bot.library import Library
from bot.rehearsing.rehearsal import Rehearsal
from bot.turns import Turns
from tests.databases import opened_store
from tests.safety.places import WORDS, asking_steps, put

SAID = {
    "suicide": WORDS,
    "self-harm": "I cut myself last night",
    "abuse": "he hits me every night",
    "child": "my husband hits our little girl",
    "others": "I am going to stab him",
    "medical": "I have taken an overdose",
}
Places = Mapping[str, Session]


def under(session: Session) -> tuple[object, ...]:
    """Give what must be as it was, once somebody is back."""
    return session.place, session.path, session.answers, session.doubts


def numbers_in(library: Library, session: Session, kind: str) -> list[str]:
    return library.catalogue.lines(kind, nation_of(session))


def afresh(places: Places, kind: str) -> Places:
    """Leave out who has acknowledged abuse already: they go on, with a line beneath."""
    return {
        name: session
        for name, session in places.items()
        if kind != "abuse" or "abuse" not in session.concerns
    }


def test_people_who_walk_at_random_come_to_every_step(library: Library, places: Places):
    """What follows is about every step that asks anything, and about every screen."""
    assert asking_steps(library) <= places.keys()


@pytest.mark.parametrize("kind", SAID)
def test_a_plain_word_reaches_the_right_numbers_in_one_message(
    library: Library, places: Places, kind: str
):
    """At every place, for every class: all the numbers that fit, in the message with the buttons."""
    for name, session in afresh(places, kind).items():
        rehearsal = Rehearsal(library)
        rehearsal.session = session
        said = rehearsal.hears(SAID[kind])
        assert len(said) == 1, name
        assert rehearsal.turn.concern == (kind, "explicit"), name
        assert all(line in said[0].text for line in numbers_in(library, session, kind)), name
        assert "999" in said[0].text, name
        assert said[0].options, name


@pytest.mark.parametrize("kind", SAID)
def test_the_way_back_leads_to_the_same_place(library: Library, places: Places, kind: str):
    """Seen, and safe enough: the same question waits, with the same answers before it."""
    for name, session in afresh(places, kind).items():
        rehearsal = Rehearsal(library)
        rehearsal.session = session
        rehearsal.hears(SAID[kind])
        rehearsal.meets(ChoicePicked("seen"))
        if rehearsal.session.detour and rehearsal.session.detour.name == "safe enough":
            rehearsal.meets(ChoicePicked("go on"))
        back = rehearsal.session
        if session.begun:
            assert under(back) == under(session), name
            assert (back.status == "ended") == (session.status == "ended"), name
            assert not back.detour or back.detour.name in ("finished", "stopped"), name
        else:
            assert rehearsal.place == ("reflection", "adult"), name


def test_the_same_holds_at_a_terminal(library: Library, places: Places, tmp_path: Path):
    """Stored, read again, and written for a terminal: the numbers are there."""
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    turns = Turns(store, library, Clock())
    for number, (name, session) in enumerate(places.items()):
        seat = Seat(turns, str(number))
        put(store, "terminal", number, session)
        seat.hand_in(TextReceived(WORDS))
        shown = "".join(rendered(each.effect, colour=False) for each in seat.collect())
        assert "116 123" in shown, name
        assert "999" in shown, name
        assert "1. I have seen this" in shown, name
        seat.hand_in(ChoicePicked("not meant"))
        if session.begun:
            assert under(seat.session()) == under(session), name
    store.close()


def test_the_same_holds_in_json_lines(library: Library, places: Places, tmp_path: Path):
    """The concern is named by class and tier, and the step is the same afterwards."""
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    turns = Turns(store, library, Clock())
    for number, (name, session) in enumerate(places.items()):
        who = str(number)
        put(store, "terminal", who, session)
        out = io.StringIO()
        lines = [{"text": WORDS}, {"choose": "not meant"}]
        converse(turns, Clock(), who, io.StringIO("\n".join(map(json.dumps, lines))), out)
        first, help_, back = map(json.loads, out.getvalue().splitlines())
        assert help_["concern"] == {"class": "suicide", "tier": "explicit"}, name
        (message,) = help_["messages"]
        assert "116 123" in message["text"], name
        assert help_["error"] is None, name
        if session.begun and session.status == "waiting" and session.detour is None:
            assert (back["step"], back["asks"]) == (first["step"], first["asks"]), name
    store.close()


def test_opening_the_chat_never_takes_the_numbers_away(library: Library, places: Places):
    """Whoever comes back to the chat finds the numbers still there, until they go on."""
    for name, session in places.items():
        rehearsal = Rehearsal(library)
        rehearsal.session = session
        rehearsal.hears(WORDS)
        said = rehearsal.meets(Opened())
        if session.begun:
            assert "116 123" in said[-1].text, name
