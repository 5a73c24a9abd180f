"""The learned second opinion: all that it can do is add one gentle question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.events import ConcernRaised, TextReceived
from bot.noticing import noticed
from bot.safety.concern import Concern
from bot.safety.normalise import LONGEST
from bot.safety.notice import notice, notice_or_ask
from bot.safety.second_opinion import RULE, SecondOpinion, second_opinion
from bot.safety.threes import BLOCK, Threes
from tests.safety.opinion import HINT, OPINION, ORDINARY, SILENT, always, bytes_of, small
from tests.safety.phrases import CASES, FAMILIES
from tests.safety.test_growth import counted

OPINIONS = {"ours": OPINION, "small": small(), "+": always(1.0), "-": SILENT}
STRETCHES = ("k i ", "a b c d e f g ", "owl ", "kill ", "I he my ", "\u00e9 ", "? . ", "abcdefgh")


@pytest.mark.parametrize("opinion", OPINIONS.values(), ids=OPINIONS.keys())
def test_what_the_rules_notice_stays_as_it_is(opinion: SecondOpinion):
    """Whatever was learned, it takes no concern away and changes none."""
    examples = [text for _, text, is_noticed in CASES if is_noticed]
    assert len(examples) > 200
    assert all(notice(FAMILIES, text) for text in examples)
    for _, text, _ in CASES:
        if ruled := notice(FAMILIES, text):
            assert notice_or_ask(FAMILIES, opinion, text) == ruled


@given(st.text(max_size=300))
def test_it_never_takes_a_concern_away(text: str):
    """Whatever the rules say of a text stays as it is; added is at most one unclear concern."""
    ruled, both = notice(FAMILIES, text), notice_or_ask(FAMILIES, OPINION, text)
    assert both == (ruled or second_opinion(OPINION, text))
    assert both is None or both == ruled or (both.tier, both.rule) == ("unclear", "second-opinion")


def test_all_it_can_add_is_a_question():
    """Where no rule notices anything, it asks or is silent; it stops nobody."""
    added = [notice_or_ask(FAMILIES, always(1.0), text) for _, text, _ in CASES]
    asked = [concern for concern in added if concern and concern.rule == RULE]
    assert asked
    assert {concern.tier for concern in asked} == {"unclear"}


def test_a_question_reaches_the_conversation_as_a_concern():
    """What only the second opinion sees is passed on like any unclear concern, without the text."""
    event, footer = noticed(FAMILIES, small(), TextReceived("an owl"))
    assert event == ConcernRaised("abuse", "unclear", "me")
    assert not footer


def test_it_asks_about_a_hint_and_leaves_ordinary_talk():
    """The shipped weights do what they are for."""
    concern = second_opinion(OPINION, HINT)
    assert concern
    assert (concern.kind, concern.tier) == ("suicide", "unclear")
    assert second_opinion(OPINION, ORDINARY) is None


def test_it_asks_about_what_it_learned_and_nothing_else():
    """A learned word raises a question about the person writing; other words raise nothing."""
    assert second_opinion(small(), "An OWL!") == Concern("abuse", "unclear", "second-opinion", "me")
    assert second_opinion(small(), "a cat") is None
    assert second_opinion(small(), "") is None


def test_a_hint_in_a_long_text_is_not_lost_among_the_rest():
    """What raises a question by itself raises it among two hundred other words as well."""
    assert second_opinion(OPINION, f"{ORDINARY}. " * 10 + HINT + f". {ORDINARY}" * 10)
    calm = "we had tea and then a walk by the river with the dog . "
    opinion = small(start=-0.2)
    assert second_opinion(opinion, calm * 20) is None
    assert second_opinion(opinion, calm * 10 + "an owl . " + calm * 10)


def test_no_more_than_the_longest_message_is_read():
    """What stands behind the 4,096th character costs nothing and changes nothing."""
    longest = (f"{ORDINARY} " * 100)[:4096]
    assert second_opinion(OPINION, f"{longest} {HINT}") == second_opinion(OPINION, longest)


@pytest.mark.parametrize("stretch", STRETCHES)
def test_its_work_grows_no_faster_than_the_text(stretch: str):
    """Four times the text makes at most four times the work, and a little."""

    def work(length: int) -> int:
        text = (stretch * LONGEST)[:length]
        with counted() as calls:
            second_opinion(OPINION, text)
            return calls()

    work(16)
    assert work(4096) <= 4.6 * work(1024)
    assert work(LONGEST * 4) == work(LONGEST)


def test_order_counts():
    """A trait can need one word before another; the same words the other way round are nothing."""
    said = {"not": (9, 0, 0), "owl": (0, 9, 0)}
    table = bytes_of([0, 0, 0, *said["not"], *said["owl"]])
    order = Threes({"not": 1, "owl": 2}, table, (-15.0,), (1.0,))
    assert order.sum(order.strengths(["not", "owl"])) == 3
    assert order.sum(order.strengths(["owl", "not"])) == 0


def test_a_word_between_blocks_still_hears_its_neighbour():
    """Words are looked at in blocks, and what stands on either side of a seam belongs together."""
    order = Threes({"not": 1, "owl": 2}, bytes_of([0, 0, 0, 9, 0, 0, 0, 9, 0]), (-15.0,), (1.0,))
    words = ["the"] * (BLOCK - 1) + ["not", "owl"]
    assert order.sum(order.strengths(words)) == 3
