import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.normalise import LONGEST, normalise

ONE_FORM = [
    ("I don't", ["I don’t", "i dont", "I DON'T", "i don t", "I don`t", "I dnt", "i  do   not"]),
    ("I'm tired", ["im tired", "i m tired", "I’m tired", "iam tired", "I am tired", "I am tíred"]),
    ("I can't sleep", ["i cant sleep", "I cannot sleep", "i can t sleep", "I can not sleep"]),
    ("he's here", ["hes here", "he s here", "he is here", "HE’S HERE!"]),
    ("suicide", ["su1c1de", "sucide", "suicde", "suiicide", "s u i c i d e", "su*cide", "$uicide"]),
    (
        "kill",
        [
            "kil",
            "kll",
            "k!ll",
            "k1ll",
            "ki11",
            "k*ll",
            "killll",
            "k i l l",
            "k.i.l.l",
            "ki\u200bll",
        ],
    ),
    (
        "myself",
        [
            "my self",
            "myslef",
            "mysef",
            "mys3lf",
            "myselffff",
            "MYSELF",
            "\uff4d\uff59\uff53\uff45\uff4c\uff46",
        ],
    ),
    ("die", ["d1e", "diiiieeee", "DIE", "d!e", "\U0001d41d\U0001d422\U0001d41e", "di\u00ade"]),
    ("so tired", ["sooooo tired", "so…tired", "so... tired", "so\n\ntired", "so\u00a0tired"]),
    ("self-harm", ["selfharm", "self harm", "Self–Harm", "s3lfh@rm"]),
    ("I want to", ["i wanna", "I  want  to"]),
    ("suicide", ["sewerslide", "sewer slide", "sue side", "s.u.i.c.i.d.e", "s-u-i-c-i-d-e"]),
    ("kill myself", ["kms", "ctb", "killmyself", "kill my self", "unalive myself", "k1ll mys3lf"]),
    ("I want to die", ["iwanttodie", "i wannadie", "I want too die", "i wana die", "i want 2 die"]),
    ("I'm ready", ["i amready", "iâ€™m ready", "im rdy"]),
    ("took pills", ["took \U0001f48a", "took\U0001f48a", "took pillz"]),
    ("jump off it", ["jump of it", "jump off it"]),
    ("he will kill me", ["hell kill me", "he'll kill me", "he ll kill me"]),
    ("one. Two", ["one! two", "one?? two", "one; two", ". one . . two ."]),
]
UNTOUCHED = [
    "scared and sacred, shared and stared",
    "will fill the till, ill and still",
    "a skill to killers, amused",
    "5pm at b12 in 2024, covid19",
    "we were well",
    "the shell of hell",
]


@pytest.mark.parametrize(
    ("plain", "written"),
    [(plain, written) for plain, ways in ONE_FORM for written in ways],
    ids=ascii,
)
def test_many_ways_of_writing_become_one(plain: str, written: str):
    """Case, accents, apostrophes, spacing, disguise, stretching and slips leave one form."""
    assert normalise(written) == normalise(plain)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_words_that_are_right_stay_as_they_are(text: str):
    """No real word is turned into a key word, and no number into a letter."""
    assert normalise(text) == text.replace(",", "")


@pytest.mark.parametrize("text", ["привет йод", "नमस्ते दुनिया", "こんにちは", "مرحبا", "ελλάδα"])
def test_other_alphabets_stay(text: str):
    """Letters that aren't Latin are kept with their marks."""
    assert normalise(text) == text


def test_only_the_first_characters_are_read():
    """What stands behind the 4,096th character is not read."""
    assert normalise("a " * (LONGEST // 2) + "kill") == normalise("a " * (LONGEST // 2))
    assert len(normalise("\ufdfa" * LONGEST)) <= LONGEST


@given(st.text(max_size=300))
def test_the_plain_form_is_words_between_single_spaces(text: str):
    """Whatever comes in, what goes out has single spaces and no stray sentence ends."""
    plain = normalise(text)
    assert plain == " ".join(plain.split(" ")).strip()
    assert "  " not in plain
    assert not plain.startswith(".")
    assert not plain.endswith(" .")


@given(st.text(alphabet="abcdeiklmnorstuvy '’.!?\n-", max_size=120))
def test_the_plain_form_of_the_plain_form_is_itself(text: str):
    """Reading a plain form again changes nothing, so phrases and messages meet half way."""
    plain = normalise(normalise(text))
    assert normalise(plain) == plain
