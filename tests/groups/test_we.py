"""The end of a round in which a group looks at itself as "we"."""

import re
from dataclasses import replace
from random import Random

import pytest

from bot.engine.script import PARTS
from bot.engine.together import WAYS
from bot.engine.values import quote
from bot.groups.ground import afraid, grounds, offered
from bot.groups.putting_down import planned
from bot.groups.shown import Shown
from bot.groups.we import MOST_DRAWN, end_of_we
from tests.fakes import shipped
from tests.groups.rounds import DOWN, FEARS, NAMES, WORDS, any_round, down, said

LEAST = 5
ROUNDS = 300


def end(*shown: Shown, least: int = LEAST) -> tuple[str, ...]:
    """Give the texts alone."""
    return end_of_we(shipped().catalogue, shown, least)[0]


def steps_for(*shown: Shown) -> dict[str, str]:
    """Give the ids of what is offered, by their way."""
    return {each.way: each.id for each in offered(shipped().catalogue.together, shown, LEAST)}


@pytest.fixture(scope="module")
def rounds() -> list[tuple[Shown, ...]]:
    """Give the ends of many rounds, always the same."""
    chance = Random(8)
    return [any_round(chance) for _ in range(ROUNDS)]


def test_each_part_is_told_in_the_groups_own_words():
    """Marked as theirs, with a name where one was given, and without one where none was."""
    told = end(said("self", *["worn out"] * 4, "still here", Rosa="We carry it alone"))
    assert told[0].startswith("Us: Self, Other and Situation\n\nSelf: who we are together\n\n")
    assert "- Rosa: “We carry it alone”" in told[0]
    assert "- “worn out”\n" in told[0], "once, however often it was said"
    assert "- “still here”" in told[0]
    assert told[1] == "Other: who is bound up in it\n\nNothing of this was shared."


def test_a_choice_reads_as_its_label_and_several_are_told_one_by_one():
    """Whoever chose the same stands on one line; the values of choices are nobody's words."""
    labels = {"money": "Money", "home": "Housing"}
    named = (("Rosa", "Money and Housing", ["money", "home"]), ("Ben", "Housing", ["home"]))
    unnamed = (("Housing", ["home"]),) * 5
    told = end(Shown("around", "situation", named, unnamed, labels))[2]
    assert told.splitlines()[-2:] == ["- Rosa, Ben and unnamed: “Housing”", "- Rosa: “Money”"]


def test_own_words_beside_choices_are_told_as_they_are():
    """A prompt with choices may take own words too: both are lines, and both are steps."""
    both = (("Rosa", "Money and my dog", ["money", "my dog"]),)
    told = end(Shown("around", "situation", both, (), {"money": "Money"}))[2]
    assert told.splitlines()[-2:] == ["- Rosa: “Money”", "- Rosa: “my dog”"]
    named = (("Rosa", "ring the council", "ring the council"), ("Ben", "Write together", "write"))
    plan = end(Shown("down", "together", named, (), DOWN))[4]
    assert "- “ring the council”: Rosa" in plan
    assert "- Write together: Ben" in plan


def test_too_few_without_a_name_are_never_told():
    """Four of five without a name leave no trace: as if they had not shared."""
    few = said("self", "worn out", "alone", "the forms", "no money", Rosa="still here")
    alone = replace(few, unnamed=())
    assert end_of_we(shipped().catalogue, [few], LEAST) == end_of_we(
        shipped().catalogue, [alone], LEAST
    )
    three = replace(few, unnamed=few.unnamed[:2])
    assert end(three, least=1) == end(alone, least=1), "never under three, whatever is set"


def test_several_is_two_by_name_or_as_many_as_are_shown_at_all():
    """One by name and four without are no ground, and neither are two in different prompts."""
    together = shipped().catalogue.together
    landlord = ["My landlord"] * 5
    assert grounds(together, [said("situation", Rosa="My landlord", Ben="the RENT, again")], 5)
    assert grounds(together, [said("situation", *landlord)], 5) == {"home"}
    assert not grounds(together, [said("situation", *landlord[:4], Rosa="My landlord")], 5)
    one, two = said("situation", Rosa="the rent"), said("situation", Ben="the rent")
    assert not grounds(together, [one, replace(two, prompt="later")], 5)
    assert not grounds(together, [said("self", Rosa="the rent", Ben="the rent")], 5), "elsewhere"


