"""The beginning, the end, and the short way by taps alone."""

from pathlib import Path

import pytest

from bot.checking import check
from bot.demo import DEMO, in_demo_town
from bot.engine.diagnostics import Diagnostic
from bot.engine.effects import Say
from bot.library import Library
from bot.transcripts import read_transcript
from tests.conftest import ROOT, StoppedClock
from tests.people import Sitting, texts

TRANSCRIPTS = [
    file
    for file in sorted((ROOT / "dialogues" / "transcripts").glob("*.txt"))
    if "Part 5 of 5" in file.read_text(encoding="utf-8")
]
"""Those that come to the end of a reflection."""
TO_SAFE = [
    *[
        "Yes",
        "No, only me",
        "Yes, go on",
        "skip",
        "A partner or family",
        "A partner, or someone who was",
    ],
    *["The short way", "skip", "skip", "One person", "Sam"],
]


@pytest.fixture
def sitting(tmp_path: Path, library: Library, clock: StoppedClock) -> Sitting:
    return Sitting(tmp_path, library, clock)


def everything_stored(sitting: Sitting) -> bytes:
    folder = Path(sitting.url.removeprefix("sqlite:///")).parent
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_whoever_is_under_age_gets_other_lines_and_leaves_nothing(sitting: Sitting) -> None:
    """Nothing is stored about somebody who is not 18, and they are not left without a number."""
    sitting.opens()
    said = texts(sitting.says("no"))
    assert "0800 1111" in said
    assert not sitting.session.begun
    assert sitting.session.answers == {}


def test_rather_not_saying_ones_age_is_asked_once_more(sitting: Sitting) -> None:
    """The one question that can't be left out says why; a second no-answer ends kindly."""
    sitting.opens()
    assert "need to know" in texts(sitting.says("skip"))
    sitting.says("skip")
    assert not sitting.session.begun


def test_without_consent_nothing_is_asked_and_nothing_stays(sitting: Sitting) -> None:
    """A no to keeping answers ends it before the first words, with a person to turn to."""
    sitting.opens()
    said = texts(sitting.says_all(["Yes", "No, only me", "No, thank you"]))
    assert "116 123" in said
    assert not sitting.session.begun


def test_no_free_words_are_asked_for_before_consent(library: Library) -> None:
    """Everything before the consent is a tap, on every way; the checker proves it."""
    script = library.catalogue.scripts["reflection"].script
    consent = library.catalogue.scripts["reflection"].consent
    assert consent is not None
    assert consent.id == "consent"
    steps = list(script.steps.values())
    kinds = {step.ask.kind for step in steps[: steps.index(consent)] if step.ask}
    assert kinds <= {"choice", "yes/no"}
    assert not [each for each in check_dialogues() if "consent" in each.code]


def check_dialogues() -> list[Diagnostic]:
    return check(ROOT / "dialogues")


@pytest.mark.parametrize(
    "words", ["no it isn't safe", "no, he would hurt me", "not really safe", "hm"]
)
def test_only_a_clear_yes_to_safety_counts(sitting: Sitting, words: str) -> None:
    """A sentence that only begins with no is not taken for "No, it is safe"."""
    sitting.opens()
    sitting.says_all(TO_SAFE)
    assert sitting.step == "safe"
    sitting.says(words)
    held = sitting.session.answers.get("safe")
    assert held is None or held.value != "safe"


@pytest.mark.parametrize("words", ["no", "No, it is safe", "1", "it's safe"])
def test_a_clear_yes_to_safety_is_understood(sitting: Sitting, words: str) -> None:
    """Who says plainly that it is safe is not asked twice."""
    sitting.opens()
    sitting.says_all([*TO_SAFE, words])
    assert sitting.value("safe") == "safe"


def test_a_new_other_is_asked_about_anew(sitting: Sitting) -> None:
    """That one person is safe says nothing about another."""
    sitting.opens()
    sitting.says_all([*TO_SAFE, "No, it is safe"])
    sitting.edits("other")
    sitting.says("Lee")
    assert sitting.step == "safe"
    assert "safe" not in sitting.session.answers


def test_the_short_way_can_be_walked_by_taps_alone(sitting: Sitting) -> None:
    """Tired hands need no keyboard: a button leads on from every question, to a plan."""
    question = sitting.opens()[-1]
    taps = 0
    while sitting.session.status == "waiting":
        question = sitting.picks(pick(question)) if question.options else sitting.uses("skip")
        question = question[-1]  # type: ignore[index,assignment]
        taps += 1
        assert taps < 60
    assert isinstance(sitting.value("plan"), list)
    assert any(step["step"] for step in sitting.value("plan"))  # type: ignore[union-attr]


