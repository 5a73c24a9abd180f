"""What is said to whoever takes back a line of a round that the group has seen."""

from bot.engine.apart import is_round
from bot.engine.catalogue import Catalogue
from bot.engine.labels import word
from bot.engine.rounds import share_key, shared_of
from bot.engine.session import Session


def taken_back(catalogue: Catalogue, session: Session, key: str) -> tuple[str, ...]:
    """Say what goes from the group's chat as the answer under `key` changes; () where nothing does.

    That answer is one of the round in hand, or how it is shared. Unnamed lines that were shown
    together go together (docs/decisions/0015-shared-by-line.md), and whoever takes theirs back
    reads so.
    """
    member = catalogue.groups.get(session.round[0]) if is_round(session) else None
    here = member.group.open if member else None
    prompt = shared_of(key) or key
    release = here.released.get(prompt) if here else None
    how = session.answers.get(share_key(prompt))
    if member is None or release is None or how is None or share_key(prompt) in session.doubts:
        return ()
    together = member.person in release.unnamed
    by_name = how.standing == "given" and how.value == "named"
    stood = together or by_name
    return (word(catalogue, "taken_back", together=together),) if stood else ()
