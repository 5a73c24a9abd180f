"""What a notification shows of a message: the beginning, which says nothing to whoever sees it."""

import re

import pytest

from bot.engine.effects import Say
from bot.engine.question import texts_of
from bot.engine.values import UNASKED
from bot.library import Library
from tests.fakes import Talk

PREVIEW = 150
"""So much of a message stands on a locked screen, or less."""
TELLING = re.compile(
    r"999|\b(abus\w*|hit\w*|hurt\w*|harm\w*|violen\w*|danger\w*|unsafe|not safe|afraid|frighten\w*"
    r"|fear\w*|threat\w*|police|helpline|line|partner|husband|wife|right to treat|fault|suicid\w*"
    r"|kill\w*|life|die|emergency|heavy|reflection|lonel\w*|counsel\w*|crisis|help)\b",
    re.IGNORECASE,
)


def first_of(talk: Talk) -> str:
    """Give what a notification of the last turn would show."""
    return next(each.text for each in talk.turn.effects if isinstance(each, Say))[:PREVIEW]


@pytest.fixture
def talk(library: Library) -> Talk:
    talk = Talk(library.catalogue)
    talk.opens()
    return talk


@pytest.mark.parametrize("about", ["me", "someone else", "child"])
@pytest.mark.parametrize("tier", ["explicit", "unclear"])
def test_a_concern_about_abuse_begins_neutrally(talk: Talk, tier: str, about: str) -> None:
    """Whoever sits next to the phone reads nothing of it; the numbers come further down."""
    talk.frightens("abuse", tier, about)
    assert not TELLING.search(first_of(talk)), first_of(talk)
    assert "999" in talk.text


@pytest.mark.parametrize("way", ["Rather not say", "Yes", "That is not what I meant", "No"])
def test_what_comes_after_it_begins_neutrally_too(talk: Talk, way: str) -> None:
    """Each answer to the plain question, and what it brings."""
    talk.frightens("abuse", "unclear")
    talk.taps(way)
    assert not TELLING.search(first_of(talk)), first_of(talk)


def test_further_abuse_is_acknowledged_neutrally(library: Library) -> None:
    """The line under which a reflection goes on names nothing."""
    footer = library.catalogue.words["abuse_footer"].render({})
    assert not TELLING.search(footer.replace("Help now", "")), footer


def test_lines_after_a_fear_begin_neutrally(library: Library) -> None:
    """Who says in a reflection that somebody is not safe is shown the lines further down."""
    step = library.catalogue.scripts["reflection"].script.steps["not_safe"]
    lines = library.catalogue.lines("abuse", "")
    (text,) = texts_of(step, {"abuse_lines": lines, "other": UNASKED})
    assert lines[0] in text
    assert not TELLING.search(text[:PREVIEW]), text[:PREVIEW]


def test_every_reminder_is_neutral_from_end_to_end(library: Library) -> None:
    """A message that comes by itself may come at any moment, whoever holds the phone."""
    steps = library.catalogue.scripts["reflection"].script.steps.values()
    reminders = [step.id for step in steps if step.remind]
    assert reminders
    for name in reminders:
        screen = library.catalogue.screens[name.replace("_", " ")]
        for text in (screen.say, *(label for _, label in screen.actions)):
            assert not TELLING.search(text.render({})), text.render({})


def test_clearing_the_chat_leaves_a_neutral_line(talk: Talk) -> None:
    """What stays alone in the chat says nothing of what was there."""
    talk.frightens("abuse")
    talk.uses("hide")
    assert not TELLING.search(talk.text), talk.text


@pytest.mark.parametrize(
    "words",
    [
        "Nobody has the right to treat a person like that.",
        "If you are afraid, ring 999.",
        "You asked me to remind you of the helpline.",
    ],
)
def test_a_telling_beginning_would_be_found(words: str) -> None:
    """The list of words is not empty of what it is for."""
    assert TELLING.search(words)
