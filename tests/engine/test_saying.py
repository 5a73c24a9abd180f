"""How questions, numbers and labels read to a person."""

import pytest

from bot.engine.effects import Say
from bot.engine.events import ButtonTapped
from tests.fakes import Talk, catalogue_of


@pytest.mark.parametrize(
    ("limits", "typed", "expected"),
    [
        ("least: 1, most: 9", "12", "from 1 up to 9"),
        ("most: 9", "12", "up to 9"),
        ("least: 3", "1", "3"),
    ],
)
def test_the_range_of_a_number_is_said_as_it_is(limits: str, typed: str, expected: str):
    """A person reads the real limits, and no limit where there is none."""
    talk = Talk(
        catalogue_of(f"id: talk\nsteps: [{{id: size, say: How big?, ask: number, {limits}}}]")
    )
    talk.opens()
    talk.says(typed)
    assert expected in talk.text
    assert "None" not in talk.text
    assert ("up to" in talk.text) == ("most" in limits)


LABELS = """
id: talk
steps:
  - {id: who, say: Who?, ask: person}
  - id: near
    say: Where does it lie?
    ask: choice
    choices:
      - {value: me, label: With me}
      - {value: them, label: 'With {{ who or "them" }}'}
  - {id: last, say: Anything else?, ask: words, again: 'Anything about {{ who or "them" }}?'}
  - {id: size, say: How big?, ask: number, again: 'How big is it with {{ who or "them" }}?'}
"""


def test_a_label_with_a_name_in_it_keeps_the_name_where_it_is_shown_again():
    """What was tapped reads the same in what was kept, and in the list to change."""
    talk = Talk(catalogue_of(LABELS))
    talk.opens()
    talk.says("Denise")
    assert "With Denise" in talk.labels
    talk.taps("With Denise")
    talk.uses("kept")
    assert "With Denise" in talk.text
    talk.uses("change")
    assert "With Denise" in talk.labels


def test_asking_again_differently_can_name_somebody_too():
    """The second wording of a question knows the answers like the first one."""
    talk = Talk(catalogue_of(LABELS))
    talk.opens()
    talk.says("Denise", "1", "no", "huge")
    assert "How big is it with Denise?" in talk.text


def test_several_messages_come_one_by_one_and_only_the_last_asks():
    """A step can say several things; the buttons hang on the last one."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: one, say: [Hello., "", I ask you., How is it?], ask: words}
    """)
    )
    talk.opens()
    said = [effect for effect in talk.turn.effects if isinstance(effect, Say)]
    assert [effect.text for effect in said] == ["Hello.", "I ask you.", "How is it?"]
    assert [bool(effect.freedoms) for effect in said] == [False, False, True]


def test_a_question_whose_text_is_empty_for_somebody_can_be_gone_back_to():
    """Whatever a text comes out as, going back and forth never fails."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: mood, say: Well?, ask: yes/no}
          - {id: why, say: "{% if mood == true %}Why?{% endif %}", ask: words}
          - {id: last, say: Last?, ask: words}
    """)
    )
    talk.opens()
    talk.says("no", "because")
    talk.uses("back")
    assert talk.step == "why"
    assert talk.question.text.strip()


def test_help_lines_fit_the_nation():
    """Only the lines of the person's own nation are shown once they named it."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: nation, say: Where?, ask: choice, choices: [
              {england: England}, {scotland: Scotland}]}
          - {id: last, say: Last?, ask: words}
    """)
    )
    talk.opens()
    talk.frightens("abuse")
    assert "111 - abuse, Scotland" in talk.text
    talk.taps("I have seen")
    talk.says("England")
    talk.uses("help")
    assert "111 - abuse, Scotland" not in talk.text
    assert "999 - for anyone" in talk.text


PICKED = """
id: talk
steps:
  - {id: who, say: Who?, ask: person}
  - id: what
    say: What would help?
    ask: several
    own words: yes
    choices:
      - company: Company without many words
      - laugh: Something to laugh about
      - hand: A hand with something
      - alone: I feel alone with it
      - tired: I'm worn out
      - tv: TV in the evening
      - advice: Citizens Advice
      - live: Where I live
      - {value: with, label: '{{ who or "Somebody" }} with me'}
  - {id: last, say: 'Anything else?', ask: words}
"""


@pytest.mark.parametrize(
    ("picked", "read"),
    [
        (["company", "laugh"], "Company without many words and something to laugh about"),
        (["laugh", "hand", "live"], "Something to laugh about, a hand with something and where I"),
        (
            ["hand", "alone", "tired"],
            "A hand with something, I feel alone with it and I'm worn out",
        ),
        (["hand", "tv", "advice"], "A hand with something, TV in the evening and Citizens Advice"),
        (["hand", "with"], "A hand with something and Denise with me"),
    ],
)
def test_in_a_list_only_the_first_begins_with_a_capital(picked: list[str], read: str):
    """What was chosen reads as one sentence; names, short forms and "I" keep their capital."""
    talk = Talk(catalogue_of(PICKED))
    talk.opens()
    talk.says("Denise")
    for label in picked:
        index = next(n for n, each in enumerate(talk.question.options) if each.value == label)
        talk.meets(ButtonTapped(index, talk.question.revision))
    assert f"So far: {read}" in talk.text
    talk.taps("Done")
    talk.uses("kept")
    assert f"- {read}" in talk.text


def test_ones_own_words_keep_their_letters():
    """What somebody wrote is given back as they wrote it."""
    talk = Talk(catalogue_of(PICKED))
    talk.opens()
    talk.says("Denise", "My Own Words")
    talk.uses("kept")
    assert "- My Own Words" in talk.text
