"""A sealed value opens where it was sealed, under its key, as it was; and nowhere else."""

import pytest

from storage.sealing.box import (
    Key,
    Unreadable,
    key_id_of,
    new_key,
    place,
    seal,
    sealed_under,
    unseal,
)

KEY = new_key()
HERE = place("sessions", "body", "", "telegram:a")
WORDS = b"what somebody said"


def test_what_was_sealed_opens_where_it_belongs():
    """The same words come back, also none at all."""
    for plain in (WORDS, b""):
        assert unseal(KEY, seal(KEY, plain, HERE), HERE) == plain


def test_no_byte_can_be_changed_added_or_taken():
    """Whatever single byte is changed, and wherever it is cut, nothing opens."""
    sealed = seal(KEY, WORDS, HERE)
    changed = [
        sealed[:at] + bytes([sealed[at] ^ bit]) + sealed[at + 1 :]
        for at in range(len(sealed))
        for bit in (1, 128)
    ]
    cut = [sealed[:length] for length in range(len(sealed))]
    for spoilt in (*changed, *cut, sealed + b"\0"):
        with pytest.raises(Unreadable):
            unseal(KEY, spoilt, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("outbox", "body", "", "telegram:a"),
        place("sessions", "address", "", "telegram:a"),
        place("sessions", "body", "7", "telegram:a"),
        place("sessions", "body", "", "telegram:b"),
    ],
    ids=["table", "column", "row", "person"],
)
def test_what_was_moved_opens_nowhere(elsewhere: bytes):
    """A value in another table, column or row, or given to somebody else, does not open."""
    with pytest.raises(Unreadable):
        unseal(KEY, seal(KEY, WORDS, HERE), elsewhere)


def test_another_key_opens_nothing():
    """Neither a key with another id nor one that only claims this id."""
    sealed = seal(KEY, WORDS, HERE)
    for other in (new_key(), Key(KEY.id, new_key().secret)):
        with pytest.raises(Unreadable):
            unseal(other, sealed, HERE)


def test_the_same_words_never_look_the_same():
    """Who sees sealed values can't tell that two people said the same."""
    assert len({seal(KEY, WORDS, HERE) for _ in range(100)}) == 100


def test_a_value_says_under_which_key_it_is():
    """Its id stands in front; what is no sealed value has none."""
    sealed = seal(KEY, WORDS, HERE)
    assert key_id_of(sealed) == KEY.id
    assert sealed_under(sealed, {KEY.id})
    assert not sealed_under(sealed, {new_key().id})
    assert not sealed_under(WORDS, {KEY.id})
    for plain in (b"", b'{"a": 1}', sealed[:20]):
        with pytest.raises(Unreadable):
            key_id_of(plain)


def test_a_key_shows_its_secret_to_nobody():
    """What is printed or logged of a key is its id alone."""
    assert repr(KEY.secret)[2:-1] not in repr(KEY)
    assert KEY.secret.hex() not in f"{KEY} {KEY!r}"
