import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.events import ConcernRaised, TextReceived
from bot.noticing import noticed
from bot.safety.concern import Concern
from bot.safety.normalise import LONGEST
from bot.safety.notice import notice, notice_or_ask
from bot.safety.second_opinion import SecondOpinion, second_opinion
from bot.safety.threes import BLOCK, Threes
from bot.safety.weights import Trials, WeightsError, read_weights, write_weights
from tests.safety.opinion import OPINION, bytes_of, small
from tests.safety.phrases import CASES, FAMILIES
from tests.safety.test_growth import counted

TRIALS = Trials(asks=("owl",), leaves=("the cat sat on the mat",))
STRETCHES = ("k i ", "a b c d e f g ", "owl ", "kill ", "I he my ", "\u00e9 ", "? . ", "abcdefgh")


@pytest.fixture
def packed() -> bytes:
    return write_weights(small(), TRIALS)


def test_it_asks_about_what_it_learned_and_nothing_else():
    """A learned word raises a question about the person writing; other words raise nothing."""
    assert second_opinion(small(), "An OWL!") == Concern("abuse", "unclear", "second-opinion", "me")
    assert second_opinion(small(), "a cat") is None
    assert second_opinion(small(), "") is None


def test_what_is_written_is_what_is_read(packed: bytes):
    """Weights come back from their file as they went in."""
    opinion = read_weights(packed)
    assert opinion == small()
    assert write_weights(opinion, TRIALS) == packed


@pytest.mark.parametrize("at", [0, 5, 22, 30, 60, -1])
def test_a_changed_byte_is_found(packed: bytes, at: int):
    """Weights that were damaged are refused with a sentence, wherever the damage is."""
    broken = bytearray(packed)
    broken[at] ^= 1
    with pytest.raises(WeightsError, match=r"file"):
        read_weights(bytes(broken))


@pytest.mark.parametrize("length", [0, 10, 24, 40, -1])
def test_a_file_cut_short_is_refused(packed: bytes, length: int):
    """Half a file is never used as if it were whole."""
    with pytest.raises(WeightsError, match=r"file"):
        read_weights(packed[:length])


@pytest.mark.parametrize(
    "trials",
    [
        Trials(asks=("a cat",), leaves=("a mat",)),
        Trials(asks=("owl",), leaves=("my owl",)),
        Trials(asks=(), leaves=("a mat",)),
        Trials(asks=("owl",), leaves=()),
    ],
)
def test_weights_prove_themselves_when_they_are_read(trials: Trials):
    """Weights that fail a sentence of their own, or bring none, are refused."""
    with pytest.raises(WeightsError):
        read_weights(write_weights(small(), trials))


@given(st.text(max_size=300))
def test_it_never_takes_a_concern_away(text: str):
    """Whatever the rules say of a text stays as it is; added is at most one unclear concern."""
    ruled, both = notice(FAMILIES, text), notice_or_ask(FAMILIES, OPINION, text)
    assert both == (ruled or second_opinion(OPINION, text))
    assert both is None or both == ruled or (both.tier, both.rule) == ("unclear", "second-opinion")


@pytest.mark.parametrize("opinion", [OPINION, small()], ids=["shipped", "small"])
def test_every_example_of_a_rule_stays_what_it_is(opinion: SecondOpinion):
    """Nothing that a rule calls explicit becomes a question, and no class is changed."""
    examples = [text for _, text, is_noticed in CASES if is_noticed]
    assert len(examples) > 200
    for text in examples:
        assert notice_or_ask(FAMILIES, opinion, text) == notice(FAMILIES, text)


def test_a_question_reaches_the_conversation_as_a_concern():
    """What only the second opinion sees is passed on like any unclear concern, without the text."""
    event, footer = noticed(FAMILIES, small(), TextReceived("an owl"))
    assert event == ConcernRaised("abuse", "unclear", "me")
    assert not footer


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


def test_one_sentence_in_a_long_text_is_not_lost():
    """What raises a question by itself raises it among two hundred other words as well."""
    calm = "we had tea and then a walk by the river with the dog . "
    opinion = small(start=-0.2)
    assert second_opinion(opinion, calm * 20) is None
    assert second_opinion(opinion, calm * 10 + "an owl . " + calm * 10)


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
