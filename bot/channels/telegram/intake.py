"""From an update of Telegram's to an arrival, or nothing where it is not for us."""

import re
from collections.abc import Callable
from typing import Final

from telegram import CallbackQuery, Chat, ChatMember, Message, Update

from bot.arrivals import Arrival
from bot.channels.telegram.wordy import quoted, words_of
from bot.engine.events import (
    Blocked,
    ButtonTapped,
    CommandGiven,
    Event,
    LinkFollowed,
    MessageEdited,
    TextReceived,
    UnreadableReceived,
)

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
MOST_BYTES: Final = 64
HIGHEST: Final = 1 << 63
"""A number of a message from here on is none."""
_SERVICE: Final = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
    "connected_website",
)
"""What Telegram says by itself in a private chat; nobody wrote it."""
_LEFT: Final = (ChatMember.BANNED, ChatMember.LEFT)
_LINK: Final = re.compile(r"/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*", re.ASCII)
"""A link with a code of these characters is all that brings one (core.telegram.org/api/links)."""


def arrival_of(update: Update, name: Callable[[str, str], str]) -> Arrival | None:
    """Give what an update means for the person it came from, in a private chat.

    `name` gives under which name somebody is known who writes by a channel in a chat.

    Raises whatever a value of a wrong type raises: the library does not look at types.
    """
    event, origin = _event_of(update)
    chat = update.effective_chat
    if event is None or chat is None or chat.type != Chat.PRIVATE:
        return None
    if type(chat.id) is not int:
        raise TypeError("the id of a chat is no number")
    address: dict[str, object] = {"channel": "telegram", "chat": chat.id}
    known = address if not isinstance(event, Blocked) else {}
    return Arrival(
        person=name("telegram", str(chat.id)),
        address=known,
        event=event,
        event_id=f"telegram:{update.update_id}",
        origin=origin,
        message=_number_of(update.message),
        code=_code_in(update.message) if isinstance(event, LinkFollowed) else "",
    )


def _code_in(message: Message | None) -> str:
    """Give the code of the link by which somebody came; empty where they came by none."""
    found = _LINK.fullmatch(message.text or "") if message else None
    return found[1] if found else ""


def _number_of(message: Message | None) -> int | None:
    number = message.message_id if message else None
    return number if type(number) is int and 0 < number < HIGHEST else None


def button_data(revision: int, name: str, step: str = "") -> str:
    """Write what a button stands for: the revision of its question, what it is, and the step.

    At most 64 bytes, as the Bot API asks (InlineKeyboardButton.callback_data).
    """
    data = f"{revision:x}|{name}|{step}".encode()[:MOST_BYTES]
    return data.decode(errors="ignore")


def read_button(data: str) -> Event:
    """Read what a button stands for; what can't be read is a button from long ago."""
    revision, _, rest = data.partition("|")
    name = rest.partition("|")[0]
    try:
        number = int(revision, 16)
    except ValueError:
        return ButtonTapped(-1, -1)
    index, _, mark = name.partition(".")
    if index.isdecimal():
        return ButtonTapped(int(index), number, mark)
    return CommandGiven(name, number) if name else ButtonTapped(-1, -1)


def _event_of(update: Update) -> tuple[Event | None, int | None]:
    if update.callback_query:
        return _tap_of(update.callback_query)
    if update.edited_message:
        return MessageEdited(words_of(update.edited_message)), None
    if update.message:
        return _message_event(update.message), None
    if update.my_chat_member and update.my_chat_member.new_chat_member.status in _LEFT:
        return Blocked(), None
    return None, None


def _tap_of(query: CallbackQuery) -> tuple[Event, int | None]:
    return read_button(query.data or ""), query.message.message_id if query.message else None


def _message_event(message: Message) -> Event | None:
    if _code_in(message):
        return LinkFollowed()
    if message.text is not None:
        return TextReceived(message.text, quoted(message))
    kinds = {
        "photo": message.photo,
        "voice": message.voice or message.video_note or message.audio,
        "sticker": message.sticker or message.animation,
        "file": message.document or message.video or message.contact or message.location,
    }
    kind = next((name for name, there in kinds.items() if there), "other")
    if any(getattr(message, name) for name in _SERVICE):
        return None
    return UnreadableReceived(kind, words_of(message))
