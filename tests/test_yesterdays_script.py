"""A conversation stored under the script of yesterday meets today's: it goes on as promised.

Everything is real here: a database on disk that is opened anew for every message, sessions packed
and read again, and the words that the person is shown. tests/engine/test_changed_scripts.py holds
the same promises without a database.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.engine.effects import Say
from bot.engine.events import CommandGiven, Event, Opened, TextReceived
from bot.engine.retention import RETENTION
from storage.database import open_database
from storage.tables import due
from tests.conftest import StoppedClock
from tests.fakes import library_of
from tests.people import Sitting, texts

REWORDED = "This question has been reworded since I asked it. Here it is again."
MOVED = (
    "The questions have been changed since you were last here. Your answers are kept. This is "
    "where we go on."
)
TALK = """\
id: talk
steps:
  - {id: name, phase: self, say: What shall I call you?, ask: words}
  - {id: mood, phase: self, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: whose, phase: other, say: Who is in it?, ask: words}
  - {id: wish, phase: other, say: What do you want from them?, ask: words}
  - {id: heading, phase: situation, say: Now to the place.}
  - {id: where, phase: situation, say: Where is it?, ask: words}
  - {id: around, phase: supports, say: Who is around you?, ask: person, most: 3}
  - {id: people, call: someone, for each: around, as: who, with: {who: who}, answer: people}
  - {id: last, say: "Anything else, {{ name or 'you' }}?", ask: words}
  - {id: bye, say: "Bye.{% for one in people %} {{ one.name }}: {{ one.good }}.{% endfor %}"}
"""
SOMEONE = """\
id: someone
inputs: [who]
result: {name: who, good: good}
steps:
  - {id: good, say: "What is {{ who }} good at?", ask: words}
  - {id: ask, say: "Could you ask {{ who }}?", ask: yes/no}
"""
WISH = "  - {id: wish, phase: other, say: What do you want from them?, ask: words}\n"
WHERE = "  - {id: where, phase: situation, say: Where is it?, ask: words}\n"
TO_WISH = ("Ann", "bad", "Denise")
TO_AROUND = (*TO_WISH, "that it stops", "at work")
TO_CEM = (*TO_AROUND, "Bea, Cem", "cooking", "yes")
"""So far that the sub-dialogue runs for the second person."""

Begins = Callable[..., Sitting]


@pytest.fixture
def begins(tmp_path: Path, clock: StoppedClock) -> Begins:
    """Talk under yesterday's script, up to the question that then waits overnight."""

    def _begins(*lines: str, script: str = TALK) -> Sitting:
        sitting = Sitting(tmp_path, library_of(script, SOMEONE), clock)
        sitting.opens()
        sitting.says_all(lines)
        return sitting

    return _begins


def meets(sitting: Sitting, script: str = TALK, *more: str, instead: str = "") -> Sitting:
    """Put today's script under a stored conversation; it has to be another than yesterday's."""
    library = library_of(script, *more, *([] if more else [instead or SOMEONE]))
    assert library.catalogue.release != sitting.library.catalogue.release
    sitting.library = library
    return sitting


def words(said: list[Say]) -> list[str]:
    """Give what the person reads, one text a message."""
    return [effect.text for effect in said]


def test_a_changed_step_is_put_again_in_its_new_words(begins: Begins):
    """An answer to the old words is not taken for one to the new; the person is told why."""
    today = meets(begins(*TO_WISH), TALK.replace("What do you want", "What would you need"))
    assert words(today.says("that it stops")) == [REWORDED, "What would you need from them?"]
    assert "wish" not in today.session.answers
    assert words(today.says("to be heard")) == ["Now to the place.", "Where is it?"]
    assert today.value("wish") == "to be heard"


def test_a_changed_step_further_up_disturbs_nobody(begins: Begins):
    """What was answered under other words stays answered, and nothing is said about it."""
    today = meets(begins(*TO_WISH), TALK.replace("How is it?", "How are things?"))
    assert words(today.says("that it stops")) == ["Now to the place.", "Where is it?"]
    assert today.value("mood") == "bad"


