"""The list of a group as its members see it in private: look, propose, confirm, say how it is."""

import json
from dataclasses import replace

import pytest

from bot.channels.enclosing import enclosed
from bot.engine.effects import Effect, Erase, Place, Report, Say
from bot.engine.events import CommandGiven, Event, LinkFollowed, Opened, TextReceived
from bot.engine.group import Group, Membership
from bot.engine.group_places import listed_with
from bot.engine.reporting import chosen, reported
from bot.engine.session import Answer, Session, dump
from bot.library import Library
from bot.noticing import noticed
from bot.turned import turned
from tests.conftest import NOON
from tests.fakes import reloaded
from tests.safety.test_every_step import SAID as IN_DANGER

AGREED = ("Yes", "No, only me", "Yes, go on")
DAY = NOON.date().isoformat()
WORDS = (
    "A walking group",
    "The park gate, Sundays at 10",
    "Somebody in a red hat",
    "feeling lonely",
)
OFF = "This should not be on the list"
PROPOSED = ("/places", "Put a place forward", *WORDS)


class Town:
    """Groups by name, as they stand after each turn of whoever is in them."""

    def __init__(self, library: Library, *titles: str) -> None:
        self.library = library
        self.groups = {title.lower(): Group(title) for title in titles or ("Tuesdays",)}
        self.drawn = 0


class Member:
    """One member who talks in private; every turn is stored and read again."""

    def __init__(self, town: Town, name: str, *said: str) -> None:
        self.town, self.name = town, name
        self.session = Session()
        self.effects: tuple[Effect, ...] = ()
        self.meets(Opened())
        if said:
            self.says(*said)

    def meets(self, event: Event) -> str:
        town = self.town
        heard, _ = noticed(town.library.families, town.library.opinion, event)
        mine = {
            name: Membership(name, group, person=self.name, day=DAY)
            for name, group in town.groups.items()
        }
        turn = turned(town.library.among(mine), reloaded(self.session), heard, NOON)
        self.session, self.effects = turn.session, turn.effects
        for effect in turn.effects:
            if isinstance(effect, Place):
                town.drawn += 1
                before = town.groups[effect.group]
                drawn = f"p{town.drawn}"
                town.groups[effect.group] = listed_with(before, effect, self.name, DAY, drawn)
        return "\n".join(each.text for each in turn.effects if isinstance(each, Say))

    def says(self, *lines: str) -> str:
        return [self.meets(TextReceived(line)) for line in lines][-1]

    @property
    def labels(self) -> list[str]:
        said = [each for each in self.effects if isinstance(each, Say)]
        return [option.label for option in said[-1].options]

    @property
    def step(self) -> str:
        detour, place = self.session.detour, self.session.place
        return f":{detour.name}" if detour else place[-1].step if place else ":nothing"


@pytest.fixture
def town(library: Library) -> Town:
    return Town(library)


def the_list(town: Town) -> list[tuple[str, str, str]]:
    places = next(iter(town.groups.values())).places
    return [(each["what"], each["state"], each["by"]) for each in places]


def test_a_place_is_told_in_four_questions_shown_once_more_and_then_proposed(town: Town):
    """Beforehand it is said whose it is until when; at the end nothing of it lies with the person."""
    ada = Member(town, "ada", *AGREED)
    before = ada.step
    told = ada.says("/places", "Put a place forward")
    assert "no name stands beside it" in told
    assert "Until somebody else in the group confirms it, it is yours" in told
    shown = ada.says(*WORDS)
    assert all(words in shown for words in WORDS)
    assert the_list(town) == []
    done = ada.says("Yes, put it forward")
    assert "waits for a second person" in done
    assert the_list(town) == [("A walking group", "proposed", "ada")]
    assert ada.step == before
    kept = json.dumps(dump(ada.session))
    assert not [words for words in WORDS if words in kept]


