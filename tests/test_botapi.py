"""The Bot API server for tests keeps its promises to the real library."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    MenuButtonCommands,
    Message,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler
from telegram.request import HTTPXRequest

from tests.botapi import BotApi, Fault, Group, Person

pytestmark = pytest.mark.asyncio

PNG = b"\x89PNG\r\n\x1a\n a picture"
TOKEN = "42:TEST"
SUPERGROUP = -1_001_234_567_890


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons whose data is their label in lower case."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]]
    )


@asynccontextmanager
async def connected(server: BotApi, token: str = TOKEN) -> AsyncIterator[Bot]:
    """Give a real bot that talks to the server."""
    async with Bot(
        token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=HTTPXRequest(connection_pool_size=8),
    ) as bot:
        yield bot


@pytest_asyncio.fixture
async def server() -> AsyncIterator[BotApi]:
    """Give a running server."""
    async with await BotApi.start(token=TOKEN) as running:
        yield running


@pytest_asyncio.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    """Give a real bot that has called getMe."""
    async with connected(server) as connection:
        yield connection


@pytest.fixture
def ann(server: BotApi) -> Person:
    """Give a person called Ann."""
    return server.person(7, first_name="Ann", language_code="de")


@pytest.fixture
def bea(server: BotApi) -> Person:
    """Give a person called Bea."""
    return server.person(8, first_name="Bea")


@pytest.fixture
def circle(server: BotApi, ann: Person, bea: Person) -> Group:
    """Give a forum that Ann made, with Bea in it and one topic."""
    return server.group(SUPERGROUP, title="Circle", members=[ann, bea], topics={5: "Evenings"})


async def updates(bot: Bot, offset: int | None = None) -> list[Update]:
    """Give what waits for the bot, without waiting for more."""
    return list(await bot.get_updates(offset=offset, timeout=0))


# The bot and its token


async def test_get_me_describes_the_bot_of_the_token(bot: Bot) -> None:
    """The library accepts what getMe answers, and the id is the token's."""
    assert (bot.bot.id, bot.bot.is_bot) == (42, True)


async def test_a_wrong_token_is_unauthorized(server: BotApi) -> None:
    """A call with another token is refused and not logged."""
    with pytest.raises(InvalidToken):
        async with connected(server, "43:OTHER"):
            pass
    assert server.calls == []


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    """A method the server does not know is answered with 404."""
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendSmoke")


async def test_close_and_log_out_are_granted(bot: Bot) -> None:
    """Both ways of taking leave succeed."""
    assert await bot.close()
    assert await bot.log_out()


async def test_calls_in_a_query_or_in_json_are_read_too(server: BotApi, ann: Person) -> None:
    """Parameters may travel as the real API allows: in the query, or as a JSON body."""
    async with aiohttp.ClientSession() as http:
        url = f"{server.url}/bot{TOKEN}/sendMessage"
        async with http.get(url, params={"chat_id": "7", "text": "one"}) as answer:
            assert (await answer.json())["ok"]
        async with http.post(url, json={"chat_id": 7, "text": "two"}) as answer:
            assert (await answer.json())["result"]["text"] == "two"
    assert [seen.text for seen in ann.history()] == ["one", "two"]


async def test_stopping_cuts_off_a_waiting_long_poll(ann: Person) -> None:
    """A server can be stopped while a bot still waits for updates."""
    server = BotApi(TOKEN)
    async with server, connected(server) as bot:
        waiting = asyncio.create_task(bot.get_updates(timeout=30))
        await arrived(server, "getUpdates")
        await server.stop()
        with pytest.raises(NetworkError):
            await waiting
    assert ann.history() == []


async def arrived(server: BotApi, method: str, n: int = 1) -> None:
    """Wait until the server has received `n` calls of a method, answered or not."""
    while len(server.calls_of(method)) < n:  # noqa: ASYNC110
        await asyncio.sleep(0.001)


# Texts


async def test_a_text_is_stored_plain_and_raw(bot: Bot, ann: Person) -> None:
    """A person sees the text without markup, and the test can see what was sent."""
    sent = await bot.send_message(7, " <b>Hi</b> &lt;Ann&gt; &amp; all ", parse_mode="HTML")
    (seen,) = await ann.sees()
    assert sent.text == seen.text == "Hi <Ann> & all"
    assert seen.raw == " <b>Hi</b> &lt;Ann&gt; &amp; all "
    assert (seen.message_id, seen.edited, seen.by_bot) == (sent.message_id, False, True)
    assert (sent.chat.type, sent.from_user and sent.from_user.id) == ("private", 42)


