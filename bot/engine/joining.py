"""Whether anything may bring the person and the Other together: only after a clear yes to safety.

Said here once, for steps marked `joins` as well as for suggestions, and kept whatever an author
writes (docs/decisions/0006-nothing-unsafe-by-default.md).
"""

from collections.abc import Mapping
from typing import Final

from bot.engine.values import Scope

SAFETY_READS: Final = frozenset({"safe", "concerns"})


def may_join(scope: Scope) -> bool:
    """Say whether being with the Other was clearly called safe, and nothing spoke against it.

    What was said of them anywhere else, on a map or in another reflection, counts against it too.
    """
    concerns, other, out = (scope.get(name) for name in ("concerns", "other", "left_out"))
    feared = isinstance(concerns, list | tuple) and "abuse" in concerns
    if isinstance(other, Mapping) and isinstance(out, list | tuple) and other.get("id") in out:
        return False
    return scope.get("safe") == "safe" and not feared
