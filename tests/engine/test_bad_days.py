"""My plan for bad days: made beforehand, kept apart, read when it counts, and wiped at a word."""

import json
from dataclasses import replace

import pytest

from bot.engine.effects import Turn
from bot.engine.session import Answer, Detour, Frame, Session, dump, load
from tests.fakes import DIALOGUES, Talk, catalogue_of, reloaded

BAD_DAYS = (DIALOGUES / "scripts" / "bad-days.yaml").read_text("utf-8")
TALK = """
id: talk
steps:
  - {id: phone, phase: arrive, say: Private?, ask: choice, choices: [
      {private: "Yes, private"}, {seen: Someone might look}]}
  - {id: consent, phase: arrive, say: Is that all right?, ask: choice, choices: [
      {agreed: Go on}, {declined: No thank you}]}
  - {id: other_is, phase: other, say: Who?, ask: choice, choices: [{one: One}, {nobody: Nobody}]}
  - {id: other, phase: other, only if: other_is == "one", say: A name?, ask: person}
  - {id: safe, phase: other, only if: other_is == "one", say: "Is {{ other or 'it' }} safe?",
     ask: choice, fresh: yes, choices: [{safe: It is safe}, {unsafe: It is not}]}
  - {id: leave_out, phase: other, say: Anyone to leave out?, ask: person, most: 6}
  - {id: why, phase: self, say: Why?, ask: words}
  - {id: bye, phase: close, say: Bye.}
"""
BEFORE = ["Yes, private", "Go on", "Nobody", "skip"]
PLAN = {
    "signs": "I stop answering CANARY-SIGNS",
    "eased": "Going outside",
    "haven": "the bench by the canal",
    "supporter": "Anna",
    "bond": "Safe for me, and they know",
    "reach": "07700 900123",
    "further": "Yes, someone could keep it for me",
    "note": "It was worse in March.",
}


def talk_to(*lines: str) -> Talk:
    talk = Talk(catalogue_of(TALK, BAD_DAYS))
    talk.opens()
    talk.says(*lines)
    return talk


@pytest.fixture
def talk() -> Talk:
    """Somebody in the middle of a reflection, at the question why."""
    talk = talk_to(*BEFORE)
    assert talk.step == "why"
    return talk


def make(talk: Talk, **instead: str) -> Turn:
    """Make the whole plan; an answer may be another one, or "skip"."""
    talk.says("my plan")
    answers = {**PLAN, **instead}
    while talk.session.place and talk.session.place[0].script == "bad-days":
        talk.says(answers[talk.step])
    return talk.turn


def shown(talk: Talk) -> str:
    """Give the plan as it reads when somebody asks for it."""
    talk.says("my plan")
    assert talk.step == ":plan"
    assert talk.labels[0] == "Back to where I was"
    return talk.text


# --- Making it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["my plan", "Plan for bad days", "/plan", "my plan for bad days"])
def test_it_can_be_made_from_anywhere_by_typing(talk: Talk, words: str):
    """A word is enough, and the first question of the plan is there."""
    talk.says(words)
    assert talk.step == "signs"
    assert "good" not in talk.text.casefold() or "today" in talk.text.casefold()


def test_it_can_be_made_from_the_menu_and_from_the_end(talk: Talk):
    """More, for a bad day, my plan; and a button at the end of a reflection."""
    talk.uses("menu")
    talk.picks("bad day")
    talk.taps("My plan for bad days")
    assert talk.step == "signs"
    talk.says("stop", "go on after all", "because")
    assert talk.step == ":finished"
    talk.taps("My plan for bad days")
    assert talk.step == "signs"


def test_making_it_leads_back_to_the_very_question(talk: Talk):
    """The reflection waits where it was, with all that was told."""
    before = talk.session
    make(talk)
    assert talk.step == "why"
    assert talk.text.endswith("Why?")
    assert talk.session.place == before.place
    assert talk.session.answers == before.answers
    assert talk.session.status == "waiting"
    talk.says("because")
    assert talk.step == ":finished"


def test_it_asks_five_to_eight_things_and_every_one_can_be_left_out(talk: Talk):
    """Short, mostly taps: six questions, and two more about somebody who is named."""
    talk.says("my plan")
    asked = []
    while talk.step != "why":
        asked.append(talk.step)
        assert "skip" in [freedom.value for freedom in talk.question.freedoms]
        talk.says("skip")
    assert asked == ["signs", "eased", "haven", "supporter", "further", "note"]
    talk.says("my plan")
    assert talk.step == "signs", "nothing was kept, so it can be made another time"


