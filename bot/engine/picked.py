"""What is picked so far of an answer that is made of several taps, said in words."""

from collections.abc import Sequence

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Option
from bot.engine.labels import in_a_list
from bot.engine.question import STONES
from bot.engine.script import Ask
from bot.engine.session import Session


def so_far(catalogue: Catalogue, session: Session, ask: Ask, options: Sequence[Option]) -> str:
    """Say what is picked so far, so that no mark carries meaning alone; empty without any."""
    names = {option.value: option.label for option in options}
    picked = [value for value in names if value in session.draft]
    if not picked:
        return ""
    if ask.kind == "stones":
        counts = ", ".join(f"{names[v]} {session.draft.count(v)}" for v in picked)
        left = int(ask.most or STONES) - len(session.draft)
        return catalogue.words["stones_so_far"].render({"counts": counts, "left": left})
    chosen = [value for value in session.draft if value in names]
    told = in_a_list(catalogue, ask, names, chosen)
    return catalogue.words["chosen_so_far"].render({"chosen": told})
