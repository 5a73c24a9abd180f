"""What is noticed is measured again when phrases change, and less of it is an error."""

from pathlib import Path

import pytest

from bot.commands.publish import run as publish
from bot.files import read_folder
from bot.measuring.remembered import MEASURED, VIGNETTES, check_measured, measured_text
from bot.safety.concern import Concern
from bot.settings import read_settings
from tests.diagnostics_page import RIGHT, Broken, laid_out

ROWS = """class,plain,text
suicide,yes,red and plain
suicide,no,red perhaps
,,a blue day
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = laid_out(tmp_path / "dialogues", Broken(RIGHT, 0))
    (made / VIGNETTES).write_text(ROWS, encoding="utf-8")
    return made


def noticing(*words: str):
    """Notice a text in which one of these words stands."""

    def notice(text: str) -> Concern | None:
        seen = any(word in text for word in words)
        return Concern("suicide", "explicit", "a-rule", "me") if seen else None

    return notice


def remember(folder: Path, *words: str) -> None:
    (folder / MEASURED).write_text(measured_text(folder, noticing(*words)), encoding="utf-8")


def codes(folder: Path, *words: str) -> list[str]:
    named = read_folder(folder, [])
    return [each.code for each in check_measured(folder, named, noticing(*words))]


def change(folder: Path) -> None:
    phrases = folder / "safety" / "phrases.yaml"
    phrases.write_text(phrases.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")


def test_nothing_is_measured_where_nothing_changed(folder: Path):
    """A folder as it was published is not measured again, whatever would come of it."""
    remember(folder, "red")
    assert codes(folder, "nothing") == []


def test_noticing_less_is_an_error(folder: Path):
    """A class that falls, and a plain statement that is missed."""
    remember(folder, "red")
    change(folder)
    assert codes(folder, "red") == []
    assert codes(folder, "perhaps") == ["notices-less", "notices-less"]
    assert codes(folder, "plain") == ["notices-less"]


def test_noticing_too_much_is_worth_a_look(folder: Path):
    """More ordinary talk is stopped than before: a warning."""
    remember(folder, "red")
    change(folder)
    assert codes(folder, "red", "blue") == ["notices-too-much"]


def test_a_folder_without_vignettes_is_not_measured(folder: Path):
    """Staff may have dialogues of their own, with phrases and no vignettes."""
    remember(folder, "red")
    change(folder)
    (folder / VIGNETTES).unlink()
    assert codes(folder, "nothing") == []


def test_publishing_writes_down_what_is_noticed(folder: Path):
    """The figures of today are what the next change is held against."""
    settings = read_settings({"KITH_DIALOGUES": str(folder)})
    (folder / VIGNETTES).write_text("class,plain,text\nsuicide,yes,I will kill myself\n")
    publish_code = publish(None, settings)  # type: ignore[arg-type]
    written = (folder / MEASURED).read_text(encoding="utf-8")
    assert publish_code == 0
    assert "noticed:\n  suicide: 1\n" in written
    assert "missed: 0" in written
