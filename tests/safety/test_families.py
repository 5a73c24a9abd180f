from copy import deepcopy

import pytest

from bot.safety.concern import Concern
from bot.safety.families import compile_families
from bot.safety.fields import FamilyError
from bot.safety.notice import notice
from bot.safety.pattern import read_message

RULE = {
    "id": "suicide-test",
    "say": ["I {gap:2} sing {loud}"],
    "tier": "unclear",
    "about": "me",
    "unless": ["choir"],
    "examples": ["I sing loudly", "i always sing out loud", "so I sing loudly again"],
    "counter": ["I hum loudly", "I sing loudly in a choir"],
}
DATA = {
    "sets": {"loud": ["loudly", "out loud"]},
    "guards": {"choir": ["{here} in a choir"]},
    "families": {"suicide": [RULE]},
}
SLIPS = [
    ({"examples": None}, "three examples"),
    ({"examples": ["I sing loudly"]}, "three examples"),
    ({"counter": []}, "two counter-examples"),
    ({"examples": ["I sing loudly", "I sing out loud", "I whisper"]}, "“I whisper”"),
    ({"counter": ["I hum", "I sing loudly"]}, "“I sing loudly”"),
    ({"tier": "high"}, "explicit, unclear"),
    ({"about": "you"}, "someone else"),
    ({"now": "maybe"}, "yes or no"),
    ({"unless": ["opera"]}, "no guard 'opera'"),
    ({"unles": ["choir"]}, "'unles'"),
    ({"together": "4"}, "together"),
    ({"say": None}, "no phrases"),
    ({"say": "I sing"}, "starting with a dash"),
    ({"say": [True]}, "in quotes"),
    ({"say": ["I {gap:2 sing"]}, "lacks a brace"),
    ({"say": ["I {gap:99} sing"]}, "{gap:99}"),
    ({"say": ["I sing {softly}"]}, "{softly}"),
    ({"say": ["{gap:2}"]}, "no words of its own"),
]


def changed(**fields: object) -> dict:
    data = deepcopy(DATA)
    data["families"]["suicide"][0] |= fields
    return data


def test_a_well_made_rule_is_read():
    """A rule that fits the notation notices what its examples promise."""
    families = compile_families(DATA)
    assert notice(families, "I SING out loud!") == Concern(
        "suicide", "unclear", "suicide-test", "me"
    )
    assert notice(families, "I sing loudly in a choir") is None


@pytest.mark.parametrize(("slip", "sentence"), SLIPS, ids=[sentence for _, sentence in SLIPS])
def test_a_malformed_rule_is_named(slip: dict, sentence: str):
    """A slip in a rule is refused with a sentence that names the rule and the slip."""
    with pytest.raises(FamilyError) as refused:
        compile_families(changed(**slip))
    assert "suicide-test" in str(refused.value)
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_rule_without_an_id_is_refused():
    """A rule needs a name, since its name is all that is ever logged."""
    with pytest.raises(FamilyError, match="no id"):
        compile_families(changed(id=None))


def test_an_id_is_used_once():
    """Two rules with one id are refused."""
    data = deepcopy(DATA)
    data["families"]["abuse"] = [RULE]
    with pytest.raises(FamilyError, match="two rules"):
        compile_families(data)


@pytest.mark.parametrize(
    "data",
    [
        {"sets": {"loud": ["{quiet}"]}},
        {"sets": {"loud": []}},
        {"sets": {"loud": ["?!"]}},
        {"sets": ["loud"]},
        {"guards": {"choir": []}},
        {"families": {"sucide": []}},
        {"family": {}},
        {"families": {}},
        {},
        [],
        "text",
        None,
    ],
    ids=str,
)
def test_a_slip_outside_the_rules_is_named_too(data: object):
    """Lists, guards and headings that can't be read are refused with a sentence."""
    with pytest.raises(FamilyError, match=r"\.$"):
        compile_families(data)


@pytest.mark.parametrize("now", [True, "yes"])
def test_yes_is_yes_however_the_file_was_read(now: object):
    """Harm under way stays marked whether or not a reader turns yes into a truth value."""
    assert compile_families(changed(now=now)).rules[0].now
    assert not compile_families(changed(now="no")).rules[0].now


def test_weak_phrases_count_together():
    """A rule of phrases that are nothing alone fits where enough of them stand apart."""
    weak = {
        "say": ["sing", "{loud}", "at night", "sing at night"],
        "together": 2,
        "examples": ["sing it loudly", "out loud, at night", "I sing at night, loudly"],
        "counter": ["sing and sing", "I sing at night in a choir"],
    }
    rule = compile_families(changed(**weak)).rules[0]
    assert rule.fires(read_message("at night they sing"))
    strict = weak | {"together": 3, "examples": [f"sing loudly, at night {n}" for n in "abc"]}
    assert (
        not compile_families(changed(**strict)).rules[0].fires(read_message("at night they sing"))
    )
