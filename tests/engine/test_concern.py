"""What happens when a text raises a concern: help, one plain question, and the place kept."""

import json

import pytest

from bot.engine.session import dump
from tests.fakes import DIALOGUES, Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: mood, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, say: Why?, ask: words}
  - {id: how, say: How long?, ask: choice, own words: yes, choices: [{long: Long}, {short: Short}]}
  - {id: last, say: Last?, ask: number}
  - {id: bye, say: Bye.}
"""
CLASSES = ["suicide", "self-harm", "abuse", "child", "others", "medical"]


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    talk.says("bad")
    return talk


@pytest.mark.parametrize("kind", CLASSES)
def test_a_plain_word_stops_the_questions_with_the_right_numbers(talk: Talk, kind: str):
    """Whoever says it plainly reads the numbers at once, and no question."""
    turn = talk.frightens(kind)
    assert turn.concern == (kind, "explicit")
    assert talk.step == f":concern {kind}"
    assert "999" in talk.text
    assert "Why?" not in talk.text


UNCLEAR = [
    (kind, about)
    for kind in CLASSES
    for about in ("me", "someone else", "child")
    if (kind, about) != ("child", "me")
]
"""A child who writes about themselves is not asked; they are shown the lines for their age."""


UNCLEAR_TO_ME = [(kind, "unclear") for kind in CLASSES if kind != "child"]


@pytest.mark.parametrize(("kind", "about"), UNCLEAR)
def test_an_unclear_word_asks_one_plain_question(talk: Talk, kind: str, about: str):
    """Kith asks instead of judging, and shows the numbers already."""
    turn = talk.frightens(kind, "unclear", about)
    assert turn.concern == (kind, "unclear")
    assert talk.step == (":check" if about == "me" else ":check someone else")
    assert talk.labels == ["Yes", "No", "Rather not say", "That is not what I meant"]
    assert "999" in talk.text


WAYS = {
    "seen, safe enough": ("suicide", "explicit", ["I have seen", "Yes, go on"]),
    "seen, abuse": ("abuse", "explicit", ["I have seen"]),
    "seen, child": ("child", "explicit", ["I have seen"]),
    "not meant": ("suicide", "explicit", ["That is not what I meant"]),
    "later, then on": ("medical", "explicit", ["Continue later", "Go on now", "Yes, go on"]),
    "needs help first": ("self-harm", "explicit", ["I have seen", "I need help", "Back to where"]),
    "no": ("suicide", "unclear", ["No"]),
    "rather not": ("suicide", "unclear", ["Rather not say", "Go on"]),
    "rather not, later": (
        "suicide",
        "unclear",
        ["Rather not say", "Leave it", "Go on now", "Yes, go on"],
    ),
    "yes": ("suicide", "unclear", ["Yes", "I have seen", "Yes, go on"]),
    "unclear, not meant": ("abuse", "unclear", ["That is not what I meant"]),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_back_leads_to_the_same_question(talk: Talk, way: str):
    """However somebody comes back from it, their place and answers are as they were."""
    kind, tier, taps = WAYS[way]
    place, answers = talk.session.place, talk.session.answers
    talk.frightens(kind, tier)
    for label in taps:
        talk.taps(label)
    assert talk.session.place == place
    assert talk.session.answers == answers
    assert talk.step == "why"
    assert talk.session.status == "waiting"
    assert talk.text.endswith("Why?")
    talk.says("because")
    assert talk.step == "how"


@pytest.mark.parametrize("way", WAYS)
def test_before_the_beginning_every_way_back_leads_to_the_beginning(way: str):
    """Whoever's first words raise a concern isn't told that they are in the middle of something."""
    talk = Talk(catalogue_of(SCRIPT))
    kind, tier, taps = WAYS[way]
    talk.frightens(kind, tier)
    assert "999" in talk.text
    for label in taps:
        talk.taps(label)
    assert talk.step == "mood"
    assert talk.session.status == "waiting"


@pytest.mark.parametrize(
    "way",
    [
        way
        for way in WAYS
        if "Continue later" not in WAYS[way][2] and "Leave it" not in WAYS[way][2]
    ],
)
@pytest.mark.parametrize("end", ["the end", "a stop"])
def test_after_the_end_every_way_back_leads_to_where_one_was(talk: Talk, way: str, end: str):
    """A finished or stopped reflection isn't reopened or finished by a concern."""
    if end == "the end":
        talk.says("because", "long", "3")
    else:
        talk.uses("stop")
    place, answers = talk.session.place, talk.session.answers
    kind, tier, taps = WAYS[way]
    talk.frightens(kind, tier)
    for label in taps:
        talk.taps(label)
    assert talk.session.place == place
    assert talk.session.answers == answers
    if end == "the end":
        assert talk.step == ":finished"
    else:
        if talk.step != "why":
            talk.uses("resume")
        talk.says("because")
        assert talk.step == "how"
        assert talk.session.status == "waiting"


