"""Consent: given for a version, written down with its day, and asked again when it changes."""

from dataclasses import replace
from functools import cache

import pytest

from bot.engine.catalogue import Catalogue
from bot.engine.consent import has_agreed, has_consented
from bot.engine.effects import Erase, Say
from bot.engine.session import Answer, Session
from tests.fakes import DIALOGUES, MONDAY, Talk, catalogue_of

BAD_DAYS = (DIALOGUES / "scripts" / "bad-days.yaml").read_text("utf-8")
TALK = """
id: talk
steps:
  - {id: adult, say: "Are you {{ age }} or over?", ask: yes/no, next: [
      {if: adult == true, go: phone}, {go: young}]}
  - {id: young, say: "Ring {{ young_lines }}.", ending: yes, erase: yes, next: end}
  - {id: phone, say: Private?, ask: choice, choices: [
      {private: "Yes, private"}, {seen: Someone might look}]}
  - {id: careful, only if: phone == "seen", say: Then I'll be careful.}
  - {id: consent, say: "I keep it for {{ keep_days }} days. Is that all right?", ask: choice,
     consent: "1", exact: yes, skip: I'd rather not say, choices: [
      {value: agreed, label: "Yes, go on", words: ["yes", ok]},
      {value: declined, label: "No, thank you", words: ["no"]}],
     next: [{if: consent == "agreed", go: why}, {go: not_kept}]}
  - {id: not_kept, only if: not bad_days, say: Ring 116 123., ending: yes, erase: yes, next: end}
  - {id: not_kept_but_a_plan, say: Ring 116 123. The plan stays., ending: yes, next: end}
  - {id: why, say: Why?, ask: words}
  - {id: pick, say: Which?, ask: several, choices: [{a: Apples}, {b: Pears}, {c: Plums}]}
  - {id: more, say: What else?, ask: words}
  - {id: bye, say: You could tell a neighbour., ending: yes}
"""
TO_WHY = ["yes", "Someone might look", "Yes, go on"]
AGAIN = "has changed since you agreed"


@cache
def catalogue(version: str = "1", release: str = "") -> Catalogue:
    """Give the dialogues with this version of the consent."""
    script = TALK.replace('consent: "1"', f'consent: "{version}"')
    return replace(catalogue_of(script, BAD_DAYS), release=release or version)


def talk_to(*lines: str) -> Talk:
    talk = Talk(catalogue())
    talk.opens()
    talk.says(*lines)
    return talk


def changed(talk: Talk, version: str = "2", release: str = "") -> Talk:
    """Give the same person, met by dialogues in which the version of the consent is another."""
    later = Talk(catalogue(version, release), talk.session)
    later.turn, later.now = talk.turn, "2026-11-05T12:00:00+00:00"
    return later


def asks_for_consent(talk: Talk) -> bool:
    return talk.question.step == "consent" and talk.labels == ["Yes, go on", "No, thank you"]


# --- Given once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Yes, go on", "ok", "1"])
def test_agreeing_is_written_down_with_its_version_and_day(words: str):
    """Whatever way it is said, what was agreed to and when is known afterwards."""
    talk = talk_to(*TO_WHY[:-1], words)
    assert talk.step == "why"
    assert talk.session.agreed == ("1", MONDAY[:10])
    assert has_consented(talk.session)
    assert has_agreed(talk.catalogue, talk.session)


def test_a_tap_agrees_as_well():
    """A button is as good as words."""
    talk = talk_to(*TO_WHY[:-1])
    talk.taps("Yes, go on")
    assert talk.session.agreed == ("1", MONDAY[:10])


@pytest.mark.parametrize("lines", [[], TO_WHY[:1], TO_WHY[:-1], [*TO_WHY[:-1], "hm"]])
def test_nobody_has_consented_before_saying_so(lines: list[str]):
    """Opening the chat, and answering what comes before, is no agreement."""
    talk = talk_to(*lines)
    assert not has_consented(talk.session)
    assert not has_agreed(talk.catalogue, talk.session)


@pytest.mark.parametrize("words", ["No, thank you", "skip", "I'd rather not say", "no"])
def test_without_agreement_nothing_stays(words: str):
    """A no, and no answer, end it with somebody to turn to, and with nothing kept."""
    talk = talk_to(*TO_WHY[:-1], words)
    assert Erase() in talk.turn.effects
    assert "116 123" in talk.text
    assert talk.session == Session(status="ended", turn=talk.session.turn)


def test_whoever_has_a_plan_and_declines_leaves_only_that_refusal():
    """The plan stays because it was agreed to; of this reflection nothing stays but the no."""
    talk = talk_to(*TO_WHY, "my plan", "I go quiet", "stop")
    talk.uses("start")
    talk.picks("begin")
    talk.says("yes", "Someone might look", "No, thank you")
    assert "The plan stays" in talk.text
    assert set(talk.session.answers) == {"consent"}
    assert talk.value("consent") == "declined"
    assert has_consented(talk.session)
    assert not has_agreed(talk.catalogue, talk.session)
    talk.says("my plan")
    assert "I go quiet" in talk.text