def pick(question: Say) -> object:
    value = question.options[0].value
    if question.asks == "yes/no":
        return value == "yes"
    if question.asks == "several":
        return [value]
    return {value: 5} if question.asks == "stones" else value


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_each_transcript_ends_as_it_should(
    file: Path, tmp_path: Path, library: Library, clock: StoppedClock
) -> None:
    """A step with an own safe person where there is one, one alone at most, every part served."""
    chat = read_transcript(file.read_text(encoding="utf-8"))
    if chat.settings.get("places") == DEMO:
        library = in_demo_town(library, ROOT / "dialogues")
    sitting = Sitting(tmp_path, library, clock)
    sitting.opens()
    said: list[Say] = []
    for words in chat.said:
        said = sitting.says(words)
    people = [p for p in sitting.value("people") if p["ask"] in ("yes", "maybe")]  # type: ignore[union-attr]
    names = {person["name"] for person in people}
    plan: list[dict[str, str]] = [p for p in sitting.value("plan") if p["step"]]  # type: ignore[union-attr]
    suggestions: list[dict[str, str]] = sitting.value("suggestions")  # type: ignore[assignment]
    last = texts(said)
    if names:
        assert any(step["who"] in names for step in plan)
        assert any(name.removeprefix("my ") in last for name in names)
    else:
        pointed = [s["name"] for s in suggestions if s["kind"] in ("group", "place")]
        assert any(name in last for name in pointed)
    assert sum(step["carried"] == "alone" for step in plan) <= 1
    assert {"self"} <= {s["part"] for s in suggestions}
    assert all(s["because"] for s in suggestions)


def test_nothing_joins_the_two_in_the_transcript_of_fear() -> None:
    """Read the whole chat: from the first step on nothing names Lee, nor whoever could pass it on."""
    chat = (ROOT / "dialogues/transcripts/afraid-of-a-partner.txt").read_text(encoding="utf-8")
    suggested = chat.split("About being safe.")[1]
    for joining in ("Lee", "to come along", "Ines", "Relate"):
        assert joining not in suggested


def test_the_died_path_never_asks_how() -> None:
    """Grief is not questioned: no last time, no safety, no how."""
    whole = (ROOT / "dialogues/transcripts/bereavement.txt").read_text(encoding="utf-8")
    chat = whole.partition("kith:")[2]
    for asked in ("last time", "anyone get hurt", "How did", "how did", "Suicide"):
        assert asked not in chat


def test_whoever_was_not_safe_stays_left_out_when_another_is_named(sitting: Sitting) -> None:
    """A new Other does not bring the old one back as a helper."""
    sitting.opens()
    sitting.says_all([*TO_SAFE, "Yes", "England", "Nobody else"])
    sitting.edits("other")
    sitting.says_all(
        ["Lee", "No, it is safe", "skip", "skip", "skip", "skip", "skip", "skip", "skip"]
    )
    sitting.says("Not sure")
    assert sitting.step == "around"
    sitting.says("Sam, Anna")
    assert "Anna" in texts(sitting.opens())
    assert "sam" not in [person["id"] for person in sitting.session.answers["around"].value][1:]
    assert sitting.session.left_out == ("sam",)


def test_after_pausing_from_a_concern_it_is_asked_whether_it_is_safe_enough(
    sitting: Sitting,
) -> None:
    """Leaving for today does not lead past the question that comes before going on."""
    sitting.opens()
    sitting.says("I want to die")
    sitting.says("Continue later")
    sitting.says("hello")
    assert sitting.step == ":safe enough"


@pytest.mark.parametrize("words", ["I can't go on like this", "there is no way out"])
def test_words_of_despair_are_asked_about_gently(sitting: Sitting, words: str) -> None:
    """Despair is not answered with the next question as if nothing was said."""
    sitting.opens()
    sitting.says_all(["Yes", "No, only me", "Yes, go on"])
    sitting.says(words)
    assert sitting.step == ":check"
    assert "brings" not in sitting.session.answers


@pytest.mark.parametrize("words", ["nobody", "no one really", "None"])
def test_nobody_is_not_a_name(sitting: Sitting, words: str) -> None:
    """Who says that there is nobody is not asked what nobody is good for."""
    sitting.opens()
    sitting.says_all([*TO_SAFE[:-2], "Nobody, and that is the point", "skip", "skip"])
    sitting.says_all(["skip", "skip", "skip", "skip", "Not sure"])
    assert sitting.step == "around"
    sitting.says(words)
    assert sitting.step == "around_kinds"


UNKNOWN = ["I don't know", "dunno", "Not sure.", "idk", "I really don’t know", "no idea"]


@pytest.mark.parametrize("words", UNKNOWN)
def test_not_knowing_is_never_quoted_back(sitting: Sitting, words: str) -> None:
    """Who doesn't know what to answer in words has left it out, and goes on."""
    sitting.opens()
    sitting.says_all(["Yes", "No, only me", "Yes, go on"])
    assert sitting.step == "brings"
    sitting.says(words)
    assert sitting.step == "kind"
    assert sitting.session.answers["brings"].standing == "skipped"


def test_not_knowing_inside_a_sentence_is_an_answer(sitting: Sitting) -> None:
    """Only the whole message counts."""
    sitting.opens()
    sitting.says_all(["Yes", "No, only me", "Yes, go on", "I don't know how to stop"])
    assert sitting.session.answers["brings"].value == "I don't know how to stop"


@pytest.mark.parametrize("words", ["I'm 15", "I'm 15 and my dad hits me"])
def test_a_child_who_said_yes_to_being_18_is_met_as_a_child(sitting: Sitting, words: str) -> None:
    """Whoever turns out to be under age gets the lines for their age, and no more questions."""
    sitting.opens()
    sitting.says_all(["Yes", "No, only me", "Yes, go on"])
    said = texts(sitting.says(words))
    assert "0800 1111" in said
    assert sitting.step == ":concern child me"
    sitting.says("Stop here and keep nothing")
    assert not sitting.session.begun