def test_a_concern_from_before_the_beginning_is_remembered_for_the_reflection():
    """Abuse that was named first is not forgotten when the questions begin."""
    talk = Talk(catalogue_of(SCRIPT))
    talk.frightens("abuse")
    talk.taps("I have seen")
    if talk.step != "mood":
        talk.opens()
        talk.uses("start")
    assert any(concern.startswith("abuse") for concern in talk.session.concerns)


@pytest.mark.parametrize(
    ("steps", "step", "following"), [([], "why", "how"), (["because"], "how", "last")]
)
def test_after_abuse_was_acknowledged_words_go_on_with_a_footer_and_are_not_kept(
    talk: Talk, steps: list[str], step: str, following: str
):
    """Somebody who tells of abuse isn't stopped at every sentence, and those words stay nowhere."""
    talk.says(*steps)
    talk.frightens("abuse")
    talk.taps("I have seen")
    assert talk.step == step
    turn = talk.frightens("abuse")
    assert "I don't keep those words" in talk.text
    assert turn.concern == ("abuse", "explicit")
    assert talk.step == following
    assert talk.session.answers[step].standing == "unkept"
    assert talk.session.answers[step].value is None


def test_at_a_question_that_takes_no_words_the_footer_stands_alone(talk: Talk):
    """Where words are no answer, the question stays open."""
    talk.says("because", "long")
    talk.frightens("abuse")
    talk.taps("I have seen")
    talk.frightens("abuse")
    assert talk.step == "last"
    assert "I don't keep those words" in talk.text
    assert talk.text.endswith("Last?")


def test_another_concern_is_never_reduced_to_a_footer(talk: Talk):
    """Suicide after acknowledged abuse stops the questions all the same."""
    talk.frightens("abuse")
    talk.taps("I have seen")
    talk.frightens("suicide")
    assert talk.step == ":concern suicide"
    talk.taps("I have seen")
    talk.taps("Yes, go on")
    talk.frightens("suicide")
    assert talk.step == ":concern suicide"


def test_abuse_that_was_not_meant_is_not_taken_as_acknowledged(talk: Talk):
    """After a misreading the next plain word is met in full again."""
    talk.frightens("abuse")
    talk.taps("That is not")
    talk.frightens("abuse")
    assert talk.step == ":concern abuse"


def test_somebody_elses_danger_is_met_with_its_own_words(talk: Talk):
    """Whoever worries about another reads what they can do for them."""
    talk.frightens("suicide", "explicit", "someone else")
    assert "stay with them" in talk.text


@pytest.mark.parametrize("words", ["yes", "1", "Yes!"])
def test_the_plain_question_can_be_answered_by_typing(talk: Talk, words: str):
    """Yes, typed, shows the numbers for what was noticed."""
    talk.frightens("self-harm", "unclear")
    talk.says(words)
    assert talk.step == ":concern self-harm"
    assert talk.turn.concern == ("self-harm", "explicit")


def test_yes_about_somebody_else_shows_what_helps_somebody_else(talk: Talk):
    """Whoever confirms that somebody else is in danger isn't addressed as if it were them."""
    talk.frightens("suicide", "unclear", "someone else")
    talk.taps("Yes")
    assert talk.step == ":concern suicide someone else"


@pytest.mark.parametrize("words", ["hm", "I don't know", "99", "🙂"])
def test_anything_else_typed_at_the_numbers_keeps_them_in_sight(talk: Talk, words: str):
    """What isn't understood there never leads away from help."""
    talk.frightens()
    talk.says(words)
    assert talk.step == ":concern suicide"
    assert "999" in talk.text


@pytest.mark.parametrize(("kind", "tier"), [(kind, "explicit") for kind in CLASSES] + UNCLEAR_TO_ME)
def test_whoever_writes_on_at_the_numbers_hears_who_could_answer(talk: Talk, kind: str, tier: str):
    """Somebody who says more is told of people who answer, before anything else, and of no tapping."""
    talk.frightens(kind, tier)
    talk.says("I'm so tired of it all")
    assert talk.text.startswith("I am a program, so I can't answer that as a person could.")
    assert "One of these people can." in talk.text
    assert "type its number" not in talk.text
    assert "999" in talk.text


