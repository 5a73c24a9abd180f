"""What a person can do at every step: leave out, go back, pause, stop, get help, see, forget."""

import json

import pytest

from bot.engine.events import CommandGiven, EditRequested, MessageEdited, UnreadableReceived
from bot.engine.screens import KEEP_IT
from bot.engine.session import dump
from tests.fakes import Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: name, phase: self, say: What shall I call you?, ask: words, keep: until the end}
  - {id: mood, phase: self, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, phase: other, say: Why?, ask: words, skip: No words today}
  - {id: bye, phase: close, say: Bye.}
"""


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    return talk


def test_a_question_can_be_left_out_and_counts_as_answered(talk: Talk):
    """Leaving out a question leads on, and it isn't asked again."""
    talk.uses("skip")
    assert talk.step == "mood"
    assert talk.session.answers["name"].standing == "skipped"
    assert talk.uses("back").effects
    assert talk.step == "name"


@pytest.mark.parametrize("words", ["skip", "Rather not say", "pass", "/skip", "rather not"])
def test_leaving_out_can_be_typed(talk: Talk, words: str):
    """Every button has words that do the same."""
    talk.says(words)
    assert talk.step == "mood"


@pytest.mark.parametrize("words", ["no words today", "No words", "skip"])
def test_leaving_out_can_be_typed_as_its_button_reads(talk: Talk, words: str):
    """Where an author words the button differently, its own words are understood."""
    talk.says("Ann", "bad", words)
    assert talk.session.answers["why"].standing == "skipped"


def test_there_is_nothing_before_the_beginning(talk: Talk):
    """Going back from the first question says so and stays."""
    turn = talk.uses("back")
    assert turn.refused
    assert talk.step == "name"
    assert "back" not in [freedom.value for freedom in talk.question.freedoms]


def test_going_back_shows_what_was_said(talk: Talk):
    """The earlier answer is there to be read, left as it is, or given anew."""
    talk.says("Ann", "bad")
    talk.uses("back")
    assert talk.step == "mood"
    assert "You said: Bad" in talk.text
    assert KEEP_IT in [option.value for option in talk.question.options]


@pytest.mark.parametrize("way", ["tap", "type"])
def test_leaving_it_as_it_is_returns_to_the_open_question(talk: Talk, way: str):
    """A look back changes nothing."""
    talk.says("Ann", "bad")
    talk.uses("back")
    talk.taps("Leave it") if way == "tap" else talk.says("leave it as it is")
    assert talk.step == "why"
    assert talk.value("mood") == "bad"


def test_a_pause_keeps_the_place_and_comes_back_with_a_recap(talk: Talk):
    """Coming back from a pause begins with one line on where we were, in the person's own words."""
    talk.says("Ann", "bad")
    talk.uses("pause")
    assert talk.step == ":paused"
    assert talk.session.status == "waiting"
    talk.says("hello again")
    assert talk.step == "why"
    assert "part 2 of 5" in talk.text
    assert "“Ann”" in talk.text


def test_what_is_typed_into_a_pause_is_no_answer(talk: Talk):
    """The words that end a pause are not taken for an answer."""
    talk.uses("pause")
    talk.says("good")
    assert talk.step == "name"
    assert not talk.session.answers


def test_a_stop_can_be_taken_back(talk: Talk):
    """After a stop everything is still there, and going on leads to the same question."""
    talk.says("Ann")
    talk.uses("stop")
    assert talk.session.status == "stopped"
    talk.taps("Go on after all")
    assert talk.step == "mood"
    assert talk.session.status == "waiting"
    talk.says("bad")
    assert talk.step == "why"


@pytest.mark.parametrize("words", ["help", "SOS", "s.o.s", "Help now", "/help", "help!", "crisis"])
@pytest.mark.parametrize(
    "before", [[], ["Ann"], ["Ann", "bad", "because"], ["stop"], ["pause"], ["menu"]]
)
def test_help_is_there_at_any_moment(words: str, before: list[str]):
    """Whoever types SOS gets urgent help, at the beginning, in the middle and after the end."""
    talk = Talk(catalogue_of(SCRIPT))
    if before:
        talk.opens()
        talk.says(*before)
    talk.says(words)
    assert talk.step == ":help"
    assert "999" in talk.text


