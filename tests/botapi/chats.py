"""Chats as the service remembers them: who is there, what stands there, what stood before."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.updates import Updates
from tests.botapi.wire import ApiError, Json, bad

RIGHTS = (
    "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members "
    "change_info invite_users post_stories edit_stories delete_stories"
)


@dataclass(frozen=True, slots=True)
class File:
    """A stored file."""

    file_id: str
    name: str
    content: bytes

    def shown(self, **rest: Any) -> Json:
        """Render the fields every kind of file has, and the rest."""
        ids = {"file_id": self.file_id, "file_unique_id": f"unique-{self.file_id}"}
        return {**ids, "file_size": len(self.content), **rest}


@dataclass(frozen=True, slots=True)
class Message:
    """One version of a message: as the API shows it, and its text before parsing.

    `alone` is who alone sees it, in a group; 0 where everybody does.
    """

    shown: Json
    raw: str
    alone: int = 0


@dataclass(slots=True)
class Chat:
    """One chat; `messages` is what stands now, `journal` every version of every message.

    `asides` are ephemeral messages by their own numbers: only one member and the bot see them.
    """

    about: Json
    numbers: Iterator[int]
    members: dict[int, str]
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    journal: list[Message] = field(default_factory=list)
    asides: dict[int, Message] = field(default_factory=dict)
    closed: str = ""
    moved_to: int = 0
    stirred: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Service:
    """Everything the service remembers; `queries` holds the taps still waiting for an answer.

    `reads_groups` is group privacy mode turned off; `asides` says whether ephemeral messages are
    known here (Bot API 10.2 and later).
    """

    bot: Json
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    profile: dict[tuple[str, ...], Any] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    updates: Updates = field(default_factory=Updates)
    reads_groups: bool = False
    asides: bool = True
    # Private chats and basic groups share one row of message ids; each supergroup has its own.
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))


def open_chat(service: Service, about: Json, members: dict[int, str]) -> Chat:
    """Make a chat that the bot is in."""
    numbers = itertools.count(1) if about["type"] == "supergroup" else service.numbers
    members = {**members, service.bot["id"]: "member"}
    return service.chats.setdefault(about["id"], Chat(about, numbers, members))


def reach(service: Service, chat_id: int) -> Chat:
    """Find the chat the bot wants to act in; refuse as the API does when it can't."""
    chat = service.chats.get(chat_id)
    if chat is None:
        raise bad("chat not found")
    if chat.moved_to:
        upgraded = "group chat was upgraded to a supergroup chat"
        raise bad(upgraded, migrate_to_chat_id=chat.moved_to)
    if chat.closed:
        raise ApiError(403, f"Forbidden: {chat.closed}")
    return chat


def store(service: Service, name: str, content: bytes) -> File:
    """Keep a file for later download."""
    file = File(f"file{len(service.files) + 1}", name, content)
    service.files[file.file_id] = file
    return file


def post(chat: Chat, sender: Json, content: Json, raw: str = "") -> Json:
    """Put a new message into a chat."""
    head = {"message_id": next(chat.numbers), "date": int(time.time()), "chat": chat.about}
    return _stand(chat, Message({**head, "from": sender, **content}, raw))


def post_aside(chat: Chat, sender: Json, content: Json, alone: int, raw: str = "") -> Json:
    """Put an ephemeral message into a group: it has a number of its own, and no other."""
    number = next(chat.numbers)
    head = {"message_id": 0, "ephemeral_message_id": number, "date": int(time.time())}
    message = Message({**head, "chat": chat.about, "from": sender, **content}, raw, alone)
    chat.asides[number] = message
    chat.journal.append(message)
    chat.stirred.set()
    return message.shown


def change(chat: Chat, shown: Json, raw: str) -> Json:
    """Put a new version in the place of a message."""
    return _stand(chat, Message({**shown, "edit_date": int(time.time())}, raw))


def _stand(chat: Chat, message: Message) -> Json:
    chat.messages[message.shown["message_id"]] = message
    chat.journal.append(message)
    chat.stirred.set()
    return message.shown


def in_topic(topic: int | None) -> Json:
    """Give the part of a message that tells its topic."""
    return {"message_thread_id": topic, "is_topic_message": True} if topic else {}


def below_topic(chat: Chat, topic: int | None) -> Json:
    """Give what every message of a person's in a topic answers: the one that made the topic."""
    if not topic:
        return {}
    made = {"name": chat.topics[topic], "icon_color": 0x6FB9F0}
    maker = {"id": 1, "is_bot": False, "first_name": "Maker"}
    head = {"message_id": topic, "date": 1, "chat": chat.about, "from": maker}
    return {"reply_to_message": {**head, **in_topic(topic), "forum_topic_created": made}}


def member(user: Json, status: str) -> Json:
    """Render as the API's ChatMember."""
    extra: dict[str, Json] = {"kicked": {"until_date": 0}, "creator": {"is_anonymous": False}}
    rights = {f"can_{right}": True for right in RIGHTS.split()}
    extra["administrator"] = {"is_anonymous": False, **rights}
    return {"user": user, "status": status, **extra.get(status, {})}