def test_a_renamed_step_goes_on_as_if_nothing_had_been(begins: Begins):
    """Only the name is another: the answer counts, and no word is lost about it."""
    renamed = TALK.replace("{id: wish,", "{id: hope, was: wish, answer: wish,")
    today = meets(begins(*TO_WISH), renamed)
    assert words(today.says("that it stops")) == ["Now to the place.", "Where is it?"]
    assert today.value("wish") == "that it stops"


def test_a_renamed_step_with_an_answer_of_its_own_keeps_what_was_said(begins: Begins):
    """Where the answer is called after the step, what was given under the old name is found."""
    today = meets(begins(*TO_AROUND), TALK.replace("{id: wish,", "{id: hope, was: wish,"))
    assert words(today.says("nobody")) == ["Anything else, Ann?"]
    assert today.value("hope") == "that it stops"
    assert "wish" not in today.session.answers


def test_a_removed_phase_leads_on_behind_it(begins: Begins):
    """Whoever stood in a part that is gone is told so, once, and goes on with the next."""
    gone = TALK
    for line in TALK.splitlines(keepends=True):
        if "phase: other" in line:
            gone = gone.replace(line, "")
    today = meets(begins(*TO_WISH), gone)
    assert words(today.says("that it stops")) == [MOVED, "Now to the place.", "Where is it?"]
    assert words(today.says("at work")) == ["Who is around you?"]
    assert today.value("name") == "Ann"


@pytest.mark.parametrize("how", ["was", "retired"])
def test_a_step_may_go_by_was_or_by_retired(begins: Begins, how: str):
    """Both ways that `kith check` asks for strand nobody: the new step asks, or the next one."""
    if how == "was":
        instead = WISH.replace("id: wish", "id: hope, was: wish").replace("want from", "hope of")
        today = meets(begins(*TO_WISH), TALK.replace(WISH, instead))
        assert words(today.says("that it stops")) == [REWORDED, "What do you hope of them?"]
    else:
        shorter = TALK.replace(WISH, "").replace("steps:", "retired: [wish]\nsteps:")
        today = meets(begins(*TO_WISH), shorter)
        shown = words(today.says("that it stops"))
        assert shown == [MOVED, "Now to the place.", "Where is it?"]
        assert words(today.says("at work")) == ["Who is around you?"]


def test_a_removed_choice_of_the_open_question_is_put_without_it(begins: Begins):
    """A tap on what is no longer offered answers nothing; what there is now is shown."""
    today = meets(begins("Ann"), TALK.replace("{bad: Bad}", "{mixed: Both}"))
    said = today.picks("bad")
    assert words(said) == [REWORDED, "How is it?"]
    assert [option.label for option in said[-1].options] == ["Good", "Both"]
    assert "mood" not in today.session.answers
    assert words(today.says("both")) == ["Who is in it?"]


def test_a_removed_choice_that_was_taken_is_asked_again(begins: Begins):
    """An answer that no longer exists isn't kept in silence; then it goes on where it was."""
    today = meets(begins(*TO_WISH), TALK.replace("{bad: Bad}", "{mixed: Both}"))
    assert words(today.says("that it stops")) == [MOVED, "How is it?"]
    assert words(today.says("both")) == ["What do you want from them?"]
    assert today.value("whose") == "Denise"


def test_a_new_question_before_it_is_asked_now(begins: Begins):
    """What was inserted further up is not skipped for those who are past it."""
    safe = "  - {id: safe, phase: other, say: Is it safe?, ask: yes/no}\n"
    today = meets(begins(*TO_AROUND), TALK.replace(WISH, safe + WISH))
    assert words(today.says("Bea")) == [MOVED, "Is it safe?"]
    assert words(today.says("yes")) == ["Who is around you?"]
    assert today.value("wish") == "that it stops"


