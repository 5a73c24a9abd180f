"""The map of who and what is around somebody: made, read, gone by, changed, and wiped at a word."""

import pytest

from bot.engine.around import left_out, mapped
from bot.engine.effects import Enclosure, Say
from bot.engine.joining import may_join
from tests.fakes import DIALOGUES, Talk, catalogue_of

SCRIPTS = [
    (DIALOGUES / "scripts" / f"{name}.yaml").read_text("utf-8")
    for name in ("map", "around-person", "around-between", "around-thing", "bad-days")
]
ARRIVING = """
id: talk
steps:
  - {id: phone, phase: arrive, say: Private?, ask: choice, choices: [
      {private: "Yes, private"}, {seen: Someone might look}]}
  - {id: consent, phase: arrive, say: Is that all right?, ask: choice, choices: [
      {agreed: Go on}, {declined: No thank you}]}
"""
TALK = (
    ARRIVING
    + """\
  - {id: other, phase: other, say: A name?, ask: person}
  - {id: safe, phase: other, say: "Is {{ other or 'it' }} safe?",
     ask: choice, fresh: yes, choices: [{safe: It is safe}, {unsafe: It is not}]}
  - {id: why, phase: self, say: Why?, ask: words}
  - {id: bye, phase: close, say: Bye.}
"""
)
GOES_BY_IT = (
    ARRIVING
    + """\
  - {id: why, phase: self, say: Why?, ask: words}
  - {id: people, phase: supports, call: asked, for each: my_map, as: who, with: {who: who},
     answer: people}
  - {id: more, phase: supports, say: More?, ask: words}
  - {id: bye, phase: close, say: Bye.}
"""
)
EACH = """
id: asked
title: One of them
inputs: [who]
result: {name: who.name, what: what}
steps:
  - {id: what, phase: supports, say: "What about {{ who }}?", ask: words}
"""
BEFORE = ["Yes, private", "Go on", "Denise", "It is safe"]
QUICK = ["my map", "Quick", "Anna, Raj"]
DRAWN = {"kind": "person", "ring": "inner", "tie": "easing", "get": False, "give": False}
TAPS = ["Very close", "Lighter", "Yes", "Further off", "A bit of both", "Better not"]
DONE = [*TAPS, "No"]


def enclosed(talk: Talk) -> list[Enclosure]:
    sent = [effect.enclosed for effect in talk.turn.effects if isinstance(effect, Say)]
    return [each for each in sent if each]


def talk_to(*lines: str) -> Talk:
    talk = Talk(catalogue_of(TALK, *SCRIPTS))
    talk.opens()
    talk.says(*lines)
    return talk


@pytest.fixture
def talk() -> Talk:
    """Somebody in the middle of a reflection, at the question why."""
    talk = talk_to(*BEFORE)
    assert talk.step == "why"
    return talk


def names(talk: Talk) -> list[object]:
    return [item["name"] for item in mapped(talk.session)]


def test_three_taps_a_person_make_a_map_and_lead_back(talk: Talk):
    """Whoever makes the quick map is asked three things of each, and is back where they were."""
    talk.says(*QUICK, *TAPS)
    assert talk.step == "wanted"
    assert "Anna: very close, lighter afterwards" in talk.text
    assert "Raj: further off, lighter and heavier" in talk.text
    assert names(talk) == ["Anna", "Raj"]
    talk.says("No")
    assert talk.step == "why"


def test_it_is_read_at_any_time_and_leads_back(talk: Talk):
    """Typing "my map" shows it from a question, and the way back is the same question."""
    talk.says(*QUICK, *DONE, "my map")
    assert talk.step == ":map"
    assert "Anna" in talk.text
    talk.taps("Back to")
    assert talk.step == "why"


def test_the_full_map_has_what_goes_back_and_forth_and_places(talk: Talk):
    """Giving counts like getting; groups, places, what one does and animals stand beside people."""
    talk.says("my map", "Full", "Anna", *TAPS[:3])
    talk.says("Someone who listens", "Good company", "Most weeks")
    for thing in ("the choir", "the library", "swimming", "Biscuit"):
        talk.says(thing, "Fairly close", "Lighter")
    assert talk.step == "wanted"
    items = {item["name"]: item for item in mapped(talk.session)}
    assert (items["Anna"]["gets"], items["Anna"]["gives"]) == (["listen"], ["company"])
    assert items["Anna"]["often"] == "weekly"
    kinds = [items[name]["kind"] for name in ("the choir", "the library", "swimming", "Biscuit")]
    assert kinds == ["group", "place", "activity", "animal"]


