"""A person changes the language in the middle: place and answers stay, the words are others."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.arrivals import Arrival
from bot.engine.catalogue import Catalogue
from bot.engine.events import ButtonTapped, ChoicePicked, CommandGiven, Opened, TextReceived
from bot.engine.screens import opened
from bot.engine.script import KINDS
from bot.engine.session import Session, dump, load
from bot.library import Library, load_library
from bot.parcels import unpack_outgoing
from bot.turns import Turns
from tests.conftest import NOON, StoppedClock
from tests.databases import opened_store
from tests.fakes import library_of, write_dialogues
from tests.languages.madeup import ACCENTED, accented, made_ready
from tests.languages.walker import Walker

EVERY_KIND = """
id: talk
title: One question of each kind
steps:
  - {id: hello, say: Welcome.}
  - {id: choice, say: Which one?, ask: choice, choices: [{one: The first}, {two: The second}]}
  - {id: several, say: Which ones?, ask: several, choices: [{one: The first}, {two: The second}]}
  - {id: words, say: What is it?, ask: words}
  - {id: number, say: How many?, ask: number}
  - {id: yes/no, answer: sure, say: Are you sure?, ask: yes/no}
  - {id: person, say: Who is it?, ask: person}
  - {id: place, say: Where is it?, ask: place}
  - {id: date, say: On which day?, ask: date}
  - {id: stones, say: Where most?, ask: stones, choices: [{one: The first}, {two: The second}]}
  - {id: bye, say: "Bye {{ person or 'you' }}."}
""".replace("id: yes/no", "id: sure")
GIVEN = {
    "choice": "one",
    "several": ["one", "two"],
    "words": "It rains",
    "number": 3,
    "yes/no": True,
    "person": "Ζωή",
    "place": "Café",
    "date": "2026-11-06",
    "stones": {"one": 4, "two": 1},
}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Library:
    dialogues = write_dialogues(tmp_path_factory.mktemp("kinds") / "dialogues", EVERY_KIND)
    made_ready(dialogues, ACCENTED, accented)
    library = load_library(dialogues)
    return replace(library, catalogue=replace(library.catalogue, root="talk"))


def told(walker: Walker) -> dict[str, object]:
    """Give the answers that the person gave, as they are stored."""
    held = walker.session.answers
    return {key: held[key].value for key in held if held[key].standing == "given"}


def shown(catalogue: Catalogue, session: Session) -> tuple[str, ...]:
    here = opened(catalogue, session)
    return (*here.texts, *(option.label for option in here.options))


def up_to(library: Library, kind: str) -> Walker:
    walker = Walker(library, Random(0))
    walker.does(Opened())
    for each, value in GIVEN.items():
        if each == kind:
            return walker
        walker.does(ChoicePicked(value))
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_at_every_kind_of_question_place_and_answers_stay(talk: Library, kind: str) -> None:
    """The open question comes again in the new language, and is answered there; and so back."""
    walker = up_to(talk, kind)
    place, answers, digest = walker.session.place, told(walker), walker.session.digest
    english = shown(talk.catalogue, walker.session)
    walker.put.clear()
    walker.speaks(ACCENTED)
    assert (walker.session.place, told(walker)) == (place, answers)
    assert walker.session.digest == digest
    assert accented(english[0]) in walker.put
    there = shown(talk.speaking(ACCENTED).catalogue, walker.session)
    assert not set(there) & set(english)
    walker.speaks("en")
    assert (walker.session.place, told(walker)) == (place, answers)
    assert shown(talk.catalogue, walker.session) == english
    walker.speaks(ACCENTED)
    walker.does(ChoicePicked(GIVEN[kind]))
    assert walker.session.place != place or walker.session.status == "ended"
    key = "sure" if kind == "yes/no" else kind
    by_hand = up_to(talk, kind)
    by_hand.does(ChoicePicked(GIVEN[kind]))
    assert walker.session.answers[key] == by_hand.session.answers[key]


@pytest.mark.parametrize("kind", ["choice", "several", "yes/no"])
def test_an_answer_can_be_typed_in_the_new_language(talk: Library, kind: str) -> None:
    """What stands on a button can be typed, in whichever language it stands there."""
    walker = up_to(talk, kind)
    walker.speaks(ACCENTED)
    first = opened(talk.speaking(ACCENTED).catalogue, walker.session).options[0]
    walker.does(TextReceived(first.label))
    key = "sure" if kind == "yes/no" else kind
    assert (
        walker.session.answers[key].value
        == {
            "choice": "one",
            "several": ["one"],
            "yes/no": True,
        }[kind]
    )


def test_ticks_that_were_set_stay(talk: Library) -> None:
    """A question that is half answered is still half answered."""
    walker = up_to(talk, "several")
    walker.does(ButtonTapped(1, walker.session.revision))
    walker.speaks(ACCENTED)
    assert walker.session.draft == ("two",)
    assert f"✓ {accented('The second')}" in walker.put


def test_a_tap_from_before_the_change_is_stale(talk: Library) -> None:
    """The old buttons are still on the screen; they do no harm."""
    walker = up_to(talk, "choice")
    before = walker.session.revision
    walker.speaks(ACCENTED)
    walker.does(ButtonTapped(0, before))
    assert told(walker) == {}
    assert not walker.turn.accepted


def test_a_person_who_has_not_begun_is_welcomed_in_the_language(talk: Library) -> None:
    """The language can be the very first thing that somebody chooses."""
    walker = Walker(talk, Random(0))
    walker.speaks(ACCENTED)
    assert walker.session.begun
    assert accented("Welcome.") in walker.put


def test_beginning_again_keeps_the_language(talk: Library) -> None:
    """A new reflection is in the language of the one before."""
    walker = up_to(talk, "words")
    walker.speaks(ACCENTED)
    walker.does(CommandGiven("start"))
    walker.does(ChoicePicked("begin"))
    assert walker.session.language == ACCENTED
    assert walker.put[-20:].count(accented("Welcome.")) == 1


@pytest.mark.parametrize("command", ["stop", "pause", "help"])
def test_changing_the_language_beside_the_script_leads_back(talk: Library, command: str) -> None:
    """After a stop it stays stopped; from a screen it leads to the question."""
    walker = up_to(talk, "date")
    place = walker.session.place
    walker.does(CommandGiven(command))
    walker.speaks(ACCENTED)
    assert walker.session.place == place
    assert walker.session.status == ("stopped" if command == "stop" else "waiting")
    assert walker.put[-1] == accented("More")


def test_what_is_finished_stays_finished(talk: Library) -> None:
    """The end is not undone by another language."""
    walker = up_to(talk, "stones")
    walker.does(ChoicePicked(GIVEN["stones"]))
    answers = told(walker)
    walker.speaks(ACCENTED)
    assert (walker.session.status, told(walker)) == ("ended", answers)


def test_commands_typed_in_either_language_are_understood(talk: Library) -> None:
    """Help is help in English too, whatever the language; so are the other freedoms."""
    for words in ("help", accented("help"), "sos"):
        walker = up_to(talk, "words")
        walker.speaks(ACCENTED)
        walker.does(TextReceived(words))
        assert walker.session.detour is not None
        assert walker.session.detour.name == "help"
    walker = up_to(talk, "words")
    walker.does(TextReceived("language"))
    assert walker.session.detour is not None
    assert walker.session.detour.name == "language"


def test_a_language_that_is_no_longer_ready_falls_back(talk: Library) -> None:
    """Whoever chose it goes on in the language of the dialogues; it comes back when it is ready."""
    walker = up_to(talk, "words")
    walker.speaks(ACCENTED)
    walker.library = replace(talk, languages={})
    walker.put.clear()
    walker.does(Opened())
    assert walker.put[0] == "What is it?"
    assert walker.session.language == ACCENTED


def test_where_there_is_no_other_language_that_is_said() -> None:
    """/language never leads nowhere, and offers nothing that isn't there."""
    library = library_of(EVERY_KIND)
    assert library.catalogue.languages == {}
    walker = up_to(library, "words")
    place = walker.session.place
    walker.does(CommandGiven("language"))
    assert "only this language so far" in walker.put[-4]
    walker.does(ChoicePicked(f"language:{ACCENTED}"))
    assert walker.session.language == ""
    walker.does(ChoicePicked("go on"))
    assert walker.session.place == place