def test_the_age_and_the_days_are_those_of_the_settings():
    """What is asked and said follows what whoever runs this Kith has set."""
    terms = replace(catalogue().terms, age=16, finished=7)
    talk = Talk(replace(catalogue(), terms=terms))
    talk.opens()
    assert "Are you 16 or over?" in talk.text
    talk.says(*TO_WHY[:-1])
    assert "for 7 days" in talk.text


# --- Asked again ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [[], ["It is loud."], ["It is loud.", "1, 2"]])
def test_a_new_version_is_asked_about_before_anything_else_is_taken(lines: list[str]):
    """What was typed for the old question is not taken for an answer to anything."""
    talk = changed(talk_to(*TO_WHY, *lines))
    before = dict(talk.session.answers)
    talk.says("yes")
    assert asks_for_consent(talk)
    assert AGAIN in talk.text
    assert "Then I'll be careful" not in talk.text
    assert talk.session.answers == before
    assert talk.session.agreed == ("1", MONDAY[:10])


def test_agreeing_anew_goes_on_exactly_where_they_were():
    """Answers and place are as before; the new version and its day are written down."""
    talk = changed(talk_to(*TO_WHY, "It is loud."))
    place, answers = talk.session.place, dict(talk.session.answers)
    talk.says("2", "Yes, go on")
    assert talk.step == "pick"
    assert talk.text == "Which?"
    assert talk.session.place == place
    assert talk.session.answers == answers
    assert talk.session.agreed == ("2", "2026-11-05")
    talk.says("1", "nothing else")
    assert talk.session.status == "ended"


@pytest.mark.parametrize("way", ["No, thank you", "no", "2"])
def test_declining_anew_takes_everything_along(way: str):
    """It is the same as taking the consent back: answers and what is kept apart are gone."""
    talk = changed(talk_to(*TO_WHY, "my plan", "I go quiet", "stop"))
    talk.opens()
    talk.uses("resume")
    assert asks_for_consent(talk)
    talk.says(way)
    assert Erase() in talk.turn.effects
    assert talk.session == Session(status="ended", turn=talk.session.turn)


def test_those_from_before_versions_are_asked_as_well():
    """An agreement of which no version is known is one to an older version."""
    old = talk_to(*TO_WHY)
    talk = Talk(catalogue("1", "newer"), replace(old.session, agreed=()))
    assert has_consented(talk.session)
    talk.says("It is loud.")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.session.agreed == ("1", MONDAY[:10])


def test_nobody_is_asked_again_while_the_version_stays():
    """Other changes of the dialogues are no reason to ask."""
    talk = changed(talk_to(*TO_WHY), "1", "newer")
    talk.says("It is loud.")
    assert talk.step == "pick"


@pytest.mark.parametrize("name", ["help", "kept", "person", "forget", "hide", "menu", "breathe"])
def test_every_freedom_works_meanwhile(name: str):
    """Help, looking at what is kept and wiping it wait for no consent; the way back leads to it."""
    talk = changed(talk_to(*TO_WHY))
    talk.uses(name)
    assert talk.step.startswith(":")
    talk.uses("resume")
    assert asks_for_consent(talk)


def test_a_concern_comes_first():
    """What sounds unsafe is met at once, also while the consent is asked again."""
    talk = changed(talk_to(*TO_WHY))
    talk.says("It is loud.")
    talk.frightens()
    assert talk.step == ":concern suicide"
    assert "999" in talk.text
    talk.picks("seen")
    talk.uses("resume")
    assert asks_for_consent(talk)


@pytest.mark.parametrize("command", ["back", "skip"])
def test_it_can_be_neither_left_out_nor_walked_round(command: str):
    """Only a yes leads on; nothing is lost by asking for something else."""
    talk = changed(talk_to(*TO_WHY, "It is loud."))
    talk.says("x")
    talk.uses(command)
    assert asks_for_consent(talk)
    assert not talk.turn.accepted
    talk.says("whatever")
    assert talk.question.step == "consent"
    talk.says("ok")
    assert talk.step == "pick"


def test_the_buttons_beside_it_are_help_and_more_only():
    """Leaving it out is not offered where that would wipe everything."""
    talk = changed(talk_to(*TO_WHY))
    talk.says("x")
    assert [each.value for each in talk.question.freedoms] == ["help", "menu"]


def test_from_a_pause_it_is_what_waits():
    """Whoever comes back from a pause meets it before the question they were at."""
    talk = changed(talk_to(*TO_WHY, "pause"))
    talk.says("I'm back")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.step == "why"


