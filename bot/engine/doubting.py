"""What a person says of an answer that may not hold any more: it does, ask again, take it out."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Turn
from bot.engine.onward import onward
from bot.engine.replay import changed, without
from bot.engine.scope import key_of
from bot.engine.screens import shown
from bot.engine.script import Step
from bot.engine.session import Answer, Session


def doubted(catalogue: Catalogue, session: Session, step: Step, verb: str) -> Turn:
    """Take what was said of the doubt at the open step: keep (all), look again, or clear."""
    key = key_of(session.place, step)
    rest = tuple(other for other in session.doubts if other != key)
    match verb:
        case "doubt keep all":
            return onward(catalogue, replace(session, doubts=()))
        case "doubt keep":
            return onward(catalogue, replace(session, doubts=rest))
        case "doubt look":
            touched, more = changed(catalogue, session, key, Answer("forgotten"))
            again = without(touched, frozenset({key}))
            still = tuple(other for other in rest if other in again.answers)
            doubts = (*still, *(other for other in more if other not in still))
            put, effects = shown(catalogue, replace(again, doubts=doubts))
            return Turn(put, effects)
        case _:
            touched, more = changed(catalogue, session, key, Answer("forgotten"))
            still = tuple(other for other in rest if other in touched.answers)
            doubts = (*still, *(other for other in more if other not in still))
            return onward(catalogue, replace(touched, doubts=doubts))
