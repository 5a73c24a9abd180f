import pytest

from bot.safety.pattern import compile_pattern, read_message
from tests.safety.phrases import FAMILIES

SETS = {"pet": ("cat", "guinea pig")}
READ = [
    ("tired of living", "I am tired of living", True),
    ("tired of living", "tired of the living", False),
    ("to", "tomorrow into tot", False),
    ("cut|slash my hair", "slash my hair", True),
    ("cut|slash my hair", "cut slash my hair", True),
    ("cut|slash my hair", "trim my hair", False),
    ("I (nod off|sleep) now", "I nod off now", True),
    ("I (nod off|sleep) now", "I sleep now", True),
    ("I (nod off|sleep) now", "I nod now", False),
    ("my {pet} sleeps", "My guinea-pig sleeps.", True),
    ("my {pet} sleeps", "my guinea sleeps", False),
    ("I {gap:2} sing", "I sing", True),
    ("I {gap:2} sing", "I often loudly sing", True),
    ("I {gap:2} sing", "I very often loudly sing", False),
    ("I {gap:2} sing", "I know. Sing!", False),
    ("I {gap:2} sing", "I do not sing", False),
    ("I {gap:2} sing", "I hear she sing", False),
    ("I {far:4} sing", "I know. She will sing!", True),
    ("{start} sing", "Well. Sing now", True),
    ("{start} sing", "I sing", False),
    ("sing {end}", "I sing. You don't", True),
    ("sing {end}", "I sing now", False),
    ("sing {number} songs", "I sing 30 songs", True),
    ("sing {number} songs", "I sing 3 songs", False),
    ("I don't sing", "i dont sing", True),
]


@pytest.mark.parametrize(("source", "text", "found"), READ, ids=str)
def test_the_notation_means_what_the_file_says(source: str, text: str, found: bool):
    """Each mark of the notation finds what the head of the phrase file promises, and no more."""
    pattern = compile_pattern(source, SETS)
    assert bool(list(pattern.found(read_message(text)))) == found


def test_no_phrase_holds_a_repeat_without_an_end():
    """Every repeat in every compiled phrase is counted, or never given back once taken."""
    written = (*FAMILIES.rules, *FAMILIES.cues)
    patterns = [pattern for said in written for pattern in said.patterns]
    patterns += [pattern for said in written for guard in said.guards for pattern in guard.patterns]
    for pattern in patterns:
        bounded = pattern.expression.replace("++", "")
        assert "+" not in bounded
        assert "*" not in bounded
