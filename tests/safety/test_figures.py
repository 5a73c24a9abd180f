"""Counts on data that is not part of the project; no text of it is ever shown."""

import csv
from collections import Counter

import pytest

from bot.safety.notice import notice
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