def test_nobody_right_now_is_a_good_answer(talk: Talk):
    """Without a name the quick map begins with a group and a place, and says nothing of lack."""
    talk.says("my map", "Quick", "Nobody right now")
    assert "honest answer" in talk.text
    talk.says("skip", "the library", "Very close", "Lighter", "No")
    assert names(talk) == ["the library"]
    empty = talk_to(*BEFORE, "my map", "Quick", "Nobody right now", "skip", "skip")
    assert "Nobody is on your map right now." in empty.text


@pytest.mark.parametrize("answer", ["Not safe for me", "Might pass it on"])
def test_who_is_unsafe_or_passes_things_on_is_on_no_map(talk: Talk, answer: str):
    """They are not read out, not named in the reflection, and others can be left out with them."""
    talk.says(*QUICK, *TAPS[:3], *TAPS[3:5], answer)
    assert "anyone else to leave out" in talk.text
    talk.says("Anna")
    assert names(talk) == []
    assert {"anna", "raj"} <= set(left_out(talk.session))
    talk.says("my map")
    assert "Raj" not in talk.text.replace("Anna, Raj", "")


def test_an_other_who_is_not_safe_is_never_asked_about_or_drawn():
    """Named on the map by a slip, they are passed by: no question on how close they feel."""
    talk = talk_to("Yes, private", "Go on", "Denise", "It is not", "my map", "Quick")
    talk.says("Denise, Anna")
    assert "How close does Anna feel?" in talk.text
    talk.says(*TAPS[:3])
    assert names(talk) == ["Anna"]


def test_it_can_be_left_half_made_and_gone_on_with(talk: Talk):
    """What is there so far stays, and "my map" shows it; going through it asks what is open."""
    talk.says(*QUICK, *TAPS[:3], "stop")
    assert names(talk) == ["Anna"]
    talk.says("my map")
    talk.taps("Go through it")
    assert "How close does Raj feel?" in talk.text


def test_each_answer_on_it_can_be_changed(talk: Talk):
    """Going through it asks of each thing that was said whether it still holds."""
    talk.says(*QUICK, *DONE, "my map")
    talk.taps("Go through it")
    while talk.session.doubts[:1] != ("people:anna/near",):
        talk.picks("doubt keep")
    talk.picks("doubt look")
    talk.says("Further off")
    talk.picks("doubt keep all")
    talk.says("my map")
    assert "Anna: further off" in talk.text


def test_it_outlives_a_new_reflection_and_knows_whom_that_one_feared(talk: Talk):
    """A map is kept; an Other who was feared since then is off it for good."""
    talk.says(*QUICK, *DONE, "skip")
    talk.taps("Begin")
    talk.says("Yes, private", "Go on", "Raj", "It is not")
    assert names(talk) == ["Anna"]
    talk.says("skip")
    talk.taps("Begin")
    assert names(talk) == ["Anna"]


def test_it_is_wiped_alone_or_with_everything(talk: Talk):
    """Saying "forget my map" takes only the map; "forget" takes all."""
    talk.says(*QUICK, *DONE, "forget my map")
    talk.taps("Yes, forget my map")
    assert talk.step == "why"
    assert names(talk) == []
    assert "other" in talk.session.answers


def test_what_a_reflection_took_from_it_stays_there_and_the_person_is_told():
    """Wiping takes the map alone: the names that a reflection goes by are that one's own by now."""
    talk = Talk(catalogue_of(GOES_BY_IT, EACH, *SCRIPTS))
    talk.opens()
    talk.says("Yes, private", "Go on", *QUICK, *DONE, "Quiet", "A walk", "Tea")
    talk.says("forget my map")
    assert "stay in it, until you forget that too" in talk.text
    talk.taps("Yes, forget my map")
    assert names(talk) == []
    assert "Anna" in str(talk.session.answers["people"].value)
    talk.uses("forget")
    talk.taps("Only this reflection")
    talk.taps("Yes, forget it for good")
    assert "Anna" not in str(talk.session)


def test_it_is_kept_beside_a_plan_for_bad_days(talk: Talk):
    """From the middle of the one the other can be begun, and neither is lost."""
    talk.says("my plan", "I go quiet", *QUICK, *DONE)
    assert names(talk) == ["Anna", "Raj"]
    talk.says("my plan")
    assert "I go quiet" in talk.text
    assert set(talk.session.apart) == {"map", "bad-days"}
    assert talk.session.place[0].script == "talk"


def test_not_before_it_was_agreed_that_anything_is_kept():
    """Names come after consent: asked for earlier, the map waits."""
    talk = talk_to("Yes, private", "my map")
    assert "something else comes first" in talk.text
    assert talk.step == "consent"


