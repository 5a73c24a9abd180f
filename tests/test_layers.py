"""The shape of the house: which way imports point, and how large its rooms are."""

import ast
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    file.relative_to(ROOT)
    for package in ("bot", "storage")
    for file in (ROOT / package).rglob("*.py")
)
LIBRARIES = {
    "bot/engine/": {"bot.engine", "jinja2", "transitions"},
    "bot/safety/": {"bot.safety"},
    "bot/supports/": {"bot.engine", "bot.supports"},
    "bot/totals/": {"bot.engine", "bot.totals"},
    "bot/proofs/": {"bot.engine", "bot.supports", "bot.proofs"},
    "bot/wording/": {"bot.engine", "bot.supports", "bot.wording"},
    "bot/drawing/": {"bot.engine", "bot.drawing"},
    "bot/languages/": {"bot.engine", "bot.languages", "babel"},
    "bot/pages/": {"bot.pages"},
    "bot/doctor/": {
        "bot.engine",
        "bot.doctor",
        "storage.confirming",
        "storage.looking",
        "storage.sealing.looking",
    },
    "storage/": {"storage", "sqlalchemy", "alembic", "cryptography"},
}
"""What a folder may import beside the standard library."""
ONLY_THERE = {
    "yaml": ("bot/files.py",),
    "telegram": ("bot/channels/",),
    "aiohttp": ("bot/channels/", "bot/directory/fetching.py"),
    "yarl": ("bot/directory/fetching.py",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "transitions": ("bot/engine/",),
    "jinja2": ("bot/engine/",),
    "structlog": ("bot/logs/",),
    "prometheus_client": ("bot/metrics.py",),
    "babel": ("bot/languages/",),
    "tqdm": ("bot/commands/",),
    "cryptography": ("storage/sealing/box.py",),
    "snowballstemmer": ("bot/directory/stems.py",),
}
"""Where alone a library may be imported."""
PURE = (
    "bot/engine/",
    "bot/safety/",
    "bot/supports/",
    "bot/totals/",
    "bot/proofs/",
    "bot/wording/",
    "bot/drawing/",
    "bot/pages/",
    "bot/doctor/",
)
IMPURE = {"asyncio", "time", "random", "secrets", "uuid", "os", "socket", "threading"}


def imported(file: Path) -> set[str]:
    """Give every module that a file imports, wherever in it."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            found.add(node.module or "")
    return found


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def lines(file: Path) -> int:
    return len((ROOT / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("folder", LIBRARIES)
def test_a_folder_imports_only_what_it_may(folder: str):
    """The middle of the house knows nothing of channels, databases or files."""
    for file in MODULES:
        if file.as_posix().startswith(folder):
            for module in imported(file):
                standard = module.partition(".")[0] in sys.stdlib_module_names
                assert standard or any(inside(module, each) for each in LIBRARIES[folder]), (
                    f"{file} imports {module}"
                )


@pytest.mark.parametrize("library", ONLY_THERE)
def test_a_library_is_imported_in_one_place_only(library: str):
    """What could be replaced one day has one door."""
    for file in MODULES:
        if any(inside(module, library) for module in imported(file)):
            assert file.as_posix().startswith(ONLY_THERE[library]), f"{file} imports {library}"


def test_storage_never_imports_the_bot():
    """Storage is plain data in and out."""
    for file in MODULES:
        if file.parts[0] == "storage":
            assert not [module for module in imported(file) if inside(module, "bot")], file


def test_nothing_imports_tests():
    """What is delivered stands without its tests."""
    for file in MODULES:
        assert not [module for module in imported(file) if inside(module, "tests")], file


def test_nothing_calls_back():
    """Channels know turns, turns know the engine; never the other way round."""
    below = (
        "bot/engine/",
        "bot/safety/",
        "bot/supports/",
        "bot/proofs/",
        "bot/wording/",
        "bot/drawing/",
        "bot/files.py",
        "bot/library.py",
        "bot/turns.py",
        "bot/writer.py",
        "bot/parcels.py",
        "bot/noticing.py",
        "storage/",
    )
    for file in MODULES:
        if file.as_posix().startswith(below):
            above = [m for m in imported(file) if inside(m, "bot.channels") or inside(m, "bot.app")]
            assert not above, f"{file} imports {above}"


def test_the_engine_has_no_clock_no_chance_and_no_waiting():
    """The same event on the same session is the same turn, today and in a year."""
    for file in MODULES:
        if file.as_posix().startswith(PURE):
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            assert not imported(file) & IMPURE, file
            called = {
                ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)
            }
            names = {name.rpartition(".")[2] for name in called}
            assert not names & {"now", "today", "utcnow", "open", "read_bytes"}, file
            assert not [
                n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.Await)
            ], file


def test_no_module_is_too_long():
    """Each module can be read in one sitting."""
    assert {file.as_posix(): lines(file) for file in MODULES if lines(file) > 350} == {}


def test_modules_are_short():
    """The middle module has fewer than 120 lines."""
    assert median(lines(file) for file in MODULES if lines(file) > 1) < 120


def test_no_module_is_called_after_nothing():
    """A module is named after what it holds."""
    names = {file.stem for file in MODULES}
    assert not names & {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "managers",
        "common",
        "misc",
    }


def test_every_module_says_what_it_is_for():
    """Each file begins with a sentence."""
    for file in MODULES:
        if lines(file) > 0:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), f"{file} has no docstring"


def test_no_file_names_the_machine_it_was_made_on():
    """Nothing delivered points into somebody's home or a temporary folder."""
    folders = ("bot", "storage", "dialogues", "docs", "tests")
    for file in (path for folder in folders for path in (ROOT / folder).rglob("*")):
        if file.is_file() and file.suffix in (".py", ".yaml", ".md", ".txt", ".toml"):
            text = file.read_text(encoding="utf-8", errors="replace")
            assert not [
                place for place in ("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/") if place in text
            ], file