def test_a_second_member_sees_it_first_and_confirms_it_with_one_tap(town: Town):
    """Whoever proposed it can't; afterwards it names nobody, and its age is shown."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    bo = Member(town, "bo", *AGREED)
    bo.says("/places")
    assert bo.labels[0] == "New: A walking group"
    told = bo.says("New: A walking group")
    assert "waits for somebody else who knows it" in told
    assert bo.labels == ["I know it, it is right", OFF, "Back to the list"]
    thanked = bo.says("I know it, it is right")
    assert "belongs to the group" in thanked
    assert bo.labels[0] == "A walking group"
    assert the_list(town) == [("A walking group", "listed", "")]
    ada.says("/places")
    assert "Confirmed this month." in ada.says("A walking group")
    assert "Take back" not in " ".join(ada.labels)


def test_what_should_not_be_there_goes_by_one_tap_before_it_is_confirmed(town: Town):
    """Somebody's door, say: any other member takes it off, and is not named; not once confirmed."""
    Member(town, "ann", *AGREED, *PROPOSED, "Yes, put it forward")
    ben = Member(town, "ben", *AGREED, "/places", "New: A walking group")
    assert "It is off the list" in ben.says(OFF)
    assert the_list(town) == []
    ann = Member(town, "ann", *AGREED, *PROPOSED, "Yes, put it forward")
    assert OFF not in ann.labels
    Member(town, "cat", *AGREED, "/places", "New: A walking group", "I know it, it is right")
    ben.says("/places", "A walking group")
    assert OFF not in ben.labels


def test_whoever_proposed_a_place_can_take_it_back_and_not_confirm_it(town: Town):
    """Until a second member has confirmed it."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    ada.says("/places", "Yours: A walking group")
    assert ada.labels == ["Take back what I said", "Back to the list"]
    assert "taken that back" in ada.says("Take back what I said")
    assert the_list(town) == []


def test_wrong_is_shown_to_the_others_and_two_different_members_close_a_place(town: Town):
    """Nobody is told who said so, and what one said can be taken back."""
    Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    bo, cy = (Member(town, name, *AGREED) for name in ("bo", "cy"))
    bo.says("/places", "New: A walking group", "I know it, it is right")
    bo.says("A walking group", "The details are wrong")
    cy.says("/places")
    told = cy.says("Look: A walking group")
    assert "Somebody says the details are wrong. Could you have a look?" in told
    assert "bo" not in told.split()
    cy.says("It has closed")
    assert "It has closed" not in (cy.says("Look: A walking group"), cy.labels)[1]
    assert "Take back what I said" in cy.labels
    assert the_list(town)[0][1] == "listed"
    bo.says("/places", "Look: A walking group", "It has closed")
    assert the_list(town)[0][1] == "closed"
    cy.says("/places")
    assert "A walking group" not in " ".join(cy.labels)
    assert "no longer on the list" in cy.meets(CommandGiven("menu")) or cy.step == ":menu"


def test_without_what_and_where_there_is_nothing_to_propose(town: Town):
    """Skipping stays possible, as everywhere, and leads out; the other two can be left out."""
    ada = Member(town, "ada", *AGREED)
    assert "nothing to put on the list" in ada.says("/places", "Put a place forward", "skip")
    ada.says("/places", "Put a place forward", WORDS[0], "skip")
    assert the_list(town) == []
    ada.says(
        "/places", "Put a place forward", WORDS[0], WORDS[1], "skip", "skip", "Yes, put it forward"
    )
    assert the_list(town) == [("A walking group", "proposed", "ada")]


@pytest.mark.parametrize("no", ["No, let it go", "skip"])
def test_what_is_not_agreed_to_at_the_end_goes_nowhere(town: Town, no: str):
    """And nothing of it stays with the person."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, no)
    assert the_list(town) == []
    assert "A walking group" not in json.dumps(dump(ada.session))


