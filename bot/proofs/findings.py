"""How a proof that failed is told: what was found, and by which answers one gets there."""

from collections.abc import Sequence
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.source import Node

MOST_TOLD: Final = 6


def way(answers: Sequence[str]) -> str:
    """Write the answers that lead somewhere, the last ones where there are many."""
    if not answers:
        return "whatever is answered"
    cut = ["..."] if len(answers) > MOST_TOLD else []
    return "after " + ", ".join([*cut, *answers[-MOST_TOLD:]])


def unproven(where: Node, what: str, answers: Sequence[str]) -> Diagnostic:
    """Say that something could neither be proven nor shown to be wrong."""
    message = f"not proven: {what}" + (f" ({way(answers)})" if answers else "")
    fix = "look at that way yourself, or make the conditions on it simpler"
    return at(where, "not-proven", message, fix)