def test_the_same_is_said_at_help_and_nowhere_else(talk: Talk):
    """Who asked for help hears the same; at the menu Kith says what could be tapped."""
    for screen in ("help", "person"):
        talk.uses(screen)
        talk.says("I'm so tired of it all")
        assert "One of these people can." in talk.text
    talk.uses("resume")
    talk.uses("menu")
    talk.says("I'm so tired of it all")
    assert talk.text.startswith("You could tap one of these")


def test_where_no_line_stands_on_the_screen_the_way_to_them_is_said(talk: Talk):
    """No people are promised that the screen doesn't show."""
    talk.frightens()
    talk.taps("I have seen")
    talk.says("I'm so tired of it all")
    assert "One of these people" not in talk.text
    assert '"help" shows people who can.' in talk.text


def test_a_concern_in_the_middle_of_ticking_or_a_doubt_loses_no_place(talk: Talk):
    """A concern on top of a screen leads back to the question under it."""
    talk.uses("menu")
    talk.frightens("child")
    talk.taps("I have seen")
    assert talk.step == "why"


@pytest.mark.parametrize("tier", ["explicit", "unclear"])
def test_a_child_who_writes_is_shown_lines_for_children_and_asked_nothing(talk: Talk, tier: str):
    """Whoever seems to be under age is not led on through questions for adults."""
    talk.frightens("child", tier, "me")
    assert talk.step == ":concern child me"
    assert "under 18" in talk.text
    talk.taps("That is not what I meant")
    assert talk.step == "why"


def test_nothing_but_the_class_is_stored(talk: Talk):
    """A session remembers that a concern arose, in one word, and nothing of what was written."""
    before = dump(talk.session)
    talk.frightens("abuse", "unclear")
    after = dump(talk.session)
    changed = {key for key in after if after[key] != before[key]}
    assert changed <= {"detour", "concerns", "revision", "turn", "digest", "release", "draft"}
    assert after["concerns"] == ["abuse?"]
    json.dumps(after)


# --- One's own plan and supporter -----------------------------------------------------------------

BAD_DAYS = (DIALOGUES / "scripts" / "bad-days.yaml").read_text("utf-8")
OWN_PLAN = "My plan for bad days"
NAMED = "You named Anna for days like this."


def with_a_plan(bond: str = "Safe for me, and they know") -> Talk:
    """Somebody at a question who has made a plan with Anna in it before."""
    talk = Talk(catalogue_of(SCRIPT, BAD_DAYS))
    talk.opens()
    talk.says("bad", "my plan", "I go quiet", "skip", "skip", "Anna", bond)
    while talk.step != "why":
        talk.says("skip")
    return talk


@pytest.mark.parametrize("kind", ["suicide", "self-harm"])
@pytest.mark.parametrize("tier", ["explicit", "unclear"])
def test_ones_own_plan_and_supporter_stand_beside_the_numbers(kind: str, tier: str):
    """After a plain word, and after a yes: numbers first, then the person's own plan and person."""
    talk = with_a_plan()
    talk.frightens(kind, tier)
    if tier == "unclear":
        assert NAMED not in talk.text, "a question is only a question"
        talk.taps("Yes")
    assert NAMED in talk.text
    assert talk.text.index("999") < talk.text.index(NAMED)
    talk.taps(OWN_PLAN)
    assert "I go quiet" in talk.text
    assert talk.labels == ["Back to where I was", "A minute to breathe"]
    talk.taps("Back to")
    assert talk.step == f":concern {kind}"
    talk.taps("I have seen")
    talk.taps("Yes, go on")
    assert talk.step == "why"


@pytest.mark.parametrize("kind", ["abuse", "child", "others", "medical"])
@pytest.mark.parametrize("tier", ["explicit", "unclear"])
def test_no_other_concern_shows_the_plan_or_names_anybody(kind: str, tier: str):
    """Where it is about somebody else's doing or body, nobody is put forward."""
    talk = with_a_plan()
    talk.frightens(kind, tier)
    for way in ([], ["Yes"], ["Rather not"]) if tier == "unclear" else ([],):
        talk.frightens(kind, tier)
        for label in way:
            talk.taps(label)
        assert OWN_PLAN not in talk.labels
        assert "Anna" not in talk.text


