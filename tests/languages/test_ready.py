"""What is told about a language, and when it is offered: whole, reviewed, measured, nothing wrong."""

from pathlib import Path

import pytest

from bot.engine.diagnostics import BrokenDialogues, errors_in
from bot.files import read_catalogues, read_folder
from bot.languages.checking import check_languages
from bot.library import load_library
from tests.conftest import ROOT
from tests.fakes import write_dialogues
from tests.languages.madeup import ACCENTED, accented, made_ready

TALK = """
id: talk
title: A talk
steps:
  - {id: who, say: Who is it?, ask: person}
  - {id: mood, say: "How is {{ who or 'it' }}?", ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: bye, say: "{% if mood == \\"good\\" %}{{ mood | phrase }}. {% endif %}Bye."}
"""
MOOD = 'msgctxt "scripts/0/mood/choices/good/label"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small dialogue with one language that is ready."""
    dialogues = write_dialogues(tmp_path / "dialogues", TALK)
    made_ready(dialogues, ACCENTED, accented)
    return dialogues


def told(folder: Path) -> list[tuple[str, str, int]]:
    """Give code, file and line of every complaint about languages."""
    found = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    return [(each.code, each.file.rpartition("/")[2], each.line) for each in found]


def offered(folder: Path) -> list[str]:
    return list(load_library(folder).languages)


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Change one place of a file; give the line it stands on."""
    file = folder / name
    written = file.read_text(encoding="utf-8")
    assert written.count(old) >= 1, old
    file.write_text(written.replace(old, new, 1), encoding="utf-8")
    return written[: written.index(old)].count("\n") + 1


def change_entry(folder: Path, context: str, new: str) -> int:
    """Put another translation into the catalogue; give the line of its original."""
    file = folder / f"languages/{ACCENTED}.po"
    head, found, rest = file.read_text(encoding="utf-8").partition(f'msgctxt "{context}"\n')
    assert found, context
    entry, blank, others = rest.partition("\n\n")
    original, _, _ = entry.partition("msgstr ")
    escaped = new.replace('"', '\\"')
    file.write_text(f'{head}{found}{original}msgstr "{escaped}"{blank}{others}', encoding="utf-8")
    return head.count("\n") + 2


def test_no_language_is_shipped_as_ready() -> None:
    """What comes with Kith offers its own language only, and no half translation."""
    assert load_library(ROOT / "dialogues").languages == {}
    assert list((ROOT / "dialogues/languages").glob("*.po")) == []
    named = read_folder(ROOT / "dialogues", [])
    assert check_languages(named, {}) == []


def test_a_language_that_is_whole_reviewed_and_measured_is_offered(folder: Path) -> None:
    """Then, and only then, it stands under /language by its own name."""
    assert told(folder) == []
    library = load_library(folder)
    assert list(library.languages) == [ACCENTED]
    assert library.catalogue.languages == {"en": "English", ACCENTED: "[eo]"}
    assert library.speaking(ACCENTED).catalogue.languages == library.catalogue.languages


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("    reviewed: {by: nobody, on: 2027-01-15}\n", ("reviewed: by", "reviewed: on")),
        ("    measured: {by: nobody, on: 2027-02-01}\n", ("measured: on",)),
        ('    name: "[eo]"\n', ("name",)),
        ("by: nobody, on: 2027-01-15", ("reviewed: on",)),
    ],
    ids=["not reviewed", "not measured", "no name", "no day"],
)
def test_a_language_that_lacks_a_mark_is_not_offered(
    folder: Path, line: str, lacks: tuple[str, ...]
) -> None:
    """A whole translation that nobody who speaks it has read, or measured, stays unseen."""
    change(folder, "languages/ready.yaml", line, "by: nobody" if line.startswith("by") else "")
    (found,) = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    assert (found.code, found.severity, found.line) == ("language-not-ready", "warning", 4)
    assert all(each in found.message for each in lacks)
    assert offered(folder) == []


def test_one_missing_text_keeps_a_language_back(folder: Path) -> None:
    """It is told at the step in the dialogue, and where the language is listed."""
    change_entry(folder, "scripts/0/mood/say", "")
    assert told(folder) == [("untranslated", "0.yaml", 6), ("language-not-ready", "ready.yaml", 4)]
    assert offered(folder) == []


def test_one_outdated_text_keeps_a_language_back(folder: Path) -> None:
    """A text that was changed on Friday is not shown in a language that still has the old one."""
    change(folder, "scripts/0.yaml", "Who is it?", "Who was it?")
    assert told(folder) == [
        ("outdated-translation", "0.yaml", 5),
        ("language-not-ready", "ready.yaml", 4),
    ]
    assert offered(folder) == []


def test_a_text_that_is_marked_as_uncertain_keeps_a_language_back(folder: Path) -> None:
    """Fuzzy is not translated."""
    change(folder, f"languages/{ACCENTED}.po", MOOD, f"#, fuzzy\n{MOOD}")
    assert {code for code, _, _ in told(folder)} == {"outdated-translation", "language-not-ready"}
    assert offered(folder) == []


def test_missing_texts_are_told_once_a_step(folder: Path) -> None:
    """Three texts of one step are one complaint that counts them."""
    for field in ("say", "choices/good/label", "choices/bad/label"):
        change_entry(folder, f"scripts/0/mood/{field}", "")
    found = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    assert [each.message for each in found if each.code == "untranslated"] == [
        "'scripts/0/mood' (eo): 3 of 3 texts not translated"
    ]


def test_a_language_in_the_making_is_left_in_peace(folder: Path) -> None:
    """What isn't listed as ready may be unfinished; it is checked for what is wrong only."""
    (folder / "languages/ready.yaml").write_text("ready: []\n", encoding="utf-8")
    change_entry(folder, "scripts/0/mood/say", "")
    assert told(folder) == []
    line = change_entry(folder, "scripts/0/bye/say", "{{ mood }} {{ who }}")
    assert ("translation-reads", "eo.po", line) in told(folder)
    assert offered(folder) == []


