"""One word at the end of a text is found like any other, and never out of reach."""

from datetime import date

import pytest

from bot.demo import in_demo_town
from bot.directory.open_to import Wanted
from bot.library import Library
from tests.conftest import ROOT

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "text",
    ["lonely", "i am lonely", "debt", "in debt", "rent", "my son", "i never finished", "?", ""],
)
def test_a_short_text_is_searched_like_any_other(library: Library, text: str):
    """Whatever it finds or doesn't find, what it says it came up by stands in the text."""
    town = in_demo_town(library, ROOT / "dialogues")
    for found in town.places.index.find(Wanted(text, TODAY)):
        assert found.said in text


def test_every_beginning_and_ending_of_what_people_say_can_be_searched(library: Library):
    """No text ends so that a longer phrase is looked for behind its end."""
    index = in_demo_town(library, ROOT / "dialogues").places.index
    for need in library.needs.needs[:60]:
        for said in need.said[:3]:
            words = said.split()
            for cut in range(1, len(words) + 1):
                index.find(Wanted(" ".join(words[:cut]), TODAY))
                index.find(Wanted(" ".join(words[-cut:]), TODAY))