def test_what_is_offered_says_why_from_what_was_shared():
    """First what has a ground, with it; then what is simply possible, and says so."""
    told = end(said("situation", Rosa="My landlord", Ben="the rent, again"))[3]
    first, *rest = told.split("\n\n- ")[1:]
    assert first.startswith("Ask whoever decides for a meeting")
    assert "Because more than one of you spoke of the place where you live." in first
    assert [("For the same reason." in each, "in any case" in each) for each in rest] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_without_a_ground_everything_is_plainly_possible():
    """A group that shared nothing is offered one of each way, and no reason is made up."""
    told = end()[3]
    assert told.count("You could do this in any case.") == len(WAYS)
    assert "Because" not in told


@pytest.mark.parametrize("fear", FEARS)
def test_where_one_person_is_afraid_nothing_brings_anybody_together_with_the_other(fear: str):
    """One share is enough, in any prompt, by name or without one; nothing says that it was."""
    rent = said("situation", Rosa="My landlord", Ben="the rent")
    assert steps_for(rent)["ask"] == "ask-whoever-decides"
    for shared in (said("other", Li=fear), said("self", *["We laugh a lot"] * 4, fear)):
        careful = steps_for(rent, shared)
        assert careful["ask"] == "ask-somebody-to-speak-up"
        assert careful["write"] == "write-it-down"
        told = end(rent, shared)[3]
        assert fear not in told
        assert "afraid" not in told


def test_no_suggestion_holds_a_name_or_anybodys_words(rounds: list[tuple[Shown, ...]]):
    """Whatever was shared: what is offered is written by staff, from the topics that they named."""
    catalogue = shipped().catalogue
    own = {each.reads for each in catalogue.together.topics}
    for shown in rounds:
        told = end(*shown)[3]
        for because in re.findall(r"spoke of (.*)\.", told):
            assert {
                *re.split(r", | and (?=being|not|work|money|the|waiting|rules|getting)", because)
            }
            left = re.sub("|".join(map(re.escape, sorted(own, key=len, reverse=True))), "", because)
            assert not re.sub(r",| and|\s", "", left)
        assert not [name for name in NAMES if name in told]


def test_who_said_it_changes_nothing_that_is_offered(rounds: list[tuple[Shown, ...]]):
    """The same shares under other names give the same suggestions."""
    for shown in rounds[:60]:
        other = [
            replace(
                each, named=tuple((f"N{at}", *rest) for at, (_, *rest) in enumerate(each.named))
            )
            for each in shown
        ]
        assert end(*shown)[3] == end(*other)[3]


def test_the_plan_names_only_who_put_themselves_down_by_name():
    """How many more without a name is told from the least on, and never below."""
    told = end(said("self", Li="worn out"), down(*["go"] * 5, "ask", Rosa="ask", Ben="ask"))[4]
    lines = told.splitlines()
    assert lines == [
        "The plan so far",
        "",
        "- Go along: 5 of you, unnamed",
        "",
        "- Ask together: Ben and Rosa",
    ]
    told = end(down(*["go"] * 5, Rosa="go"))[4]
    assert "- Go along: Rosa and 5 more, unnamed" in told


def test_at_most_one_step_is_begun_by_one_person_alone():
    """Whoever is alone with one is told whom they could ask; every other one waits."""
    told = end(down(Rosa="ask", Ben="write", Li=["bring", "ask"], Jo="nothing"))[4]
    assert "- Ask together: Li and Rosa\n\n" in told
    begins = "One name so far. Ben could ask somebody here, or somebody else they trust"
    assert begins in told
    assert "One name so far. It can wait until somebody comes along." in told
    assert "Jo" not in told
    assert told.count("could ask") == 1


def test_nobody_is_alone_twice_or_twice_the_same(rounds: list[tuple[Shown, ...]]):
    """One step is begun alone at most; whoever answered two prompts is one, namesakes are two."""
    for shown in rounds:
        plan = planned(shown, frozenset({"nothing"}), LEAST)
        assert [each.alone for each in plan].count("begins") <= 1
        for each in plan:
            assert (len(each.names) == 1 and not each.more) == bool(each.alone)
            assert not 0 < each.more < LEAST
    twice = [down(Rosa="ask"), replace(down(Rosa="ask"), prompt="again")]
    assert planned(twice, frozenset(), LEAST)[0].names == ("Rosa",)
    namesakes = replace(down(), named=(("Sam", "Ask together", "ask"),) * 2)
    assert planned([namesakes], frozenset(), LEAST)[0].names == ("Sam", "Sam")


def test_a_step_in_ones_own_words_is_marked_as_theirs():
    """Without choices, what somebody wrote is the step; the same words are one step."""
    told = end(said("together", *["a walk"] * 5, Rosa="Ring the council", Ben="ring  the council"))
    assert "- “a walk”: 5 of you, unnamed" in told[4]
    assert "- “Ring the council”: Ben and Rosa" in told[4]


