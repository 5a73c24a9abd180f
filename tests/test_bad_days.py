"""The shipped plan for bad days: where it is offered, and that nothing on the way to it is lost."""

from dataclasses import replace

import pytest

from bot.engine.effects import Say
from bot.engine.events import CommandGiven, Event, Opened, TextReceived
from bot.engine.session import Session
from bot.library import Library
from bot.noticing import noticed
from bot.speaking import respoken
from bot.transcripts import read_transcript
from bot.turned import turned
from tests.conftest import NOON, ROOT
from tests.fakes import reloaded

TRANSCRIPTS = ROOT / "dialogues" / "transcripts"
AGREED = ("Yes", "No, only me", "Yes, go on")
MAKING = (
    *("my plan", "I go quiet", "Going outside", "the bench", "Anna", "Safe for me, and they know"),
    *("07700 900123", "No", "It ends"),
)


class Person:
    """Somebody who talks along the shipped dialogues; every turn is stored and read again."""

    def __init__(self, library: Library, session: Session | None = None) -> None:
        self.library = library
        self.session = session or Session()
        self.said: list[Say] = []

    def meets(self, event: Event) -> str:
        heard, _ = noticed(self.library.families, self.library.opinion, event)
        turn = turned(self.library, reloaded(self.session), heard, NOON)
        self.session = turn.session
        self.said = [effect for effect in turn.effects if isinstance(effect, Say)]
        return "\n".join(effect.text for effect in self.said)

    def says(self, *lines: str) -> str:
        return [self.meets(TextReceived(line)) for line in lines][-1]

    @property
    def step(self) -> str:
        detour, place = self.session.detour, self.session.place
        return f":{detour.name}" if detour else place[-1].step if place else ":nothing"

    @property
    def labels(self) -> list[str]:
        return [option.label for option in self.said[-1].options]


def along(library: Library, name: str, *before: str) -> list[Session]:
    """Give the session before every line of a chat that somebody had, after some lines before."""
    person = Person(library)
    person.meets(Opened())
    lines = read_transcript((TRANSCRIPTS / f"{name}.txt").read_text("utf-8")).said
    person.says(*lines[:3], *before)
    sessions = [person.session]
    for line in lines[3:]:
        person.says(line)
        sessions.append(person.session)
    return sessions


@pytest.mark.parametrize("name", ["bereavement", "afraid-of-a-partner", "a-group-as-we"])
def test_from_every_step_the_plan_and_a_minute_lead_back_to_that_step(library: Library, name: str):
    """With a plan made: read it, breathe, help and both behind it; the same question each time."""
    for session in along(library, name, *MAKING):
        before = Person(library, session)
        open_now = before.meets(Opened())
        for ways in (
            ["my plan", "back"],
            ["breathe", "Next", "back"],
            ["sos", "My plan for bad days", "A minute to breathe", "back", "back", "back"],
        ):
            person = Person(library, session)
            told = person.says(*ways)
            assert person.step == before.step
            assert (person.session.place, person.session.answers) == (
                session.place,
                session.answers,
            )
            assert person.session.status == session.status
            assert told.endswith(open_now[-40:])


def test_from_every_step_of_the_reflection_a_plan_can_be_made(library: Library):
    """Wherever the reflection stands, making a plan leads back there."""
    for session in along(library, "bereavement"):
        person = Person(library, session)
        person.says(*MAKING)
        assert (person.session.place, person.session.status) == (session.place, session.status)
        assert person.session.answers == session.answers
        assert person.session.detour == session.detour


def test_from_every_step_of_the_plan_a_plain_word_reaches_the_numbers_and_leads_back(
    library: Library,
):
    """What is written into a plan is read as anywhere, and the same question is asked again."""
    person = Person(library)
    person.meets(Opened())
    person.says(*AGREED, MAKING[0])
    for answer in MAKING[1:]:
        here = person.step
        frightened = Person(library, person.session)
        assert "116 123" in frightened.says("I want to end my life")
        assert frightened.step == ":concern suicide"
        frightened.says("I have seen this", "Yes, go on")
        assert frightened.step == here
        assert frightened.session.answers == person.session.answers
        person.says(answer)


def ended(library: Library, *, private: bool = True, plan: bool = False) -> Person:
    """Somebody who left out all they could and stands before keeping or wiping."""
    person = Person(library)
    person.meets(Opened())
    person.says("Yes", "No, only me" if private else "Someone might", "Yes, go on")
    if plan:
        person.says(*MAKING)
    while person.step != "wiped":
        person.meets(CommandGiven("skip"))
    return person


def to_the_end(person: Person, wiped: str = "Keep them") -> str:
    """Go on from there to the end, without a reminder."""
    told = person.says(wiped)
    return told if person.step != "follow" else person.says("No message")


def test_it_is_offered_once_near_the_end_without_a_question(library: Library):
    """One sentence that can be passed over, and a button below the goodbye."""
    person = ended(library)
    told = to_the_end(person)
    assert told.count("my plan") == 1
    assert told.index("my plan") < told.index("You looked at it from three sides.")
    assert person.step == ":finished"
    assert "My plan for bad days" in person.labels


def test_it_is_not_offered_where_somebody_may_look_or_everything_is_wiped(library: Library):
    """No trace of such a word on a phone that others see, and none after a wipe."""
    person = ended(library, private=False)
    assert "plan for bad days" not in to_the_end(person)
    assert "My plan for bad days" not in person.labels
    assert "plan for bad days" not in to_the_end(ended(library), "Wipe them now")


def test_whoever_has_a_plan_is_told_that_wiping_takes_it_along(library: Library):
    """Nobody loses it without having been told, and it isn't offered a second time."""
    person = ended(library, plan=True)
    assert "Wiping takes your plan for bad days along" in person.said[-1].text
    assert "my plan" not in to_the_end(Person(library, person.session))
    to_the_end(person, "Wipe them now")
    assert not person.session.apart


def test_whoever_declines_another_reflection_keeps_the_plan(library: Library):
    """No to a reflection is no to the reflection."""
    person = ended(library, plan=True)
    to_the_end(person)
    person.says("Begin a new one", "Yes", "No, only me")
    assert "Your plan for bad days stays" in person.says("No, thank you")
    assert "I go quiet" in person.says("my plan")


def test_whoever_turns_out_to_be_too_young_leaves_nothing_behind(library: Library):
    """Then nothing at all is kept, as that step says."""
    person = ended(library, plan=True)
    to_the_end(person)
    person.says("Begin a new one", "No")
    assert not person.session.apart


@pytest.mark.parametrize("lines", [MAKING[:4], MAKING])
def test_another_language_keeps_both(library: Library, lines: tuple[str, ...]):
    """Words are put anew for both dialogues, and neither is lost."""
    person = Person(library)
    person.meets(Opened())
    person.says(*AGREED, *lines)
    fresh = respoken(library, person.session, NOON.date())
    assert replace(fresh, release="") == replace(person.session, release="")
