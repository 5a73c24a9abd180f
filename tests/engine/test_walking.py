"""Properties of every conversation, over answers that chance makes up."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.effects import Say
from bot.engine.events import (
    ButtonTapped,
    ChoicePicked,
    CommandGiven,
    ConcernRaised,
    EditRequested,
    Event,
    MessageEdited,
    Opened,
    TextReceived,
    TimePassed,
    UnreadableReceived,
)
from bot.engine.replay import replay
from bot.engine.screens import KEEP_IT, opened
from bot.engine.session import Session, dump
from bot.engine.step import step
from tests.engine.rich import SCRIPTS
from tests.fakes import MONDAY, Talk, catalogue_of, reloaded, stepped

WORDS = [
    "It is safe",
    "2",
    "1, 2",
    "Anna, Ben",
    "friday",
    "Money",
    "no",
    "yes",
    "5",
    "1 1",
    "hm",
    "skip",
]
ANSWERS = st.lists(st.sampled_from(WORDS), max_size=25)
COMMANDS = [
    "help",
    "back",
    "skip",
    "pause",
    "resume",
    "stop",
    "person",
    "kept",
    "change",
    "menu",
    "start",
]


def fresh() -> Talk:
    talk = Talk(catalogue_of(*SCRIPTS))
    talk.opens()
    return talk


def fitting(talk: Talk, number: int) -> Event:
    """Make an answer that fits what is open, chosen by a number."""
    now_open = opened(talk.catalogue, talk.session)
    kind = now_open.ask.kind if now_open.ask else "choice"
    values = [option.value for option in now_open.options if option.value != KEEP_IT]
    match kind:
        case "choice":
            return ChoicePicked(values[number % len(values)])
        case "several":
            return ChoicePicked([values[number % len(values)]])
        case "stones":
            return ChoicePicked({values[number % len(values)]: 1 + number % 3})
        case "yes/no":
            return ChoicePicked(number % 2 == 0)
        case "number":
            return ChoicePicked(1 + number % 9)
        case "person":
            return TextReceived(["Anna", "Anna, Ben", "Cid, Dee, Eve"][number % 3])
        case "date":
            return TextReceived("friday")
        case _:
            return TextReceived(f"words {number}")


EVENTS = st.one_of(
    st.sampled_from([*WORDS, "back", "help", "pause", "🙂", "", "menu", "forget"]).map(
        TextReceived
    ),
    st.sampled_from(COMMANDS).map(CommandGiven),
    st.builds(ButtonTapped, st.integers(-1, 5), st.integers(0, 30)),
    st.sampled_from(["safe", "money", KEEP_IT, True, 3, ["money"], {"self": 1}]).map(ChoicePicked),
    st.sampled_from(["go on", "seen", "not meant", "begin", "doubt keep", "confirm"]).map(
        ChoicePicked
    ),
    st.sampled_from(["brings", "safe", "weighs", "around", "people:anna/good"]).map(EditRequested),
    st.builds(
        ConcernRaised,
        st.sampled_from(["abuse", "suicide", "child"]),
        st.sampled_from(["explicit", "unclear"]),
        st.sampled_from(["me", "someone else"]),
    ),
    st.sampled_from([Opened(), MessageEdited(), UnreadableReceived("photo"), TimePassed("x")]),
)
MOVES = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 30), EVENTS), min_size=3, max_size=50)


def made(talk: Talk, move: int | Event) -> Event:
    return fitting(talk, move) if isinstance(move, int) else move


@given(st.lists(st.integers(0, 30), max_size=22))
def test_going_on_ends_where_looking_back_ends(numbers: list[int]):
    """The place that a person reached is the place that their stored answers lead to."""
    talk = fresh()
    for number in numbers:
        if talk.session.status == "ended":
            break
        talk.meets(fitting(talk, number))
        found = replay(talk.catalogue, reloaded(talk.session)).session
        if talk.session.status == "waiting":
            assert found.place == talk.session.place
            assert found.path == talk.session.path
        assert found.status == talk.session.status


@given(st.integers(0, 30))
def test_a_conversation_with_answers_that_fit_comes_to_its_end(first: int):
    """Nobody is kept answering for ever."""
    talk = fresh()
    for number in range(first, first + 40):
        if talk.session.status == "ended":
            break
        talk.meets(fitting(talk, number))
    assert talk.session.status == "ended"


@given(MOVES)
def test_whatever_comes_in_there_is_an_answer(moves: list[int | Event]):
    """Each event gets something said, never silence, never a fault; what it did can be stored."""
    talk = fresh()
    for move in moves:
        turn = talk.meets(made(talk, move))
        assert turn.effects or isinstance(move, TimePassed)
        assert reloaded(talk.session) == talk.session
        for effect in turn.effects:
            if isinstance(effect, Say):
                assert effect.text.strip()
                assert all(option.label.strip() for option in effect.options)


@given(MOVES)
def test_storing_between_events_changes_nothing(moves: list[int | Event]):
    """A restart between two messages makes no difference to anybody."""
    talk = fresh()
    kept = talk.session
    for move in moves:
        event = made(talk, move)
        talk.meets(event)
        straight = stepped(talk.catalogue, kept, event, MONDAY)
        assert straight == talk.turn
        kept = straight.session


@given(MOVES)
def test_the_same_event_twice_gives_the_same_turn(moves: list[int | Event]):
    """A turn depends on nothing but the session, the event and the time."""
    talk = fresh()
    for move in moves:
        before, event = talk.session, made(talk, move)
        talk.meets(event)
        assert stepped(talk.catalogue, before, event, MONDAY) == talk.turn


@settings(max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=16), st.integers(1, 8))
def test_going_back_and_leaving_it_leads_to_the_same_question(numbers: list[int], back: int):
    """Looking back costs nothing: each answer left as it is, and one stands where one stood."""
    talk = fresh()
    for number in numbers:
        talk.meets(fitting(talk, number))
        if talk.session.status == "ended":
            return
    place, answers = talk.session.place, dict(talk.session.answers)
    for _ in range(back):
        talk.uses("back")
    for _ in range(back * 3):
        if talk.session.place == place or talk.step == "secret":
            break
        talk.picks(KEEP_IT)
    if talk.step == "secret":
        return
    assert talk.session.place == place
    assert talk.session.answers == answers


@given(MOVES)
def test_a_never_written_answer_is_nowhere(moves: list[int | Event]):
    """What was promised never to be written down is in no stored session, at no time."""
    talk = fresh()
    for move in moves:
        talk.meets(made(talk, move))
        held = talk.session.answers.get("secret")
        assert held is None or held.value is None


@given(st.lists(st.integers(0, 30), min_size=25, max_size=40))
def test_what_is_for_now_only_is_gone_at_the_end(numbers: list[int]):
    """An answer that was to be kept until the end is not kept any longer."""
    talk = fresh()
    talk.says("It rains", "It is safe", "CANARY")
    for number in numbers:
        if talk.session.status == "ended":
            break
        talk.meets(fitting(talk, number))
    assert talk.session.status == "ended"
    assert "CANARY" not in json.dumps(dump(talk.session))
    assert "It rains" in json.dumps(dump(talk.session))


def test_a_never_written_answer_can_be_left_as_it_is_too():
    """Looking back over an unwritten answer doesn't force anybody to give it again."""
    talk = fresh()
    talk.says("It rains", "It is not")
    talk.picks(True)
    assert talk.step == "weighs"
    talk.uses("back")
    assert talk.step == "secret"
    talk.picks(KEEP_IT)
    assert talk.step == "weighs"


def test_a_blank_session_is_nobody():
    """A person who was never here has nothing stored, and any first event begins."""
    for event in (TextReceived("hi"), CommandGiven("back"), ChoicePicked("x"), Opened()):
        assert step(catalogue_of(*SCRIPTS), Session(), event, MONDAY).session.place
