"""No author can take away help, back, skip, pause, stop and forget, or hide them."""

from dataclasses import replace

import pytest

from bot.engine.catalogue import Catalogue
from bot.engine.routes import BESIDE
from bot.library import Library
from bot.proofs.freedoms import ON_SCREENS, TYPED, check_freedoms
from tests.fakes import Talk, library_of

SCRIPT = """
id: talk
steps:
  - id: wish
    say: What would you wish?
    ask: choice
    choices:
      - {{value: {value}, label: {label}, words: [{word}]}}
      - {{value: rest, label: Some rest}}
"""


def catalogue(value: str = "ends", label: str = "That it ends", word: str = "over") -> Catalogue:
    return library_of(SCRIPT.format(value=value, label=label, word=word)).catalogue


def told(catalogue: Catalogue) -> list[str]:
    found = check_freedoms(catalogue.scripts, catalogue.typed, catalogue.screens, {})
    return [each.code for each in found]


def test_every_step_of_every_shipped_script_leads_to_help_pause_and_stop(library: Library):
    """The routing table has them at each step, whatever its author wrote."""
    for compiled in library.catalogue.scripts.values():
        for step in compiled.script.steps:
            for freedom in BESIDE:
                assert step in compiled.machine.events[freedom].transitions


@pytest.mark.parametrize("freedom", TYPED)
def test_a_freedom_for_which_nothing_can_be_typed_is_told(freedom: str):
    """Every button has a typed equivalent."""
    whole = catalogue()
    assert told(whole) == []
    typed = {word: name for word, name in whole.typed.items() if name != freedom}
    assert told(replace(whole, typed=typed)) == ["missing-freedom"]


@pytest.mark.parametrize(
    ("screen", "freedom"), [(screen, each) for screen, all_ in ON_SCREENS.items() for each in all_]
)
def test_a_freedom_that_a_screen_lacks_is_told(screen: str, freedom: str):
    """The menu is where people look, and behind it what has been kept."""
    whole = catalogue()
    shown = whole.screens[screen]
    actions = tuple(action for action in shown.actions if action[0] != freedom)
    screens = {**whole.screens, screen: replace(shown, actions=actions)}
    assert told(replace(whole, screens=screens)) == ["missing-freedom"]


@pytest.mark.parametrize(
    ("label", "word"),
    [("Stop", "over"), ("That it ends", "stop"), ("Go back", "over"), ("Ends", "SOS")],
)
def test_a_choice_that_is_called_like_a_freedom_is_told(label: str, word: str):
    """Whoever types it wants out, not that answer."""
    assert told(catalogue(label=label, word=word)) == ["hides-freedom"]


def test_what_a_choice_is_kept_as_never_hides_a_freedom():
    """Nobody sees the value `stop` behind "That it ends", so typing it stops."""
    named = catalogue(value="stop")
    assert told(named) == []
    talk = Talk(named)
    talk.opens()
    talk.says("stop")
    assert talk.step == ":stopped"
    talk = Talk(named)
    talk.opens()
    talk.says("that it ends")
    assert talk.value("wish") == "stop"
