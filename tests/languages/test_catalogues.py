"""Gettext catalogues: what is extracted, how it reads in Weblate, and how it follows the originals."""

import re
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from bot.files import read_folder
from bot.languages.catalogues import NotACatalogue, read_catalogue, template_of, updated
from bot.languages.progress import progress_of
from bot.languages.texts import Text, texts_in
from tests.conftest import ROOT
from tests.fakes import write_dialogues

TALK = """
id: talk
title: A talk
steps:
  - id: hello
    say: [Hello., "How are you?"]
  - id: mood
    was: feeling
    say: How is it?
    ask: choice
    skip: Not now
    again: One of these?
    choices:
      - {value: so, label: So so, words: [meh, ok]}
      - {this week: This week}
    next: bye
  - id: bye
    say: "{{ mood | phrase }} for {{ who or \\"the other side\\" }}. Bye."
  - {id: who, say: Who?, ask: person}
"""


@pytest.fixture(scope="module")
def ours() -> list[Text]:
    return texts_in(read_folder(ROOT / "dialogues", []))


def texts_of(folder: Path, script: str = TALK) -> list[Text]:
    named = read_folder(write_dialogues(folder / "dialogues", script), [])
    return [text for text in texts_in(named) if text.context.startswith("scripts/")]


def unplaced(written: str) -> str:
    return re.sub(r":\d+$", "", written, flags=re.MULTILINE)


def translated(written: str, context: str, words: str) -> str:
    head, found, rest = written.partition(f'msgctxt "{context}"\n')
    assert found, context
    return head + found + rest.replace('msgstr ""', f'msgstr "{words}"', 1)


def test_everything_that_people_read_is_extracted(ours: list[Text]) -> None:
    """Scripts, short texts, screens, suggestions, places, help numbers, typed words, commands."""
    kinds = {text.context.split("/")[0] for text in ours}
    assert kinds == {
        *("scripts", "words", "screens", "suggestions"),
        *("resources", "safety", "typed", "commands"),
        *("rounds", "together", "totals"),
    }
    contexts = {text.context for text in ours}
    assert {
        "scripts/reflection/title",
        "scripts/reflection/hello/say",
        "scripts/reflection/phone/choices/private/label",
        "scripts/reflection/phone/choices/private/words",
        "scripts/reflection/weighs/choices/sleep/reads",
        "scripts/reflection/consent/skip",
        "scripts/plan-part/own_who/offer/label",
        "scripts/plan-part/when/choices/this week/value",
        "scripts/plan-part/draft_alone/say",
        "rounds/check-in/round/opens",
        "rounds/check-in/here/prompt",
        "words/back",
        "screens/help/say",
        "screens/help/pause",
        "suggestions/hour-of-company/because",
        "resources/mens-sheds/start",
        "safety/numbers/emergency/text_line",
        "typed/help",
        "commands/help",
    } <= contexts


def test_each_text_has_a_context_of_its_own(ours: list[Text]) -> None:
    """Two texts never share an entry, however alike they read."""
    assert [name for name, n in Counter(text.context for text in ours).items() if n > 1] == []


def test_the_line_of_a_text_is_where_its_words_begin(ours: list[Text]) -> None:
    """The link in Weblate opens the very line in the dialogue."""
    for text in ours:
        line = (ROOT / text.node.file).read_text(encoding="utf-8").splitlines()[text.line - 1]
        first = text.original.split()[0].split("\\n")[0]
        if text.use in ("text", "plain"):
            assert first.strip("\"'")[:12].split('"')[0] in line, (text.context, text.line, line)


def test_the_template_in_the_repository_is_up_to_date(ours: list[Text]) -> None:
    """Whoever changes a text runs `kith translate` afterwards; lines that only moved may wait."""
    template = (ROOT / "dialogues/languages/kith.pot").read_text(encoding="utf-8")
    assert unplaced(template) == unplaced(template_of(ours)), "run: kith translate"


def test_an_entry_says_where_it_stands_and_what_it_is(tmp_path: Path) -> None:
    """Translators see file, line, step and what the text is for."""
    written = template_of(texts_of(tmp_path))
    assert (
        dedent("""
        #. Leaves this out: How is it?
        #: dialogues/scripts/0.yaml:11
        msgctxt "scripts/0/mood/skip"
        msgid "Not now"
        msgstr ""
        """)
        in written
    )


def test_logic_is_no_python_format(ours: list[Text]) -> None:
    """`{% if %}` looks like a Python format to gettext's tools; it is not one."""
    assert "python-format" not in template_of(ours)


