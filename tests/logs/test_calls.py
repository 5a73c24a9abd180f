"""Every log call in the program, as it stands in the source."""

import ast
from collections.abc import Iterator

import pytest

from bot.logs.allowed import ALLOWED
from bot.logs.sentences import SENTENCES
from tests.test_layers import MODULES, ROOT

LEVELS = {"info", "warning", "error"}
HOME = "bot/logs/"
BY_ITSELF = {"turn", "unnamed", "library", "crashed", "uncaught", "warned", "erased-still-in-log"}
"""Codes that bot/logs itself uses, and the one of storage."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Give each call of our logger outside of its home, and each by `complain`, with its place."""
    for file in MODULES:
        if file.as_posix().startswith(("bot/logs/lines", "bot/logs/guarding", "storage/")):
            continue
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (of_log(node.func) or named(node.func, "complain")):
                yield f"{file}:{node.lineno}", node


def named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def of_log(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and named(node.value, "log")


CALLS = list(calls())


def test_there_are_calls_to_look_at() -> None:
    """Otherwise nothing would follow from what comes next."""
    assert len(CALLS) >= 20


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[place for place, _ in CALLS])
def test_a_log_call_has_a_fixed_code_and_listed_fields(place: str, call: ast.Call) -> None:
    """One string of our own, known to the table of sentences; then fields of the list by name."""
    words = call.args
    if named(call.func, "complain"):
        say, *words = call.args
        assert of_log(say), place
        words, error = words[:-1], words[-1]
        assert isinstance(error, ast.Name), place
    else:
        assert isinstance(call.func, ast.Attribute)
        assert call.func.attr in LEVELS, place
    (event,) = words
    assert isinstance(event, ast.Constant), place
    assert event.value in SENTENCES, place
    for field in call.keywords:
        assert field.arg in ALLOWED, place
        if field.arg == "fault":
            assert ast.unparse(field.value) in {"error", "refused", "outcome.failed"}, place
        if field.arg in {"step", "script"}:
            assert ast.unparse(field.value) == f"frame.{field.arg}", place


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence that no line has is taken out of the table."""
    said = {node.value for _, call in CALLS for node in call.args if isinstance(node, ast.Constant)}
    assert set(SENTENCES) - said == BY_ITSELF - {"turn"}


def test_nothing_else_logs_or_prints() -> None:
    """One door: no other module makes a logger, prints, or formats a traceback."""
    doors = {"logging", "structlog", "traceback"}
    for file in MODULES:
        if file.as_posix().startswith(HOME) or file.as_posix() == "storage/store.py":
            continue
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not doors & {alias.name for alias in node.names}, file
            elif isinstance(node, ast.ImportFrom):
                assert node.module not in doors, file
            elif isinstance(node, ast.Call):
                assert not named(node.func, "print"), (file, node.lineno)


def test_storage_logs_codes_alone() -> None:
    """Storage knows nothing of the bot: it hands a code to the standard library, and no value."""
    tree = ast.parse((ROOT / "storage/store.py").read_text(encoding="utf-8"))
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and of_log(each.func)]
    assert found
    for call in found:
        assert not call.keywords
        (event,) = call.args
        assert isinstance(event, ast.Constant)
        assert event.value in SENTENCES
