from collections import Counter
from typing import get_args

import pytest

from bot.safety.concern import ConcernClass
from bot.safety.families import compile_families
from bot.safety.notice import notice
from bot.safety.rule import Rule
from tests.safety.phrases import CASES, DATA, FAMILIES

NAMED = [f"{rule.concern.rule}: {text}" for rule, text, _ in CASES]
SHORT = ["to", "I", "not", "he", "me", "a", "the", "kill", "die", "hit", "cut", "help", "ok", "yes"]


@pytest.mark.parametrize(("rule", "text", "noticed"), CASES, ids=NAMED)
def test_each_rule_keeps_its_own_examples(rule: Rule, text: str, noticed: bool):
    """An example raises a concern of its rule's class, a counter-example never that rule."""
    concern = notice(FAMILIES, text)
    if noticed:
        assert concern is not None
        assert concern.kind == rule.concern.kind
        assert concern.tier in {rule.concern.tier, "explicit"}
    else:
        assert concern is None or concern.rule != rule.concern.rule


def test_each_rule_and_cue_is_proven_on_its_own_examples():
    """By itself too: it fires at each of its examples, and at none of its counter-examples."""
    assert compile_families(DATA) == FAMILIES


def test_every_class_has_rules_of_both_tiers():
    """No class is left to one tier only."""
    tiers = {(rule.concern.kind, rule.concern.tier) for rule in FAMILIES.rules}
    assert {kind for kind, _ in tiers} == set(get_args(ConcernClass))
    assert len(tiers) == 2 * len(get_args(ConcernClass))


def test_an_id_says_its_class():
    """Whoever reads a log line knows the class from the rule's id."""
    for rule in FAMILIES.rules:
        assert rule.concern.rule.startswith(rule.concern.kind)
    for cue in FAMILIES.cues:
        assert cue.name.startswith(f"{cue.kind}-cue-")


def test_no_guard_or_list_lies_idle():
    """Every guard and every list of words is used by something."""
    written = [
        rule for part in ("families", "cues") for rules in DATA[part].values() for rule in rules
    ]
    said = [phrase for rule in written for phrase in rule["say"]]
    said += [phrase for phrases in DATA["guards"].values() for phrase in phrases]
    said += [entry for entries in DATA["sets"].values() for entry in entries]
    assert not [name for name in DATA["sets"] if not any(f"{{{name}}}" in text for text in said)]
    assert set(DATA["guards"]) == {name for rule in written for name in rule.get("unless", ())}


def test_no_phrase_is_written_twice_in_a_rule():
    """A phrase stands once in its rule."""
    for rule in (*FAMILIES.rules, *FAMILIES.cues):
        twice = Counter(pattern.source for pattern in rule.patterns)
        assert not [source for source, times in twice.items() if times > 1]


@pytest.mark.parametrize("word", SHORT)
def test_a_short_word_alone_raises_nothing(word: str):
    """Words are read whole: no everyday word is a concern by itself."""
    assert notice(FAMILIES, word) is None
