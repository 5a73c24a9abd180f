"""The hazard log keeps its promises: each hazard is there, whole, and its evidence exists."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "hazards.md"
HAZARDS = [f"H{number:02}" for number in range(1, 66)]
FIELDS = ("Cause", "Effect", "Before", "Control", "Evidence", "After", "Owner", "What remains")
OWNERS = {"maintainers", "deploying service", "operator", "leader"}
LIKELY = ("very low", "low", "medium", "high", "very high")
SEVERE = ("minor", "significant", "considerable", "major", "catastrophic")
JUDGED = re.compile(rf"({'|'.join(LIKELY)}) likelihood, ({'|'.join(SEVERE)}) severity\.")
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\(([^)]+)\)")
ENTRY = re.compile(r"^### (H\d\d) ([^\n]+)\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^- \*\*([^*]+)\*\*:(.*?)(?=^- \*\*|\Z)", re.MULTILINE | re.DOTALL)


def entries(page: str) -> dict[str, Mapping[str, str]]:
    """Give the fields of each hazard; the hazard itself is the heading. A double one is none."""
    found: dict[str, Mapping[str, str]] = {}
    for name, heading, body in ENTRY.findall(page):
        fields = {field: text.strip() for field, text in FIELD.findall(body)}
        found[f"{name} again" if name in found else name] = {"Hazard": heading, **fields}
    return found


@cache
def cases_of(file: Path) -> dict[str, bool]:
    """Give the tests that pytest collects from a file, and whether each has cases."""
    found: dict[str, bool] = {}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_":
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            found[node.name] = any(mark.startswith("pytest.mark.parametrize(") for mark in marks)
    return found


def wrong_with_link(text: str, target: str) -> Iterator[str]:
    """Say what is wrong with a link of the page: its file, its test, or the test's case."""
    path, _, node = text.partition("::")
    file = (PAGE.parent / target.partition("#")[0]).resolve()
    if not file.exists():
        yield f"there is no {target}"
    elif not path.startswith("tests/"):
        return
    elif not file.is_file() or file != (ROOT / path).resolve():
        yield f"{text} leads to {target}"
    else:
        name, _, case = node.partition("[")
        known = cases_of(file)
        if name not in known:
            yield f"there is no test {text}"
        elif case and not (known[name] and f'"{case.rstrip("]")}"' in file.read_text("utf-8")):
            yield f"the test of {text} has no such case"


def complaints(page: str) -> list[str]:
    """Give everything that is wrong with a hazard log."""
    found = entries(page)
    wrong = [f"{name} is missing" for name in HAZARDS if name not in found]
    wrong += [f"{name} is not asked for" for name in found if name not in HAZARDS]
    for name, fields in found.items():
        lacking = [field for field in FIELDS if not fields.get(field)]
        strange = [field for field in fields if field not in ("Hazard", *FIELDS)]
        wrong += [f"{name}: {field}" for field in (*lacking, *strange)]
        for field in ("Before", "After"):
            if not JUDGED.fullmatch(fields.get(field, "").lower()):
                wrong.append(f"{name}: {field} is no likelihood and severity")
        if not set(fields.get("Owner", "").rstrip(".").split("; ")) <= OWNERS:
            wrong.append(f"{name}: Owner is nobody we know")
        if not LINK.search(fields.get("Evidence", "")):
            wrong.append(f"{name}: Evidence links to nothing")
    for text, target in LINK.findall(page):
        if not target.startswith("https://"):
            wrong += wrong_with_link(text, target)
    return wrong


def test_each_hazard_is_there_whole_and_its_evidence_exists() -> None:
    """Whoever relies on a control can open the test that proves it."""
    assert complaints(PAGE.read_text(encoding="utf-8")) == []


def test_no_control_makes_it_worse() -> None:
    """After the control a hazard is as likely and as severe as before it, or less so."""
    for name, fields in entries(PAGE.read_text(encoding="utf-8")).items():
        before, after = (JUDGED.fullmatch(fields[when].lower()) for when in ("Before", "After"))
        assert before
        assert after
        assert LIKELY.index(after[1]) <= LIKELY.index(before[1]), name
        assert SEVERE.index(after[2]) <= SEVERE.index(before[2]), name


def test_each_hazard_has_a_test_among_its_evidence() -> None:
    """A document alone proves nothing: something runs that would fail without a control."""
    for name, fields in entries(PAGE.read_text(encoding="utf-8")).items():
        assert "::test_" in fields["Evidence"], name


SLIPS = {
    "a hazard that is gone": ("### H17 ", "### Method: ", "H17 is missing"),
    "a hazard that stands there twice": ("### H18 ", "### H17 ", "H17 again is not asked for"),
    "a field that is gone": ("- **Cause**:", "- Cause:", "H01: Cause"),
    "a field without a word": (r"- **Owner**: maintainers.", "- **Owner**:", "Owner"),
    "a score instead of words": ("severity.", "severity 4.", "no likelihood and severity"),
    "an owner who is nobody": ("maintainers", "the team", "nobody we know"),
    "a test that is gone": ("::test_", "::test_once_", "there is no test"),
    "a test of another file": ("](../tests/", "](../tests/engine/", "there is no ../tests"),
    "a document that is gone": ("(deploying-service.md", "(deploying.md", "there is no deploying"),
    "a case that is gone": ("[medical]]", "[dental]]", "no such case"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_page_is_found(slip: str) -> None:
    """The check itself can fail: each kind of slip is named."""
    before, after, complaint = SLIPS[slip]
    page = PAGE.read_text(encoding="utf-8")
    assert before in page
    assert any(complaint in each for each in complaints(page.replace(before, after)))
