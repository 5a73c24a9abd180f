"""Answers made of several taps: ticks, and stones put down one by one."""

from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_SEVERAL, TO_STONES, Talk


async def test_ticks_stand_in_the_same_message_with_words(serving: Serving, jo: Talk) -> None:
    """Each tap marks its choice and says in words what is picked; the message stays one."""
    async with serving():
        asked = await jo.says_all(TO_SEVERAL)
        (one,) = await jo.taps("It wears me out")
        (two,) = await jo.taps("I feel alone with it")
        assert one.edited
        assert one.message_id == two.message_id == asked.message_id
        assert ("✓ It wears me out",) in one.buttons
        assert ("Done",) in one.buttons
        assert one.text == f"{asked.text}\n\nSo far: It wears me out. Tap Done when that is all."
        assert {("✓ It wears me out",), ("✓ I feel alone with it",)} <= set(two.buttons)
        assert "So far: It wears me out" in two.text
        assert "I feel alone with it. Tap Done" in two.text
        await jo.taps("Done")
        assert jo.session().answers["weighs"].value == ["worn", "alone"]
        assert "What have you tried so far?" in jo.asked.text


async def test_a_tick_can_be_taken_back(serving: Serving, jo: Talk) -> None:
    """A second tap on a tick takes it away, and the message is as it was."""
    async with serving():
        asked = await jo.says_all(TO_SEVERAL)
        await jo.taps("It wears me out")
        (bare,) = await jo.taps("✓ It wears me out")
        assert bare.text == asked.text
        assert bare.buttons == asked.buttons


async def test_after_done_only_done_is_left_of_the_buttons(serving: Serving, jo: Talk) -> None:
    """A question of several ticks comes to rest like any other, its words still there."""
    async with serving():
        asked = await jo.says_all(TO_SEVERAL)
        await jo.taps("It wears me out")
        await jo.taps("Done")
        await jo.api.until_called("editMessageReplyMarkup")
        standing = {seen.message_id: seen for seen in jo.person.history()}[asked.message_id]
        assert standing.buttons == (("✓ Done",),)
        assert "So far: It wears me out." in standing.text


async def test_typing_between_ticks_answers_the_question(serving: Serving, jo: Talk) -> None:
    """Whoever begins to tap may go on by typing, and the ticked message is old then."""
    async with serving():
        asked = await jo.says_all(TO_SEVERAL)
        await jo.taps("It wears me out")
        await jo.says("It makes me angry")
        assert "What have you tried so far?" in jo.asked.text
        row = jo.row()
        assert (await jo.taps_late(asked.message_id, "Done") or "").startswith("That button is")
        assert jo.row() == row


async def test_stones_go_down_one_by_one(serving: Serving, jo: Talk) -> None:
    """Each stone is counted in words in the same message; the fifth goes on by itself."""
    async with serving():
        asked = await jo.says_all(TO_STONES)
        assert asked.text.startswith("You have five stones.")
        (one,) = await jo.taps("With me")
        assert one.edited
        assert one.message_id == asked.message_id
        assert "So far: With me 1. 4 stones are left." in one.text
        for _ in range(3):
            (four,) = await jo.taps("With what is around it")
        assert "With me 1, With what is around it 3. One stone is left." in four.text
        await jo.taps("With me")
        assert jo.session().answers["stones"].value == {"self": 2, "situation": 3}
        assert "Who is around you" in jo.asked.text


async def test_fewer_stones_and_starting_again(serving: Serving, jo: Talk) -> None:
    """Stones can be taken up again, and some may stay in the hand."""
    async with serving():
        asked = await jo.says_all(TO_STONES)
        await jo.taps("With me")
        (afresh,) = await jo.taps("Start these again")
        assert afresh.text == asked.text
        await jo.taps("With what is around it")
        await jo.taps("Done")
        assert jo.session().answers["stones"].value == {"self": 0, "situation": 1}


async def test_ticks_are_there_after_a_restart(serving: Serving, jo: Talk) -> None:
    """A restart between two ticks loses neither; the buttons of before still count."""
    async with serving():
        await jo.says_all(TO_SEVERAL)
        await jo.taps("It wears me out")
    async with serving():
        (two,) = await jo.taps("I feel alone with it")
        assert {("✓ It wears me out",), ("✓ I feel alone with it",)} <= set(two.buttons)