@pytest.mark.parametrize("text", ["[1, 2]", '{"a": 1}', "true", "<b>not markup</b>", "a &amp; b"])
async def test_a_text_without_parse_mode_stays_as_it_is(bot: Bot, ann: Person, text: str) -> None:
    """Nothing in a plain text is taken for JSON or markup."""
    await bot.send_message(7, text)
    assert (await ann.sees())[0].text == text


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<b>a<i>b</i></b> <u>c</u> <s>d</s>", "ab c d"),
        ("<B>a</B>\n<strong>b</strong>", "a\nb"),
        ('<a href="https://example.org/?a=1&amp;b=2">link</a>', "link"),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab"),
        ('<pre><code class="language-python">x &lt; y</code></pre>', "x < y"),
        ("<blockquote expandable>a</blockquote>", "a"),
        (
            "&#128578; &quot;q&quot; &nbsp; AT&T 2 > 1",
            '\N{SLIGHTLY SMILING FACE} "q" &nbsp; AT&T 2 > 1',
        ),
    ],
)
async def test_html_telegram_knows_is_parsed(bot: Bot, ann: Person, raw: str, plain: str) -> None:
    """Every tag of Telegram's HTML, and only its entities, become plain text."""
    await bot.send_message(7, raw, parse_mode="HTML")
    assert (await ann.sees())[0].text == plain


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<b>a", 'find end tag corresponding to start tag "b"'),
        ("a</b>", "unexpected end tag at byte offset 1"),
        ("é<b><i>a</b></i>", 'unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("a <p>b</p>", 'unsupported start tag "p" at byte offset 2'),
        ("<br/>", 'unsupported start tag "br/"'),
        ("<span>a</span>", 'unsupported start tag "span"'),
        ("1 < 2", 'unsupported start tag "" at byte offset 2'),
        ("1 <2", "unclosed start tag at byte offset 2"),
        ("I <3 you <b>so</b>", 'unsupported start tag "3"'),
        ("<a href='x>a</a>", "unclosed start tag at byte offset 0"),
    ],
)
async def test_broken_html_is_refused(bot: Bot, ann: Person, raw: str, reason: str) -> None:
    """Markup Telegram could not parse is refused with the place of the mistake."""
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(7, raw, parse_mode="HTML")
    assert refused.value.message.startswith("Can't parse entities")
    assert reason.lower() in refused.value.message.lower()
    assert ann.history() == []


@pytest.mark.parametrize("text", ["", "  \n", "<b></b>"])
async def test_an_empty_text_is_refused(bot: Bot, ann: Person, text: str) -> None:
    """A text with nothing to read is refused, markup or not."""
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(7, text, parse_mode="HTML")
    assert ann.history() == []


async def test_the_length_limit_counts_parsed_characters(bot: Bot, ann: Person) -> None:
    """4096 characters pass whatever their markup; one more is refused."""
    await bot.send_message(7, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert (await ann.sees())[0].text == "<" * 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(7, "x" * 4097)


async def test_a_message_to_nobody_is_refused(bot: Bot) -> None:
    """Only chats of known people and groups exist."""
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "hello")


# Keyboards


async def test_buttons_are_seen_row_by_row(bot: Bot, ann: Person) -> None:
    """The library gets its keyboard back, and a person sees the labels."""
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("A", callback_data="x" * 64)],
            [
                InlineKeyboardButton("B", callback_data="b"),
                InlineKeyboardButton("C", url="https://example.org"),
            ],
        ]
    )
    sent = await bot.send_message(7, "choose", reply_markup=markup)
    assert sent.reply_markup == markup
    seen = (await ann.sees())[0]
    assert seen.buttons == (("A",), ("B",))
    assert seen.links == {"C": "https://example.org"}


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (InlineKeyboardButton("A", callback_data="x" * 65), "Button_data_invalid"),
        (InlineKeyboardButton("A", callback_data="é" * 33), "Button_data_invalid"),
        (InlineKeyboardButton("A", callback_data=""), "Button_data_invalid"),
        (InlineKeyboardButton("", callback_data="a"), "button text must be non-empty"),
        (InlineKeyboardButton("A"), "Text buttons are unallowed"),
    ],
)
async def test_a_broken_button_is_refused(
    bot: Bot, ann: Person, button: InlineKeyboardButton, reason: str
) -> None:
    """Buttons Telegram would refuse are refused when sent and when edited in."""
    sent = await bot.send_message(7, "plain")
    markup = InlineKeyboardMarkup([[button]])
    with pytest.raises(BadRequest, match=reason):
        await bot.send_message(7, "choose", reply_markup=markup)
    with pytest.raises(BadRequest, match=reason):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=markup)
    assert [seen.text for seen in ann.history()] == ["plain"]


