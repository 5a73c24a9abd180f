"""Whole reflections in a made-up language: nothing that is put is left in English."""

import re
from random import Random

import pytest
from babel import Locale

from bot.engine.events import CommandGiven, ConcernRaised, Opened
from bot.engine.screens import opened
from bot.library import Library
from tests.languages.madeup import ACCENTED
from tests.languages.walker import Walker

AND = "kaj"
"""What CLDR puts before the last item of a list in Esperanto."""
MONTHS = Locale.parse(ACCENTED).months["format"]["wide"].values()
OWN_NAMES = {"English", ACCENTED, *MONTHS, *(each.title() for each in MONTHS)}
_ADDRESS = re.compile(r"https?://\S+")
_PLAIN = re.compile(r"[A-Za-z]{2,}")


def left(put: list[str]) -> list[str]:
    """Give what still holds a word in plain letters; whoever walks here writes Greek."""
    said = [(text, _ADDRESS.sub("", text)) for text in put]
    return [text for text, bare in said if set(_PLAIN.findall(bare)) - {AND, *OWN_NAMES}]


@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_left_in_english(accented_library: Library, seed: int) -> None:
    """Texts, buttons, screens, suggestions, plan and letter: all of it is in the language."""
    walker = Walker(accented_library, Random(seed), ACCENTED).walk()
    assert len(walker.put) > 30
    assert left(walker.put) == []


def test_the_search_would_find_english(library: Library) -> None:
    """The same walk in English is full of what the search looks for."""
    walker = Walker(library, Random(1)).walk()
    assert len(left(walker.put)) > 30


def test_every_screen_and_every_small_answer_is_in_the_language(accented_library: Library) -> None:
    """Also those that no walk happens to meet."""
    catalogue = accented_library.speaking(ACCENTED).catalogue
    scope = dict.fromkeys(("lines", "answers", "languages"), "")
    texts = [screen.say.render(scope) for screen in catalogue.screens.values()]
    texts += [
        label.render(scope) for screen in catalogue.screens.values() for _, label in screen.actions
    ]
    texts += [text.render({}) for text in catalogue.words.values()]
    texts += [line for lines in catalogue.help_lines.values() for line in lines]
    texts += catalogue.commands.values()
    assert len(texts) > 200
    assert left(texts) == []


@pytest.mark.parametrize("kind", ["suicide", "self-harm", "abuse", "child", "others", "medical"])
def test_help_is_in_the_language_and_keeps_its_numbers(
    accented_library: Library, kind: str
) -> None:
    """What is said about danger is translated; 999 is still 999."""
    walker = Walker(accented_library, Random(1), ACCENTED)
    walker.speaks(ACCENTED)
    walker.put.clear()
    walker.does(ConcernRaised(kind, "explicit", "me"))
    assert left(walker.put) == []
    assert any("999" in text for text in walker.put)
    walker.put.clear()
    walker.does(CommandGiven("help"))
    assert left(walker.put) == []
    assert any("999" in text for text in walker.put)


def test_the_questions_are_the_same_in_every_language(accented_library: Library) -> None:
    """The digest that knows an open question never depends on a translation."""
    theirs = accented_library.speaking(ACCENTED)
    assert theirs.catalogue.release == accented_library.catalogue.release
    for seed in range(5):
        english = Walker(accented_library, Random(seed)).walk()
        other = Walker(accented_library, Random(seed), ACCENTED)
        other.speaks(ACCENTED)
        other.does(Opened())
        first = Walker(accented_library, Random(seed))
        first.does(Opened())
        assert other.session.digest == first.session.digest
        assert english.session.status == "ended"
        assert (
            opened(theirs.catalogue, other.session).texts
            != opened(accented_library.catalogue, first.session).texts
        )
