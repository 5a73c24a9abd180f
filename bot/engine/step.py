"""One event in, one turn out: the whole meaning of a conversation, as a pure function."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.engine import freedoms
from bot.engine.agreeing import taken
from bot.engine.apart import along
from bot.engine.catalogue import Catalogue
from bot.engine.concern import concern_raised, unanswered
from bot.engine.cues import LAPSE, added_up
from bot.engine.draft import drafted, with_ticks
from bot.engine.effects import Erase, Nudge, Turn
from bot.engine.events import (
    Blocked,
    ButtonTapped,
    ChoicePicked,
    CommandGiven,
    ConcernRaised,
    EditRequested,
    ErasureDemanded,
    Event,
    GroupLeft,
    LinkFollowed,
    MessageEdited,
    Opened,
    Picked,
    RowsFound,
    SuggestionsFound,
    TextReceived,
    TimePassed,
    UnreadableReceived,
)
from bot.engine.follow_up import FOLLOW_UP, come_back
from bot.engine.in_groups import left_group
from bot.engine.labels import word
from bot.engine.left_open import is_left_open
from bot.engine.links import followed
from bot.engine.meeting import met
from bot.engine.missed import missed
from bot.engine.onward import answer, erased, home, look_again, onward, refused, started
from bot.engine.replay import open_step
from bot.engine.retention import RETENTION, looked_at, used
from bot.engine.scope import key_of
from bot.engine.screens import KEEP_IT, Open, opened, options_shown, shown, skip_label
from bot.engine.session import Answer, Session
from bot.engine.telling import told_all
from bot.engine.typed import ACTIONS, command_in
from bot.engine.understand import (
    Understood,
    folded,
    match_option,
    read_pick,
    read_text,
)
from bot.engine.unseen import put_first

SHORTEST_SKIP = 4
_UNCOUNTED = (Opened, TimePassed, SuggestionsFound, RowsFound)
"""Events that are no input of a person's."""


def step(catalogue: Catalogue, session: Session, event: Event, now: str) -> Turn:
    """Say what one event causes. Pure: same arguments, same turn; `now` is ISO 8601.

    Never raises for anything that a person can send; a script that loops raises EndlessLoop.
    """
    before, session = session, met(catalogue, session)
    there = along(catalogue, session)
    unseen = put_first(there, before, session, event)
    turn = unseen or _caused(there, session, event, now)
    counts = turn.accepted and not isinstance(event, _UNCOUNTED)
    grown = turn.session.turn + (1 if counts else 0)
    cues = turn.session.cues if turn.session.status == "waiting" else ()
    return _kept(
        session, replace(turn, session=replace(turn.session, turn=grown, cues=cues)), event, now
    )


def _kept(before: Session, turn: Turn, event: Event, now: str) -> Turn:
    """Keep when the person was last here; from the first time on, what is kept is looked after."""
    if isinstance(event, Blocked | TimePassed) or Erase() in turn.effects:
        return turn
    effects = turn.effects if before.last else (*turn.effects, RETENTION)
    session = used(before, turn.session, now) if turn.accepted else turn.session
    return replace(turn, session=session, effects=effects)


def _caused(  # one case an event
    catalogue: Catalogue, session: Session, event: Event, now: str
) -> Turn:
    match event:
        case ConcernRaised():
            return concern_raised(catalogue, session, event)
        case SuggestionsFound(items=items):
            place = open_step(catalogue, session)
            key = key_of(session.place, place) if place else "suggestions"
            found = Answer("result", [dict(item) for item in items])
            return onward(catalogue, replace(session, answers={**session.answers, key: found}))
        case RowsFound():
            return told_all(catalogue, session, event, now)
        case GroupLeft():
            return left_group(catalogue, session, event, now)
        case LinkFollowed():
            return followed(catalogue, session, event, now)
        case ErasureDemanded():
            # No goodbye: whoever asked has been answered by the operator, and whoever holds the
            # phone by now may be somebody else.
            return erased(session, ())
        case CommandGiven(name=name, revision=revision):
            return _command(catalogue, session, name, revision, now)
        case Opened():
            return _opened(catalogue, session, now)
        case EditRequested(answer=key):
            return (
                look_again(catalogue, session, key)
                if session.begun
                else _opened(catalogue, session, now)
            )
        case MessageEdited():
            return refused(catalogue, session, word(catalogue, "edited"))
        case UnreadableReceived(what=what):
            name = f"unreadable_{what}"
            return refused(
                catalogue,
                session,
                word(catalogue, name if name in catalogue.words else "unreadable"),
            )
        case Blocked():
            return Turn(replace(session, cues=()), accepted=False)
        case TimePassed(due=due):
            return _due(catalogue, session, due, now)
        case TextReceived():
            return _heard(catalogue, session, event, now)
        case ButtonTapped():
            return _tapped(catalogue, session, event, now)
        case ChoicePicked():
            return _picked(catalogue, session, event, now)
        case _:
            assert_never(event)