# Media


async def test_a_photo_is_uploaded_sent_again_and_downloaded(bot: Bot, ann: Person) -> None:
    """A picture keeps its bytes from upload to download, and its file_id can be sent again."""
    sent = await bot.send_photo(7, PNG, caption="<b>Look</b>", parse_mode="HTML")
    await bot.send_photo(7, sent.photo[-1].file_id)
    first, second = await ann.sees(2)
    assert first.photo
    assert (first.text, first.photo.content, second.photo) == ("Look", PNG, first.photo)
    file = await bot.get_file(sent.photo[-1].file_id)
    assert await file.download_as_bytearray() == PNG


async def test_a_document_keeps_its_name_and_bytes(bot: Bot, ann: Person) -> None:
    """A file arrives as it was sent, either way the library can attach it."""
    await bot.send_document(7, b"one", filename="one.txt", caption="first")
    await bot.send_document(7, InputFile(b"two", filename="two.txt", attach=True))
    one, two = await ann.sees(2)
    assert one.document
    assert two.document
    assert (one.text, one.document.name, one.document.content) == ("first", "one.txt", b"one")
    assert (two.document.name, two.document.content) == ("two.txt", b"two")


async def test_files_that_cannot_be_sent_are_refused(bot: Bot, ann: Person) -> None:
    """A photo that is no picture, an empty file and an unknown file_id are refused."""
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(7, b"words")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(7, b"")
    with pytest.raises(BadRequest, match="Wrong remote file identifier"):
        await bot.send_photo(7, "unknown")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(7, PNG, caption="x" * 1025)
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("unknown")
    assert ann.history() == []


async def test_a_contact_card_is_seen(bot: Bot, ann: Person) -> None:
    """A card shows its number and name, and needs both."""
    await bot.send_contact(7, phone_number="+15550100", first_name="Kim")
    assert (await ann.sees())[0].contact == {"phone_number": "+15550100", "first_name": "Kim"}
    with pytest.raises(BadRequest, match="must be non-empty"):
        await bot.send_contact(7, phone_number="+15550100", first_name=" ")


# Edits and deletions


async def test_an_edit_answers_with_the_message_and_is_seen(bot: Bot, ann: Person) -> None:
    """An edited text drops the keyboard it does not repeat, and counts as something new."""
    sent = await bot.send_message(7, "before", reply_markup=keyboard("Go"))
    edited = await bot.edit_message_text("after", 7, sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.edit_date is None) == ("after", None, False)
    first, second = await ann.sees(2)
    assert (first.text, first.edited, first.buttons) == ("before", False, (("Go",),))
    assert (second.text, second.edited, second.buttons) == ("after", True, ())
    assert [seen.text for seen in ann.history()] == ["after"]


