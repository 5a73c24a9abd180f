"""What the screens of groups offer, at every point of a round and to whoever is in the group."""

from dataclasses import replace
from itertools import product

import pytest

from bot.engine.group import Group, Membership, Round
from bot.engine.screens import opened
from bot.engine.session import Detour, Session
from bot.library import Library

ROUND = Round("r", "check-in", "terminal:lee", "2026-11-02")
POINTS = {
    "no round": None,
    "first question": ROUND,
    "time to talk": replace(ROUND, talking=True),
    "last question": replace(ROUND, at=2),
    "talk at the end": replace(ROUND, at=2, talking=True),
    "closed": replace(ROUND, at=2, closed=True),
}


def offered(library: Library, screen: str, here: Round | None, *, leads: bool) -> list[str]:
    """Give the buttons of a screen at a point of a round."""
    member = Membership("g", Group("Tuesday", round=here), leads=leads)
    catalogue = replace(library.catalogue, groups={"g": member})
    found = opened(catalogue, Session(detour=Detour(screen, of="g")))
    return [option.value for option in found.options]


@pytest.mark.parametrize("screen", ["round", "my group"])
def test_never_more_than_five_buttons(library: Library, screen: str) -> None:
    """However far the round is, for whoever leads and for whoever doesn't."""
    for here, leads in product(POINTS.values(), (True, False)):
        assert 1 < len(offered(library, screen, here, leads=leads)) <= 5, (here, leads)


def test_only_what_fits_is_offered_to_whoever_leads(library: Library) -> None:
    """Show before talking, go on after it and not at the end, open only without a round."""
    steering = {"open round", "show round", "move on", "close round"}
    found = {
        point: steering & {*offered(library, "round", here, leads=True)}
        for point, here in POINTS.items()
    }
    assert found == {
        "no round": {"open round"},
        "first question": {"show round", "close round"},
        "time to talk": {"move on", "close round"},
        "last question": {"show round", "close round"},
        "talk at the end": {"close round"},
        "closed": {"open round"},
    }


def test_nobody_else_is_offered_to_lead(library: Library) -> None:
    """Nor what many told."""
    for screen, here in product(("round", "my group"), POINTS.values()):
        found = {*offered(library, screen, here, leads=False)}
        assert not found & {"open round", "show round", "move on", "close round", "what many told"}