@pytest.mark.parametrize("kind", ["suicide", "self-harm"])
def test_in_worry_about_somebody_else_nobody_is_named(kind: str):
    """The supporter was named for the person's own bad days."""
    talk = with_a_plan()
    talk.frightens(kind, "explicit", "someone else")
    assert talk.step == f":concern {kind} someone else"
    assert "stay with them" in talk.text
    assert "Anna" not in talk.text
    assert OWN_PLAN not in talk.labels


@pytest.mark.parametrize("kind", ["suicide", "self-harm"])
def test_without_a_plan_none_is_offered(talk: Talk, kind: str):
    """A button that leads to nothing is worse than none."""
    talk.frightens(kind)
    assert OWN_PLAN not in talk.labels
    talk.uses("help")
    assert OWN_PLAN not in talk.labels


@pytest.mark.parametrize("bond", ["I'm not sure it is safe", "It is not safe", "skip"])
def test_who_was_not_called_safe_is_never_named(bond: str):
    """The plan is there, and the name isn't."""
    talk = with_a_plan(bond)
    talk.frightens("suicide")
    assert OWN_PLAN in talk.labels
    assert "Anna" not in talk.text


@pytest.mark.parametrize("tier", ["explicit", "unclear"])
@pytest.mark.parametrize("kind", ["suicide", "self-harm"])
def test_after_a_concern_about_abuse_nobody_is_named(kind: str, tier: str):
    """Acknowledged or only asked about: nobody knows who was meant."""
    talk = with_a_plan()
    talk.frightens("abuse", tier)
    talk.taps("I have seen" if tier == "explicit" else "Rather not")
    talk.frightens(kind)
    assert OWN_PLAN in talk.labels
    assert "Anna" not in talk.text
    talk.taps(OWN_PLAN)
    assert "I go quiet" in talk.text
    assert "Anna" not in talk.text


def test_help_shows_the_plan_with_five_buttons_at_most():
    """The plan, a minute, a person, and the way back: before, in the middle and after the end."""
    talk = with_a_plan()
    for before in ([], ["stop"], ["go on", "because", "long", "3"]):
        talk.says(*before)
        place = talk.session.place
        talk.says("sos")
        assert OWN_PLAN in talk.labels
        assert "A minute to breathe" in talk.labels
        assert len(talk.labels) <= 5
        talk.taps(OWN_PLAN)
        assert "I go quiet" in talk.text
        talk.taps("A minute to breathe")
        talk.says("back", "back")
        assert talk.step == ":help"
        assert talk.session.place == place
        if before == ["stop"]:
            talk.taps("Back to")
            assert talk.step == "why"
            talk.uses("stop")


def test_help_that_was_opened_at_another_concern_keeps_the_plan_back():
    """One tap further, somebody else's doing is still somebody else's doing."""
    talk = with_a_plan()
    talk.frightens("abuse")
    talk.uses("help")
    assert OWN_PLAN not in talk.labels
    assert "A minute to breathe" in talk.labels


def test_forgetting_the_plan_at_a_concern_keeps_the_numbers_in_sight():
    """Whoever wipes it there is still at the numbers."""
    talk = with_a_plan()
    talk.frightens("suicide")
    talk.says("forget my plan")
    talk.taps("Yes, forget")
    assert talk.step == ":concern suicide"
    assert "999" in talk.text
    assert OWN_PLAN not in talk.labels
    assert "Anna" not in talk.text


@pytest.mark.parametrize("kind", ["suicide", "self-harm", "abuse", "others", "medical"])
@pytest.mark.parametrize("about", ["someone else", "child"])
def test_worry_about_another_person_never_speaks_as_if_it_were_oneself(
    talk: Talk, kind: str, about: str
):
    """Each class has words for whoever is worried: plain, and after a yes to the question."""
    talk.frightens(kind, "explicit", about)
    assert talk.step == f":concern {kind} someone else"
    assert "999" in talk.text
    talk.taps("That is not what I meant")
    talk.frightens(kind, "unclear", about)
    if talk.step.startswith(":check"):
        talk.taps("Yes")
        assert talk.step == f":concern {kind} someone else"


def test_a_child_at_risk_is_met_in_one_way(talk: Talk):
    """Asked first or said plainly, it leads to the lines for a child."""
    talk.frightens("child", "unclear", "child")
    assert talk.step == ":check someone else"
    talk.taps("Yes")
    assert talk.step == ":concern child"
