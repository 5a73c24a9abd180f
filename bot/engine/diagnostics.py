"""What an author is told when a file can't be used: where, what, and how to mend it."""

from dataclasses import dataclass

from bot.engine.source import Node


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One complaint about an author's file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.code} {self.message} -> {self.fix}"


def at(node: Node, code: str, message: str, fix: str) -> Diagnostic:
    """Place a complaint where `node` stands."""
    return Diagnostic(node.file, node.line, node.column, code, message, fix)


class BrokenDialogues(Exception):
    """The dialogues can't be used; carries every diagnostic, worst first."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = sorted(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))