@pytest.mark.parametrize(
    "event",
    [
        TextReceived("skip"),
        TextReceived("/skip"),
        CommandGiven("skip"),
        TextReceived("Rather not say"),
    ],
    ids=["typed", "slash", "button", "words"],
)
def test_a_new_question_is_not_left_out_unseen(begins: Begins, event: Event):
    """Leaving out the old question does not leave out one that was never shown."""
    safe = "  - {id: safe, phase: other, say: Is it safe?, ask: yes/no}\n"
    today = meets(begins(*TO_AROUND), TALK.replace(WISH, safe + WISH))
    assert words(today.hands_in(event)) == [MOVED, "Is it safe?"]
    assert "safe" not in today.session.answers


@pytest.mark.parametrize("typed", ["help", "sos", "/help"])
@pytest.mark.parametrize("change", [("What do you want", "What would you need"), (WISH, "")])
def test_help_is_help_also_on_the_day_of_a_release(
    begins: Begins, typed: str, change: tuple[str, str]
):
    """Whoever types "help" gets help at once, whatever was changed; the news waits until after."""
    today = meets(begins(*TO_WISH), TALK.replace(*change))
    assert "999" in texts(today.says(typed))
    assert today.step == ":help"
    after = [*today.says("Back to where I was"), *today.opens()]
    assert len([text for text in words(after) if text in (MOVED, REWORDED)]) == 1
    assert words(after)[-1] in ("What would you need from them?", "Where is it?")


@pytest.mark.parametrize("typed", ["stop", "pause", "menu", "forget"])
def test_every_freedom_works_on_the_day_of_a_release(begins: Begins, typed: str):
    """A freedom that is typed is taken at once, not put off by a changed question."""
    today = meets(begins(*TO_WISH), TALK.replace(WISH, ""))
    today.says(typed)
    assert today.step.startswith(":")


def test_a_changed_sub_dialogue_in_a_loop_asks_the_one_in_hand_again(begins: Begins):
    """In the middle of the second person: their question is put anew, the first is left alone."""
    changed = SOMEONE.replace("Could you ask", "Would it be all right to ask")
    today = meets(begins(*TO_CEM, "cards"), instead=changed)
    assert words(today.says("yes")) == [REWORDED, "Would it be all right to ask Cem?"]
    assert words(today.says("yes")) == ["Anything else, Ann?"]
    assert words(today.says("no"))[0] == "Bye. Bea: cooking. Cem: cards."


def test_a_question_added_to_a_loop_is_asked_for_each(begins: Begins):
    """The first person, who was done, is asked the new question as well, then the second."""
    longer = SOMEONE.replace(
        "  - {id: ask,", '  - {id: near, say: "Is {{ who }} near?", ask: words}\n  - {id: ask,'
    )
    today = meets(begins(*TO_CEM, "cards"), instead=longer)
    assert words(today.says("yes")) == [MOVED, "Is Bea near?"]
    assert words(today.says("next door")) == ["Is Cem near?"]
    assert words(today.says("upstairs")) == ["Could you ask Cem?"]
    assert words(today.says("yes")) == ["Anything else, Ann?"]


def test_a_question_taken_out_of_a_loop_leads_on_behind_it(begins: Begins):
    """In the middle of the second person, at the question that is gone: on to what follows."""
    shorter = SOMEONE.replace('  - {id: ask, say: "Could you ask {{ who }}?", ask: yes/no}\n', "")
    today = meets(begins(*TO_CEM, "cards"), instead=shorter)
    assert words(today.says("yes")) == [MOVED, "Anything else, Ann?"]
    assert words(today.says("no"))[0] == "Bye. Bea: cooking. Cem: cards."


def test_a_person_taken_out_of_a_loop_is_not_asked_about(begins: Begins):
    """The list itself may be another today: the one in hand is gone, the others stay."""
    fewer = TALK.replace("for each: around,", 'for each: around | without("Cem"),')
    today = meets(begins(*TO_CEM), fewer)
    assert words(today.says("cards")) == [MOVED, "Anything else, Ann?"]
    assert words(today.says("no"))[0] == "Bye. Bea: cooking."


def test_a_result_that_is_worked_out_anew_is_anew_for_all(begins: Begins):
    """What a sub-dialogue gives back today is gathered again, for the first person as well."""
    changed = SOMEONE.replace("good: good}", "good: \"'rest' if ask else good\"}")
    today = meets(begins(*TO_CEM, "cards"), instead=changed)
    assert words(today.says("no")) == ["Anything else, Ann?"]
    assert words(today.says("no"))[0] == "Bye. Bea: rest. Cem: cards."


