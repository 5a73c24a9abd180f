"""What is said where a turn fails: one kind sentence, and help to whoever asked for it."""

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Say
from bot.engine.events import CommandGiven, ConcernRaised, Happening, TextReceived
from bot.engine.labels import word
from bot.engine.understand import folded


def apology(catalogue: Catalogue, name: str, event: Happening) -> tuple[Say, ...]:
    """Say what went wrong by the word of this name; help never waits until that is mended."""
    sorry = Say(word(catalogue, name))
    return (sorry, Say(help_text(catalogue))) if wants_help(catalogue, event) else (sorry,)


def help_text(catalogue: Catalogue) -> str:
    """Give the text of the help screen for somebody of whom nothing can be read."""
    values = {"lines": catalogue.lines("suicide", ""), "abuse_lines": catalogue.lines("abuse", "")}
    return catalogue.screens["help"].say.render(values)


def wants_help(catalogue: Catalogue, event: Happening) -> bool:
    """Say whether an event asks for help or raised a concern."""
    match event:
        case ConcernRaised() | CommandGiven(name="help"):
            return True
        case TextReceived(text=text):
            return catalogue.typed.get(folded(text.removeprefix("/"))) == "help"
        case _:
            return False
