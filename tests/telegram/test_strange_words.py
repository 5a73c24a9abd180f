"""Words that look like mark-up, templates or nothing at all: shown as they were written."""

import pytest

from tests.botapi import BotApi
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_PERSON, TO_QUOTED, Talk

STRANGE = {
    "html": "<b>bold</b> & <script>alert(1)</script>",
    "broken html": "1 < 2 and </b> &amp; &lt;i&gt;",
    "template": "{{ 7*7 }} {% for x in y %}",
    "right to left": "אני לא ישן בלילה, والعمل صعب",
    "emoji only": "😔🫠👩‍👩‍👧",
    "markdown": "*so* _tired_ [link](http://example.org) `x`",
    "long": "word " * 799 + "end.",
    "long without a gap": "ö" * 3999,
    "paragraphs": "\n\n".join(["A sentence that stands alone. " * 10] * 13).strip(),
}


@pytest.mark.parametrize("kind", STRANGE)
async def test_words_are_quoted_back_as_they_were_written(
    kind: str, api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A person's words come back exactly, in pieces that Telegram takes, buttons on the last."""
    words = STRANGE[kind]
    async with serving():
        await jo.says_all(TO_QUOTED)
        pieces = await jo.says(words)
        whole = " ".join(piece.text for piece in pieces)
        assert plain(f"“{words}” That is what you carry in.") in plain(whole)
        assert all(len(piece.text) <= 4096 for piece in pieces)
        assert all(not piece.buttons for piece in pieces[:-1])
        assert ("Talked to someone",) in pieces[-1].buttons
        await jo.taps("Nothing yet" if ("Nothing yet",) in jo.asked.buttons else "Done")
        assert "49" not in "".join(jo.said[-3:])
    assert jo.session().answers["touches"].value == words


def plain(text: str) -> str:
    """Leave gaps aside: a long text is cut at one."""
    return "".join(text.split())


async def test_a_long_text_is_cut_between_paragraphs(serving: Serving, jo: Talk) -> None:
    """Where a text has paragraphs, no sentence is torn in two."""
    async with serving():
        await jo.says_all(TO_QUOTED)
        pieces = await jo.says(STRANGE["paragraphs"])
        assert len(pieces) > 1
        assert all(piece.text.endswith((".", "?", "”", "in.")) for piece in pieces)


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


@pytest.mark.parametrize("words", ["<b>", "{{ 7*7 }}", "🫠", "אני", "/", "/ ", "//", "12345"])
async def test_at_a_choice_strange_words_are_asked_again(
    words: str, serving: Serving, jo: Talk
) -> None:
    """Nothing that can be typed breaks a question; it is put again."""
    async with serving():
        await jo.says_all(("/start", "Yes"))
        (again,) = await jo.says(words)
        assert "Might someone else look at this phone" in again.text
        assert set(jo.session().answers) == {"adult"}
