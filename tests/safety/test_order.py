import pytest

from bot.safety.notice import notice
from tests.safety.phrases import FAMILIES

TOGETHER = [
    ("I want to die. I've taken an overdose", "medical", "explicit"),
    ("he hits me and I want to kill myself", "suicide", "explicit"),
    ("I want to hurt myself and I am going to stab him", "self-harm", "explicit"),
    ("he hits me and he hits the kids", "child", "explicit"),
    ("he hits me and I'm going to stab him", "abuse", "explicit"),
    ("I don't want to be here anymore, he hits me", "abuse", "explicit"),
    ("I want to die, he is hitting me right now", "abuse", "explicit"),
    ("my friend says she wants to die and my sister is cutting herself", "suicide", "unclear"),
]
ABOUT = [
    ("I want to die", "suicide", "explicit", "me"),
    ("my friend says she wants to die", "suicide", "unclear", "someone else"),
    ("my 12 year old told me she wants to die", "suicide", "unclear", "child"),
    ("my dad has collapsed", "medical", "explicit", "someone else"),
    ("he hits the kids", "child", "explicit", "child"),
    ("I'm 13 and my dad hits me", "child", "explicit", "me"),
    ("they forced me to have sex and I'm only 12", "child", "explicit", "me"),
    ("I am going to stab him", "others", "explicit", "someone else"),
    ("I am scared of my partner", "abuse", "explicit", "me"),
    ("he hit me last week", "abuse", "explicit", "me"),
    ("my dad used to beat me", "abuse", "unclear", "me"),
    ("I tried to kill myself when I was 15", "suicide", "unclear", "me"),
]


@pytest.mark.parametrize(("text", "kind", "tier"), TOGETHER, ids=[text for text, *_ in TOGETHER])
def test_the_most_pressing_comes_first(text: str, kind: str, tier: str):
    """Explicit before unclear, harm under way before the rest, then the order of the classes."""
    concern = notice(FAMILIES, text)
    assert concern is not None
    assert (concern.kind, concern.tier) == (kind, tier)


@pytest.mark.parametrize(("text", "kind", "tier", "about"), ABOUT, ids=[row[0] for row in ABOUT])
def test_who_and_when_are_told_apart(text: str, kind: str, tier: str, about: str):
    """The person, a child and somebody else are told apart, and so are now and long ago."""
    concern = notice(FAMILIES, text)
    assert concern is not None
    assert (concern.kind, concern.tier, concern.about) == (kind, tier, about)
