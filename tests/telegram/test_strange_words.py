"""Words that look like mark-up, templates or nothing at all: shown as they were written."""

import pytest

from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_PERSON, TO_QUOTED, Talk

STRANGE = {
    "html": "<b>bold</b> & <script>alert(1)</script>",
    "broken html": "1 < 2 and </b> &amp; &lt;i&gt;",
    "template": "{{ 7*7 }} {% for x in y %}",
    "right to left": "אני לא ישן בלילה, والعمل صعب",
    "emoji only": "😔🫠👩‍👩‍👧",
    "markdown": "*so* _tired_ [link](http://example.org) `x`",
}
LONG = {
    "words": "word " * 799 + "end.",
    "one word": "ö" * 3999,
    "mark-up": "<b>&" * 999,
    "emoji": "🫠" * 3999,
    "paragraphs": "\n\n".join(["A sentence that stands alone. " * 10] * 13).strip(),
}
ISOLATES = "\u2068\u2069"
"""Invisible marks around words that run from right to left, so that they turn nothing else."""


@pytest.mark.parametrize("kind", STRANGE)
async def test_words_are_quoted_back_as_they_were_written(
    kind: str, serving: Serving, jo: Talk
) -> None:
    """A person's words come back exactly, whatever they would mean to a program."""
    words = STRANGE[kind]
    async with serving():
        await jo.says_all(TO_QUOTED)
        (quoted,) = await jo.says(words)
        seen = quoted.text.translate(dict.fromkeys(map(ord, ISOLATES)))
        assert seen.startswith(f"“{words}” That is what you carry in.")
        assert ("Talked to someone",) in quoted.buttons
        assert jo.session().answers["touches"].value == words


@pytest.mark.parametrize("kind", LONG)
async def test_long_words_come_back_whole_in_pieces(kind: str, serving: Serving, jo: Talk) -> None:
    """What was kept is shown whole, in pieces that Telegram takes, the buttons under the last."""
    words = LONG[kind]
    async with serving():
        await jo.says_all(TO_QUOTED)
        for answer in (words, "Nothing yet", words, words):
            await jo.says(answer)
        await jo.person.says("/kept")
        pieces = [await jo.reads()]
        while not pieces[-1].buttons:
            pieces.append(await jo.reads())
        whole = "".join(piece.text for piece in pieces)
        assert plain(whole).count(plain(words)) == 3
        assert len(pieces) > 1
        assert all(len(piece.text) <= 4096 for piece in pieces)
        assert ("Back to where I was",) in pieces[-1].buttons


def plain(text: str) -> str:
    """Leave gaps aside: a long text is cut at one."""
    return "".join(text.split())


async def test_a_long_text_is_cut_between_paragraphs(serving: Serving, jo: Talk) -> None:
    """Where a text has paragraphs, no sentence is torn in two."""
    async with serving():
        await jo.says_all((*TO_QUOTED, LONG["paragraphs"]))
        pieces = await jo.says("/kept")
        assert len(pieces) > 1
        for paragraph in LONG["paragraphs"].split("\n\n"):
            assert any(paragraph.strip() in piece.text for piece in pieces)


async def test_more_than_can_be_taken_in_is_said_so(serving: Serving, jo: Talk) -> None:
    """The longest message that Telegram lets through is answered kindly and nothing is stored."""
    async with serving():
        await jo.says_all(TO_QUOTED)
        answers = jo.session().answers
        (kind,) = await jo.says("x" * 4096)
        assert kind.text.startswith("That is more than I can take in at once.")
        assert jo.session().answers == answers


@pytest.mark.parametrize("name", ["<b>Max</b> & Co", "{{ 7*7 }}", "דנה", 'O\'Neil "Bo"'])
async def test_a_strange_name_is_said_and_shown_on_buttons(
    name: str, serving: Serving, jo: Talk
) -> None:
    """A name is a name, in a question and on a button, whatever its letters mean elsewhere."""
    async with serving():
        await jo.says_all(TO_PERSON)
        await jo.says(name)
        assert f"If {name} heard about this" in jo.asked.text
        await jo.says("change")
        assert (name,) in jo.asked.buttons


async def test_an_emoji_is_no_name_and_is_asked_again(serving: Serving, jo: Talk) -> None:
    """Where a name is needed, a picture alone is asked again kindly."""
    async with serving():
        await jo.says_all(TO_PERSON)
        (again,) = await jo.says("🫠")
        assert "It needs at least one letter." in again.text
        assert "Who is it?" in again.text


async def test_at_a_choice_strange_words_are_asked_again(serving: Serving, jo: Talk) -> None:
    """Nothing that can be typed breaks a question; it is put again."""
    async with serving():
        await jo.says_all(("/start", "Yes"))
        for words in ("<b>", "{{ 7*7 }}", "🫠", "אני", "/", "/ ", "//", "12345"):
            (again,) = await jo.says(words)
            assert "Might someone else look at this phone" in again.text
        assert set(jo.session().answers) == {"adult"}
