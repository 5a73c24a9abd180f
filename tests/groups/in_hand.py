"""The round that made-up groups go through: one of those that Kith is delivered with."""

from functools import cache
from typing import Final

from bot.groups.sharing import name_of, prompts_of
from bot.library import Library
from tests.fakes import shipped

ROUND: Final = "what-helped-this-week"


def circle_library() -> Library:
    """Give the library with that round in it."""
    return shipped()


@cache
def kinds() -> dict[str, str]:
    """Give the prompts of the round, in their order, each with what kind of answer it asks for."""
    script = circle_library().catalogue.scripts[ROUND].script
    return {name_of(step): step.ask.kind for step in prompts_of(script) if step.ask}


PROMPTS: Final = tuple(kinds())
