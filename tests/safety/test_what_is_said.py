"""What Kith says about itself and about help, where somebody's safety hangs on the words."""

import re
from itertools import product
from pathlib import Path

import pytest

from bot.engine.catalogue import UK
from bot.engine.effects import Say
from bot.library import Library
from bot.safety.concern import CLASSES
from tests.conftest import StoppedClock
from tests.people import Sitting, texts
from tests.test_arriving_and_ending import pick

CONSENTED = ["Yes", "No, only me", "Yes, go on"]
SENT = re.compile(r"\bI (?:have|'ve)?\s?(?:told|rung|called|alerted|informed|passed)\b")


@pytest.fixture
def sitting(tmp_path: Path, library: Library, clock: StoppedClock) -> Sitting:
    return Sitting(tmp_path, library, clock)


def screens(library: Library, *beginnings: str) -> dict[str, str]:
    """Give the texts of the screens whose names begin like this, with lines to show."""
    scope = {"lines": ["(lines)"], "young_lines": ["(lines)"], "abuse_lines": ["(lines)"]}
    found = library.catalogue.screens.items()
    return {name: screen.say.render(scope) for name, screen in found if name.startswith(beginnings)}


def test_nobody_is_left_to_think_that_someone_watches(library: Library) -> None:
    """Each answer to a concern says that Kith is a program, and that nobody reads along."""
    for name, said in screens(library, "help", "concern ").items():
        assert "I am a program" in said.replace("I'm a program", "I am a program"), name
        assert "obody is watching this chat" in said, name
        assert not SENT.search(said), name


def test_nobody_is_told_that_their_words_were_kept(library: Library) -> None:
    """Each answer to a concern says that the words are not kept."""
    for name, said in screens(library, "concern ", "check").items():
        assert "I have not kept" in said, name


def test_999_stands_before_every_other_line(library: Library) -> None:
    """Whoever reads only the first number reads the one for danger now."""
    for name, said in screens(library, "help", "concern ").items():
        assert "999" in said.partition("(lines)")[0], name
        assert "(lines)" in said, name


def test_there_is_a_line_for_everybody(library: Library) -> None:
    """Whatever the concern, the nation and the age, 999 comes first and is not alone for long."""
    for kind, nation, young in product(CLASSES, ("", *UK, "elsewhere"), (False, True)):
        lines = library.catalogue.lines(kind, nation, under_age=young)
        assert lines[0].startswith("999"), (kind, nation)
        if kind not in ("medical", "others"):
            assert [line for line in lines if "999" not in line], (kind, nation)
        if young and kind not in ("medical", "others"):
            assert [line for line in lines if "Childline" in line], (kind, nation)


def test_no_line_of_another_nation_is_shown_without_its_name(library: Library) -> None:
    """Who is not asked for a nation can tell which line is theirs; who said one sees no other."""
    names = {"england": "England", "scotland": "Scotland", "wales": "Wales"}
    names["northern-ireland"] = "Northern Ireland"
    for kind, nation in product(CLASSES, UK):
        foreign = [name for key, name in names.items() if key != nation]
        for line in library.catalogue.lines(kind, nation):
            assert not [name for name in foreign if name in line], line


@pytest.mark.parametrize("kind", ["abuse", "child"])
def test_whoever_cannot_speak_reads_how_to_ring_in_silence(library: Library, kind: str) -> None:
    """The line says what to press, from which phone, and whom it reaches; text 999 says its if."""
    lines = library.catalogue.lines(kind, "")
    assert [line for line in lines if "press 55" in line and "mobile" in line and "police" in line]
    assert [line for line in lines if "Text 999" in line and "only works if" in line]


def test_before_the_first_free_word_it_is_said_what_kith_is(sitting: Sitting) -> None:
    """A program, not a doctor, not for emergencies; what is kept, and that Telegram can read."""
    said = [*sitting.opens(), *sitting.says("yes"), *sitting.says("No, only me")]
    assert sitting.step == "consent"
    for words in ("a program", "not a doctor", "not for emergencies", "ring 999"):
        assert words in texts(said[:2])
    for words in (
        "whoever runs this Kith, who holds the key",
        "wipes it for good",
        "Telegram could",
    ):
        assert words in said[-1].text


def test_the_third_reflection_in_a_fortnight_asks_who_else_has_heard(sitting: Sitting) -> None:
    """Kith points back to people where somebody comes often, and refuses nobody."""
    sitting.opens()
    for _ in range(2):
        sitting.says_all(CONSENTED)
        sitting.uses("start")
        said = sitting.says("Begin a new one")
    assert "Who else has heard about this?" in texts(said)
    assert sitting.step == "adult"


@pytest.mark.parametrize("phone", ["Someone might", "I'm not sure", "skip"])
def test_a_phone_that_others_may_see_is_never_written_to(sitting: Sitting, phone: str) -> None:
    """Only who said that nobody else looks is asked about one message later."""
    sitting.opens()
    question = sitting.says_all(["Yes", phone])[-1]
    said: list[Say] = [question]
    while sitting.session.status == "waiting":
        said += sitting.picks(pick(said[-1])) if said[-1].options else sitting.uses("skip")
        assert len(said) < 200
    assert "plan" in sitting.session.answers
    assert "one message in a week" not in texts(said)
    assert "follow" not in sitting.session.answers


def test_what_was_never_checked_says_so(library: Library, sitting: Sitting) -> None:
    """Beside a place that nobody has checked stands that, and what to do about it."""
    assert not [resource for resource in library.resources if resource.assured]
    said = sitting.opens()
    while sitting.session.status == "waiting":
        said += sitting.picks(pick(said[-1])) if said[-1].options else sitting.uses("skip")
    offers = [each for each in sitting.value("suggestions") if each["listed"]]  # type: ignore[union-attr]
    assert offers
    assert texts(said).count("Not checked here yet.") >= len(offers)
