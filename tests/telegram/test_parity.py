"""The same conversation in the terminal and on Telegram gives the same texts."""

import pytest

from bot.channels.recording import kith_lines
from bot.engine.effects import Option, Say
from bot.transcripts import read_transcript
from tests.botapi import BotApi, Seen
from tests.conftest import ROOT
from tests.fakes import shipped
from tests.telegram.conftest import Serving
from tests.telegram.talk import Talk

FOLDER = ROOT / "dialogues" / "transcripts"
SEVERAL = {
    step.id
    for compiled in shipped().catalogue.scripts.values()
    for step in compiled.script.steps.values()
    if step.ask and step.ask.kind == "several"
}
CONVERSATIONS = ("nobody-around", "bullied-at-work-it-is-happening", "afraid-of-a-partner")
Buttons = dict[str, tuple[str, str]]


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation_by_taps_reads_as_staff_have_read_it(
    name: str, api: BotApi, serving: Serving, jo: Talk
) -> None:
    """What staff read in a transcript, with its choices, is what a person gets on Telegram."""
    written = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    transcript = read_transcript(written)
    told = [*transcript.head, ""]
    async with serving():
        for words in ("/start", *transcript.said):
            if words != "/start":
                told += [f"you:  {words}", ""]
            for seen in await answers(jo, words):
                told += kith_lines(Say(seen.text, choices(api, seen)))
        await jo.is_left_alone(0.1)
    assert "\n".join(told).rstrip() + "\n" == written


async def test_every_button_of_a_conversation_fits_what_telegram_allows(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """No button is ever refused for its length: its data is 64 bytes at most and never empty."""
    written = (FOLDER / "bullied-at-work-many-of-us.txt").read_text(encoding="utf-8")
    async with serving():
        for words in ("/start", *read_transcript(written).said, "/menu", "/change", "/kept"):
            await answers(jo, words)
    sizes = [
        len(button["callback_data"].encode())
        for method in ("sendMessage", "editMessageText", "editMessageReplyMarkup")
        for call in api.calls_of(method)
        for row in call.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "url" not in button
    ]
    assert len(sizes) > 200
    assert all(1 <= size <= 64 for size in sizes)


async def answers(jo: Talk, words: str) -> list[Seen]:
    """Tap where the words stand on a button of the open question, type otherwise.

    Where several can be picked, each is ticked and then Done is tapped; ticking says nothing new.
    """
    if jo.open is None:
        return await jo.says(words)
    buttons = buttons_of(jo.api, jo.open)
    if words in buttons and buttons[words][1] not in SEVERAL:
        return await jo.taps(words)
    parts = words.split(", ")
    if not all(part in buttons and buttons[part][1] in SEVERAL for part in parts):
        return await jo.says(words)
    if not buttons[parts[0]][0].isdecimal():
        return await jo.taps(words)
    for part in parts:
        (ticked,) = await jo.taps(part)
        assert ticked.edited
        assert ticked.text.startswith(jo.asked.text.split("\n\n")[0])
    return await jo.taps("Done")


def buttons_of(api: BotApi, seen: Seen) -> Buttons:
    """Give the buttons of a message: label to what each is, and the step of its question."""
    sent = [*api.calls_of("sendMessage"), *api.calls_of("editMessageText")]
    keyboards = [call["reply_markup"]["inline_keyboard"] for call in sent if "reply_markup" in call]
    for rows in reversed(keyboards):
        if tuple(tuple(button["text"] for button in row) for row in rows) == seen.buttons:
            data = {button["text"]: button["callback_data"] for row in rows for button in row}
            parts = {label: each.split("|") for label, each in data.items()}
            return {label: (each[1].partition(".")[0], each[2]) for label, each in parts.items()}
    return {}


def choices(api: BotApi, seen: Seen) -> tuple[Option, ...]:
    """Give the choices among the buttons, without back, skip and help."""
    named = buttons_of(api, seen)
    return tuple(Option(what, label) for label, (what, _) in named.items() if what.isdecimal())
