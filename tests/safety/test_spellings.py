import pytest

from bot.safety.notice import notice
from tests.safety.phrases import CASES, FAMILIES

EXPLICIT = [
    (rule, text) for rule, text, noticed in CASES if noticed and rule.concern.tier == "explicit"
]
WAYS = {
    "shouted": str.upper,
    "without apostrophes": lambda text: text.replace("'", ""),
    "with a curly apostrophe": lambda text: text.replace("'", "’"),
    "dictated": lambda text: text.replace("'", " "),
    "with wide gaps": lambda text: text.replace(" ", " \u00a0 "),
    "with invisible signs": "\u200b".join,
    "with accents": lambda text: text.replace("e", "é").replace("o", "ö"),
    "ending in dots": lambda text: f"{text}....",
    "after a greeting": lambda text: f"Hello. {text}",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_way_of_writing_loses_nothing(way):
    """What is noticed plainly written is noticed in the same class however it is written."""
    lost = [text for rule, text in EXPLICIT if kind(way(text)) != kind(text)]
    assert not lost


def kind(text: str) -> str | None:
    concern = notice(FAMILIES, text)
    return concern and concern.kind
