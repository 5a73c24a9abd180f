"""A language that runs from right to left: what is inserted can't turn the sentence around it."""

import re
from random import Random

import pytest

from bot.engine.events import TextReceived
from bot.engine.screens import KEEP_IT, opened
from bot.engine.script import Ask
from bot.engine.understand import Understood, read_text
from bot.engine.values import isolated, joined, read_as
from bot.languages.manner import Manner, manner_of
from bot.languages.translating import dressed
from bot.library import Library
from tests.conftest import NOON
from tests.languages.madeup import TURNED
from tests.languages.walker import Walker

OPEN, CLOSE = "\u2068", "\u2069"
NAMES = ("Anna", "Raj", "Mair", "Oluwaseun", "Lee")
WORDS = ("Every day the same (again).", "I dread Mondays!", "Quiet: 3 weeks.")
ARROWS = re.compile("[\u2190-\u21ff\u2794-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff<>»«]")


def bare(text: str) -> list[str]:
    """Give the Latin words that stand outside every isolate; each line begins anew."""
    found, depth = [], 0
    for line in text.split("\n"):
        depth, outside = 0, ""
        for letter in line:
            depth += (letter == OPEN) - (letter == CLOSE)
            assert depth >= 0, text
            outside += letter if depth == 0 else " "
        assert depth == 0, text
        found += re.findall(r"[A-Za-z]{2,}", outside)
    return found


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_person_said_is_isolated(turned_library: Library, seed: int) -> None:
    """Names, own words and quotations stand between FSI and PDI in every text and on every button."""
    walker = Walker(turned_library, Random(seed), TURNED, names=NAMES, words=WORDS).walk()
    ours = {"English", TURNED}
    assert any(name in text for text in walker.put for name in (*NAMES, *WORDS))
    assert [text for text in walker.put if set(bare(text)) - ours] == []


def test_no_button_points_with_an_arrow(library: Library) -> None:
    """An arrow would point the wrong way in half of the world's scripts."""
    catalogue = library.catalogue
    labels = [label.source for screen in catalogue.screens.values() for _, label in screen.actions]
    labels += [text.source for text in catalogue.words.values()]
    for compiled in catalogue.scripts.values():
        for step in compiled.script.steps.values():
            labels += [choice.label.source for choice in step.ask.choices] if step.ask else []
    labels += [rule.short.source for rule in library.rules]
    plain = [re.sub(r"\{[{%].*?[%}]\}", "", label) for label in labels]
    assert len(plain) > 200
    assert [label for label in plain if ARROWS.search(label)] == []


def test_a_name_on_an_isolated_button_can_be_typed(turned_library: Library) -> None:
    """The marks around a name are not seen, so nobody has to type them."""
    walker = Walker(turned_library, Random(1), TURNED, names=NAMES)
    walker.speaks(TURNED)
    for _ in range(300):
        here = opened(turned_library.speaking(TURNED).catalogue, walker.session)
        named = [o for o in here.options if OPEN in o.label and o.value != KEEP_IT]
        if here.ask and here.ask.kind == "choice" and here.key.endswith("/own_who") and named:
            walker.does(TextReceived(named[0].label.replace(OPEN, "").replace(CLOSE, "")))
            assert walker.session.answers[here.key].value == named[0].value
            return
        walker.does(walker.next())
    raise AssertionError


def test_a_value_with_marks_of_its_own_stays_inside() -> None:
    """A name that brings its own marks, or several lines, ends where it ends."""
    assert isolated("Anna") == f"{OPEN}Anna{CLOSE}"
    assert isolated(f"{CLOSE}An{OPEN}na") == f"{OPEN}An{OPEN}na{CLOSE}{CLOSE}"
    assert isolated("a\nb") == f"{OPEN}a{CLOSE}\n{OPEN}b{CLOSE}"
    assert isolated("") == ""
    assert isolated([{"name": "Anna"}, "Raj"]) == [f"{OPEN}Anna{CLOSE}", f"{OPEN}Raj{CLOSE}"]


def test_lists_are_joined_as_the_language_does() -> None:
    """CLDR knows the words and the commas."""
    arabic = manner_of("ar")
    assert arabic == Manner(right_to_left=True, comma=arabic.comma, last=" و")
    polish = manner_of("pl")
    assert polish == Manner(right_to_left=False, comma=", ", last=" i ")
    assert manner_of("klingon") is None
    assert manner_of("pt-BR") == manner_of("pt_BR")
    assert joined(["a", "", "b", "c"], polish.comma, polish.last) == "a, b i c"
    assert "listed" not in dressed("{{ names | listed }}", polish)


def test_a_value_that_people_read_is_put_into_their_language() -> None:
    """As it is, with a capital where a sentence begins with it, and in a list."""
    readings = {"a friend": "ktoś bliski"}
    assert read_as("a friend", readings) == "ktoś bliski"
    assert read_as("A friend", readings) == "Ktoś bliski"
    assert read_as({"id": "afriend", "name": "a friend"}, readings) == "ktoś bliski"
    assert read_as(["a friend", "Anna"], readings) == ["ktoś bliski", "Anna"]
    assert read_as(3, readings) == 3


@pytest.mark.parametrize("comma", [",", "\u060c", "\u3001", "\uff0c"])
def test_names_are_told_apart_by_the_commas_of_any_script(comma: str) -> None:
    """Two names with the writer's own comma between them are two people."""
    reading = read_text(Ask("person", most=3), (), f"Anna{comma} Raj", NOON.date())
    assert isinstance(reading, Understood)
    assert [person["name"] for person in reading.value] == ["Anna", "Raj"]  # type: ignore[union-attr]