def test_help_before_the_beginning_leads_to_the_beginning():
    """Whoever needs help first is then met as anybody else."""
    talk = Talk(catalogue_of(SCRIPT))
    talk.says("help")
    talk.taps("Back to")
    assert talk.step == "name"


@pytest.mark.parametrize("screen", ["help", "menu", "kept", "person", "change", "forget"])
@pytest.mark.parametrize("way", ["go on", "back", "resume"])
def test_every_screen_leads_back_to_the_open_question(talk: Talk, screen: str, way: str):
    """Nobody loses their place by looking at something."""
    talk.says("Ann")
    talk.uses(screen)
    talk.picks(way) if way == "go on" else talk.uses(way)
    assert talk.step == "mood"
    assert talk.session.status == "waiting"


@pytest.mark.parametrize("screen", ["help", "menu", "kept", "person", "change", "forget"])
@pytest.mark.parametrize("way", ["go on", "back", "resume"])
def test_after_the_end_every_screen_leads_back_to_the_end(talk: Talk, screen: str, way: str):
    """A finished reflection stays finished, and nobody is told that they are still in it."""
    talk.says("Ann", "bad", "because")
    talk.uses(screen)
    talk.picks(way) if way == "go on" else talk.uses(way)
    assert talk.step == ":finished"
    assert talk.session.status == "ended"


def test_a_new_one_can_be_begun_after_the_end(talk: Talk):
    """After the end a new reflection begins with nothing of the old one."""
    talk.says("Ann", "bad", "because")
    talk.taps("Begin a new one")
    assert talk.step == "name"
    assert not talk.session.answers
    assert len(talk.session.starts) == 2


def test_starting_in_the_middle_asks_first(talk: Talk):
    """Typing /start again doesn't throw away what was told."""
    talk.says("Ann", "/start")
    assert talk.step == ":welcome back"
    talk.taps("Go on where I was")
    assert talk.step == "mood"
    assert talk.value("name") == "Ann"


def test_the_days_of_earlier_starts_are_kept_for_a_fortnight_only(talk: Talk):
    """What is remembered of earlier reflections is their day, and not for long."""
    talk.now = "2026-11-10T12:00:00+00:00"
    talk.picks("x")
    talk.uses("stop")
    talk.taps("Begin a new one")
    assert talk.session.starts == ("2026-11-02", "2026-11-10")
    talk.now = "2026-11-25T12:00:00+00:00"
    talk.uses("stop")
    talk.taps("Begin a new one")
    assert talk.session.starts == ("2026-11-25",)


def test_what_is_kept_is_shown_word_for_word(talk: Talk):
    """A person can read all that is kept of them, with the questions it belongs to."""
    talk.says("Ann {{ 7*7 }}", "bad")
    talk.uses("kept")
    assert "What shall I call you?\n- Ann {{ 7*7 }}" in talk.text
    assert "How is it?\n- Bad" in talk.text


def test_what_is_kept_is_all_shown_while_looking_back(talk: Talk):
    """Going back to look at an answer hides nothing of what is kept after it."""
    talk.says("Ann", "bad")
    talk.uses("back")
    talk.uses("back")
    talk.uses("kept")
    assert "Ann" in talk.text
    assert "Bad" in talk.text


def test_what_is_kept_off_the_path_is_shown_as_well():
    """An answer that no longer counts but is still stored is not hidden from the person."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: way, say: Which way?, ask: choice, choices: [{a: A}, {b: B}]}
          - {id: more, only if: way == "a", say: Tell me., ask: words}
          - {id: last, say: And last?, ask: words}
    """)
    )
    talk.opens()
    talk.says("A", "CANARY")
    talk.uses("back")
    talk.uses("back")
    talk.says("B")
    assert talk.step == "last"
    talk.uses("kept")
    assert ("CANARY" in talk.text) == ("CANARY" in json.dumps(dump(talk.session)))


