"""A minute to breathe: a few taps, help in sight, and back to exactly where one was."""

import pytest

from bot.engine.grounding import GROUNDING
from bot.engine.plan import AFTERWARDS, WHILE_ON_THE_WAY
from bot.engine.rounds import NOT_OFFERED
from tests.fakes import Talk, catalogue_of

OF_GROUPS = frozenset({"round", "my group"})
"""What these offer hangs on how far a round is (tests/groups/test_screens.py)."""

SCRIPT = """
id: talk
steps:
  - {id: mood, phase: self, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, phase: self, say: Why?, ask: words}
  - {id: bye, phase: close, say: Bye.}
"""
OFFERING = ["suicide", "self-harm", "abuse", "child", "others"]


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    talk.says("bad")
    return talk


def walked_through(talk: Talk) -> list[str]:
    """Tap on until the last part, and give what was shown."""
    shown = [talk.text]
    while "Next" in talk.labels:
        talk.taps("Next")
        shown.append(talk.text)
    return shown


def test_it_is_a_few_short_messages_with_help_in_sight(talk: Talk):
    """Four messages by taps; the numbers stand in each, and help is one tap away."""
    talk.uses("breathe")
    shown = [talk.text]
    for part in GROUNDING[1:]:
        talk.taps("Next")
        assert talk.step == f":{part}"
        assert "help" in [freedom.value for freedom in talk.question.freedoms]
        shown.append(talk.text)
    assert len(shown) == len(set(shown)) == 4
    for text in shown:
        assert "999" in text
        assert len(text) < 600


@pytest.mark.parametrize("parts", range(4))
@pytest.mark.parametrize("way", ["Back to where I was", "back", "go on", "/resume"])
def test_it_can_be_left_at_any_part_for_the_same_question(talk: Talk, parts: int, way: str):
    """Nobody has to finish it, and it changes no place and no answer."""
    place, answers = talk.session.place, talk.session.answers
    talk.uses("breathe")
    for _ in range(parts):
        talk.taps("Next")
    talk.taps(way) if way.startswith("Back to") else talk.says(way)
    assert talk.step == "why"
    assert talk.text.endswith("Why?")
    assert (talk.session.place, talk.session.answers) == (place, answers)


@pytest.mark.parametrize("words", ["breathe", "a minute to breathe", "/breathe", "grounding"])
@pytest.mark.parametrize("before", [[], ["stop"], ["because"], ["pause"], ["menu"]])
def test_it_can_be_typed_at_any_moment(talk: Talk, words: str, before: list[str]):
    """In the middle, after a stop, after the end and on another screen."""
    if before:
        talk.says(*before)
    talk.says(words)
    assert talk.step == ":breathe"


def test_it_is_there_before_the_beginning_and_leads_back_to_help():
    """Whoever needs help first isn't asked anything for it, and comes back to the numbers."""
    talk = Talk(catalogue_of(SCRIPT))
    talk.says("sos")
    talk.taps("A minute to breathe")
    talk.says("next", "Next", "1")
    assert talk.step == ":breathe rest"
    talk.says("back")
    assert talk.step == ":help"
    assert "999" in talk.text
    assert not talk.session.begun


def test_the_menu_leads_there(talk: Talk):
    """More, for a bad day, and a minute to breathe."""
    talk.uses("menu")
    talk.picks("bad day")
    talk.taps("A minute to breathe")
    assert talk.step == ":breathe"
    talk.taps("Back to")
    assert talk.step == "why"


@pytest.mark.parametrize("kind", OFFERING)
@pytest.mark.parametrize("parts", [0, 1, 3])
def test_from_a_concern_it_leads_back_to_that_concern(talk: Talk, kind: str, parts: int):
    """Numbers never stand alone, and they are still there afterwards."""
    talk.frightens(kind)
    before = talk.text
    assert "breathe" in [option.value for option in talk.question.options]
    talk.picks("breathe")
    for _ in range(parts):
        talk.taps("Next")
    talk.taps("Back to")
    assert talk.step == f":concern {kind}"
    assert talk.text == before
    talk.taps("I have seen")
    if talk.step == ":safe enough":
        talk.taps("Yes, go on")
    assert talk.step == "why"