def test_at_the_end_it_is_shown_in_one_message_that_says_where_it_is_found(talk: Talk):
    """All of it, in the person's own words, with somebody to ring."""
    turn = make(talk)
    said = [effect.text for effect in turn.effects if hasattr(effect, "text")]
    plan, where, *_ = said
    for words in ("CANARY-SIGNS", "going outside", "the bench", "Anna", "07700", "worse in March"):
        assert words in plan
    assert "999" in plan
    assert len(plan) < 900
    assert "my plan" in where
    assert "forget my plan" in where


def test_it_names_no_means_no_illness_and_no_suicide():
    """In the spirit of a safety plan, and asking for nothing of the kind."""
    words = BAD_DAYS[BAD_DAYS.index("steps:") :].casefold()
    for word in ("suicid", "kill", "end your life", "harm yourself", "pill", "knife", "score"):
        assert word not in words


def test_before_consent_nothing_is_asked_that_would_be_kept():
    """Whoever hasn't agreed yet is told what comes first, and the question stays."""
    talk = talk_to("Yes, private")
    talk.says("my plan")
    assert talk.step == "consent"
    assert "first" in talk.text
    assert not talk.session.apart


def test_before_the_beginning_it_leads_to_the_beginning():
    """Somebody who has told nothing yet begins as anybody does."""
    talk = Talk(catalogue_of(TALK, BAD_DAYS))
    talk.uses("plan")
    assert talk.step == "phone"
    assert not talk.session.apart


def test_it_is_not_begun_in_the_middle_of_a_bad_moment(talk: Talk):
    """Beforehand means beforehand: at the numbers nobody is put through questions."""
    talk.frightens("suicide")
    talk.says("my plan")
    assert talk.step == ":concern suicide"
    assert "999" in talk.text


def test_where_somebody_may_look_at_the_phone_it_is_not_offered_at_the_end_unasked():
    """Asked for, it is there all the same."""
    talk = talk_to("Someone might look", *BEFORE[1:], "because")
    assert talk.step == ":finished"
    assert "My plan for bad days" not in talk.labels
    talk.says("my plan")
    assert talk.step == "signs"


def test_dialogues_without_such_a_script_go_on_without_it():
    """Other people's dialogues need no plan, and then nothing offers one."""
    talk = Talk(catalogue_of(TALK))
    talk.opens()
    talk.says(*BEFORE)
    assert talk.uses("plan").refused
    talk.says("menu")
    talk.picks("bad day")
    assert "plan" not in [option.value for option in talk.question.options]
    talk.says("go on", "my plan")
    assert talk.value("why") == "my plan"


# --- Leaving it, and coming back ------------------------------------------------------------------


def test_it_can_be_left_for_later_and_goes_on_where_it_was(talk: Talk):
    """Half a plan is kept, and can be read like a whole one."""
    talk.says("my plan", "I go quiet", "pause")
    talk.taps("Leave this")
    assert talk.step == "why"
    assert "I go quiet" in shown(talk)
    talk.taps("Go through it")
    assert talk.step == "eased"


def test_going_back_from_its_first_question_leads_out_of_it(talk: Talk):
    """Who came here by mistake is out with one word."""
    talk.says("my plan", "back")
    assert talk.step == "why"
    assert talk.session.status == "waiting"


def test_stopping_in_it_stops(talk: Talk):
    """Stop means stop: nobody is put another question instead."""
    talk.says("my plan", "I go quiet", "stop")
    assert talk.step == ":stopped"
    talk.taps("Go on after all")
    assert talk.step == "why"
    assert "I go quiet" in shown(talk)


@pytest.mark.parametrize("screen", ["help", "menu", "kept", "person", "forget", "breathe", "pause"])
def test_every_freedom_works_in_it_and_leads_back_to_its_question(talk: Talk, screen: str):
    """Help, a look at what is kept, a pause: then the same question of the plan."""
    talk.says("my plan", "I go quiet")
    talk.uses(screen)
    talk.says("go on")
    assert talk.step == "eased"


def test_a_concern_in_it_leads_back_to_its_question(talk: Talk):
    """What is written into the plan is read as anywhere."""
    talk.says("my plan")
    talk.frightens("suicide")
    assert talk.step == ":concern suicide"
    talk.taps("I have seen")
    talk.taps("Yes, go on")
    assert talk.step == "signs"
    assert talk.session.answers == {}


def test_a_stopped_or_finished_reflection_stays_so(talk: Talk):
    """Making a plan reopens nothing and finishes nothing."""
    talk.says("stop")
    make(talk)
    assert talk.step == ":stopped"
    assert talk.session.status == "stopped"
    talk.says("go on", "because")
    talk.says("forget my plan")
    talk.taps("Yes, forget")
    make(talk)
    assert talk.step == ":finished"


# --- Reading, changing, wiping --------------------------------------------------------------------


def test_it_can_be_read_at_any_time_and_leads_back(talk: Talk):
    """Reading changes nothing."""
    make(talk)
    before = talk.session
    assert "CANARY-SIGNS" in shown(talk)
    talk.taps("Back to")
    assert talk.step == "why"
    assert replace(talk.session, revision=0, turn=0) == replace(before, revision=0, turn=0)


