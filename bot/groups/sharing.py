"""What somebody shares with a group, line by line: read out of their own answers, kept nowhere."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from bot.engine.apart import ROUND, along, exchanged
from bot.engine.around import left_out, unnamed
from bot.engine.catalogue import Catalogue
from bot.engine.group import How, Round
from bot.engine.labels import label_of
from bot.engine.naming import is_in_id, names_any
from bot.engine.replay import replay
from bot.engine.rounds import prompts_of, share_key
from bot.engine.script import Step
from bot.engine.session import Session

LONGEST: Final = 700
"""So much of an answer is shared; a longer one is cut at a word."""
LONGEST_NAME: Final = 40
COLONS: Final = re.compile("[:\uff1a\ufe55\ufe13\u2236\ua789]")
"""Behind one of these stands what somebody says, so no name goes on there."""
CALLED: Final = "join/called"
"""The answer that is the name which may stand beside what is shared by name."""


@dataclass(frozen=True, slots=True)
class Share:
    """One answer that somebody shares: `words` as they are read, `name` only where it is named.

    `digest` is another one as soon as anything of it is changed. It is `sure` unless the answer was
    changed and they have not said yet whether they still want to share it so.
    """

    person: str
    prompt: str
    how: How
    words: str
    name: str
    value: object
    digest: str
    sure: bool = True


def name_of(prompt: Step) -> str:
    """Give under what name the answer of a prompt is kept."""
    return prompt.answer or prompt.id


def shares_in(
    catalogue: Catalogue, person: str, session: Session, group: str, here: Round
) -> tuple[Share, ...]:
    """Give what a person shares now in a round of a group, in the order of the prompts.

    Never what they kept, left out or forgot, nor a line that they changed and have not
    chosen to share since, and nothing that names somebody whom they called unsafe or want left out.
    """
    held = _answering(session, group, here)
    compiled = catalogue.scripts.get(here.script)
    if held is None or compiled is None:
        return ()
    there, out, ids = along(catalogue, held), unnamed(held), left_out(held)
    doubts = held.doubts
    if held.answers.keys() - set(held.path):
        # whoever looks at an answer again, or goes back, takes nothing from the group by that alone
        held = replay(there, replace(held, doubts=())).session
    called = _called(held)
    found = []
    for prompt in prompts_of(compiled.script):
        key = name_of(prompt)
        how = _how(held, key)
        if how is None or (how == "named" and not called):
            continue
        words = _brief(label_of(there, held, key), LONGEST)
        name = called if how == "named" else ""
        told = f"{name} {words}"
        if words and not names_any(told, out) and not is_in_id(told, ids):
            digest = sha256(f"{here.id}\n{how}\n{name}\n{words}".encode()).hexdigest()[:16]
            value = held.answers[key].value
            sure = share_key(key) not in doubts
            found.append(Share(person, key, how, words, name, value, digest, sure))
    return tuple(found)


def _answering(session: Session, group: str, here: Round) -> Session | None:
    """Give the session with the answers to this round in hand; None where there are none."""
    mine, key = (group, here.id), f"{ROUND}{group}"
    if session.round == mine:
        return session
    held = session.apart.get(key)
    return exchanged(session, key) if held and held.round == mine else None


def _how(held: Session, key: str) -> How | None:
    """Say how an answer is shared that was given and not taken back."""
    chosen = held.answers.get(share_key(key))
    given = held.answers.get(key)
    readable = {key, share_key(key)} <= set(held.path)
    if not readable or given is None or chosen is None:
        return None
    if given.standing != "given" or chosen.standing != "given":
        return None
    match chosen.value:
        case "named":
            return "named"
        case "unnamed":
            return "unnamed"
        case _:
            return None


def _called(held: Session) -> str:
    answer = held.answers.get(CALLED)
    known = answer is not None and answer.standing == "given" and CALLED in held.path
    value = answer.value if known and answer else ""
    name = value.get("name", "") if isinstance(value, dict) else value
    return _brief(COLONS.split(str(name))[0], LONGEST_NAME)


def _brief(text: str, most: int) -> str:
    """Put a text on one line, so that nobody's words look like somebody else's; cut a long one."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
