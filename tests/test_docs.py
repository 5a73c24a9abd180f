"""What readers are told is true: links, commands, examples, conversations."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.__main__ import _parser
from bot.engine.freedoms import known
from bot.library import Library
from bot.metrics import Metrics
from bot.settings import DEFAULTS, HOOK
from bot.turns import LEASE_SECONDS
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dialogues/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str = "") -> list[str]:
    return [body for kind, body in FENCE.findall(text) if kind == language]


def test_the_readme_is_short() -> None:
    """A newcomer reads it in four minutes."""
    assert len(README.split()) <= 900


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """No reader is sent to a page that is not there."""
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


def test_the_conversation_in_the_readme_is_a_real_one() -> None:
    """What the README shows is what Kith says, line by line."""
    told = "".join(path.read_text() for path in ROOT.glob("dialogues/transcripts/*.txt"))
    lines = {line.strip() for line in told.splitlines()}
    chats = [block for block in blocks(README) if "kith:" in block]
    assert chats
    for line in "".join(chats).splitlines():
        assert line.strip() in lines, line


def test_the_commands_of_the_readme_exist() -> None:
    """Every command that a newcomer is told to type does something."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    subcommands = _parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for block in blocks(README):
        for line in block.splitlines():
            match line.split():
                case ["make", target]:
                    assert target in targets
                case [".venv/bin/kith", command, *_]:
                    assert command in subcommands
                case ["export", setting, *_]:
                    assert setting.partition("=")[0] in DEFAULTS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_named_on_a_page_exist(page: Path) -> None:
    """No page tells anybody to type what is not there."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    subcommands = _parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert target in targets, target
    for command in re.findall(r"(?:`|/|^)kith ([a-z]+)", text, re.MULTILINE):
        assert command in subcommands, command


def test_the_two_commands_run_what_they_promise() -> None:
    """`make chat` talks and `make test` tests."""
    shown = subprocess.run(
        ["make", "-n", "-o", ".venv/.ready", "chat", "test"],  # noqa: S607 - make is what we test
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "-m bot chat" in shown
    assert "-m pytest" in shown


def test_what_people_are_told_to_type_works(library: Library) -> None:
    """`help`, `back` and `menu` of the README are understood, and so is every Telegram command."""
    assert {"help", "back", "menu"} <= set(library.catalogue.typed)
    assert all(known(name) for name in library.catalogue.commands)


def test_lock_files_name_no_address() -> None:
    """An install depends on names, versions and hashes, not on one index."""
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")


def test_the_image_runs_as_nobody_special() -> None:
    """The container is no root, keeps its data in a volume and can tell that it is well."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith((" ", "#"))]
    assert lines.index("USER kith") < lines.index('CMD ["python", "-m", "bot", "telegram"]')
    assert {"FROM", "HEALTHCHECK", "VOLUME", "USER"} <= set(words)
    assert words[-1] == "CMD"
    for line in lines:
        if line.startswith("COPY "):
            assert all((ROOT / name).exists() for name in line.split()[1:-1])


def test_the_key_lies_apart_from_the_data() -> None:
    """In containers the master key has a volume of its own, which only Kith's user can enter."""
    image = (ROOT / "Dockerfile").read_text()
    volumes = json.loads(re.findall(r"^VOLUME (.*)$", image, re.MULTILINE)[0])
    data = Path(re.findall(r"KITH_DATABASE_URL=sqlite:///(\S+)", image)[0]).parent
    key = Path(re.findall(r"KITH_KEY_FILE=(\S+)", image)[0]).parent
    assert {str(data), str(key)} == set(volumes)
    assert data != key
    (made,) = re.findall(
        r"^RUN .*install --directory --owner kith --mode 700 (.*)$", image, re.MULTILINE
    )
    assert set(made.split()) == set(volumes)
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    names = set()
    for service in composed["services"].values():
        if "build" in service:
            placed = {
                to: name for name, _, to in (each.partition(":") for each in service["volumes"])
            }
            names.add(placed.pop(str(key)))
            assert not names & set(placed.values())
            assert service["ulimits"] == {"core": 0}
    assert len(names) == 1, "all that serve share one list of who was forgotten"
    assert names <= set(composed["volumes"])


def test_the_compose_file_sets_what_there_is_to_set() -> None:
    """Both ways to serve start commands that exist, with settings that exist, and wait for health."""
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    services = composed["services"]
    subcommands = _parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for service in services.values():
        ours = [name for name in service.get("environment", {}) if name.startswith("KITH_")]
        assert set(ours) <= set(DEFAULTS)
        if "build" in service and "command" in service:
            assert service["command"][:3] == ["python", "-m", "bot"]
            assert service["command"][3] in subcommands
    large = {name for name, each in services.items() if each["profiles"] == ["large"]}
    workers = {name for name in large if services[name].get("command", [""])[-1] == "serve"}
    assert len(workers) == 2
    assert {services[name]["hostname"] for name in workers} == workers
    proxy = composed["configs"]["caddyfile"]["content"]
    assert {f"{name}:8080" for name in workers} <= set(proxy.split())
    assert f"handle {HOOK} " in proxy
    assert DEFAULTS["KITH_PORT"] == "8080"
    assert services["database"]["healthcheck"]


def test_the_operators_page_names_what_there_is() -> None:
    """Each setting and each metric that operators read of exists under that name."""
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"KITH_[A-Z_]+", page)) <= set(DEFAULTS)
    written = Metrics()
    written.updates.labels("unreadable")
    written.failures.labels("KeyError")
    for name in re.findall(r"`(kith_(?!keys\b)[a-z_]+)", page):
        assert name in written.written().decode()
    assert f"after {LEASE_SECONDS:.0f} seconds" in page


def test_no_page_names_what_it_must_not() -> None:
    """Pages hold nothing of the machines they were written on."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:work|root|home|tmp)/\w", text), page


__all__ = ["README", "blocks"]