def test_a_session_from_before_there_were_languages_is_read() -> None:
    """What was stored yesterday goes on in the language it was held in."""
    data = {key: value for key, value in dump(Session()).items() if key != "language"}
    assert load(data) == Session()
    assert load(dump(Session(language="pl"))).language == "pl"


@pytest.mark.parametrize("seed", range(10))
def test_suggestions_and_the_plan_change_their_words_too(
    accented_library: Library, seed: int
) -> None:
    """At every question of a whole reflection, there and back changes no answer and no place.

    What was worded for the person in between (suggestions, the plan) is in the new language.
    """
    walker = Walker(accented_library, Random(seed))
    walker.does(Opened())
    mine = (*walker.words, "??")
    for _ in range(200):
        if walker.session.status == "ended":
            break
        here = walker.session
        answers = told(walker)
        there = Walker(accented_library, Random(0), session=here)
        there.speaks(ACCENTED)
        assert told(there) == answers
        if here.detour is None:
            assert there.session.place == here.place
        found = there.session.answers.get("suggestions")
        for each in found.value if found else []:  # type: ignore[union-attr]
            assert each["because"].startswith("[")
        planned = there.session.answers.get("plan") if "suggestions" in here.path else None
        for each in planned.value if planned else []:  # type: ignore[union-attr]
            assert not each["step"] or each["step"].startswith("[") or each["step"] in mine
        there.speaks(here.language or "en")
        assert told(there) == answers
        for key in {"suggestions", "people", "plan"} & set(here.path):
            assert there.session.answers[key] == here.answers[key]
        walker.does(walker.next())


def test_what_fails_is_said_in_the_language(talk: Library, tmp_path: Path) -> None:
    """Words that come from outside the script follow the language of the person as well."""
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    turns = Turns(store, talk, StoppedClock())
    events = [
        *(Opened(), CommandGiven("language"), ChoicePicked(f"language:{ACCENTED}")),
        TextReceived("I see no way out"),
    ]
    for number, event in enumerate(events):
        arrival = Arrival("jo", {"chat": "jo"}, event, f"{number}", footer=number == 3)
        assert turns.take([arrival])[0].failed == ""
    with store.transaction() as tx:
        said = [unpack_outgoing(parcel.body).effect.text for parcel in tx.waiting("jo")]
    store.close()
    assert said[-1] == talk.speaking(ACCENTED).catalogue.words["help_footer"].render({})
    assert turns.clock() == NOON
