"""What an author is told when a file can't be used: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.engine.codes import ERRORS, WARNINGS
from bot.engine.source import Node

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One complaint about an author's file; `line` and `column` count from 1.

    Raises ValueError for a code that `codes` does not list, so that none goes unexplained.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str

    def __post_init__(self) -> None:
        if self.code not in ERRORS | WARNINGS:
            raise ValueError(self.code)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.code} {self.message} -> {self.fix}"

    @property
    def severity(self) -> Severity:
        """Say whether the dialogues can be used in spite of it."""
        return "error" if self.code in ERRORS else "warning"


def at(node: Node, code: str, message: str, fix: str) -> Diagnostic:
    """Place a complaint where `node` stands."""
    return Diagnostic(node.file, node.line, node.column, code, message, fix)


def by_seriousness(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort errors before warnings, and each by file and line; the same one is told once."""
    return sorted(set(found), key=lambda each: (each.severity, each))


def errors_in(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give what must be mended before the dialogues can be used."""
    return [each for each in found if each.severity == "error"]


class BrokenDialogues(Exception):
    """The dialogues can't be used; carries every diagnostic, worst first."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = by_seriousness(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))
