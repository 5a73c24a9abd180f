"""What Kith answers in a group: one harmless line for whoever asked, and a way into private."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Link, Say
from bot.engine.events import GroupAsked, GroupWritten
from bot.engine.group import Group
from bot.engine.labels import word
from bot.engine.scope import FIRST

PURPOSES = ("reflect", "round", "places", "help")
"""What links out of a group are for, as the commands in it are called."""


def answered(
    catalogue: Catalogue, group: Group, event: GroupAsked | GroupWritten, codes: Mapping[str, str]
) -> Say:
    """Answer in a group. It says the same whatever was written, and nothing of anybody.

    `codes` are the links of the group by what they are for.
    """
    if isinstance(event, GroupAsked) and not event.by:
        return Say(word(catalogue, "group_anonymous"))
    name, purpose = _said(group, event)
    lines = catalogue.lines("suicide", "")[:FIRST]
    text = word(catalogue, name, lines=lines, title=group.title)
    label = word(catalogue, f"{purpose}_link")
    return Say(text, links=(Link(label, codes[purpose]),), only_for=event.by)


def known_by(group: Group, event: GroupAsked | GroupWritten) -> Group:
    """Take in what a group is called, who may open a round, and where it would stand."""
    if isinstance(event, GroupAsked) and event.name == "round" and event.leads:
        group = replace(group, anyone=event.anyone)
        thread = event.thread if group.open is None else group.thread
    else:
        thread = group.thread
    return replace(group, title=event.title or group.title, thread=thread)


def _said(group: Group, event: GroupAsked | GroupWritten) -> tuple[str, str]:
    """Give the name of the text, and what the link below it is for."""
    match event:
        case GroupWritten():
            return "group_written", "reflect"
        case GroupAsked(name="round", leads=True):
            return "group_round_lead", "round"
        case GroupAsked(name="round"):
            return ("group_round_open" if group.open else "group_round_none"), "round"
        case GroupAsked(name=name) if name in PURPOSES:
            return f"group_{name}", name
        case _:
            return "group_written", "reflect"
