"""One thing that is wrong with an installation, and what mends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong and the remedy. `serious`: people can't be served before it is mended.

    `code` names the kind for other programs. None of it may hold a token, a password or a chat.
    """

    code: str
    message: str
    fix: str
    serious: bool = False

    def __str__(self) -> str:
        return f"{self.message} -> {self.fix}"

    @property
    def severity(self) -> str:
        """Say in a word how bad it is, as `kith check` does."""
        return "error" if self.serious else "warning"


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Sort what is serious before the rest; each keeps its place among its like."""
    return sorted(found, key=lambda each: not each.serious)


def serious_in(found: Iterable[Finding]) -> Sequence[Finding]:
    """Give what must be mended before people can be served."""
    return [each for each in found if each.serious]
