"""What whoever leads a round does with it, and what that releases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from bot.engine.group import FEWEST, Act, Group, Release, Round, moved
from bot.engine.rounds import prompts_of
from bot.engine.script import Script
from bot.groups.sharing import Share, name_of

MOST_LETTERS: Final = 8


def opened_with(  # noqa: PLR0913 - a round, and who opens it, when and how
    group: Group, script: str, *, leader: str, drawn: str, day: str, least: int
) -> Group:
    """Open a round; where one is open already, nothing changes. `drawn` is by chance."""
    if group.open:
        return group
    begun = Round(drawn[:MOST_LETTERS], script, leader, day, max(FEWEST, least))
    return replace(group, round=begun, posted={})


def steered(group: Group, script: Script, act: Act, shares: Sequence[Share], drawn: str) -> Group:
    """Go on with the open round. What was released once is never released again, nor anew.

    Raises nothing: what doesn't fit, such as a second tap, changes nothing.
    """
    here, prompts = group.open, prompts_of(script)
    if here is None:
        return group
    then = moved(here, act, len(prompts))
    match act:
        case "show":
            names = [name_of(each) for each in prompts[then.at : then.at + 1]]
        case "close":
            names = [name_of(each) for each in prompts]
        case "open" | "move on":
            names = []
        case _:
            assert_never(act)
    fresh = {
        name: _release(then, [each for each in shares if each.prompt == name], f"{drawn}/{name}")
        for name in names
        if name not in then.released
    }
    return replace(group, round=replace(then, released={**then.released, **fresh}))


def settled(group: Group, shares: Sequence[Share]) -> Group:
    """Let all that was shown without names of a prompt be gone, where one of them took it back."""
    here = group.round
    if here is None:
        return group
    now = {(each.prompt, each.person): each.digest for each in shares if each.how == "unnamed"}
    released = {
        prompt: replace(each, unnamed={}, gone=True)
        if any(now.get((prompt, who)) != digest for who, digest in each.unnamed.items())
        else each
        for prompt, each in here.released.items()
    }
    return replace(group, round=replace(here, released=released))


def lapsed(group: Group) -> Group:
    """Close a round that nobody has closed; what was not shown stays unshown."""
    here = group.open
    return replace(group, round=replace(here, closed=True, talking=False)) if here else group


def _release(here: Round, shares: Sequence[Share], seed: str) -> Release:
    """Release the unnamed shares together, or where they are too few none of them for good."""
    found = {each.person: each.digest for each in shares if each.how == "unnamed" and each.sure}
    return Release(seed, unnamed=found if len(found) >= max(FEWEST, here.least) else {})
