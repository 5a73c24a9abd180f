"""`kith translate`: template and catalogues brought up to date, and a plain account of the rest."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from bot.__main__ import main
from bot.languages.catalogues import read_catalogue
from tests.fakes import write_dialogues
from tests.languages.madeup import ACCENTED, accented, made_ready

TALK = """
id: talk
title: A talk
steps:
  - {id: mood, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: bye, say: Bye.}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dialogues = write_dialogues(tmp_path / "dialogues", TALK)
    monkeypatch.setenv("KITH_DIALOGUES", str(dialogues))
    return dialogues


def test_it_writes_the_template_and_begins_a_language(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new language begins empty, with every text in it, and says how far it is."""
    assert main(["translate", "cy"]) == 0
    said = capsys.readouterr().out.splitlines()
    template = (folder / "languages/kith.pot").read_text(encoding="utf-8")
    catalogue = (folder / "languages/cy.po").read_text(encoding="utf-8")
    texts = len(read_catalogue(template))
    assert said == [
        f"kith.pot: {texts} texts",
        f"cy: 0 of {texts} translated, {texts} missing, 0 outdated",
    ]
    assert "Language: cy" in catalogue
    assert len(read_catalogue(catalogue)) == texts


def test_it_says_what_is_missing_and_outdated_with_file_line_and_step(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step once, at the line of its first text."""
    made_ready(folder, ACCENTED, accented)
    script = folder / "scripts/0.yaml"
    changed = script.read_text(encoding="utf-8").replace("How is it?", "How was it?")
    script.write_text(changed + '  - {id: more, say: "More."}\n', encoding="utf-8")
    assert main(["translate"]) == 0
    _, progress, *places = capsys.readouterr().out.splitlines()
    assert progress.endswith("translated, 1 missing, 1 outdated")
    assert places == [
        "  dialogues/scripts/0.yaml:5 scripts/0/mood: outdated",
        "  dialogues/scripts/0.yaml:7 scripts/0/more: missing",
    ]


def test_a_second_run_changes_nothing(folder: Path) -> None:
    """What is up to date is written as it was."""
    made_ready(folder, ACCENTED, accented)
    main(["translate"])
    before = {file: file.read_bytes() for file in (folder / "languages").iterdir()}
    main(["translate"])
    assert {file: file.read_bytes() for file in (folder / "languages").iterdir()} == before


def test_what_cannot_be_read_is_left_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken catalogue is somebody's work; it is named, never written over."""
    (folder / "languages").mkdir()
    broken, strange = folder / "languages/cy.po", folder / "languages/ga.po"
    broken.write_text('msgid "a\n', encoding="utf-8")
    strange.write_bytes(b'msgid "\xe4"\n')
    assert main(["translate", "ga"]) == 1
    assert broken.read_text(encoding="utf-8") == 'msgid "a\n'
    assert strange.read_bytes() == b'msgid "\xe4"\n'
    told = capsys.readouterr().err
    assert "languages/cy.po:1:1 not-a-catalogue" in told
    assert "languages/ga.po:1:1 not-text" in told


def test_nothing_is_written_while_a_dialogue_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quote that is missing in a script doesn't throw its translations out."""
    catalogue = made_ready(folder, ACCENTED, accented)
    before = catalogue.read_bytes()
    (folder / "scripts/0.yaml").write_text('id: "talk\n', encoding="utf-8")
    assert main(["translate"]) == 1
    assert catalogue.read_bytes() == before
    assert "scripts/0.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["klingon", "../cy", "e"])
def test_what_is_no_language_is_refused(
    folder: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the code begins no file."""
    assert main(["translate", code]) == 2
    assert "is no language" in capsys.readouterr().err
    assert not list(folder.rglob("*.po"))


def test_babel_is_not_loaded_where_no_language_is_ready(folder: Path) -> None:
    """A start without languages is not slower for them."""
    probe = (
        "import sys; from pathlib import Path; import bot.__main__;"
        f"from bot.library import load_library; load_library(Path({str(folder)!r}));"
        "print('babel' in sys.modules)"
    )
    done = run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
