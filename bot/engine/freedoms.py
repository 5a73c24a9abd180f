"""What a person can do at every step, whatever the script says; no author can remove it."""

from dataclasses import replace
from typing import Final

from bot.engine.apart import in_hand, is_round
from bot.engine.cards import carded
from bot.engine.catalogue import Catalogue
from bot.engine.classes import becoming
from bot.engine.concern import ASK_SAFE_ENOUGH, acknowledged, confirmed, unsaid
from bot.engine.consent import asked_anew
from bot.engine.doubting import doubted
from bot.engine.effects import Move, Say, Speak, Turn
from bot.engine.follow_up import ANSWERS, called_off, said_how_it_went
from bot.engine.forgetting import (
    forgotten,
    forgotten_there,
    reflection_asked,
    reflection_forgotten,
    reminder_forgotten,
    small_forgotten,
)
from bot.engine.grounding import breathing, breathing_on
from bot.engine.in_groups import led_back
from bot.engine.labels import word
from bot.engine.meeting import taken_in_hand
from bot.engine.of_groups import ACTIONS as GROUP_ACTIONS
from bot.engine.of_groups import COMMANDS as OF_GROUPS
from bot.engine.of_groups import asked, picked
from bot.engine.onward import (
    answer,
    erased,
    home,
    look_again,
    recent,
    refused,
    resting,
    started,
)
from bot.engine.picks import next_page
from bot.engine.planning import asked_for, gone_through, left, pictured, wiped, wiping
from bot.engine.replay import at, open_step, previous
from bot.engine.reporting import VERDICTS, chosen, reported
from bot.engine.routes import BESIDE, Intent, move
from bot.engine.scope import scope_of
from bot.engine.screens import opened, shown
from bot.engine.session import Answer, Detour, Session
from bot.engine.telling import looked

COMMANDS: Final = (
    "start",
    "help",
    "back",
    "skip",
    "pause",
    "resume",
    "stop",
    "person",
    "breathe",
    "plan",
    "forget plan",
    "map",
    "forget map",
    *OF_GROUPS,
    "kept",
    "keeping",
    "change",
    "export",
    "forget",
    "forget reflection",
    "withdraw",
    "menu",
    "language",
    "clock",
    "hide",
)
"""The freedoms by name, as `/name` and in `{"command": name}`."""

ACTIONS: Final = (
    *COMMANDS,
    *("go on", "begin", "forget one", "forget all", "wipe reflection", "numbers"),
    *("seen", "confirm", "rather not", "not meant"),
    *("mine", "bad day", "breathe on", "change plan", "wipe plan", "leave"),
    *("change map", "wipe map", "draw map"),
    *ANSWERS,
    *("places", *VERDICTS),
    *GROUP_ACTIONS,
)
"""What a choice on a screen can do."""

ANY_WORD: Final = ("paused", "hidden")
"""Where whatever a person writes leads back to where they were."""

_ALIASES: Final = {
    "begin": "start",
    "sos": "help",
    "data": "kept",
    "previous": "back",
    "continue": "resume",
    "go": "resume",
}


def known(name: str) -> str | None:
    """Give the freedom that goes by this name, or None."""
    plain = _ALIASES.get(name, name)
    return plain if plain in COMMANDS else None


def used(catalogue: Catalogue, session: Session, name: str, now: str) -> Turn:
    """Do what a person asked for by name.

    A stop or a new start leaves what is kept apart first, but no new start leaves an open round.
    """
    if name == "start" and is_round(session) and session.status == "waiting":
        away = session.detour is not None and session.detour.name in ANY_WORD
        return (resumed if away else led_back)(catalogue, session, now)
    if name in ("start", "stop") and in_hand(session):
        there, back = taken_in_hand(catalogue, replace(session, detour=None))
        if name == "stop" and (back.status != "waiting" or not back.begun):
            put, effects = shown(there, back)
            return called_off(there, back, now) or Turn(put, effects)
        return used(there, back, name, now)
    match name:
        case "start":
            return _start(catalogue, session, now)
        case "resume":
            return resumed(catalogue, session, now)
        case "back":
            return _back(catalogue, session, now)
        case "skip":
            return _skip(catalogue, session)
        case "help":
            about = session.detour.about if session.detour else ""
            return _beside(catalogue, session, name, about)
        case "person":
            return _beside(catalogue, session, name)
        case "breathe":
            return breathing(catalogue, session)
        case "plan" | "map":
            return asked_for(catalogue, session, name, now)
        case _ if name in OF_GROUPS:
            return asked(catalogue, session, name, now)
        case "forget plan" | "forget map":
            return wiping(catalogue, session, name.removeprefix("forget "))
        case "pause" if session.status == "waiting":
            return _paused(catalogue, session)
        case "stop" if session.status == "waiting":
            return _beside(catalogue, replace(session, status="stopped"), "stop")
        case "stop" if quiet := called_off(catalogue, session, now):
            return quiet
        case "hide":
            return _hidden(catalogue, session)
        case "keeping":
            return _kept_how(catalogue, session)
        case "kept" | "export":
            return looked(session, name)
        case "forget reflection":
            return reflection_asked(catalogue, session)
        case "change" | "forget" | "withdraw" | "language" | "clock":
            return _aside(catalogue, session, name)
        case _:
            return _aside(catalogue, session, "menu")