def test_words_that_stand_in_a_value_or_a_condition_are_extracted(tmp_path: Path) -> None:
    """A value that people read, and what a choice reads like inside a sentence, are texts too."""
    found = {text.context: text for text in texts_of(tmp_path)}
    assert found["scripts/0/mood/choices/this week/value"].original == "this week"
    assert found["scripts/0/mood/choices/so/reads"].original == "so so"


def test_a_catalogue_is_read_as_it_was_written(ours: list[Text]) -> None:
    """Every text comes back exactly, and writing it again changes nothing."""
    written = updated("pl", ours)
    entries = read_catalogue(written)
    assert [entries[text.context].original for text in ours] == [text.original for text in ours]
    assert updated("pl", ours, written) == written


def test_a_translation_whose_original_changed_is_outdated_and_kept(tmp_path: Path) -> None:
    """It is marked fuzzy, shows what was translated, and stays so until somebody looks."""
    before = translated(updated("pl", texts_of(tmp_path)), "scripts/0/mood/say", "Jak jest?")
    now = texts_of(tmp_path, TALK.replace("How is it?", "How are things?"))
    after = updated("pl", now, updated("pl", now, before))
    entry = read_catalogue(after)["scripts/0/mood/say"]
    assert (entry.original, entry.translation) == ("How are things?", "Jak jest?")
    assert (entry.outdated, entry.was) == (True, "How is it?")
    progress = progress_of(now, read_catalogue(after))
    assert [text.context for text in progress.outdated] == ["scripts/0/mood/say"]
    assert "scripts/0/mood/say" not in progress.said


def test_a_changed_text_counts_as_outdated_before_the_catalogue_is_updated(tmp_path: Path) -> None:
    """Staff change a text on Friday; the old translation is not shown as if it were the new one."""
    before = translated(updated("pl", texts_of(tmp_path)), "scripts/0/mood/say", "Jak jest?")
    now = texts_of(tmp_path, TALK.replace("How is it?", "How are things?"))
    assert len(progress_of(now, read_catalogue(before)).outdated) == 1


def test_a_renamed_step_keeps_its_translation(tmp_path: Path) -> None:
    """`was:` carries translations over as it carries answers over."""
    old = TALK.replace("id: mood\n    was: feeling", "id: feeling")
    before = translated(updated("pl", texts_of(tmp_path, old)), "scripts/0/feeling/say", "Jak?")
    progress = progress_of(texts_of(tmp_path), read_catalogue(before))
    assert progress.said == {"scripts/0/mood/say": "Jak?"}


def test_a_text_that_is_gone_is_kept_as_a_comment_and_comes_back(tmp_path: Path) -> None:
    """Taking a text out for a week loses no translation."""
    before = translated(updated("pl", texts_of(tmp_path)), "scripts/0/mood/skip", "Nie")
    without = updated("pl", texts_of(tmp_path, TALK.replace("    skip: Not now\n", "")), before)
    assert '#~ msgctxt "scripts/0/mood/skip"' in without
    again = updated("pl", texts_of(tmp_path), without)
    assert "#~" not in again
    assert read_catalogue(again)["scripts/0/mood/skip"].translation == "Nie"


def test_what_people_wrote_into_a_catalogue_stays(tmp_path: Path) -> None:
    """The translator's name and remarks outlive an update."""
    written = updated("pl", texts_of(tmp_path))
    written = written.replace("FULL NAME <EMAIL@ADDRESS>", "Ola <ola@example.org>")
    written = written.replace("#. Leaves this", "# Ask Ola about this one.\n#. Leaves this", 1)
    after = updated("pl", texts_of(tmp_path), written)
    assert "Ola <ola@example.org>" in after
    assert "# Ask Ola about this one." in after


def test_old_originals_of_other_tools_do_no_harm(tmp_path: Path) -> None:
    """Weblate may write the old text as `#|`; it is no remark of anybody's."""
    written = updated("pl", texts_of(tmp_path))
    other = written.replace(
        'msgctxt "scripts/0/mood/skip"', '#| msgid "Later"\nmsgctxt "scripts/0/mood/skip"'
    )
    assert updated("pl", texts_of(tmp_path), other) == written


def test_a_broken_catalogue_names_its_line() -> None:
    """A quote that is missing is pointed at."""
    with pytest.raises(NotACatalogue) as broken:
        read_catalogue('msgid "a"\nmsgstr "b"\n\nmsgid "c\nmsgstr "d"\n')
    assert broken.value.line == 4