def test_from_a_stop_as_well():
    """The same after a stop; until then the stop stays as it is."""
    talk = changed(talk_to(*TO_WHY, "stop"))
    talk.opens()
    assert talk.step == ":stopped"
    talk.picks("go on")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert (talk.step, talk.session.status) == ("why", "waiting")


def test_in_the_middle_of_the_plan_it_comes_over_the_plan():
    """What is kept apart rests on the same consent, and goes on where it was."""
    talk = changed(talk_to(*TO_WHY, "my plan", "I go quiet"))
    talk.says("Going outside")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.step == "eased"
    talk.says("Going outside")
    assert talk.value("eased") == ["outside"]


def test_a_finished_reflection_stays_so_until_something_is_to_be_kept():
    """Nobody is asked who only looks; a plan needs the consent first, and then begins."""
    talk = changed(talk_to(*TO_WHY, "skip", "skip", "skip"))
    talk.opens()
    assert talk.step == ":finished"
    talk.uses("kept")
    talk.uses("resume")
    assert talk.step == ":finished"
    talk.says("my plan")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.step == ":finished"
    talk.says("my plan")
    assert talk.step == "signs"


def test_a_new_start_asks_where_it_always_asks():
    """A new reflection says hello and asks once, not twice."""
    talk = changed(talk_to(*TO_WHY, "skip", "skip", "skip"))
    talk.picks("begin")
    assert talk.step == "adult"
    talk.says("yes", "Yes, private")
    assert talk.step == "consent"
    assert AGAIN not in talk.text
    talk.says("ok")
    assert talk.session.agreed == ("2", "2026-11-05")
    assert talk.step == "why"


def test_declining_in_a_new_start_takes_back_what_was_agreed_to_before():
    """A plan that rests on another version goes along with a clear no to today's."""
    talk = changed(talk_to(*TO_WHY, "my plan", "I go quiet", "stop"))
    talk.uses("start")
    talk.picks("begin")
    talk.says("yes", "Yes, private", "No, thank you")
    assert Erase() in talk.turn.effects


def test_a_new_start_says_what_a_no_to_another_version_takes_along():
    """One tap takes a map and a plan from before, so it is said above it; the first time it isn't."""
    talk = talk_to(*TO_WHY[:-1])
    assert AGAIN not in talk.text
    later = changed(talk_to(*TO_WHY, "my plan", "I go quiet", "stop"))
    later.uses("start")
    later.picks("begin")
    later.says(*TO_WHY[:-1])
    assert asks_for_consent(later)
    assert AGAIN in later.text
    assert "a map or a plan too" in later.text


def test_changing_an_answer_of_a_finished_reflection_asks_first():
    """A changed answer is a new one, so it waits for the consent; then it is put."""
    talk = changed(talk_to(*TO_WHY, "It is loud.", "skip", "skip"))
    talk.uses("change")
    talk.picks("change:why")
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.step == "why"
    assert "It is loud." in talk.text


def test_what_is_kept_is_told_as_ever_meanwhile():
    """Every answer stands beside its own question, also behind the consent."""
    talk = changed(talk_to(*TO_WHY, "It is loud."))
    talk.says("x")
    talk.uses("kept")
    assert "Why?\n- It is loud." in talk.text


def test_a_release_that_comes_while_it_waits_changes_nothing():
    """The question stays the same, and one answer to it is enough."""
    talk = changed(talk_to(*TO_WHY))
    talk.says("x")
    talk = changed(talk, "2", "newest")
    talk.says("ok")
    assert talk.step == "why"
    assert talk.text == "Why?"


def test_opening_the_chat_puts_it():
    """Whoever only looks in sees it at once."""
    talk = changed(talk_to(*TO_WHY))
    talk.opens()
    assert asks_for_consent(talk)
    talk.says("ok")
    assert talk.step == "why"


def test_what_is_kept_apart_alone_asks_before_it_is_changed():
    """Where the reflection is gone and the plan is left, changing the plan asks first."""
    talk = talk_to(*TO_WHY, "my plan", "I go quiet", "stop")
    plan = {"bad-days": talk.session.apart["bad-days"]}
    alone = Session(apart=plan, agreed=talk.session.agreed)
    talk.session = alone
    talk = changed(talk)
    talk.uses("plan")
    assert "I go quiet" in talk.text
    talk.picks("change plan")
    assert talk.step == "adult"
    assert not has_agreed(talk.catalogue, talk.session)


def test_a_reflection_left_out_answers_nothing_about_consent():
    """A session in which nothing was said holds no agreement."""
    assert not has_consented(Session())
    assert not has_consented(Session(answers={"consent": Answer("skipped")}))


def test_a_question_that_was_put_is_the_last_message():
    """What is said before comes first; the question and its buttons end the turn."""
    talk = changed(talk_to(*TO_WHY))
    talk.says("x")
    *before, last = [each for each in talk.turn.effects if isinstance(each, Say)]
    assert [AGAIN in each.text for each in before] == [True]
    assert last.text.endswith("Is that all right?")
