"""`kith draw`, as people use it, and the pictures of the guide."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.drawing.mermaid import mermaid
from bot.drawing.svg import svg
from tests.drawing.pictures import pictures, shipped

AGAIN = "the dialogue has changed: python -m tests.drawing.pictures"


def test_draw_prints_mermaid(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name it is the reflection."""
    assert main(["draw"]) == 0
    assert capsys.readouterr().out == mermaid(shipped()["reflection"])


def test_draw_writes_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--svg` writes the picture of a dialogue into a file, and prints nothing."""
    assert main(["draw", "someone", "--svg", str(tmp_path / "s.svg")]) == 0
    assert (tmp_path / "s.svg").read_text("utf-8") == svg(shipped()["someone"])
    assert capsys.readouterr().out == ""


def test_an_unknown_dialogue_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever mistypes a name is told the names that there are."""
    assert main(["draw", "reflexion"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "there is no dialogue 'reflexion' -> use one of: " in told
    assert "reflection" in told


def test_a_file_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The path is named."""
    assert main(["draw", "someone", "--svg", str(tmp_path / "none" / "s.svg")]) == 2
    assert "s.svg" in capsys.readouterr().err


@pytest.mark.parametrize("path", pictures(), ids=lambda path: path.name)
def test_the_pictures_of_the_guide_are_of_today(path: Path) -> None:
    """What staff see in the guide is how the dialogue is now."""
    assert path.read_bytes() == pictures()[path].encode(), AGAIN
