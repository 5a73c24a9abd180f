"""The learned second opinion: it can only add a gentle question, and proves itself at start."""

from pathlib import Path
from typing import get_args

import pytest

from bot.opinion import WEIGHTS, load_opinion
from bot.safety.concern import ConcernClass
from bot.safety.notice import notice, notice_or_ask
from bot.safety.pieces import Pieces
from bot.safety.second_opinion import RULE, SecondOpinion, second_opinion
from bot.safety.threes import Threes
from bot.safety.weights import Trials, WeightsError, read_weights, write_weights
from tests.safety.phrases import CASES, FAMILIES

HINT = "I keep thinking everyone would be better off without me"
ORDINARY = "I'm a bit tired after work, the kids were up all night"
OPINION = load_opinion()
PACKED = WEIGHTS.read_bytes()


def always(start: float) -> SecondOpinion:
    """Give an opinion that always asks, or never."""
    pieces = Pieces(start, 0.0, memoryview(bytes(256)).cast("b"))
    threes = Threes({}, memoryview(bytes(3)).cast("b"), (0.0,), (0.0,))
    return SecondOpinion(
        pieces, threes, pieces, tuple((kind, pieces) for kind in get_args(ConcernClass))
    )


@pytest.mark.parametrize("opinion", [OPINION, always(1.0), always(-1.0)], ids=["ours", "+", "-"])
def test_what_the_rules_notice_stays_as_it_is(opinion: SecondOpinion):
    """Whatever was learned, it takes no concern away and changes none."""
    for _, text, _ in CASES:
        if ruled := notice(FAMILIES, text):
            assert notice_or_ask(FAMILIES, opinion, text) == ruled


def test_all_it_can_add_is_a_question():
    """Where no rule notices anything, it asks or is silent; it stops nobody."""
    added = [notice_or_ask(FAMILIES, always(1.0), text) for _, text, _ in CASES]
    asked = [concern for concern in added if concern and concern.rule == RULE]
    assert asked
    assert {concern.tier for concern in asked} == {"unclear"}


def test_it_asks_about_a_hint_and_leaves_ordinary_talk():
    """The shipped weights do what they are for."""
    concern = second_opinion(OPINION, HINT)
    assert concern
    assert (concern.kind, concern.tier) == ("suicide", "unclear")
    assert second_opinion(OPINION, ORDINARY) is None


def test_a_hint_in_a_long_text_is_not_lost_among_the_rest():
    """It reads a long text stretch by stretch."""
    assert second_opinion(OPINION, f"{ORDINARY}. " * 10 + HINT + f". {ORDINARY}" * 10)


def test_no_more_than_the_longest_message_is_read():
    """What stands behind the 4,096th character costs nothing and changes nothing."""
    longest = (f"{ORDINARY} " * 100)[:4096]
    assert second_opinion(OPINION, f"{longest} {HINT}") == second_opinion(OPINION, longest)


BROKEN = {
    "another file": b"something else",
    "nothing behind its name": PACKED[:24],
    "cut short": PACKED[:-1],
    "one byte changed": PACKED[:-1] + bytes([PACKED[-1] ^ 1]),
    "no longer asks": write_weights(always(-1.0), Trials((HINT,), (ORDINARY,))),
    "asks about everything": write_weights(always(1.0), Trials((HINT,), (ORDINARY,))),
    "nothing to try it on": write_weights(always(1.0), Trials((), ())),
}


@pytest.mark.parametrize("packed", BROKEN.values(), ids=BROKEN.keys())
def test_weights_that_fail_their_own_test_are_refused(packed: bytes):
    """A file that is broken, changed, or does not do what it should is never used."""
    with pytest.raises(WeightsError):
        read_weights(packed)


def test_without_its_weights_kith_does_not_start(tmp_path: Path):
    """A missing file is no silent loss."""
    with pytest.raises(WeightsError):
        load_opinion(tmp_path / "second-opinion.bin")