def test_going_through_it_twice_still_leads_back_once(talk: Talk):
    """Once more, and then back to the concern it came from."""
    talk.frightens("suicide")
    talk.picks("breathe")
    walked_through(talk)
    talk.taps("Once more")
    assert talk.step == ":breathe"
    talk.taps("Back to")
    assert talk.step == ":concern suicide"


def test_fear_of_somebody_is_met_in_neutral_words(talk: Talk):
    """Whoever looks over a shoulder reads of a quiet minute, and nothing else."""
    talk.frightens("abuse")
    assert "A quiet minute" in talk.labels
    talk.picks("breathe")
    lines = talk.catalogue.lines("abuse", "")
    for text in walked_through(talk):
        own = "\n".join(line for line in text.splitlines() if line not in lines)
        assert "abuse" not in own.casefold()
        assert "hurt you" not in own


@pytest.mark.parametrize("tier", ["explicit", "unclear"])
@pytest.mark.parametrize("words", ["breathe", "/breathe"])
def test_it_is_never_there_where_a_doctor_is_needed(talk: Talk, tier: str, words: str):
    """Nothing stands between somebody in danger and 999, also not when it is typed."""
    talk.frightens("medical", tier)
    assert "breathe" not in [option.value for option in talk.question.options]
    screen = talk.step
    turn = talk.says(words)
    assert turn.refused
    assert talk.step == screen
    assert "999" in talk.text


def test_help_that_was_opened_where_a_doctor_is_needed_offers_no_exercise(talk: Talk):
    """One tap further it is the same emergency."""
    talk.frightens("medical")
    talk.uses("help")
    assert "A minute to breathe" not in talk.labels
    talk.taps("Back to")
    assert talk.step == "why"
    talk.uses("help")
    assert "A minute to breathe" in talk.labels


def test_a_new_concern_during_it_is_met_in_full(talk: Talk):
    """What is written there is read as anywhere, and leads to its own numbers."""
    talk.frightens("self-harm")
    talk.picks("breathe")
    talk.frightens("suicide")
    assert talk.step == ":concern suicide"
    talk.taps("That is not")
    assert talk.step == "why"


def test_a_pause_from_it_asks_on_the_way_back_whether_it_is_safe_enough(talk: Talk):
    """Leaving by way of the exercise leaves nothing out that leaving directly asks."""
    talk.frightens("suicide")
    talk.picks("breathe")
    talk.uses("pause")
    talk.says("hello")
    assert talk.step == ":safe enough"


def test_going_on_from_it_leads_back_to_a_stop_or_the_end(talk: Talk):
    """After a stop, help, a minute and back to help: nothing has been reopened."""
    talk.uses("stop")
    talk.uses("help")
    talk.taps("A minute to breathe")
    talk.taps("Back to")
    assert talk.step == ":help"
    assert talk.session.status == "stopped"


def test_the_screens_of_help_have_five_buttons_at_most(talk: Talk):
    """A crisis is no time for long lists."""
    for screen, shown in talk.catalogue.screens.items():
        if screen in OF_GROUPS:
            continue  # tests/groups/test_screens.py: what is offered hangs on how far the round is
        actions = {action for action, _ in shown.actions}
        for unfit in NOT_OFFERED.values():
            assert len(actions - unfit - AFTERWARDS) <= 5, screen
            assert len(actions - unfit - WHILE_ON_THE_WAY) <= 5, screen


@pytest.mark.parametrize("words", ["help", "SOS", "crisis", "urgent", "help please", "I need help"])
def test_a_word_for_help_is_enough(words: str):
    """Who is in need types what comes to mind."""
    talk = Talk(catalogue_of(SCRIPT))
    talk.says(words)
    assert talk.step == ":help"
