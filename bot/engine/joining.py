"""Whether anything may bring the person and the Other together: only after a clear yes to safety.

Said here once, for steps marked `joins` as well as for suggestions, and kept whatever an author
writes (docs/decisions/0006-nothing-unsafe-by-default.md).
"""

from typing import Final

from bot.engine.values import Scope

SAFETY_READS: Final = frozenset({"safe", "concerns"})


def may_join(scope: Scope) -> bool:
    """Say whether being with the Other was clearly called safe, and nothing spoke against it."""
    concerns = scope.get("concerns")
    feared = isinstance(concerns, list | tuple) and "abuse" in concerns
    return scope.get("safe") == "safe" and not feared