def done(catalogue: Catalogue, session: Session, action: str, now: str) -> Turn:
    """Do what was picked on a screen beside the script."""
    verb, _, key = action.partition(":")
    match verb:
        case "go on":
            return resumed(catalogue, session, now)
        case "begin":
            return started(catalogue, session, now)
        case "change" if key:
            return look_again(catalogue, session, key)
        case "forget" if key:
            return forgotten(catalogue, session, key)
        case "forget there" if key:
            return forgotten_there(catalogue, session, key)
        case "forget reminder":
            return reminder_forgotten(catalogue, session, now)
        case "unset" if key:
            return small_forgotten(catalogue, session, key)
        case "more":
            return _next_page(catalogue, session)
        case "language" if key in catalogue.languages:
            return _speaking(session, key)
        case "zone" if key in catalogue.zones:
            kept = (word(catalogue, "clock_kept"),)
            turn = home(catalogue, replace(session, zone=key), now, kept)
            return replace(turn, effects=(*turn.effects, Move(key)))
        case "forget one" | "numbers":
            return _aside(catalogue, session, verb)
        case "forget all":
            return erased(session, (word(catalogue, "forgot_all"),))
        case "wipe reflection":
            return reflection_forgotten(catalogue, session)
        case "seen":
            return acknowledged(catalogue, session, now)
        case "confirm":
            return confirmed(catalogue, session)
        case "rather not":
            return unsaid(catalogue, session)
        case "not meant":
            return home(catalogue, session, now, (word(catalogue, "thanks_for_saying"),))
        case "mine" | "bad day" | "places":
            return _aside(catalogue, session, verb)
        case "saw someone" | "not yet" | "fell through":
            return said_how_it_went(catalogue, session, verb, now)
        case "place" if key:
            return chosen(catalogue, session, key)
        case "closed" | "wrong number" | "not for me" | "helped":
            return reported(catalogue, session, verb, now)
        case "breathe on":
            return breathing_on(catalogue, session)
        case "change plan" | "change map":
            return gone_through(catalogue, session, verb.removeprefix("change "), now)
        case "wipe plan" | "wipe map":
            return wiped(catalogue, session, verb.removeprefix("wipe "))
        case "draw map":
            return pictured(catalogue, session)
        case "leave" if in_hand(session):
            return left(catalogue, session)
        case "doubt keep" | "doubt look" | "doubt clear" | "doubt keep all":
            step = open_step(catalogue, session)
            return (
                doubted(catalogue, session, step, verb) if step else home(catalogue, session, now)
            )
        case _ if verb in GROUP_ACTIONS:
            return picked(catalogue, session, verb, key, now)
        case _:
            return used(catalogue, session, verb, now)


