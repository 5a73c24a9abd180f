"""What one keeps apart says, the plan for bad days and the map, and where each is offered."""

from typing import Final

from bot.engine.apart import MAP, PLAN, SHOWN, along, in_hand, is_made, one_of, reflection_of
from bot.engine.catalogue import Catalogue
from bot.engine.enclosing import Told, saying
from bot.engine.listed import listed
from bot.engine.place_screens import SAYING, is_there
from bot.engine.question import told_of
from bot.engine.replay import renamed
from bot.engine.scope import globals_of, value_of
from bot.engine.session import Detour, Session

OWN_PLAN_FOR: Final = frozenset({"suicide", "self-harm"})
"""The concerns in which one's own plan is offered; in no other one, whatever a screen lists."""
WHILE_ON_THE_WAY: Final = frozenset({"pause", "stop"})
AFTERWARDS: Final = frozenset({"places"})
"""What the menu offers until the end of a reflection, and after it in place of that."""
ONLY_WHERE_THERE: Final = frozenset({"help", "kept"})
"""Screens that offer a plan or a map to read, and none to make."""


def text_of_kept(catalogue: Catalogue, session: Session, script: str) -> str:
    """Give the plan or the map as it reads today; empty where there is none."""
    return "\n\n".join(saying(each).text for each in told_of_kept(catalogue, session, script))


def told_of_kept(
    catalogue: Catalogue, session: Session, script: str, step_id: str = SHOWN
) -> list[Told]:
    """Give what a step of what is kept apart says today, with what goes along; nothing without it.

    All that was put into it counts, also where its script has got another question since.
    """
    held, compiled = one_of(session, script), catalogue.scripts.get(script)
    step = compiled.script.find(step_id) if compiled else None
    if held is None or compiled is None or step is None:
        return []
    there = along(catalogue, held)
    known = renamed(there, held)
    given = {key: value_of(each) for key, each in known.answers.items()}
    scope = {**compiled.blank, **globals_of(there, known), **given}
    return told_of(step, scope, catalogue.words)


def is_offered(catalogue: Catalogue, session: Session, action: str) -> bool:
    """Say whether what a screen lists is there for this person now."""
    here = session.detour or Detour("")
    match action:
        case "breathe":
            return here.about != "medical"
        case "plan":
            return PLAN in catalogue.scripts and _is_plan_offered(catalogue, session, here)
        case "map":
            made = is_made(session, MAP) or here.name not in ONLY_WHERE_THERE
            return MAP in catalogue.scripts and not here.about and made
        case "change plan" | "forget plan" | "change map" | "forget map" | "draw map":
            return here.under is None
        case "leave":
            return in_hand(session) != ""
        case "pause" | "stop" if here.name == "menu":
            return session.status == "waiting"
        case _ if action in SAYING or action == "take places":
            return is_there(catalogue, session, action)
        case "places":
            return session.status != "waiting" and bool(listed(session)) and not in_hand(session)
        case _:
            return True


def _is_plan_offered(catalogue: Catalogue, session: Session, here: Detour) -> bool:
    if here.about:
        return here.about in OWN_PLAN_FOR and is_made(session)
    if is_made(session):
        return True
    if here.name == "finished":
        return _is_said(catalogue, session, "phone", "private")
    return here.name not in ONLY_WHERE_THERE


def _is_said(catalogue: Catalogue, session: Session, name: str, wanted: str) -> bool:
    """Say whether this was answered; true as well where the root doesn't ask it."""
    held = reflection_of(session).answers.get(name)
    asked = name in catalogue.scripts[catalogue.root].blank
    return not asked or (held is not None and held.value == wanted)