FOLLOW = """\
id: talk
steps:
  - {id: name, say: Name?, ask: words, keep: until the end}
  - {id: mood, say: How?, ask: words}
  - {id: lines, say: These lines are there for you.}
  - {id: follow_up, say: In a week then., remind: 7}
  - {id: last, say: Last?, ask: words}
"""
MOOD = "  - {id: mood, say: How?, ask: words}\n"


def reminders(sitting: Sitting) -> int:
    engine = open_database(sitting.url)
    with engine.connect() as connection:
        found = len(connection.execute(select(due).where(due.c.name != RETENTION.due)).all())
    engine.dispose()
    return found


@pytest.mark.parametrize("event", [TextReceived("bad"), Opened()], ids=["typed", "opened"])
def test_what_stands_behind_a_removed_step_is_said_and_done(begins: Begins, event: Event):
    """Texts and a reminder on the way to the next question reach the person as they should."""
    today = meets(begins("Ann", script=FOLLOW), FOLLOW.replace(MOOD, ""))
    said = words(today.hands_in(event))
    assert said == [MOVED, "These lines are there for you.", "In a week then.", "Last?"]
    assert reminders(today) == 1
    today.says("no")
    assert reminders(today) == 1
    assert today.session.status == "ended"


def test_a_question_that_is_not_for_them_any_more_takes_no_answer(begins: Begins):
    """A step that is passed by today is left behind, and what stands after it is said."""
    passed = FOLLOW.replace("{id: mood,", '{id: mood, only if: name == "Bea",')
    today = meets(begins("Ann", script=FOLLOW), passed)
    assert words(today.says("bad")) == [
        MOVED,
        "These lines are there for you.",
        "In a week then.",
        "Last?",
    ]
    assert "mood" not in today.session.answers


def test_an_end_behind_a_removed_step_is_a_proper_end(begins: Begins):
    """Where only the goodbye is left it is said, and what was for now only is let go."""
    yesterday = FOLLOW.replace("last, say: Last?, ask: words", "last, say: You are not alone.")
    today = meets(begins("Ann", script=yesterday), yesterday.replace(MOOD, ""))
    assert "You are not alone." in texts(today.says("bad"))
    assert today.session.status == "ended"
    assert today.session.answers["name"].value is None
    assert reminders(today) == 1


def test_a_wipe_behind_a_removed_step_is_a_wipe(begins: Begins):
    """A script that keeps nothing keeps nothing of those either who stood at a step that is gone."""
    yesterday = FOLLOW.replace(
        "last, say: Last?, ask: words", "last, say: I keep nothing., erase: yes"
    )
    today = meets(begins("Ann", script=yesterday), yesterday.replace(MOOD, ""))
    assert "I keep nothing." in texts(today.says("bad"))
    engine = open_database(today.url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select * from sessions").all() == []
    engine.dispose()


def test_suggestions_behind_a_removed_step_are_looked_for(begins: Begins):
    """Whoever stood before the suggestions gets them, and isn't left at a door without a handle."""
    yesterday = FOLLOW.replace(
        "  - {id: lines", "  - {id: look, suggest: yes, answer: suggestions}\n  - {id: lines"
    )
    today = meets(begins("Ann", script=yesterday), yesterday.replace(MOOD, ""))
    assert words(today.says("bad"))[-1] == "Last?"
    today.says("no")
    assert today.session.status == "ended"


def test_a_doubt_can_be_settled_on_the_day_of_a_release(begins: Begins):
    """Somebody who is asked whether an answer still holds can say so, before and after a release."""
    doubtful = TALK.replace("say: How is it?", "say: \"How is it, {{ name or 'you' }}?\"")
    sitting = begins("Ann", "bad", script=doubtful)
    sitting.edits("name")
    assert "Does that still hold?" in texts(sitting.says("Anna"))
    today = meets(sitting, doubtful.replace("Anything else", "Something else"))
    assert words(today.says("It still holds")) == ["Who is in it?"]