def test_it_can_be_changed_answer_by_answer(talk: Talk):
    """Each answer is shown and may hold, be given anew, or go; what was left out is asked again."""
    make(talk, haven="skip")
    talk.says("my plan")
    talk.taps("Go through it")
    assert "CANARY-SIGNS" in talk.text
    talk.taps("Ask me again")
    talk.says("I stop cooking")
    assert "going outside" in talk.text.casefold()
    talk.taps("It still holds")
    assert talk.step == "haven"
    talk.says("the library")
    talk.taps("All of them still hold")
    assert talk.step == "why"
    plan = shown(talk)
    assert "I stop cooking" in plan
    assert "the library" in plan
    assert "CANARY-SIGNS" not in plan
    assert "CANARY-SIGNS" not in json.dumps(dump(talk.session))


def test_another_person_is_asked_about_anew(talk: Talk):
    """Safe was said of Anna; of Bo it has to be said again."""
    make(talk)
    talk.says("my plan")
    talk.taps("Go through it")
    for _ in range(3):
        talk.taps("It still holds")
    talk.taps("Ask me again")
    talk.says("Bo")
    assert talk.step == "bond"
    talk.says("It is not safe")
    while talk.step != "why":
        talk.taps("It still holds")
    plan = shown(talk)
    assert "Bo" not in plan
    assert "Anna" not in plan
    assert "07700" not in plan


def test_it_can_be_wiped_at_a_word(talk: Talk):
    """Asked once, then gone for good, and nothing else with it."""
    make(talk)
    answers = talk.session.answers
    talk.says("forget my plan")
    assert talk.step == ":forget plan"
    talk.taps("Yes, forget")
    assert talk.step == "why"
    assert "CANARY" not in json.dumps(dump(talk.session))
    assert talk.session.answers == answers
    assert talk.says("forget my plan").refused


def test_it_can_be_wiped_while_it_is_made(talk: Talk):
    """Half a plan goes like a whole one, and the reflection goes on."""
    talk.says("my plan", "CANARY", "forget my plan")
    talk.taps("Yes, forget")
    assert talk.step == "why"
    assert "CANARY" not in json.dumps(dump(talk.session))


def test_forgetting_everything_wipes_it_too(talk: Talk):
    """Everything is everything."""
    make(talk)
    talk.says("forget")
    talk.taps("Yes, forget")
    assert not talk.session.apart
    assert "CANARY" not in json.dumps(dump(talk.session))


@pytest.mark.parametrize("way", ["after the end", "after a stop", "in the middle"])
def test_a_new_reflection_does_not_lose_it(talk: Talk, way: str):
    """It is kept beside the reflection, whichever one that is."""
    make(talk)
    talk.says({"after the end": "because", "after a stop": "stop", "in the middle": "/start"}[way])
    talk.taps("Begin a new one")
    assert talk.step == "phone"
    assert not talk.session.answers
    assert "CANARY-SIGNS" in shown(talk)
    talk.taps("Back to")
    assert talk.step == "phone"


def test_what_is_kept_shows_it_as_well(talk: Talk):
    """All that is kept is shown, also what is kept apart, and from there it can be changed."""
    make(talk)
    talk.uses("kept")
    for words in ("CANARY-SIGNS", "the bench", "Anna", "07700", "worse in March"):
        assert words in talk.text
    talk.taps("Look at it")
    talk.taps("My plan for bad days")
    assert talk.step == ":plan"
    talk.uses("plan")
    talk.taps("Go through it")
    talk.uses("kept")
    assert "CANARY-SIGNS" in talk.text


# --- The named supporter --------------------------------------------------------------------------


@pytest.mark.parametrize("bond", ["I'm not sure it is safe", "It is not safe", "skip"])
def test_who_was_not_clearly_called_safe_is_no_supporter(talk: Talk, bond: str):
    """Nothing unsafe by default: unsure, not safe and left out all mean that nobody is named."""
    make(talk, bond=bond)
    assert "Anna" not in shown(talk)
    talk.taps("Back to")
    talk.frightens("suicide")
    assert "Anna" not in talk.text


@pytest.mark.parametrize(
    "before",
    [
        ["Yes, private", "Go on", "Nobody", "Anna, Bo"],
        ["Yes, private", "Go on", "One", "anna", "It is not", "skip"],
        ["Yes, private", "Go on", "One", "Anna", "skip", "skip"],
    ],
)
def test_who_was_left_out_or_feared_in_the_reflection_can_not_be_it(before: list[str]):
    """Somebody who is not safe is not asked about, and stays out of the plan."""
    talk = talk_to(*before)
    talk.says("my plan", "skip", "skip", "skip", "Anna")
    assert talk.step == "further", "neither the bond nor the number is asked about"
    assert "left out" in talk.text
    talk.says("skip", "skip")
    assert talk.step == "why"
    talk.frightens("suicide")
    assert "Anna" not in talk.text


