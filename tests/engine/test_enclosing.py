"""What goes along with a text: a page, made of answers, beside the words that say the same."""

import json
from pathlib import Path

from bot.checking import check
from bot.engine.codes import ERRORS
from bot.engine.effects import Say
from bot.engine.session import dump
from bot.parcels import Outgoing, pack_outgoing, unpack_outgoing
from tests.fakes import Talk, catalogue_of, complaints, write_dialogues

SHEET = """
id: talk
steps:
  - {id: name, say: Who?, ask: person}
  - {id: weighs, say: What weighs?, ask: words, skip: Nothing}
  - id: letter
    say: [Here it comes., "It weighs{% if weighs %}: {{ weighs }}{% endif %}."]
    page:
      title: For {{ name or "you" }}
      parts:
        - {heading: What weighs, text: '{{ weighs or "" }}'}
        - heading: Who comes along
          text: |-
            Not alone.

            - {{ name or "someone" }}
  - {id: last, say: Anything else?, ask: words}
"""


def told(talk: Talk) -> list[Say]:
    return [effect for effect in talk.turn.effects if isinstance(effect, Say)]


def test_a_page_goes_with_the_last_text_of_its_step():
    """What it holds is what the answers make of it, and the words come in any case."""
    talk = Talk(catalogue_of(SHEET))
    talk.opens()
    talk.says("Anna", "<b>the rent</b>")
    first, letter, question = told(talk)
    assert [first.text, letter.text] == ["Here it comes.", "It weighs: <b>the rent</b>."]
    assert first.enclosed is None
    assert question.enclosed is None
    assert letter.enclosed is not None
    assert letter.enclosed.kind == "page"
    assert letter.enclosed.holds == {
        "title": "For Anna",
        "parts": [
            {"heading": "What weighs", "text": "<b>the rent</b>"},
            {"heading": "Who comes along", "text": "Not alone.\n\n- Anna"},
        ],
    }


def test_a_part_of_a_page_without_words_is_left_out():
    """No heading stands over nothing."""
    talk = Talk(catalogue_of(SHEET))
    talk.opens()
    talk.says("Anna")
    talk.uses("skip")
    letter = next(each for each in told(talk) if each.enclosed)
    assert letter.enclosed is not None
    assert [part["heading"] for part in letter.enclosed.holds["parts"]] == ["Who comes along"]


def test_a_page_does_not_come_again_with_the_next_answer():
    """It is sent once; what is put again later has nothing beside it."""
    talk = Talk(catalogue_of(SHEET))
    talk.opens()
    talk.says("Anna", "the rent")
    talk.opens()
    assert not [each for each in told(talk) if each.enclosed]


def test_a_page_is_kept_nowhere_but_on_its_way_out():
    """It waits in the outbox, whole; the session has answers and no page."""
    talk = Talk(catalogue_of(SHEET))
    talk.opens()
    talk.says("Anna", "the rent")
    letter = next(each for each in told(talk) if each.enclosed)
    assert unpack_outgoing(pack_outgoing(Outgoing(letter, None))).effect == letter
    assert "For Anna" not in json.dumps(dump(talk.session))


def test_a_page_that_prints_an_answer_nobody_gave_is_named(tmp_path: Path):
    """The same proof holds for paper as for a message, on the line where it stands."""
    holes = SHEET.replace('{{ weighs or "" }}', "{{ weighs }}")
    found = [each for each in check(write_dialogues(tmp_path, holes)) if each.code in ERRORS]
    assert ("maybe-missing", 11) in [(each.code, each.line) for each in found]


def test_a_page_reads_no_answer_that_is_nowhere(tmp_path: Path):
    """A name that is misspelt is named with the one it was meant to be."""
    found = complaints(tmp_path, SHEET.replace('{{ name or "you" }}', '{{ nmae or "you" }}'))
    assert [(each.code, each.line) for each in found] == [("unknown-answer", 9)]


def test_what_a_page_shows_is_read_by_its_step():
    """So a changed answer is followed into the page as into a message."""
    step = catalogue_of(SHEET).scripts["talk"].script.steps["letter"]
    assert {"name", "weighs"} <= step.reads


def test_a_page_needs_parts(tmp_path: Path):
    """A sheet with nothing on it is a slip."""
    cut = SHEET[: SHEET.index("      parts:")] + SHEET[SHEET.index("  - {id: last") :]
    assert [each.code for each in complaints(tmp_path, cut)] == ["missing-key"]