def test_back_at_the_check_changes_what_was_said(town: Town):
    """As at any other question."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, "back", "company")
    assert "Good for: company" in "\n".join(
        each.text for each in ada.effects if isinstance(each, Say)
    )
    ada.says("Yes, put it forward")
    assert next(iter(town.groups.values())).places[0]["good_for"] == "company"


@pytest.mark.parametrize("kind", IN_DANGER)
def test_a_concern_in_any_of_the_words_stops_it_like_anywhere(town: Town, kind: str):
    """The words are gone; the same question comes back."""
    for answered in range(len(WORDS)):
        ada = Member(town, "ada", *AGREED, "/places", "Put a place forward", *WORDS[:answered])
        before = ada.step
        told = ada.says(IN_DANGER[kind])
        assert any(line in told for line in town.library.catalogue.lines(kind, ""))
        assert ada.step.startswith(":concern")
        assert ada.says("/places").count("can wait") == 1
        assert ada.step.startswith(":concern")
        ada.says("I have seen this")
        while ada.step.startswith(":"):
            ada.says("Yes, go on" if ada.step == ":safe enough" else "go on")
        assert ada.step == before
        assert the_list(town) == []


def feared(member: Member, name: str = "Dee") -> None:
    """Have somebody said in a reflection to be somebody who is not safe."""
    member.says("my boss shouts at me", "Work or school", "skip")
    while member.step != "other_is":
        member.says("skip" if member.step != "way" else "The short way")
    member.says("One person", name, "Yes")


def test_words_that_name_somebody_who_is_not_safe_are_not_taken(town: Town):
    """At the question itself, and nothing of them is kept; others read no place that names them."""
    ada = Member(town, "ada", *AGREED)
    feared(ada)
    ada.says("/places", "Put a place forward")
    assert "somebody you wanted left out" in ada.says("Dee's café")
    assert ada.step == "what"
    assert "café" not in json.dumps(dump(ada.session))
    ada.says("A café", "next to Dee", "by the mill", "Dee", "skip", "skip", "Yes, put it forward")
    assert "Dee" not in json.dumps(next(iter(town.groups.values())).places)
    bo = Member(town, "bo", *AGREED, "/places", "Put a place forward", "Dee's choir", "The hall")
    bo.says("skip", "skip", "Yes, put it forward")
    ada.says("/places")
    assert not [label for label in ada.labels if "choir" in label]
    assert "Yours: Dee's choir" in (bo.says("/places"), bo.labels)[1]


def test_before_anything_is_kept_somebody_agrees_to_that(town: Town):
    """The list can be read without; nothing is proposed or said."""
    Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    new = Member(town, "new")
    new.meets(LinkFollowed("tuesdays", "places"))
    assert new.labels[0] == "New: A walking group"
    assert "something else comes first" in new.says(
        "New: A walking group", "I know it, it is right"
    )
    assert the_list(town)[0][1] == "proposed"
    new.says("/places")
    assert "something else comes first" in new.says("Put a place forward")


def test_whoever_only_looked_begins_nothing_by_going_back(town: Town):
    """A list is no way into a reflection that nobody wanted."""
    new = Member(town, "new")
    new.session = Session()
    new.meets(LinkFollowed("tuesdays", "places"))
    new.says("Back to where I was")
    assert new.step == ":not begun"
    assert not new.session.begun


def test_of_several_groups_one_is_asked_for(library: Library):
    """And each keeps its own list; whoever is in none is told so."""
    town = Town(library, "Tuesdays", "Carers")
    ada = Member(town, "ada", *AGREED)
    ada.says("/places")
    assert ada.labels[:2] == ["Tuesdays", "Carers"]
    ada.says("Carers", "Put a place forward", *WORDS, "Yes, put it forward")
    assert [len(group.places) for group in town.groups.values()] == [0, 1]
    ada.says("/places", "Tuesdays")
    assert "Nothing is listed yet" in "\n".join(
        each.text for each in ada.effects if isinstance(each, Say)
    )
    town.groups = {}
    assert "You are in no group here" in ada.says("/places")


def test_a_long_list_comes_in_pages_and_stays_the_list_of_that_group(library: Library):
    """Eight a page, and round again from the last."""
    town = Town(library, "Tuesdays", "Carers")
    group = town.groups["carers"]
    for number in range(10):
        holds = {"what": f"Place {number}", "where": "here"}
        act = Place("carers", "propose", holds=holds)
        group = listed_with(group, act, "bo", DAY, f"p{number}")
    town.groups["carers"] = group
    ada = Member(town, "ada", *AGREED, "/places", "Carers")
    assert [label for label in ada.labels if "Place" in label][-1] == "New: Place 7"
    ada.says("More")
    assert [label for label in ada.labels if "Place" in label] == ["New: Place 8", "New: Place 9"]
    ada.says("New: Place 9", "I know it, it is right")
    assert town.groups["carers"].places[9]["state"] == "listed"


def test_what_stands_under_ones_name_is_told_with_all_that_is_kept_and_can_be_taken_back(
    town: Town,
):
    """A proposal in its own words, and what was said of a place until it is settled."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    told = ada.says("/kept")
    assert "A place that you proposed to a group" in told
    assert "A walking group, The park gate, Sundays at 10" in told
    ada.says("Forget one thing")
    if not [each for each in ada.labels if "A walking group" in each]:
        ada.says("More")
    (label,) = [each for each in ada.labels if "A walking group" in each]
    assert "taken that back" in ada.says(label)
    assert the_list(town) == []
    bo = Member(town, "bo", *AGREED, *PROPOSED, "Yes, put it forward")
    ada.says("/places", "New: A walking group", "I know it, it is right")
    ada.says("A walking group", "It has closed")
    assert "it has closed: A walking group" in ada.says("/kept")
    assert "A walking group" not in bo.says("/kept")