def test_what_is_wrong_with_a_translation_is_told_in_its_catalogue(folder: Path) -> None:
    """The line is that of the entry; the language is not offered, and the dialogues go on."""
    line = change_entry(folder, "scripts/0/mood/say", "Kiel {{ mood }}?")
    codes = told(folder)
    assert ("translation-reads", "eo.po", line) in codes
    assert ("language-not-ready", "ready.yaml", 4) in codes
    assert offered(folder) == []


def test_what_only_the_whole_script_shows_is_told_as_well(folder: Path) -> None:
    """`phrase` behind an answer that isn't chosen from a list can't be seen in one text alone."""
    change_entry(folder, "scripts/0/mood/say", "Kiel {{ who | phrase or 'ghi' }}?")
    found = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    assert {(each.code, each.file) for each in errors_in(found)} == {
        ("not-in-the-language", f"dialogues/languages/{ACCENTED}.po")
    }
    assert offered(folder) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [('msgid "a"\nmsgstr "b\n', "not-a-catalogue"), (None, "language-not-ready")],
    ids=["a quote is missing", "no file at all"],
)
def test_a_catalogue_that_cannot_be_read_stops_nothing(
    folder: Path, written: str | None, code: str
) -> None:
    """It is told, and the dialogues start without that language."""
    file = folder / f"languages/{ACCENTED}.po"
    if written is None:
        file.unlink()
    else:
        file.write_text(written, encoding="utf-8")
    assert code in {found for found, _, _ in told(folder)}
    assert offered(folder) == []


def test_a_catalogue_in_another_encoding_is_told(folder: Path) -> None:
    """A file that is not UTF-8 is named, and not guessed at."""
    (folder / f"languages/{ACCENTED}.po").write_bytes(b'msgid "a"\nmsgstr "\xe4"\n')
    found: list = []
    assert read_catalogues(folder, found) == {}
    assert [each.code for each in found] == ["not-text"]
    assert offered(folder) == []


def test_a_code_that_is_no_language_is_told(folder: Path) -> None:
    """A typing slip in the code doesn't pass in silence."""
    change(folder, "languages/ready.yaml", "code: eo", "code: esperanto")
    found = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    assert ["is no language code" in each.message for each in found] == [True]
    assert offered(folder) == []


def test_a_slip_in_the_list_itself_is_told(folder: Path) -> None:
    """Unknown keys get a "did you mean" here as everywhere."""
    change(folder, "languages/ready.yaml", "measured:", "mesured:")
    found = check_languages(read_folder(folder, []), read_catalogues(folder, []))
    assert {each.code for each in found} == {"unknown-key", "language-not-ready"}


def test_broken_dialogues_are_still_refused(folder: Path) -> None:
    """A language never hides an error in the dialogues themselves."""
    change(folder, "scripts/0.yaml", "{{ who or 'it' }}", "{{ whom }}")
    with pytest.raises(BrokenDialogues):
        load_library(folder)
