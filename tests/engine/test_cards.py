"""Which numbers can be tapped to ring them: with help and with a concern, where that is safe."""

from dataclasses import replace

import pytest

from bot.engine.effects import Card, Say
from bot.library import Library
from tests.fakes import Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: phone, say: Phone?, ask: choice, choices: [{private: Only me}, {seen: Others}]}
  - {id: nation, say: Where?, ask: choice, choices: [
      {england: England}, {northern-ireland: Northern Ireland}]}
  - {id: why, say: Why?, ask: words}
  - {id: bye, say: Bye.}
"""
EMERGENCY = Card("Emergency services", "999")
SAMARITANS = Card("Samaritans", "116 123")


@pytest.fixture
def talk(library: Library) -> Talk:
    made = catalogue_of(SCRIPT)
    real = library.catalogue
    talk = Talk(replace(made, numbers=real.numbers, help_lines=real.help_lines))
    talk.opens()
    return talk


def cards(talk: Talk) -> list[Card]:
    return [card for said in talk.turn.effects if isinstance(said, Say) for card in said.cards]


@pytest.mark.parametrize(
    ("kind", "main"),
    [
        ("suicide", SAMARITANS),
        ("self-harm", SAMARITANS),
        ("others", SAMARITANS),
        ("child", Card("NSPCC Helpline", "0808 800 5000")),
        ("medical", None),
    ],
)
def test_a_concern_brings_999_and_the_main_line(talk: Talk, kind: str, main: Card | None) -> None:
    """Two at most, in the order of the file, and only what can be rung; the lines stay."""
    talk.frightens(kind)
    assert cards(talk) == [EMERGENCY, *([main] if main else [])]
    for card in cards(talk):
        assert card.number in talk.text


def test_once_the_nation_is_known_its_own_line_is_on_the_card(talk: Talk) -> None:
    """The main line of a nation comes before the one for everybody."""
    talk.says("Only me", "England")
    talk.frightens("medical")
    assert cards(talk) == [EMERGENCY, Card("NHS 111", "111")]


def test_help_brings_cards_too(talk: Talk) -> None:
    """Whoever asks for help can tap a number; an unclear concern asks first and has none."""
    talk.uses("help")
    assert cards(talk) == [EMERGENCY, SAMARITANS]
    talk.uses("back")
    assert cards(talk) == []
    talk.frightens("suicide", "unclear")
    assert cards(talk) == []
    talk.taps("Yes")
    assert cards(talk) == [EMERGENCY, SAMARITANS]


def test_a_child_gets_the_line_for_children(talk: Talk) -> None:
    """Not the one for worried adults."""
    talk.frightens("child", "explicit", "me")
    assert cards(talk) == [EMERGENCY, Card("Childline", "0800 1111")]


@pytest.mark.parametrize("phone", [None, "Others", "skip"])
def test_with_abuse_no_card_stands_in_a_chat_that_others_may_see(
    talk: Talk, phone: str | None
) -> None:
    """A card has a name of its own in the list of chats; help after an abuse has none either."""
    if phone:
        talk.says(phone)
    talk.frightens("abuse")
    assert cards(talk) == []
    assert "999" in talk.text
    talk.taps("I have seen")
    talk.uses("help")
    assert cards(talk) == []


def test_with_abuse_on_a_private_phone_there_is_999_alone(talk: Talk) -> None:
    """No card is ever named after a line for abuse."""
    talk.says("Only me")
    talk.frightens("abuse")
    assert cards(talk) == [EMERGENCY]


def test_showing_the_screen_again_brings_no_second_cards(talk: Talk) -> None:
    """Whoever types something else there is not sent the cards once more."""
    talk.frightens("suicide")
    talk.says("what now")
    assert talk.step == ":concern suicide"
    assert cards(talk) == []
