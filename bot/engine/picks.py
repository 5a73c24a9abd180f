"""What can be picked out of what is kept: an answer to change, and each thing that can go."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Option
from bot.engine.held_places import on_lists
from bot.engine.holdings import WHOLE, Holding, holdings
from bot.engine.labels import label_of, short, word
from bot.engine.replay import replay
from bot.engine.rounds import shared_of
from bot.engine.session import Session

A_PAGE: Final = 8
"""So many things that can go stand on one page."""
MORE: Final = "more"


def to_change(catalogue: Catalogue, session: Session) -> list[Option]:
    """Give a button for each answer on the way here, in the order in which they were given."""
    if not session.begun:
        return []
    trail = [key for key, _ in replay(catalogue, replace(session, doubts=())).trail]
    given = [key for key in trail if session.answers[key].standing == "given"]
    return [Option(f"change:{key}", _to_change(catalogue, session, key)) for key in given]


def _to_change(catalogue: Catalogue, session: Session, key: str) -> str:
    """Write an answer on its button; how one is shared reads alike, so it says which one."""
    said = label_of(catalogue, session, key)
    prompt = shared_of(key)
    if prompt in session.answers:
        whose = label_of(catalogue, session, prompt)
        return short(word(catalogue, "change_share", way=said, words=whose))
    return word(catalogue, "change_one", words=short(said))


def to_forget(catalogue: Catalogue, session: Session) -> list[Option]:
    """Give a button for each thing that can go by itself, then for each part, then for all."""
    rows = (*holdings(catalogue, session), *on_lists(catalogue))
    alone: dict[str, Option] = {}
    for row in rows:
        if row.alone:
            label = word(catalogue, "forget_one", words=short(_called(catalogue, row)))
            alone[row.action] = Option(row.action, label)
    parts = dict.fromkeys(row.part for row in rows if row.part in WHOLE)
    wholes = [Option(WHOLE[part], word(catalogue, f"forget_the_{part}")) for part in parts]
    everything = Option("forget", word(catalogue, "forget_the_lot"))
    return [*alone.values(), *wholes, everything]


def _called(catalogue: Catalogue, row: Holding) -> str:
    """Call a thing by what was said; by what it is where that alone tells nothing, as with yes."""
    bare = {word(catalogue, name).casefold() for name in ("yes", "no")}
    small = not row.field.startswith(("answers/", "groups/")) or row.action == "forget reminder"
    return row.what if small or row.value.casefold() in bare else row.value


def paged(catalogue: Catalogue, options: list[Option], page: str) -> Iterator[Option]:
    """Give one page of these, and a button that leads to the next, and from the last to the first.

    A page that isn't there any more is the first.
    """
    page = page.rpartition(" ")[2]
    first = int(page) * A_PAGE if page.isdecimal() else 0
    first = first if first < len(options) else 0
    yield from options[first : first + A_PAGE]
    if len(options) > A_PAGE:
        last = first + A_PAGE >= len(options)
        yield Option(MORE, word(catalogue, "more_first" if last else "more"))


def next_page(page: str) -> str:
    """Give the page after this one; `paged` comes round to the first after the last.

    What the list is of stands before the page, where it is of something.
    """
    of, _, number = page.rpartition(" ")
    following = (int(number) if number.isdecimal() else 0) + 1
    return f"{of} {following}".strip()