def test_who_is_left_out_later_is_no_longer_named_and_stays_out(talk: Talk):
    """A reflection that calls somebody unsafe takes them out of the plan, for later ones as well."""
    make(talk)
    talk.says("/start")
    talk.taps("Begin a new one")
    talk.says("Yes, private", "Go on", "One", "Anna", "It is not", "skip")
    assert "Anna" not in shown(talk)
    talk.taps("Back to")
    talk.frightens("suicide")
    assert "Anna" not in talk.text
    talk.taps("That is not")
    talk.says("because")
    talk.taps("Begin a new one")
    talk.frightens("self-harm")
    assert "Anna" not in talk.text
    talk.taps("That is not")
    assert "Anna" not in shown(talk)


def test_after_abuse_was_named_the_plan_holds_the_name_back(talk: Talk):
    """Nobody knows who was meant, so no name is put forward; the rest of the plan is there."""
    make(talk)
    talk.frightens("abuse")
    talk.taps("I have seen")
    plan = shown(talk)
    assert "Anna" not in plan
    assert "07700" not in plan
    assert "the bench" in plan


def test_nobody_is_taken_from_other_answers(talk: Talk):
    """Only the person names a supporter: people told of elsewhere are never put there."""
    talk = talk_to("Yes, private", "Go on", "One", "Denise", "It is safe", "skip")
    make(talk, supporter="skip")
    assert "Denise" not in shown(talk)


# --- Stored before there was one ------------------------------------------------------------------


def test_a_conversation_that_was_stored_before_goes_on():
    """Yesterday's sessions know of no plan and of no screen under another."""
    old = dump(Session((Frame("talk", "why"),), detour=Detour("help"), release="old"))
    del old["apart"]
    assert old["detour"] == ["help", ""]
    talk = Talk(catalogue_of(TALK, BAD_DAYS), load(json.loads(json.dumps(old))))
    talk.opens()
    assert not talk.session.apart
    talk.says("go on")
    assert talk.step in ("why", "phone")


def test_a_plan_that_was_stored_as_the_only_other_one_is_still_there(talk: Talk):
    """Before there was a map, one dialogue was kept apart, without a name to it."""
    make(talk)
    old = dump(talk.session)
    old["apart"] = old["apart"]["bad-days"]  # type: ignore[index]
    assert load(json.loads(json.dumps(old))) == talk.session
    talk.says("my plan", "back")
    talk.taps("Go through it") if talk.step == ":plan" else talk.says("my plan")
    inside = dump(talk.session)
    inside["apart"] = inside["apart"].get("") or inside["apart"]["bad-days"]  # type: ignore[union-attr,index]
    assert load(json.loads(json.dumps(inside))) == talk.session


def test_both_are_stored_and_come_back_equal(talk: Talk):
    """The reflection apart, the plan in hand, and a screen over a screen."""
    talk.says("my plan", "I go quiet")
    talk.frightens("suicide")
    talk.picks("breathe")
    assert talk.session.detour is not None
    assert talk.session.detour.under is not None
    assert talk.session.apart
    assert reloaded(talk.session) == talk.session


def test_a_plan_outlives_a_change_of_its_script(talk: Talk):
    """A question that came in, one that is renamed: what was written is still read out."""
    make(talk)
    changed = BAD_DAYS.replace("- id: haven\n", "- id: refuge\n    was: haven\n").replace(
        "haven", "refuge"
    )
    changed = changed.replace("was: refuge", "was: haven").replace(
        "  - id: note\n", "  - {id: more, say: Anything else?, ask: words}\n\n  - id: note\n"
    )
    later = Talk(replace(catalogue_of(TALK, changed), release="later"), talk.session)
    plan = shown(later)
    assert "the bench" in plan
    assert "worse in March" in plan
    later.taps("Go through it")
    later.taps("All of them still hold")
    assert later.step == "more"
    later.says("skip")
    assert later.step == "why"


def test_a_script_that_is_gone_leaves_nobody_stranded(talk: Talk):
    """Where the plan's script was taken away, its makers are back in their reflection."""
    talk.says("my plan", "I go quiet")
    later = Talk(replace(catalogue_of(TALK), release="later"), talk.session)
    later.says("hello")
    assert later.session.place[0].script == "talk"


def test_a_bare_answer_is_only_read_where_it_belongs(talk: Talk):
    """The plan's answers are not the reflection's: neither reads the other's."""
    make(talk)
    assert "signs" not in talk.session.answers
    assert talk.session.apart["bad-days"].answers["signs"] == Answer("given", PLAN["signs"])
    assert "why" not in talk.session.apart["bad-days"].answers