async def test_a_keyboard_can_be_replaced_and_removed(bot: Bot, ann: Person) -> None:
    """Editing the keyboard alone leaves the text as it is."""
    sent = await bot.send_message(7, "choose", reply_markup=keyboard("A"))
    await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=keyboard("B"))
    await bot.edit_message_reply_markup(7, sent.message_id)
    assert [seen.buttons for seen in await ann.sees(3)] == [(("A",),), (("B",),), ()]
    assert ann.history()[0].text == "choose"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ann: Person) -> None:
    """The same text and keyboard again is not modified, and nobody sees anything new."""
    sent = await bot.send_message(7, "same", reply_markup=keyboard("A"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("same", 7, sent.message_id, reply_markup=keyboard("A"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=keyboard("A"))
    assert len(await ann.sees()) == 1
    await ann.quiet(0.01)


async def test_only_own_standing_texts_can_be_edited(bot: Bot, ann: Person) -> None:
    """A message that is gone, another's, or without text can't be given a new text."""
    said = await ann.says("mine")
    photo = await bot.send_photo(7, PNG)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("new", 7, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("new", 7, said)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("new", 7, photo.message_id)


async def test_messages_can_be_deleted_once(bot: Bot, ann: Person) -> None:
    """A deleted message is gone from the chat; deleting it again alone is refused."""
    said = await ann.says("mine")
    one, two, three = [(await bot.send_message(7, text)).message_id for text in "abc"]
    assert await bot.delete_message(7, one)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(7, one)
    assert await bot.delete_messages(7, [said, one, two])
    assert [seen.message_id for seen in ann.history()] == [three]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("new", 7, two)


# Taps


async def test_a_tap_reaches_the_bot_and_is_answered_once(bot: Bot, ann: Person) -> None:
    """A tap carries the button's data and its message; a second answer comes too late."""
    await bot.send_message(7, "old", reply_markup=keyboard("Go"))
    newer = await bot.send_message(7, "new", reply_markup=keyboard("Stop", "Go"))
    query_id = await ann.taps("Go")
    query = (await updates(bot))[-1].callback_query
    assert query
    assert query.message
    assert (query.id, query.data, query.from_user.id) == (query_id, "go", 7)
    assert query.message.message_id == newer.message_id
    assert await query.answer("fine")
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()


async def test_an_expired_or_unknown_tap_cannot_be_answered(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """Answers to stale and to invented queries are refused."""
    await bot.send_message(7, "choose", reply_markup=keyboard("Go"))
    query_id = await ann.taps("Go")
    server.expire_taps()
    for stale in (query_id, "unknown"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(stale)


async def test_a_label_nobody_shows_cannot_be_tapped(bot: Bot, ann: Person) -> None:
    """Tapping what is not there fails the test and names what is."""
    await bot.send_message(7, "choose", reply_markup=keyboard("Go"))
    with pytest.raises(AssertionError, match=r"no button 'Stop'; there are \['Go'\]"):
        await ann.taps("Stop")


async def test_an_old_screen_can_still_be_tapped(bot: Bot, ann: Person) -> None:
    """A removed button, a deleted message and made-up data reach the bot as from Telegram."""
    sent = await bot.send_message(7, "choose", reply_markup=keyboard("Go"))
    await bot.edit_message_text("chosen", 7, sent.message_id)
    await ann.taps_old(sent.message_id, "Go")
    await bot.delete_message(7, sent.message_id)
    await ann.taps_old(sent.message_id, "Go")
    await ann.taps_data(sent.message_id, "made up")
    edited, deleted, forged = [one.callback_query for one in await updates(bot)]
    assert edited
    assert isinstance(edited.message, Message)
    assert (edited.data, edited.message.text) == ("go", "chosen")
    assert deleted
    assert deleted.message
    assert (deleted.data, deleted.message.is_accessible) == ("go", False)
    assert forged
    assert forged.data == "made up"


# What people send


async def test_a_typed_command_carries_its_entity(bot: Bot, ann: Person) -> None:
    """Commands are marked wherever they stand, measured as Telegram measures."""
    await ann.says("/start abc")
    await ann.says("\N{SLIGHTLY SMILING FACE} try /help@kith_test_bot, not a/b")
    first, second = [one.message for one in await updates(bot)]
    assert first
    assert first.from_user
    assert first.parse_entities(["bot_command"]) == {first.entities[0]: "/start"}
    assert (first.text, first.from_user.language_code) == ("/start abc", "de")
    assert second
    assert list(second.parse_entities().values()) == ["/help@kith_test_bot"]


async def test_every_kind_of_message_is_understood(bot: Bot, ann: Person) -> None:
    """The library recognises a photo, a voice, a sticker, a contact, a place and an edit."""
    said = await ann.says("first")
    await ann.sends_photo("look")
    await ann.sends_voice()
    await ann.sends_sticker()
    await ann.sends_contact()
    await ann.sends_location()
    await ann.edits(said, "/second")
    *sent, last = await updates(bot)
    _, photo, voice, sticker, contact, place = [one.message for one in sent]
    assert photo
    assert (photo.caption, len(photo.photo)) == ("look", 1)
    assert voice
    assert voice.voice
    assert sticker
    assert sticker.sticker
    assert contact
    assert contact.contact
    assert contact.contact.phone_number == "+15550100"
    assert place
    assert place.location
    assert last.edited_message
    assert (last.edited_message.message_id, last.edited_message.text) == (said, "/second")
    file = await bot.get_file(photo.photo[0])
    assert (await file.download_as_bytearray()).startswith(b"\xff\xd8\xff")


async def test_a_block_is_told_and_refuses_the_bot(bot: Bot, ann: Person) -> None:
    """A blocked bot learns of it, is refused everything, and may write again once unblocked."""
    sent = await bot.send_message(7, "hello")
    await ann.blocks()
    for call in (
        bot.send_message(7, "again"),
        bot.send_chat_action(7, "typing"),
        bot.edit_message_text("again", 7, sent.message_id),
    ):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await call
    with pytest.raises(AssertionError, match="blocked"):
        await ann.says("can you hear me?")
    await ann.unblocks()
    assert await bot.send_chat_action(7, "typing")
    changes = [one.my_chat_member for one in await updates(bot)]
    standing = [(one.old_chat_member.status, one.new_chat_member.status) for one in changes if one]
    assert standing == [("member", "kicked"), ("kicked", "member")]


async def test_sees_gives_each_message_once(bot: Bot, ann: Person, bea: Person) -> None:
    """Messages are handed out in order, only to the chat they belong to, and never twice."""
    for text in ("one", "two", "three"):
        await bot.send_message(7, text)
    assert [seen.text for seen in await ann.sees(2)] == ["one", "two"]
    with pytest.raises(AssertionError, match="expected nothing new"):
        await ann.quiet(0.01)
    assert [seen.text for seen in await ann.sees()] == ["three"]
    await ann.quiet(0.01)
    await bea.quiet(0.01)
    with pytest.raises(AssertionError, match="expected 1 new messages"):
        await ann.sees(timeout=0.01)


async def test_sees_waits_for_what_is_still_to_come(bot: Bot, ann: Person) -> None:
    """A message sent later ends the waiting."""
    waiting = asyncio.create_task(ann.sees())
    await bot.send_message(7, "late")
    assert [seen.text for seen in await waiting] == ["late"]


# Updates by long poll


async def test_updates_come_again_until_acknowledged(bot: Bot, ann: Person) -> None:
    """Without an offset nothing is forgotten; an offset forgets everything below it."""
    for text in ("one", "two", "three"):
        await ann.says(text)
    first = await updates(bot)
    assert await updates(bot) == first
    assert [one.message and one.message.text for one in first] == ["one", "two", "three"]
    assert await updates(bot, first[2].update_id) == first[2:]
    assert await updates(bot) == first[2:]
    assert await updates(bot, first[2].update_id + 1) == []
    assert await updates(bot) == []


async def test_a_limit_is_kept(bot: Bot, ann: Person) -> None:
    """No more updates are given than were asked for."""
    for text in ("one", "two", "three"):
        await ann.says(text)
    assert len(await bot.get_updates(limit=2, timeout=0)) == 2


async def test_a_long_poll_ends_with_the_first_update(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """A waiting poll is answered as soon as somebody says something."""
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await arrived(server, "getUpdates")
    await ann.says("hello")
    assert [one.message and one.message.text for one in await waiting] == ["hello"]


async def test_only_wanted_kinds_are_queued(bot: Bot, ann: Person) -> None:
    """A list of kinds holds until another is given, for updates that come after it."""
    await bot.get_updates(timeout=0, allowed_updates=["message"])
    said = await ann.says("hello")
    await ann.edits(said, "goodbye")
    assert [one.message is None for one in await updates(bot)] == [False]
    await bot.get_updates(timeout=0, allowed_updates=[])
    await ann.edits(said, "hello again")
    assert len(await updates(bot)) == 2


async def test_a_second_long_poll_ends_the_first(server: BotApi, bot: Bot, ann: Person) -> None:
    """The poll that was waiting is told of the conflict, and the newer one goes on."""
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await arrived(server, "getUpdates")
    async with connected(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ann.says("hello")
        assert len(await second) == 1


async def test_an_update_can_be_delivered_twice(server: BotApi, bot: Bot, ann: Person) -> None:
    """A repeat arrives under the same id, before it was acknowledged and after."""
    await ann.says("hello")
    server.repeat()
    one, two = await updates(bot)
    assert one == two
    server.repeat()
    assert await updates(bot, one.update_id + 1) == [one]
    assert await updates(bot, one.update_id + 1) == []


async def test_drained_waits_for_the_acknowledgement(server: BotApi, bot: Bot, ann: Person) -> None:
    """The queue counts as drained once every update was acknowledged."""
    await ann.says("hello")
    waiting = asyncio.create_task(server.drained())
    (one,) = await updates(bot)
    assert not waiting.done()
    await updates(bot, one.update_id + 1)
    await waiting


# Updates by webhook


class Listener:
    """A webhook that records what it gets and answers from a list of statuses, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, str]] = []
        self.statuses: list[int] = []
        self.hold = asyncio.Event()
        self.hold.set()
        self.url = ""
        self._came = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        """Record one update."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.append((secret, (await request.json())["message"]["text"]))
        self._came.set()
        if self.got[-1][1] != "free":
            await self.hold.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def gets(self, n: int) -> list[str]:
        """Wait until `n` updates have come in all, and give their texts."""
        async with asyncio.timeout(5):
            while len(self.got) < n:
                self._came.clear()
                await self._came.wait()
        return [text for _, text in self.got]


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[Listener]:
    """Give a webhook on loopback."""
    hook = Listener()
    app = web.Application()
    app.router.add_post("/", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(
    server: BotApi, bot: Bot, ann: Person, listener: Listener
) -> None:
    """What waited and what comes is posted with the secret header, and then done."""
    await ann.says("one")
    await bot.set_webhook(listener.url, secret_token="s3cret", allowed_updates=["message"])
    await ann.says("two")
    assert await listener.gets(2) == ["one", "two"]
    assert {secret for secret, _ in listener.got} == {"s3cret"}
    await server.drained()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (listener.url, 0)
    assert info.allowed_updates == ("message",)


async def test_a_refused_update_is_posted_again_in_its_place(
    server: BotApi, bot: Bot, ann: Person, listener: Listener
) -> None:
    """Anything but 2xx is tried again, and the next update of the chat waits for it."""
    listener.statuses = [500, 404]
    await bot.set_webhook(listener.url)
    await ann.says("one")
    await ann.says("two")
    assert await listener.gets(4) == ["one", "one", "one", "two"]
    await server.drained()


async def test_only_the_same_chat_waits_for_an_answer(
    bot: Bot, ann: Person, bea: Person, listener: Listener
) -> None:
    """While one chat's update is being handled its next one waits, and other chats go on."""
    listener.hold.clear()
    await bot.set_webhook(listener.url)
    await ann.says("one")
    await ann.says("two")
    assert await listener.gets(1) == ["one"]
    await bea.says("free")
    assert await listener.gets(2) == ["one", "free"]
    listener.hold.set()
    assert await listener.gets(3) == ["one", "free", "two"]


async def test_a_webhook_gets_a_repeat_too(
    server: BotApi, bot: Bot, ann: Person, listener: Listener
) -> None:
    """An update already taken is posted once more on request."""
    await bot.set_webhook(listener.url)
    await ann.says("one")
    await server.drained()
    server.repeat()
    await server.drained()
    assert await listener.gets(2) == ["one", "one"]


async def test_polling_is_refused_while_a_webhook_is_set(
    server: BotApi, bot: Bot, ann: Person, listener: Listener
) -> None:
    """Setting a webhook ends a running poll and refuses new ones until it is deleted."""
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await arrived(server, "getUpdates")
    await bot.set_webhook(listener.url)
    with pytest.raises(Conflict):
        await waiting
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await updates(bot)
    listener.statuses = [500] * 100
    await ann.says("one")
    await listener.gets(1)
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert [one.message and one.message.text for one in await updates(bot)] == ["one"]


async def test_pending_updates_can_be_dropped(bot: Bot, ann: Person) -> None:
    """Deleting or setting a webhook drops what waits when asked to."""
    await ann.says("one")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await updates(bot) == []


async def test_a_failing_webhook_shows_in_its_info(bot: Bot, ann: Person) -> None:
    """An unreachable webhook leaves its error and its updates to see, until it is removed."""
    await bot.set_webhook("http://127.0.0.1:9/")
    await ann.says("one")
    info = await bot.get_webhook_info()
    async with asyncio.timeout(5):
        while not info.last_error_message:
            info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert await bot.set_webhook("")
    assert len(await updates(bot)) == 1


async def test_a_webhook_no_one_should_set_is_refused(bot: Bot) -> None:
    """Plain HTTP is for loopback only, and a secret keeps to its alphabet."""
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("http://example.org/")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://example.org/", secret_token="no spaces")


# Groups


async def test_a_group_has_topics_and_its_own_message_ids(
    server: BotApi, bot: Bot, ann: Person, circle: Group
) -> None:
    """What is said in a topic stays there both ways, and ids start over in a supergroup."""
    server.reads_groups = True
    await ann.says("private")
    said = await circle.says(ann, "evening", topic=5)
    in_topic = (await updates(bot))[-1].effective_message
    assert in_topic
    assert (said, in_topic.message_thread_id, in_topic.is_topic_message) == (1, 5, True)
    assert (in_topic.chat.type, in_topic.chat.is_forum) == ("supergroup", True)
    sent = await bot.send_message(SUPERGROUP, "welcome", message_thread_id=5)
    assert (sent.message_id, sent.message_thread_id) == (2, 5)
    assert [seen.topic for seen in await circle.sees()] == [5]
    assert [(seen.text, seen.by_bot) for seen in circle.history()] == [
        ("evening", False),
        ("welcome", True),
    ]
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(SUPERGROUP, "hello", message_thread_id=6)
    with pytest.raises(AssertionError, match="no topic 6"):
        await circle.says(ann, "hello", topic=6)


async def test_a_member_taps_in_a_group(bot: Bot, bea: Person, circle: Group) -> None:
    """A tap in a group tells who tapped."""
    await bot.send_message(SUPERGROUP, "choose", reply_markup=keyboard("Go"))
    await circle.taps(bea, "Go")
    (one,) = await updates(bot)
    assert one.callback_query
    assert (one.callback_query.from_user.id, one.callback_query.data) == (8, "go")


async def test_the_bot_can_look_around(bot: Bot, ann: Person, circle: Group) -> None:
    """Chats, members and administrators are described as the library expects."""
    assert (await bot.get_chat(7)).first_name == "Ann"
    assert (await bot.get_chat(SUPERGROUP)).title == "Circle"
    assert (await bot.get_chat_member(SUPERGROUP, 8)).status == "member"
    assert (await bot.get_chat_member(7, 8)).status == "left"
    with pytest.raises(BadRequest, match="Invalid user_id"):
        await bot.get_chat_member(SUPERGROUP, 999)
    await circle.makes_bot("administrator", by=ann)
    admins = await bot.get_chat_administrators(SUPERGROUP)
    assert [(one.user.id, one.status) for one in admins] == [(7, "creator"), (42, "administrator")]


async def test_a_bot_put_out_of_a_group_is_refused(bot: Bot, ann: Person, circle: Group) -> None:
    """A bot that was removed or has left can't write, and learns when it is removed or let in."""
    await circle.makes_bot("kicked", by=ann)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(SUPERGROUP, "hello")
    await circle.makes_bot("member", by=ann)
    assert await bot.leave_chat(SUPERGROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(SUPERGROUP, "hello")
    changes = [one.my_chat_member for one in await updates(bot)]
    assert [one.new_chat_member.status for one in changes if one] == ["kicked", "member"]


async def test_a_group_becomes_a_supergroup(server: BotApi, bot: Bot, ann: Person) -> None:
    """Both chats tell of the move, and the old id is refused with the new one to use."""
    group = server.group(-500, title="Friends", members=[ann])
    await bot.send_message(-500, "before")
    moved = await group.migrates(SUPERGROUP, by=ann)
    old, new = [one.message for one in await updates(bot)]
    assert old
    assert (old.chat.type, old.migrate_to_chat_id) == ("group", SUPERGROUP)
    assert new
    assert (new.chat.type, new.migrate_from_chat_id) == ("supergroup", -500)
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(-500, "after")
    assert refused.value.new_chat_id == SUPERGROUP
    await bot.send_message(SUPERGROUP, "after")
    assert [seen.text for seen in await moved.sees()] == ["after"]


# Settings


async def test_commands_are_kept_by_scope_and_language(bot: Bot, ann: Person) -> None:
    """Each scope and language has its own list, and one that no menu can show is refused."""
    scope = BotCommandScopeChat(ann.user["id"])
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([BotCommand("start", "Beginnen")], language_code="de")
    await bot.set_my_commands([BotCommand("stop", "End")], scope=scope)
    assert (await bot.get_my_commands())[0].description == "Begin"
    assert (await bot.get_my_commands(language_code="de"))[0].description == "Beginnen"
    assert (await bot.get_my_commands(scope=scope))[0].command == "stop"
    await bot.delete_my_commands(scope=scope)
    assert await bot.get_my_commands(scope=scope) == ()
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Start", "Begin")])


async def test_texts_about_the_bot_are_kept_by_language(bot: Bot) -> None:
    """Name and descriptions have a language, and fall back to the general text."""
    await bot.set_my_name("Kith")
    await bot.set_my_description("A friend", language_code="en")
    await bot.set_my_description("Ein Freund")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name(language_code="de")).name == "Kith"
    assert (await bot.get_my_description(language_code="en")).description == "A friend"
    assert (await bot.get_my_description(language_code="fr")).description == "Ein Freund"
    assert (await bot.get_my_short_description()).short_description == "Short"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button_can_be_set(server: BotApi, bot: Bot, ann: Person) -> None:
    """The menu button of everyone, or of one chat, can be set."""
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.set_chat_menu_button(ann.user["id"])
    assert server.calls_of("setChatMenuButton") == [
        {"menu_button": {"type": "commands"}},
        {"chat_id": "7"},
    ]


# Faults and the log


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_flood_is_refused_with_the_time_to_wait(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """As many calls as asked for meet 429, and the next one passes."""
    server.inject("sendMessage", Fault(retry_after=3), times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(7, "hello")
        assert refused.value.retry_after == 3
    await bot.send_message(7, "hello")
    assert len(ann.history()) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_has_no_effect(
    server: BotApi, bot: Bot, ann: Person, status: int
) -> None:
    """A 5xx is answered for one method only, and nothing happens in the chat."""
    server.inject("sendMessage", Fault(status=status))
    assert await bot.send_chat_action(7, "typing")
    with pytest.raises(NetworkError):
        await bot.send_message(7, "hello")
    assert ann.history() == []
    assert server.faults == []


async def test_a_dropped_call_has_no_effect_and_a_lost_answer_has(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """The library sees the same broken connection, and only the log and the chat can tell."""
    server.inject("sendMessage", Fault(cut="before"))
    server.inject("sendMessage", Fault(cut="after"))
    for text in ("dropped", "lost"):
        with pytest.raises(NetworkError):
            await bot.send_message(7, text)
    assert [seen.text for seen in ann.history()] == ["lost"]
    assert [call["text"] for call in server.calls_of("sendMessage")] == ["dropped", "lost"]


async def test_a_lost_answer_may_be_a_refusal(server: BotApi, bot: Bot) -> None:
    """The line is cut after the call whatever its answer would have been."""
    server.inject("sendMessage", Fault(cut="after"))
    with pytest.raises(NetworkError) as broken:
        await bot.send_message(999, "hello")
    assert not isinstance(broken.value, BadRequest)


async def test_a_lost_answer_to_a_poll_brings_the_updates_again(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """Updates that never arrived were not acknowledged."""
    await ann.says("hello")
    server.inject("*", Fault(cut="after"))
    with pytest.raises(NetworkError):
        await updates(bot)
    assert len(await updates(bot)) == 1


async def test_a_slow_call_takes_effect_after_the_client_gave_up(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """A delay longer than the client waits is a timeout, and the message comes all the same."""
    server.inject("sendMessage", Fault(delay=0.1))
    with pytest.raises(TimedOut):
        await bot.send_message(7, "hello", read_timeout=0.02)
    assert ann.history() == []
    assert [seen.text for seen in await ann.sees()] == ["hello"]


async def test_calls_are_logged_in_order_with_their_parameters(
    server: BotApi, bot: Bot, ann: Person
) -> None:
    """The log shows refused calls too, structures decoded and uploads by name."""
    await bot.send_message(7, "[1]", reply_markup=keyboard("Go"))
    with pytest.raises(BadRequest):
        await bot.send_message(999, "hello")
    await bot.send_document(7, b"one", filename="one.txt")
    assert [call.method for call in server.calls] == [
        "getMe",
        "sendMessage",
        "sendMessage",
        "sendDocument",
    ]
    first, second = await server.until_called("sendMessage", 2)
    go = {"text": "Go", "callback_data": "go"}
    assert first == {"chat_id": "7", "text": "[1]", "reply_markup": {"inline_keyboard": [[go]]}}
    assert second["chat_id"] == "999"
    assert server.calls_of("sendDocument") == [{"chat_id": "7", "document": "one.txt"}]
    assert len(ann.history()) == 2


async def test_until_called_waits_for_the_effect(server: BotApi, bot: Bot, ann: Person) -> None:
    """A call that is awaited has run its course when the waiting ends."""
    server.inject("deleteMessage", Fault(delay=0.02))
    said = await ann.says("hello")
    deleting = asyncio.create_task(bot.delete_message(7, said))
    await server.until_called("deleteMessage")
    assert ann.history() == []
    await deleting


# A whole bot


async def test_an_application_polls_and_answers(server: BotApi, ann: Person) -> None:
    """A bot built with the library's own application runs a conversation by long poll."""

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        await update.message.reply_text(update.message.text or "", reply_markup=keyboard("Go"))

    async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("gone")

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{server.url}/bot")
    application = builder.base_file_url(f"{server.url}/file/bot").build()
    application.add_handler(MessageHandler(None, echo))
    application.add_handler(CallbackQueryHandler(tapped))
    async with application:
        assert application.updater
        await application.start()
        await application.updater.start_polling(timeout=30)
        await ann.says("hello")
        assert [seen.text for seen in await ann.sees()] == ["hello"]
        await ann.taps("Go")
        assert [(seen.text, seen.edited) for seen in await ann.sees()] == [("gone", True)]
        await server.drained()
        await application.updater.stop()
        await application.stop()