def resumed(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Go back to the place; from a pause or a stop with a recap. Without a place, begin.

    From a screen that lies over another one, only that far.
    """
    if session.detour and session.detour.under:
        return home(catalogue, session, now)
    about = session.detour.about if session.detour else ""
    if session.detour and session.detour.name in ANY_WORD and about in ASK_SAFE_ENOUGH:
        put, effects = shown(catalogue, replace(session, detour=Detour("safe enough", about)))
        return Turn(put, effects)
    away = session.detour is not None and session.detour.name in ("paused", "stopped")
    said = (_recap(catalogue, session),) if away and session.begun else ()
    going = replace(session, status="waiting") if session.status == "stopped" else session
    fresh = replace(going, starts=recent(session.starts, now))
    return home(catalogue, fresh, now, tuple(text for text in said if text))


def _recap(catalogue: Catalogue, session: Session) -> str:
    """One line on where we were, in the person's own last words where there are some."""
    given = [key for key in session.path if session.answers[key].standing == "given"]
    words = [session.answers[key].value for key in given if _in_words(catalogue, key)]
    step = open_step(catalogue, session)
    part = word(catalogue, f"part_{step.phase}") if step and step.phase else ""
    return word(catalogue, "recap", part=part, words=words[-1] if words else "")


def _in_words(catalogue: Catalogue, key: str) -> bool:
    step = catalogue.step_of(key)
    return bool(step and step.ask and step.ask.kind == "words")


def _start(catalogue: Catalogue, session: Session, now: str) -> Turn:
    if session.begun and session.status != "ended":
        return _aside(catalogue, session, "welcome back")
    return started(catalogue, session, now)


def _beside(catalogue: Catalogue, session: Session, intent: Intent, about: str = "") -> Turn:
    """Go where the machine of the script says that this freedom leads from here.

    `about` is the concern that is open, where the screen there has to know of it.
    """
    step = open_step(catalogue, session)
    target = BESIDE[intent]
    if step:
        frame = session.place[-1]
        scope = scope_of(catalogue, session, session.place)
        target = move(catalogue.scripts[frame.script].machine, intent, step.id, scope) or target
    return _aside(catalogue, session, target.removeprefix(":"), about)


def _paused(catalogue: Catalogue, session: Session) -> Turn:
    """Pause; whoever pauses from a concern is asked on the way back whether it is safe enough."""
    about = session.detour.about if session.detour else ""
    turn = _beside(catalogue, session, "pause")
    return replace(turn, session=replace(turn.session, detour=Detour("paused", about)))


def _hidden(catalogue: Catalogue, session: Session) -> Turn:
    """Have what was shown taken away; a line without buttons stays, and the place is kept."""
    about = session.detour.about if session.detour else ""
    put, effects = shown(catalogue, replace(session, detour=Detour("hidden", about)))
    bare = [
        replace(each, options=(), freedoms=(), asks=None, clears=True)
        for each in effects
        if isinstance(each, Say)
    ]
    return Turn(put, tuple(bare))


def _kept_how(catalogue: Catalogue, session: Session) -> Turn:
    """Say what becomes of an answer to what is open, and put that again."""
    here = resting(session) if session.detour and session.detour.name == "menu" else session
    step = None if here.detour else open_step(catalogue, here)
    said = becoming(catalogue, here, step) if step else word(catalogue, "becomes_nothing")
    put, effects = shown(catalogue, here, (said,), brief=True)
    return Turn(put, effects)


def _aside(catalogue: Catalogue, session: Session, screen: str, about: str = "") -> Turn:
    put, effects = shown(catalogue, replace(session, detour=Detour(screen, about)))
    return Turn(put, carded(catalogue, put, effects))


def _next_page(catalogue: Catalogue, session: Session) -> Turn:
    here = session.detour or Detour("forget one")
    put, effects = shown(catalogue, replace(session, detour=replace(here, of=next_page(here.of))))
    return Turn(put, effects)


def _back(catalogue: Catalogue, session: Session, now: str) -> Turn:
    if session.detour and session.detour.name != "finished":
        return resumed(catalogue, session, now)
    if asked_anew(catalogue, session):
        return refused(catalogue, session, word(catalogue, "nothing_before"))
    before = previous(catalogue, session) if session.begun else None
    if before is None and in_hand(session):
        return left(catalogue, session)
    if before is None:
        return refused(catalogue, session, word(catalogue, "nothing_before"))
    put, effects = shown(catalogue, at(session, *before), replacing=True)
    return Turn(put, effects)


def _skip(catalogue: Catalogue, session: Session) -> Turn:
    now_open = opened(catalogue, session)
    if session.detour or now_open.ask is None or now_open.anew:
        return refused(catalogue, session, word(catalogue, "nothing_to_skip"))
    return answer(catalogue, session, Answer("skipped"))


def _speaking(session: Session, code: str) -> Turn:
    """Choose a language and leave its screen; what is open is then put again in its words."""
    return Turn(resting(replace(session, language=code)), needs=Speak())
