from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.notice import notice
from tests.safety.phrases import CASES, FAMILIES

WORDS = sorted({word for _, text, _ in CASES for word in text.split()})


@given(st.text())
def test_any_text_gets_an_answer(text: str):
    """Whatever is written, noticing gives a concern or nothing, and never fails."""
    notice(FAMILIES, text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_heap_of_telling_words_gets_an_answer(words: list[str]):
    """The words of the rules in any order never make noticing fail."""
    concern = notice(FAMILIES, " ".join(words))
    assert concern is None or concern in {rule.concern for rule in FAMILIES.rules}


@given(st.characters(codec=None))
def test_any_single_character_raises_nothing(character: str):
    """One character is never a concern, not even half of one."""
    assert notice(FAMILIES, character) is None
