"""`kith directory find`: one answer a line, and no search for a text with a concern in it."""

import json
from dataclasses import replace
from datetime import date

from bot.commands.directory_find import answer
from bot.directory.needs import Need, Needs
from bot.directory.open_to import Wanted
from bot.directory.service import Phone, Service
from bot.library import Library

WANTED = Wanted("", date(2026, 5, 1), near="SE15")
TEA = Service(
    "town",
    "7",
    "Tuesday Tea",
    what="A befriending hour.",
    start="Come at ten.",
    free=True,
    phones=(Phone("020 7946 0000"),),
    outcodes=("SE15",),
    assured=date(2026, 4, 2),
)
OTHER = Service("town", "8", "Bike Repair", what="Bring your own tube.")
NEEDS = Needs(
    (Need("lonely", ("nobody to talk to", "end it all", "kill myself"), ("befriending",)),)
)


def told(library: Library, *lines: str, as_json: bool = False) -> list[str]:
    """Give the answers to some lines."""
    with_needs = replace(library, needs=NEEDS)
    return list(answer(with_needs, [TEA, OTHER], WANTED, lines, as_json=as_json))


def test_each_line_is_answered_with_one_list(library: Library) -> None:
    """A program reads which service, from where, why, and when it was last checked."""
    lines = told(library, "I have nobody to talk to\n", "xyzzy\n", "\n", as_json=True)
    why = 'you said "nobody to talk"'
    first = {
        "id": "7",
        "source": "town",
        "name": "Tuesday Tea",
        "why": why,
        "assured": "2026-04-02",
    }
    assert [json.loads(line) for line in lines] == [[first], [], []]


def test_a_person_reads_how_to_start_what_it_costs_and_how_fresh_it_is(library: Library) -> None:
    """Everything needed to go there, and no record."""
    (text,) = told(library, "nobody to talk to\n")
    assert text.splitlines()[:6] == [
        "Tuesday Tea",
        '  because you said "nobody to talk"',
        "  how to start: Come at ten.; 020 7946 0000",
        "  cost: free",
        "  how far: near",
        "  checked in April",
    ]
    assert told(library, "xyzzy\n") == ["nothing good found\n"]


def test_a_text_with_a_concern_is_never_searched(library: Library) -> None:
    """Even where the directory had words for it: only the help lines are read."""
    for line in ("I want to kill myself\n", "I'm going to end it all tonight\n", "he hits me\n"):
        assert told(library, line, as_json=True) == ["[]"]
        (text,) = told(library, line)
        assert "Tuesday Tea" not in text
        assert "999" in text