def test_one_answer_can_be_forgotten_for_good(talk: Talk):
    """What is forgotten is in nothing that is stored, isn't asked again, and the place stays."""
    talk.says("CANARY", "bad")
    talk.uses("kept")
    talk.taps("Forget one")
    talk.taps("Forget: CANARY")
    assert "gone" in talk.text
    assert talk.step == "why"
    assert "CANARY" not in json.dumps(dump(talk.session))


def test_everything_can_be_forgotten(talk: Talk):
    """After one question back, nothing at all is left of a person."""
    talk.says("CANARY", "forget")
    assert talk.step == ":forget"
    talk.taps("Yes, forget")
    assert not talk.session.begun
    assert not talk.session.answers
    assert not talk.session.starts
    assert "CANARY" not in json.dumps(dump(talk.session))


def test_an_earlier_answer_can_be_changed_from_a_list(talk: Talk):
    """The list shows the answers in the person's words; picking one asks its question again."""
    talk.says("Ann", "bad")
    talk.uses("change")
    assert talk.labels[:2] == ["Ann", "Bad"]
    talk.taps("Ann")
    assert talk.step == "name"


@pytest.mark.parametrize("name", ["", "nope", "why", "talk", "mood/x"])
def test_changing_what_was_never_said_changes_nothing(talk: Talk, name: str):
    """Asking for an answer that isn't there is answered kindly."""
    talk.says("Ann", "bad")
    turn = talk.meets(EditRequested(name))
    assert turn.refused
    assert talk.step == "why"


@pytest.mark.parametrize("name", ["dance", "", "🙂", "help me now please", "x" * 5000])
def test_an_unknown_command_changes_nothing(talk: Talk, name: str):
    """A command that doesn't exist is named as that, and the question stands."""
    talk.says("Ann")
    turn = talk.meets(CommandGiven(name))
    assert turn.refused
    assert talk.step == "mood"
    assert "How is it?" in talk.text


@pytest.mark.parametrize(
    "event", [MessageEdited(), *map(UnreadableReceived, ["photo", "voice", "?", "sticker"])]
)
def test_what_can_not_be_read_is_said_and_changes_nothing(talk: Talk, event):
    """A photo, a voice note or an edited message gets an honest answer."""
    talk.says("Ann")
    before = dict(talk.session.answers)
    turn = talk.meets(event)
    assert turn.refused
    assert talk.text.strip().endswith("How is it?")
    assert len(talk.text.strip()) > len("How is it?")
    assert talk.session.answers == before
    assert talk.step == "mood"


def test_what_is_not_understood_is_asked_again_twice_and_then_a_way_on_is_offered(talk: Talk):
    """Nobody is asked the same thing for ever."""
    talk.says("Ann")
    told = [talk.says("hmpf").effects[0].text for _ in range(4)]  # type: ignore[union-attr]
    assert told[0] == told[1]
    assert told[2] == told[3] != told[0]
    assert "Rather not say" in told[2]
    talk.says("bad")
    assert talk.session.misses == 0


def test_an_empty_message_is_no_answer(talk: Talk):
    """Spaces are not stored as somebody's words."""
    talk.says("   ")
    assert talk.step == "name"
    assert not talk.session.answers


def test_words_to_a_program_inside_a_sentence_are_an_answer(talk: Talk):
    """Only a whole message is a command: "I need help with rent" is somebody's answer."""
    talk.says("I need help with rent, please stop")
    assert talk.value("name") == "I need help with rent, please stop"


def test_a_button_that_reads_like_a_command_can_still_be_typed():
    """What a button says can be typed, also where the same word does something elsewhere."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: when, say: When?, ask: choice, choices: [{now: Now}, {later: Later}]}
          - {id: more, say: Else?, ask: words}
    """)
    )
    talk.opens()
    talk.says("Later")
    assert talk.session.answers["when"].value == "later"
