"""A session as plain data: stored, read again, and refused where it comes from the future."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.session import FORMAT, Answer, Detour, Frame, Session, dump, load
from bot.parcels import pack_session, unpack_session

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.text(min_size=1, max_size=9)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(["given", "skipped", "forgotten", "unkept", "result"]),
    PLAIN,
    st.none() | NAMES,
)
DETOURS = st.recursive(
    st.builds(Detour, NAMES, NAMES),
    lambda under: st.builds(Detour, NAMES, NAMES, under),
    max_leaves=3,
)
ALONE = st.builds(
    Session,
    place=st.lists(st.builds(Frame, NAMES, NAMES, st.none() | NAMES), max_size=3).map(tuple),
    path=st.lists(NAMES, max_size=3).map(tuple),
    answers=st.dictionaries(NAMES, ANSWERS, max_size=4),
    detour=st.none() | DETOURS,
    status=st.sampled_from(["waiting", "ended"]),
    turn=st.integers(0, 10**6),
    revision=st.integers(0, 10**6),
    misses=st.integers(0, 9),
    digest=NAMES,
    draft=st.lists(NAMES, max_size=3).map(tuple),
    doubts=st.lists(NAMES, max_size=3).map(tuple),
    concerns=st.lists(NAMES, max_size=3).map(tuple),
    starts=st.lists(NAMES, max_size=3).map(tuple),
    release=NAMES,
)
SESSIONS = ALONE | st.builds(
    lambda here, apart: replace(here, apart=apart),
    ALONE,
    st.dictionaries(st.sampled_from(["", "bad-days", "map"]), ALONE, max_size=3),
)


@given(SESSIONS)
def test_what_is_stored_comes_back_equal(session: Session):
    """Nothing of a conversation is lost or changed by being written down."""
    assert load(json.loads(json.dumps(dump(session)))) == session
    assert unpack_session(pack_session(session)) == session


def test_a_new_person_has_an_empty_body():
    """Somebody who never wrote is somebody who has not begun."""
    assert unpack_session(b"") == Session()
    assert not Session().begun


@pytest.mark.parametrize("format_", [FORMAT + 1, 99])
def test_a_session_of_a_newer_program_is_refused(format_: int):
    """An older program doesn't misread what a newer one wrote."""
    with pytest.raises(ValueError, match=f"{format_}"):
        load({**dump(Session()), "format": format_})


def test_a_session_is_only_plain_data():
    """What is stored can be read by any program that reads JSON."""
    session = Session(
        (Frame("talk", "a", "x"),), ("a",), {"a": Answer("given", ["b"])}, Detour("help")
    )
    data = dump(session)
    assert json.loads(json.dumps(data)) == data


def test_changing_a_session_leaves_the_old_one_alone():
    """A turn that fails half-way can always fall back on the session it began with."""
    before = Session(turn=1)
    assert before.but(turn=2).turn == 2
    assert before.turn == 1
