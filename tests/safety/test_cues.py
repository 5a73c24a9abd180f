from copy import deepcopy

import pytest

from bot.safety.families import Families, compile_families
from bot.safety.fields import FamilyError
from bot.safety.notice import Cued, heard, notice
from bot.safety.rule import Cue
from tests.safety.opinion import SILENT
from tests.safety.phrases import CUE_CASES, FAMILIES
from tests.safety.test_families import DATA as RULES

CUES = Families((), FAMILIES.cues)
"""The shipped cues alone: where a rule notices more than a cue, no cue is given."""
NAMED = [f"{cue.name}: {text}" for cue, text, _ in CUE_CASES]
CUE = {
    "id": "suicide-cue-test",
    "say": ["hum {loud}"],
    "examples": ["I hum loudly", "they hum out loud", "hum loudly"],
    "counter": ["I hum", "I hum softly"],
}


def with_cue(**fields: object) -> dict:
    return deepcopy(RULES) | {"cues": {"suicide": [CUE | fields]}}


def cues(text: str) -> tuple[Cued, ...]:
    """Give the cues that are heard where no rule and no second opinion notices anything."""
    concern, found = heard(CUES, SILENT, text)
    assert concern is None
    return found


@pytest.mark.parametrize(("cue", "text", "cued"), CUE_CASES, ids=NAMED)
def test_each_cue_keeps_its_own_examples(cue: Cue, text: str, cued: bool):
    """A cue is found in its examples and never in its counter-examples."""
    assert (Cued(cue.kind, cue.name) in cues(text)) == cued


def test_a_text_gives_all_its_cues():
    """Every cue counts once, in the order of the file, and carries no words of the text."""
    found = cues("They'd be better off. I'm tired of it all, so tired of everything")
    assert [cue.name for cue in found] == ["suicide-cue-tired", "suicide-cue-better-off"]


def test_a_text_without_a_cue_gives_none():
    """Most messages hold no cue."""
    assert cues("we had soup and went to bed early") == ()


def test_where_there_is_a_concern_no_cue_is_given():
    """Help comes at once, so nothing is left to add up."""
    text = "I've said my goodbyes"
    assert cues(text)
    assert heard(FAMILIES, SILENT, text) == (notice(FAMILIES, text), ())


def test_a_cue_is_about_the_writer_unless_it_says_so():
    """A cue needs no more than phrases and examples; whom it is about may be said."""
    assert compile_families(with_cue()).cues[0].about == "me"
    assert compile_families(with_cue(about="child")).cues[0].about == "child"


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        ({"tier": "unclear"}, "'tier'"),
        ({"examples": ["I hum loudly"]}, "three examples"),
        ({"examples": ["I hum loudly", "hum out loud", "I sing"]}, "“I sing”"),
        ({"counter": ["I hum", "hum loudly"]}, "“hum loudly”"),
        ({"id": "suicide-test"}, "two rules"),
        ({"unless": ["opera"]}, "no guard 'opera'"),
    ],
    ids=str,
)
def test_a_malformed_cue_is_named(slip: dict, sentence: str):
    """A slip in a cue is refused with a sentence that names the cue and the slip."""
    with pytest.raises(FamilyError, match=r"'suicide-(cue-)?test'") as refused:
        compile_families(with_cue(**slip))
    assert sentence in str(refused.value)


def test_cues_stand_under_a_class():
    """A class that does not exist is refused."""
    with pytest.raises(FamilyError, match="gloom"):
        compile_families(deepcopy(RULES) | {"cues": {"gloom": [CUE]}})
