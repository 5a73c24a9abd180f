"""Counts on data that is not part of the project; no text of it is ever shown."""

import csv
from collections import Counter

import pytest

from bot.safety.concern import Concern
from bot.safety.notice import notice, notice_or_ask
from tests.safety.opinion import OPINION
from tests.safety.phrases import FAMILIES, ROOT

CRISIS = ROOT.parent / "shared/data/crisis"


def rows(name: str) -> list[dict[str, str]]:
    path = CRISIS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project; its licences don't let it be part of it")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ordinary_messages_seldom_raise_a_concern():
    """Of 1,000 ordinary messages fewer than 5 stop a person and fewer than 15 ask anything."""
    concerns = [notice(FAMILIES, row["text"]) for row in rows("ordinary_dev.csv")]
    tiers = Counter(concern.tier for concern in concerns if concern)
    explicit = 1000 * tiers["explicit"] / len(concerns)
    either = 1000 * tiers.total() / len(concerns)
    assert explicit < 5
    assert either < 15


def test_most_crisis_messages_raise_a_concern():
    """Of the messages read as a crisis more than six in ten are noticed; the aim is nine."""
    crisis = [
        row for row in rows("gold_dev.csv") if row["label"] == "crisis" and row["borderline"] != "1"
    ]
    noticed = sum(notice(FAMILIES, row["text"]) is not None for row in crisis)
    share = noticed / len(crisis)
    assert share > 0.6


def both(text: str) -> Concern | None:
    return notice_or_ask(FAMILIES, OPINION, text)


def test_rules_and_second_opinion_seldom_ask_for_nothing():
    """Of 1,000 ordinary messages fewer than 15 raise anything, and learning makes none explicit."""
    texts = [row["text"] for row in rows("ordinary_dev.csv")]
    concerns = [concern for text in texts if (concern := both(text))]
    explicit = [text for text in texts if (concern := both(text)) and concern.tier == "explicit"]
    assert 1000 * len(concerns) / len(texts) < 15
    assert 1000 * len(explicit) / len(texts) < 5
    assert all(notice(FAMILIES, text) for text in explicit)


def test_rules_and_second_opinion_notice_most_of_what_is_a_crisis():
    """Together they reach the floor to ship: 85 of 100 messages read as a crisis."""
    crisis = [
        row for row in rows("gold_dev.csv") if row["label"] == "crisis" and row["borderline"] != "1"
    ]
    share = sum(both(row["text"]) is not None for row in crisis) / len(crisis)
    assert share >= 0.85
