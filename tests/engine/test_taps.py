"""Buttons: stale ones, doubled ones, ticks and stones."""

import pytest

from bot.engine.effects import Nudge
from bot.engine.events import ButtonTapped, ChoicePicked, CommandGiven
from tests.fakes import Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: mood, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: again, say: And now?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - id: tried
    say: What did you try?
    ask: several
    choices: [{talked: Talked}, {walked: Walked}, {value: none, label: Nothing, only: yes}]
  - {id: stones, say: Where?, ask: stones, most: 5, choices: [{self: Me}, {other: Them}]}
  - {id: last, say: Last?, ask: words}
"""


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    return talk


def test_ten_taps_on_one_button_count_once(talk: Talk):
    """A trembling thumb answers one question, not ten."""
    tap = ButtonTapped(0, talk.question.revision)
    talk.meets(tap)
    after = talk.session
    for _ in range(9):
        turn = talk.meets(tap)
        assert [type(effect) for effect in turn.effects] == [Nudge]
    assert talk.session == after
    assert talk.step == "again"


def test_an_old_button_is_answered_and_changes_nothing(talk: Talk):
    """A tap on an earlier message says where the newest question is."""
    old = talk.question.revision
    talk.says("good", "bad")
    before = talk.session
    for event in (
        ButtonTapped(1, old),
        ChoicePicked("bad", old),
        CommandGiven("back", old),
        CommandGiven("skip", old),
    ):
        turn = talk.meets(event)
        assert turn.refused
        assert "earlier" in turn.effects[0].text  # type: ignore[union-attr]
        assert talk.session == before


@pytest.mark.parametrize("index", [-1, 2, 99])
def test_a_button_that_does_not_exist_changes_nothing(talk: Talk, index: int):
    """A made-up tap does nothing."""
    before = talk.session
    assert talk.meets(ButtonTapped(index, talk.question.revision)).refused
    assert talk.session == before


def test_help_on_an_old_message_still_helps(talk: Talk):
    """The help button works on any message, however old."""
    old = talk.question.revision
    talk.says("good")
    talk.meets(CommandGiven("help", old))
    assert talk.step == ":help"


def test_a_button_from_before_everything_was_forgotten_is_old(talk: Talk):
    """After forgetting everything, old buttons answer nothing in the new conversation."""
    talk.says("good")
    old = talk.question.revision
    talk.says("forget")
    talk.taps("Yes, forget")
    talk.now = "2026-11-02T12:05:00+00:00"
    talk.opens()
    talk.says("good")
    while talk.question.revision < old:
        talk.uses("menu")
        talk.uses("resume")
    before = talk.session
    assert talk.meets(ButtonTapped(1, old)).refused or talk.session == before


def test_ticks_are_marked_said_and_kept_until_done(talk: Talk):
    """Picks are shown by a mark and in words; Done makes the answer."""
    talk.says("good", "good")
    assert "Done" not in talk.labels
    talk.taps("Talked")
    talk.taps("Walked")
    assert talk.labels[:2] == ["✓ Talked", "✓ Walked"]
    assert "Talked and walked" in talk.text
    talk.taps("Done")
    assert talk.value("tried") == ["talked", "walked"]
    assert talk.session.draft == ()


def test_a_tick_can_be_taken_back(talk: Talk):
    """A second tap unticks."""
    talk.says("good", "good")
    talk.taps("Talked")
    talk.taps("Talked")
    assert talk.session.draft == ()
    assert "Done" not in talk.labels


def test_the_choice_that_rules_out_the_rest_does_so(talk: Talk):
    """Nothing and something can't both be ticked."""
    talk.says("good", "good")
    talk.taps("Talked")
    talk.taps("Nothing")
    assert talk.session.draft == ("none",)
    talk.taps("Walked")
    assert talk.session.draft == ("walked",)


def test_a_tick_asks_to_replace_its_own_message(talk: Talk):
    """Ticking doesn't fill the screen with copies of the question."""
    talk.says("good", "good")
    talk.taps("Talked")
    assert talk.question.replace


def test_typing_while_ticking_is_understood(talk: Talk):
    """Whoever ticks one thing and types another way is understood."""
    talk.says("good", "good")
    talk.taps("Talked")
    talk.says("1, 2")
    assert talk.value("tried") == ["talked", "walked"]


def test_ticks_are_not_lost_by_typing_own_words():
    """Own words come on top of what was ticked."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - id: tried
            say: Tried?
            ask: several
            own words: yes
            choices: [{talked: Talked}, {walked: Walked}]
          - {id: last, say: Last?, ask: words}
    """)
    )
    talk.opens()
    talk.taps("Talked")
    talk.says("my allotment")
    assert talk.value("tried") == ["talked", "my allotment"]


def test_ticks_survive_a_look_at_help(talk: Talk):
    """Asking for help in the middle of an answer doesn't wipe it."""
    talk.says("good", "good")
    talk.taps("Talked")
    talk.uses("help")
    talk.taps("Back to")
    assert talk.session.draft == ("talked",)


def test_five_stones_by_taps(talk: Talk):
    """Stones go down one by one; the fifth makes the answer."""
    talk.says("good", "good", "talked")
    for label in ("Me", "Me", "Them", "Them"):
        talk.taps(label)
    assert "One stone is left" in talk.text
    assert "Me 2, Them 2" in talk.text
    talk.taps("Me")
    assert talk.value("stones") == {"self": 3, "other": 2}
    assert talk.step == "last"


def test_stones_can_be_started_afresh_or_left_in_the_hand(talk: Talk):
    """Nobody has to put down all five, or to keep a slip."""
    talk.says("good", "good", "talked")
    talk.taps("Them")
    talk.taps("Start these again")
    assert talk.session.draft == ()
    talk.taps("Me")
    talk.taps("Done")
    assert talk.value("stones") == {"self": 1, "other": 0}


def test_tapping_and_typing_stones_store_the_same(talk: Talk):
    """The same answer is the same, however it was given."""
    talk.says("good", "good", "talked")
    for _ in range(5):
        talk.taps("Me")
    tapped = talk.value("stones")
    talk.uses("back")
    talk.says("me")
    assert talk.value("stones") == tapped


def test_most_picks_hold_for_taps_too():
    """Where two may be picked, a third tick is not taken."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: tried, say: Two?, ask: several, most: 2, choices: [{a: A}, {b: B}, {c: C}]}
    """)
    )
    talk.opens()
    for label in ("A", "B", "C"):
        talk.taps(label)
    assert len(talk.session.draft) <= 2