def test_steps_of_which_nobody_can_be_told_are_free():
    """Chosen by too few without a name: the step is there, and no number."""
    told = end(down(*["go"] * 5, "ask", "write"))[4]
    assert (
        told.splitlines()[-1] == "Free for whoever would like to: Ask together and Write together"
    )


def test_a_plan_of_nobody_is_no_reproach():
    """Nobody has to."""
    assert end()[4] == (
        "Nobody has put a name to a step, and nobody has to. It could wait until you next meet."
    )


def test_nothing_but_what_was_shown_is_told(rounds: list[tuple[Shown, ...]]):
    """Every quotation was shown; every name was given, with these very words or to this very step."""
    for shown in rounds:
        texts = end(*shown)
        whole = {quote(words) for each in shown for _, words, _ in each.named}
        whole |= {quote(words) for each in shown for words, _ in each.unnamed}
        whole |= {quote(label) for each in shown for label in each.labels.values()}
        for line in "\n".join(texts[:3]).splitlines():
            if line.startswith("- ") and "and more" not in line and " more" not in line:
                assert any(line.endswith(each) for each in whole), line
        given = {quote(name)[1:-1] for each in shown for name, _, _ in each.named}
        for name in NAMES:
            if quote(name)[1:-1] not in given:
                assert not any(quote(name)[1:-1] in text for text in texts)


def test_the_texts_say_everything_that_the_picture_says(rounds: list[tuple[Shown, ...]]):
    """Whoever can't see it misses nothing; a line that is cut stands there at greater length."""
    for shown in rounds:
        texts, picture = end_of_we(shipped().catalogue, shown, LEAST)
        told = re.sub("[\u2066-\u2069]", "", "\n".join(texts)).casefold()
        holds = picture.holds
        drawn = [holds["title"], holds["about"], holds["next"] if holds["steps"] else ""]
        drawn += [each["heading"] for each in holds["parts"]]
        drawn += [line for each in holds["parts"] for line in each["lines"]]
        drawn += holds["steps"]
        for each in drawn:
            assert each.removesuffix("…").casefold()[:80] in told or not any(texts), each


def test_the_picture_holds_no_name(rounds: list[tuple[Shown, ...]]):
    """A picture is passed on more easily than a text, and can't be changed when somebody goes."""
    for shown in rounds:
        _, picture = end_of_we(shipped().catalogue, shown, LEAST)
        assert not [name for name in NAMES if " ".join(name.split()) in str(picture.holds)]
        for part in picture.holds["parts"]:
            assert len(part["lines"]) <= MOST_DRAWN


def test_how_many_more_is_told_only_of_many():
    """One line that is left out is "more", and is no number."""
    few = said("self", *(f"word {at}" for at in range(6)))
    _, picture = end_of_we(shipped().catalogue, [few], LEAST)
    assert picture.holds["parts"][0]["more"] == "and more"
    many = said("self", *(f"word {at}" for at in range(9)))
    _, picture = end_of_we(shipped().catalogue, [many], LEAST)
    assert picture.holds["parts"][0]["more"] == "and 5 more"


def test_each_text_fits_into_one_message(rounds: list[tuple[Shown, ...]]):
    """So that it can take the place of what stood there: five texts, none over 3,500 letters."""
    many = tuple(
        replace(each, named=tuple((f"{'N' * 40} {at}", "x" * 900, "y") for at in range(99)))
        for each in any_round(Random(1))
    )
    for shown in [*rounds, many, ()]:
        texts = end(*shown)
        assert len(texts) == len(PARTS) + 2
        assert all(0 < len(text) <= 3500 for text in texts)


def test_the_shipped_rules_leave_something_of_every_way_for_whoever_is_afraid():
    """And every topic is of some use."""
    together = shipped().catalogue.together
    for way in WAYS:
        mine = [each for each in together.steps if each.way == way]
        assert [each for each in mine if each.when_unsafe and not each.topics], way
    assert {topic.id for topic in together.topics} == {
        name for step in together.steps for name in step.topics
    }
    for topic in together.topics:
        for words in topic.words:
            one = said(topic.parts[0], Rosa=words.replace("*", "s"), Ben=words.rstrip("*"))
            assert topic.id in grounds(together, [one], LEAST), words
    assert all(afraid(together, [said("other", Rosa=each)]) for each in FEARS)
    assert not afraid(together, [said("other", *WORDS)])
    assert {*DOWN} - {"nothing"} == {*WAYS}