def test_the_list_goes_along_as_a_file_without_anybodys_name(town: Town):
    """Only what a second member confirmed."""
    ada = Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    ada.says("/places")
    assert "Take the list along" not in ada.labels
    Member(town, "bo", *AGREED, "/places", "New: A walking group", "I know it, it is right")
    ada.says("/places", "Take the list along")
    (say,) = [each for each in ada.effects if isinstance(each, Say) and each.enclosed]
    assert say.enclosed is not None
    made = enclosed(say.enclosed)
    assert made.name == "places.json"
    (service,) = json.loads(made.content)["contents"]
    assert service["name"] == "A walking group"
    assert not {"ada", "bo", "Tuesdays"} & set(made.content.decode().replace('"', " ").split())


def test_what_was_suggested_of_a_list_is_told_to_the_group_and_to_no_directory(town: Town):
    """One tap after a reflection counts as one on the list."""
    Member(town, "ada", *AGREED, *PROPOSED, "Yes, put it forward")
    Member(town, "bo", *AGREED, "/places", "New: A walking group", "I know it, it is right")
    cy = Member(town, "cy", *AGREED)
    item = {"source": "group", "ref": "tuesdays/p1", "name": "A walking group"}
    answers = {**cy.session.answers, "suggestions": Answer("result", [item])}
    cy.session = replace(cy.session, answers=answers)
    catalogue = town.library.catalogue
    for verdict, act in (("closed", "closed"), ("wrong number", "wrong"), ("helped", "good")):
        here = chosen(catalogue, cy.session, "group/tuesdays/p1").session
        effects = reported(catalogue, here, verdict, NOON.isoformat()).effects
        assert [each for each in effects if isinstance(each, Place | Report)] == [
            Place("tuesdays", act, "p1")  # type: ignore[arg-type]
        ]
    here = chosen(catalogue, cy.session, "group/tuesdays/p1").session
    effects = reported(catalogue, here, "not for me", NOON.isoformat()).effects
    assert not [each for each in effects if isinstance(each, Place | Report)]


@pytest.mark.parametrize("way", ["back", "stop", "pause", "/kept", "help", "menu"])
def test_every_freedom_is_there_while_a_place_is_told(town: Town, way: str):
    """Whoever goes away comes back to the very question, and the reflection is where it was."""
    ada = Member(town, "ada", *AGREED)
    before = ada.step
    ada.says("/places", "Put a place forward")
    assert ada.step == "what"
    ada.says(way)
    while ada.step.startswith(":"):
        ada.says("go on")
    assert ada.step in {before, "what"}
    ada.says("/places", "Put a place forward")
    assert ada.step == "what"
    ada.says(*WORDS, "Yes, put it forward")
    assert the_list(town) == [(WORDS[0], "proposed", "ada")]
    assert ada.step == before


def test_what_is_told_so_far_is_told_with_all_that_is_kept(town: Town):
    """And goes with one tap, like all else."""
    ada = Member(town, "ada", *AGREED, "/places", "Put a place forward", *WORDS[:2])
    assert WORDS[0] in ada.says("/kept")
    ada.says("/forget", "Yes, forget everything for good")
    assert Erase() in ada.effects
