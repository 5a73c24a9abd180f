"""From an update out of a group to arrivals: what was asked for, and never a word of what was said.

Kith is told little of what is said in a group (core.telegram.org/bots/features#privacy-mode): what
is meant for it. Even that is kept nowhere, and read only for whether somebody may not be safe.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.arrivals import Arrival
from bot.channels.telegram.only_for import handle
from bot.channels.telegram.wordy import words_of
from bot.engine.events import (
    ConcernRaised,
    GroupAsked,
    GroupGone,
    GroupLeft,
    GroupMoved,
    GroupWritten,
    Happening,
)
from bot.groups.asked import PURPOSES
from bot.groups.names import group_channel
from bot.noticing import whole

GROUPS: Final = (Chat.GROUP, Chat.SUPERGROUP)
_CHANNEL: Final = "telegram"
_GROUP: Final = group_channel(_CHANNEL)
_LEFT: Final = (ChatMember.BANNED, ChatMember.LEFT)
_COMMAND: Final = re.compile(r"/(\w{1,64})(?:@(\w+))?(?:\s+(.*))?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is needed to read what comes out of a group.

    `us` is the bot, `name` gives under which name a chat is known by a channel, and `raised` what
    some words raise, if anything.
    """

    us: User
    name: Callable[[str, str], str]
    raised: Callable[[str], ConcernRaised | None]


def is_of_a_group(update: Update) -> bool:
    """Say whether something comes out of a group."""
    chat = update.effective_chat
    return chat is not None and chat.type in GROUPS


def arrivals_of(update: Update, hearing: Hearing) -> list[Arrival]:
    """Give what an update out of a group means, for the group and for whoever it came from.

    The second arrival is for the private chat of whoever wrote what raises a concern, where there
    is one. No arrival holds anything that was written.

    Raises whatever a value of a wrong type raises: the library does not look at types.
    """
    chat = update.effective_chat
    if chat is None:
        return []
    _id(chat.id)
    known = f"{_CHANNEL}:{update.update_id}"
    if update.message:
        return list(_of_message(update.message, hearing, known))
    if update.edited_message:
        return list(_alone(update.edited_message, hearing, known))
    if update.my_chat_member and _is_out(update.my_chat_member):
        return [Arrival(_name(hearing, chat.id), {}, GroupGone(), known, only_known=True)]
    return []


def _is_out(change: ChatMemberUpdated) -> bool:
    return change.new_chat_member.status in _LEFT


def _of_message(message: Message, hearing: Hearing, known: str) -> Iterator[Arrival]:
    """Read a message: what the service tells of the group, or what somebody wrote."""
    chat, gone = message.chat, message.left_chat_member
    if message.migrate_to_chat_id:
        yield _moved(hearing, chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        yield _moved(hearing, message.migrate_from_chat_id, chat.id)
    elif gone and not gone.is_bot:
        left, who = GroupLeft(_name(hearing, chat.id)), hearing.name(_CHANNEL, str(_id(gone.id)))
        yield Arrival(who, {}, left, known, only_known=True)
    elif event := _event_of(message, hearing):
        thread = thread_of(message)
        address: dict[str, object] = {"channel": _CHANNEL, "chat": chat.id, "thread": thread}
        yield Arrival(_name(hearing, chat.id), address, event, known)
        yield from _alone(message, hearing, f"{known}:alone")


def _event_of(message: Message, hearing: Hearing) -> Happening | None:
    """Give what somebody did; nothing where it is not for Kith, or nobody wrote it."""
    title, thread = whole(message.chat.title or ""), thread_of(message)
    who = message.from_user
    if who is None or message.is_automatic_forward or (who.is_bot and not message.sender_chat):
        return None
    by = "" if message.sender_chat else handle(_id(who.id), unseen_number_of(message))
    member = "" if message.sender_chat else hearing.name(_CHANNEL, str(who.id))
    command, rest = _command_in(message, hearing.us)
    if command in PURPOSES:
        return GroupAsked(command, by, member, title, thread)
    return GroupWritten(by, title, thread) if rest or _is_for(message, hearing.us) else None


def _alone(message: Message, hearing: Hearing, known: str) -> Iterator[Arrival]:
    """Give what somebody's words raise, for them alone; it says which kind, and no word of it."""
    who = message.from_user
    if who is None or who.is_bot or message.sender_chat:
        return
    command, rest = _command_in(message, hearing.us)
    meant = command in PURPOSES or rest or _is_for(message, hearing.us)
    if meant and (concern := hearing.raised(words_of(message))):
        yield Arrival(hearing.name(_CHANNEL, str(_id(who.id))), {}, concern, known, only_known=True)


def _command_in(message: Message, us: User) -> tuple[str, str]:
    """Give a command that may be meant for Kith, and what stands behind it; else nothing."""
    found = _COMMAND.fullmatch((message.text or "").strip())
    if found is None or (found[2] and found[2].casefold() != str(us.username).casefold()):
        return "", ""
    return found[1].casefold(), found[3] or ""


def _is_for(message: Message, us: User) -> bool:
    """Say whether a message is for Kith: an answer to it, said to it alone, or with its name."""
    answered = message.reply_to_message
    if answered and not answered.forum_topic_created and answered.from_user == us:
        return True
    named = re.search(rf"(?<!\w)@{us.username}(?!\w)", words_of(message), re.IGNORECASE)
    return unseen_number_of(message) is not None or named is not None


def thread_of(message: Message) -> int:
    """Give the topic of a message, 0 for none. What is said to Kith alone does not tell it itself.

    Outside of topics a thread is only a row of answers, in which nothing need be said.
    """
    below = message.reply_to_message
    for each in (message, below):
        if each is not None and each.is_topic_message and type(each.message_thread_id) is int:
            return each.message_thread_id
    return 0


def unseen_number_of(message: Message) -> int | None:
    """Give the number of what is seen by its sender and Kith alone (Bot API 10.2), else None."""
    number = message.api_kwargs.get("ephemeral_message_id")
    return number if type(number) is int else None


def _moved(hearing: Hearing, old: int, new: int) -> Arrival:
    """Tell of a move under one id: both chats tell of it, and so does whoever refuses a message."""
    return moved(hearing.name, old, new)


def moved(name: Callable[[str, str], str], old: int, new: int) -> Arrival:
    """Give what it means that a group has become a supergroup, which has an id of its own."""
    before, after = (name(_GROUP, str(_id(each))) for each in (old, new))
    address: dict[str, object] = {"channel": _CHANNEL, "chat": new, "thread": 0}
    known = f"{_CHANNEL}:moved:{before.rpartition(':')[2]}"
    return Arrival(before, address, GroupMoved(after, address), known)


def _id(number: object) -> int:
    if type(number) is not int:
        raise TypeError("an id is no number")
    return number


def _name(hearing: Hearing, chat: int) -> str:
    return hearing.name(_GROUP, str(chat))