def _opened(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Show what is open again, without taking anything for an answer."""
    if not session.begun:
        return started(catalogue, session, now)
    put, effects = shown(catalogue, session)
    return Turn(put, effects, accepted=False)


def _due(catalogue: Catalogue, session: Session, due: str, now: str) -> Turn:
    """Say what was to be said later; it waits for nothing and changes no place.

    What lapses does so without a word.
    """
    if due == RETENTION.due:
        return looked_at(catalogue, session, now)
    if due == LAPSE.due:
        return Turn(replace(session, cues=()), accepted=False)
    return come_back(catalogue, session, due)


def _command(
    catalogue: Catalogue, session: Session, name: str, revision: int | None, now: str
) -> Turn:
    freedom = freedoms.known(name)
    if freedom is None:
        return refused(catalogue, session, word(catalogue, "unknown_command"))
    if revision is not None and revision != session.revision and freedom in ("back", "skip"):
        return _stale(catalogue, session)
    under = session.detour.under if session.detour else None
    if under and freedom in ("back", "resume"):
        return freedoms.resumed(catalogue, session, now)
    if not session.begun and freedom in ("start", "resume", "back", "skip", "pause", "stop"):
        return started(catalogue, replace(session, detour=None), now)
    return freedoms.used(catalogue, session, freedom, now)


def _heard(catalogue: Catalogue, session: Session, event: TextReceived, now: str) -> Turn:
    """Take in words; where cues of the last turns have added up to a question, ask that instead."""
    if not event.cues:
        return _text(catalogue, session, event.text, now)
    session, asked = added_up(session, event.cues, now)
    if asked:
        return concern_raised(catalogue, session, ConcernRaised(asked, "unclear", "me"))
    turn = _text(catalogue, session, event.text, now)
    return replace(turn, effects=(*turn.effects, LAPSE)) if turn.session.cues else turn


def _text(catalogue: Catalogue, session: Session, text: str, now: str) -> Turn:
    words = text.strip()
    name = command_in(catalogue, session, words)
    if name is not None:
        return _command(catalogue, session, name, None, now)
    if not session.begun and not session.detour:
        return started(catalogue, session, now)
    if not words:
        return refused(catalogue, session, word(catalogue, "empty"))
    now_open = opened(catalogue, session)
    if now_open.ask is None:
        return _on_screen(catalogue, session, now_open, words, now)
    if _is_skip(now_open, skip_label(catalogue, now_open), words):
        return freedoms.used(catalogue, session, "skip", now)
    if folded(words) == folded(word(catalogue, "keep_it")) and KEEP_IT in _values(now_open):
        return _kept_as_it_is(catalogue, session, now_open)
    plain = tuple(option for option in now_open.options if option.value != KEEP_IT)
    reading = read_text(now_open.ask, plain, words, date.fromisoformat(now[:10]))
    if isinstance(reading, Understood):
        value = with_ticks(session, now_open, reading.value)
        return taken(catalogue, session, now_open, Answer("given", value), now)
    return missed(catalogue, session, now_open, reading.reason)


def _is_skip(now_open: Open, label: str, words: str) -> bool:
    """Typing the words of the skip button, or how they begin, skips; so does "I don't know"."""
    typed, skip = folded(words), folded(label)
    shared = now_open.step is not None and now_open.step.prompt is not None
    if now_open.ask and not shared and is_left_open(now_open.ask, now_open.options, words):
        return True
    return typed == skip or (len(typed) >= SHORTEST_SKIP and skip.startswith(typed + " "))


def _on_screen(
    catalogue: Catalogue, session: Session, now_open: Open, words: str, now: str
) -> Turn:
    if session.detour and session.detour.name in freedoms.ANY_WORD:
        return freedoms.resumed(catalogue, session, now)
    action = match_option(ACTIONS, now_open.options, words)
    if action is not None:
        return freedoms.done(catalogue, session, action, now)
    if session.detour and session.detour.name == FOLLOW_UP:
        return home(catalogue, session, now, (word(catalogue, "follow_words"),))
    return refused(catalogue, session, unanswered(catalogue, session))


def _picked(catalogue: Catalogue, session: Session, event: ChoicePicked, now: str) -> Turn:
    if event.revision is not None and event.revision != session.revision:
        return _stale(catalogue, session)
    return _taken(catalogue, session, opened(catalogue, session), event.value, now)


def _taken(catalogue: Catalogue, session: Session, now_open: Open, value: Picked, now: str) -> Turn:
    if not session.begun and not session.detour:
        return started(catalogue, session, now)
    if now_open.ask is None:
        if isinstance(value, str) and value in _values(now_open) | now_open.further:
            return freedoms.done(catalogue, session, value, now)
        return refused(catalogue, session, word(catalogue, "not_a_choice"))
    if value == KEEP_IT and KEEP_IT in _values(now_open):
        return _kept_as_it_is(catalogue, session, now_open)
    plain = tuple(option for option in now_open.options if option.value != KEEP_IT)
    reading = read_pick(now_open.ask, plain, value, date.fromisoformat(now[:10]))
    if isinstance(reading, Understood):
        return taken(catalogue, session, now_open, Answer("given", reading.value), now)
    return missed(catalogue, session, now_open, reading.reason)


def _tapped(catalogue: Catalogue, session: Session, event: ButtonTapped, now: str) -> Turn:
    if event.revision != session.revision:
        return _stale(catalogue, session)
    index, now_open = event.index, opened(catalogue, session)
    options = options_shown(catalogue, session, now_open)
    if not 0 <= index < len(options):
        return _stale(catalogue, session)
    if event.mark not in ("", options[index].mark):
        # what can be done on a screen of a group changes when somebody else does something
        return refused(catalogue, session, word(catalogue, "not_a_choice"))
    value = options[index].value
    kind = now_open.ask.kind if now_open.ask else None
    if kind in ("several", "stones") and value != KEEP_IT:
        return drafted(catalogue, session, now_open, value)
    return _taken(catalogue, session, now_open, value, now)


def _kept_as_it_is(catalogue: Catalogue, session: Session, now_open: Open) -> Turn:
    return answer(catalogue, session, session.answers[now_open.key])


def _stale(catalogue: Catalogue, session: Session) -> Turn:
    return Turn(session, (Nudge(word(catalogue, "stale")),), accepted=False, refused=True)


def _values(now_open: Open) -> set[str]:
    return {option.value for option in now_open.options}
