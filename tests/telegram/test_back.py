"""Going back on Telegram: the earlier question takes the place of the later one."""

from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_WORDS, Talk


async def test_back_puts_the_earlier_question_in_the_place_of_the_later(
    serving: Serving, jo: Talk
) -> None:
    """Back leaves no trail of half-asked questions: the message itself changes."""
    async with serving():
        phone = await jo.says_all(("/start", "Yes"))
        consent = (await jo.says("No, only me"))[-1]
        before = len(jo.person.history())
        (again,) = await jo.taps("Back")
        assert again.edited
        assert again.message_id == consent.message_id
        assert again.text == f"{phone.text}\n\nYou said: No, only me"
        assert ("Leave it as it is",) in again.buttons
        assert len(jo.person.history()) == before


async def test_leaving_an_answer_as_it_is_goes_on(serving: Serving, jo: Talk) -> None:
    """Who only wanted to look goes on with one tap, and nothing is lost."""
    async with serving():
        words = await jo.says_all(TO_WORDS)
        kept = jo.session().answers
        await jo.taps("Back")
        await jo.taps("Leave it as it is")
        assert jo.asked.text == words.text
        assert jo.session().answers == kept


async def test_back_all_the_way_is_one_message_that_changes(serving: Serving, jo: Talk) -> None:
    """However often somebody goes back, it stays one message, down to the first question."""
    async with serving():
        last = await jo.says_all(TO_WORDS)
        texts = [(await jo.taps("Back"))[-1] for _ in range(3)]
        assert {seen.message_id for seen in texts} == {last.message_id}
        assert texts[-1].text.startswith("First, are you 18 or over?")
        assert not any("Back" in row for row in jo.asked.buttons)


async def test_typing_back_asks_again_in_a_new_message(serving: Serving, jo: Talk) -> None:
    """Typed words have no message to change, so the question comes below them."""
    async with serving():
        await jo.says_all(TO_WORDS)
        (again,) = await jo.says("back")
        assert not again.edited
        assert again.text.endswith("You said: Yes, go on")


async def test_back_where_the_message_is_gone_asks_below(serving: Serving, jo: Talk) -> None:
    """Where the tapped message can't be changed any more, nobody is left without a question."""
    async with serving():
        asked = await jo.says_all(TO_WORDS)
        data = f"{jo.session().revision:x}|back|words"
        await jo.person.taps_data(asked.message_id + 1000, data)
        (again,) = await jo.hears()
        assert not again.edited
        assert again.text.endswith("You said: Yes, go on")
