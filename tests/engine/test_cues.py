"""Cues: nothing by themselves, a gentle question together, and gone after a day or at the end."""

from bot.engine.cues import TURNS
from bot.engine.effects import Lapse
from bot.engine.events import Cue, TextReceived, TimePassed
from bot.engine.session import dump, load
from tests.engine.test_concern import SCRIPT
from tests.fakes import Talk, catalogue_of

TIRED, GOODBYE = Cue("suicide", "worn-out"), Cue("suicide", "goodbye")
URGE, PHONE = Cue("self-harm", "urge"), Cue("abuse", "checks-phone")


def talk_at_why() -> Talk:
    """Give a talk whose question takes words."""
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    talk.says("bad")
    return talk


def hints(talk: Talk, *cues: Cue) -> None:
    talk.meets(TextReceived("so it is", cues=cues))


def test_one_cue_is_nothing():
    """Whoever says once that they are tired is not asked whether they want to live."""
    talk = talk_at_why()
    hints(talk, TIRED)
    assert talk.step == "how"
    assert talk.session.answers["why"].value == "so it is"


def test_two_cues_in_two_messages_ask_one_plain_question():
    """Tired of it all, and some messages later goodbye: then Kith asks, and keeps nothing of it."""
    talk = talk_at_why()
    hints(talk, TIRED)
    talk.uses("menu")
    talk.uses("resume")
    hints(talk, GOODBYE)
    assert talk.step == ":check"
    assert talk.turn.concern == ("suicide", "unclear")
    assert "how" not in talk.session.answers
    assert talk.session.cues == ()
    talk.taps("No")
    assert talk.step == "how"


def test_two_cues_in_one_message_are_enough():
    """It is what is said that counts, not how it is cut."""
    talk = talk_at_why()
    hints(talk, TIRED, GOODBYE)
    assert talk.step == ":check"


def test_the_same_cue_again_is_one_cue():
    """Whoever is tired twice is tired."""
    talk = talk_at_why()
    hints(talk, TIRED)
    talk.uses("back")
    hints(talk, TIRED)
    assert talk.step == "how"


def test_cues_about_hurting_oneself_and_about_dying_count_together():
    """One question is asked about both."""
    talk = talk_at_why()
    hints(talk, TIRED, URGE)
    assert talk.turn.concern == ("self-harm", "unclear")


def test_cues_of_different_kinds_do_not_add_up():
    """Tired, and a partner who reads the phone: two things, not one."""
    talk = talk_at_why()
    hints(talk, TIRED, PHONE)
    assert talk.step == "how"


def test_a_cue_of_long_ago_counts_no_more():
    """Only the last few turns count."""
    talk = talk_at_why()
    hints(talk, TIRED)
    for _ in range(TURNS):
        talk.uses("menu")
    hints(talk, GOODBYE)
    assert talk.step != ":check"
    assert [cue.name for cue in talk.session.cues] == ["goodbye"]


def test_a_cue_of_yesterday_counts_no_more():
    """After a day nothing adds up to what is said today."""
    talk = talk_at_why()
    hints(talk, TIRED)
    talk.now = talk.now.replace("2026-11-02", "2026-11-03")
    hints(talk, GOODBYE)
    assert talk.step != ":check"


def test_cues_lapse_after_a_day_though_nobody_comes_back():
    """A due row says so to a session that nobody opens; it says nothing to the person."""
    talk = talk_at_why()
    hints(talk, TIRED)
    assert Lapse("lapse", hours=24) in talk.turn.effects
    talk.meets(TimePassed("lapse"))
    assert talk.session.cues == ()
    assert talk.turn.effects == ()
    assert talk.step == "how"


def test_cues_are_gone_at_the_end_and_after_a_stop():
    """What is over leaves nothing that could add up."""
    talk = talk_at_why()
    hints(talk, TIRED)
    talk.uses("stop")
    assert talk.session.cues == ()


def test_a_stored_cue_is_a_name_and_a_time():
    """It comes back as it was stored; a session from before there were cues has none."""
    talk = talk_at_why()
    hints(talk, TIRED)
    stored = dump(talk.session)
    assert stored["cues"] == [["suicide", "worn-out", 1, talk.now]]
    assert load(stored) == talk.session
    del stored["cues"]
    assert load(stored).cues == ()