def test_not_while_help_is_open(talk: Talk):
    """On a bad night help stays where it is; a map is for a better time."""
    talk.frightens("suicide")
    talk.says("my map")
    assert talk.step.startswith(":concern")


def test_it_comes_as_a_picture_only_where_somebody_wants_one(talk: Talk):
    """Asked for at the end or later, and the words are there beside it."""
    talk.says(*QUICK, *TAPS)
    assert not enclosed(talk)
    talk.says("Yes")
    (picture,) = enclosed(talk)
    assert picture.kind == "map"
    assert picture.holds["around"][0] == {"name": "Anna", **DRAWN}
    assert picture.holds["words"]["easing"] == "lighter"
    talk.says("my map")
    talk.taps("As a picture")
    assert [each.holds["around"] for each in enclosed(talk)] == [picture.holds["around"]]
    assert "Anna: very close" in talk.text


def test_where_others_see_the_phone_a_picture_is_only_made_on_request():
    """Nobody is asked whether they want one there; the button is behind "my map"."""
    talk = talk_to("Someone might look", "Go on", "Denise", "It is safe", *QUICK, *TAPS)
    assert talk.step == "why"
    talk.says("my map")
    talk.taps("As a picture")
    assert len(enclosed(talk)) == 1


def test_nobody_unsafe_is_drawn(talk: Talk):
    """Not who was called unsafe on the map, and not the Other of a reflection feared since."""
    talk.says(*QUICK, *TAPS[:5], "Not safe for me", "Nobody else", "Yes")
    assert [each["name"] for each in enclosed(talk)[0].holds["around"]] == ["Anna"]
    feared = talk_to("Yes, private", "Go on", "Anna", "It is not", *QUICK, *TAPS[3:], "Yes")
    assert [each["name"] for each in enclosed(feared)[0].holds["around"]] == ["Raj"]


def test_nothing_called_after_somebody_unsafe_is_on_it(talk: Talk):
    """A choir with them, or their café, would name them as well."""
    talk.says("my map", "Full", "Anna, Frank", *TAPS[:3], *TAPS[3:5], "Not safe for me")
    talk.says("Nobody else", *["skip"] * 3, "Frank's choir", "Very close", "Lighter")
    talk.says("the library", "Very close", "Lighter", "skip", "skip")
    assert names(talk) == ["Anna", "the library"]


def test_going_through_it_again_leaves_it_readable(talk: Talk):
    """Whoever stops in the middle of going through it still has all of it."""
    talk.says(*QUICK, *DONE, "my map")
    talk.taps("Go through it")
    talk.says("my map")
    assert "Anna: very close" in talk.text
    assert names(talk) == ["Anna", "Raj"]
    talk.says("stop")
    assert names(talk) == ["Anna", "Raj"]


def test_who_is_unsafe_on_the_map_is_no_safe_other():
    """A yes to safety in the reflection doesn't undo what was said on the map."""
    talk = talk_to("Yes, private", "Go on", "Mum", "It is safe", *QUICK, *TAPS[:5])
    talk.says("Not safe for me", "Nobody else", "No", "skip")
    talk.taps("Begin")
    talk.says("Yes, private", "Go on", "Raj", "It is safe")
    scope = {"safe": "safe", "concerns": [], "other": {"id": "raj"}}
    assert may_join(scope)
    assert not may_join({**scope, "left_out": left_out(talk.session)})


def test_an_other_under_another_name_is_not_on_it_either(talk: Talk):
    """What is called "my sister Anna" is Anna, and her café tells of her; also in a reflection after that."""
    named = ["my map", "Full", "my sister Anna, Bo", *TAPS[:3], *TAPS[:3], *["skip"] * 6]
    talk.says(*named, "Anna's café", "Very close", "Lighter", "skip", "skip", "skip", "No", "skip")
    talk.taps("Begin")
    talk.says("Yes, private", "Go on", "Anna", "It is not")
    assert names(talk) == ["Bo"]
    talk.says("my map")
    assert "Anna" not in talk.text
    talk.taps("As a picture")
    assert [each["name"] for each in enclosed(talk)[0].holds["around"]] == ["Bo"]
    talk.taps("Back to")
    talk.says("skip")
    talk.taps("Begin")
    assert names(talk) == ["Bo"]


def test_after_a_concern_about_abuse_the_other_is_not_on_it(talk: Talk):
    """Called safe before that or not: nothing pushes to ask them for anything."""
    talk.says("my map", "Quick", "Denise, Bo", *TAPS[:3], *TAPS[:3], "No")
    assert names(talk) == ["Denise", "Bo"]
    talk.frightens("abuse")
    assert names(talk) == ["Bo"]
