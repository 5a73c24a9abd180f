"""Rows that somebody has changed, swapped or moved: it is noticed, and nobody reads another's words."""

import pytest

from bot.engine.events import TextReceived
from storage.store import Store
from tests.conftest import StoppedClock
from tests.sealing.people import ANN, BEN, WORDS, Room
from tests.sealing.raw import SEALED, key_of, put, rows, sealed_columns

OFFSETS = (0, 1, 11, 12, 20, -17, -16, -1)
"""Where a byte is changed: at the beginning, in the middle, and in the last sixteen."""
KIND = "Something went wrong on my side", "I can't open what I kept"


@pytest.fixture
def room(url: str, store: Store, clock: StoppedClock) -> Room:
    room = Room(url, clock, store)
    room.told()
    return room


def nobody_is_shown_anothers(room: Room) -> str:
    """Let both do something and read on; give what Ann was told."""
    ann = room.says(ANN, "and on") + room.uses(ANN, "help") + room.uses(ANN, "kept")
    ben = room.says(BEN, "and on") + room.uses(BEN, "kept")
    assert WORDS[BEN] not in ann
    assert WORDS[ANN] not in ben
    return ann


def kindly(said: str) -> bool:
    """Say whether Kith said that it can't open something, and where help is."""
    return any(each in said for each in KIND) and "999" in said


def test_all_columns_of_bytes_are_tried(room: Room):
    """A new column that holds something of a person has to be tried as well."""
    assert sealed_columns(room.url) == {*SEALED}


@pytest.mark.parametrize(("table", "column"), SEALED)
def test_a_changed_byte_is_noticed_and_put_back_it_opens(room: Room, table: str, column: str):
    """At each place of each column; nothing is destroyed by having been read in between."""
    person = room.name(ANN)
    row = rows(room.url, table, person)[0]
    sealed = bytes(row[column])
    before = room.kept(ANN)
    for offset in OFFSETS:
        spoilt = bytearray(sealed)
        spoilt[offset] ^= 1
        put(room.url, table, key_of(table, row), **{column: bytes(spoilt)})
        assert not opens(room, before), f"{table}.{column} at {offset}"
    put(room.url, table, key_of(table, row), **{column: sealed})
    assert room.kept(ANN) == before


def opens(room: Room, before: tuple[bytes, ...]) -> bool:
    """Say whether Ann's rows are read as before; refusing to read them is not."""
    try:
        return room.kept(ANN) == before
    except Exception:  # noqa: BLE001 - however it refuses
        return False


def test_a_changed_session_is_kind_words_and_help(room: Room):
    """Ann reads that something is wrong and where help is, Ben goes on; mended, all is there."""
    person, before = room.name(ANN), room.kept(ANN)[0]
    row = rows(room.url, "sessions", person)[0]
    body = bytes(row["body"])
    put(room.url, "sessions", {"person": person}, body=body[:-1] + bytes([body[-1] ^ 1]))
    assert kindly(nobody_is_shown_anothers(room))
    assert bytes(rows(room.url, "sessions", person)[0]["body"])[:-1] == body[:-1], "kept as it was"
    put(room.url, "sessions", {"person": person}, body=body)
    assert room.kept(ANN)[0] == before
    assert WORDS[ANN] in room.uses(ANN, "kept")


@pytest.mark.parametrize("columns", [("body",), ("address",), ("address", "body")])
@pytest.mark.parametrize("table", ["sessions", "outbox"])
def test_rows_swapped_between_two_people_open_for_neither(
    room: Room, table: str, columns: tuple[str, ...]
):
    """Whoever can write to the disk can't make one person read what another one wrote."""
    ann, ben = (rows(room.url, table, room.name(each))[0] for each in (ANN, BEN))
    before = room.kept(ANN), room.kept(BEN)
    put(room.url, table, key_of(table, ann), **{each: ben[each] for each in columns})
    put(room.url, table, key_of(table, ben), **{each: ann[each] for each in columns})
    nobody_is_shown_anothers(room)
    put(room.url, table, key_of(table, ann), **{each: ann[each] for each in columns})
    put(room.url, table, key_of(table, ben), **{each: ben[each] for each in columns})
    if table == "sessions" and "body" in columns:
        assert (room.kept(ANN)[0], room.kept(BEN)[0]) == (before[0][0], before[1][0])


def test_names_swapped_between_two_people_open_for_neither(room: Room):
    """The same by the other column: the rows stay, the names on them change places."""
    ann, ben = room.name(ANN), room.name(BEN)
    for one, other in ((ann, "x"), (ben, ann), ("x", ben)):
        put(room.url, "sessions", {"person": one}, person=other)
    nobody_is_shown_anothers(room)


@pytest.mark.parametrize("table", ["sessions", "outbox"])
def test_an_address_in_the_place_of_a_body_is_noticed(room: Room, table: str):
    """Bytes belong to their column."""
    row = rows(room.url, table, room.name(ANN))[0]
    before = room.kept(ANN)
    put(room.url, table, key_of(table, row), address=row["body"], body=row["address"])
    assert not opens(room, before)
    put(room.url, table, key_of(table, row), address=row["address"], body=row["body"])
    assert room.kept(ANN) == before


def test_what_waits_belongs_to_its_number(room: Room):
    """Two messages of one person in the outbox can't change places."""
    person = room.name(ANN)
    room.does(ANN, TextReceived("as it was"), seen=False)
    first, second, *_ = rows(room.url, "outbox", person)
    there = {*room.kept(ANN)}
    swap = ((first, second), (second, first))
    for one, other in swap:
        put(room.url, "outbox", key_of("outbox", one), body=other["body"])
    try:
        now = {*room.kept(ANN)}
    except Exception:  # noqa: BLE001 - however it refuses
        now = set()
    assert len(there - now) >= len(swap)
    for one, _ in swap:
        put(room.url, "outbox", key_of("outbox", one), body=one["body"])
    assert {*room.kept(ANN)} == there


def test_one_spoilt_message_stops_nobody(room: Room):
    """What can't be opened in the outbox is passed over; the person and all others are answered."""
    row = rows(room.url, "outbox", room.name(ANN))[0]
    body = bytes(row["body"])
    put(room.url, "outbox", {"id": row["id"]}, body=bytes([body[0] ^ 1]) + body[1:])
    nobody_is_shown_anothers(room)
    assert "999" in room.uses(ANN, "help")
