"""The test's side: a person who talks to the bot, and what is seen in a chat."""

import asyncio
import itertools
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.botapi import chats
from tests.botapi.chats import Chat, File, Message, Service
from tests.botapi.wire import Json

COMMAND = re.compile(r"(?<![\w/@])/\w{1,64}(?:@\w+)?", re.ASCII)
MENTION = re.compile(r"(?<![\w/@])@\w{5,32}", re.ASCII)
JPEG = b"\xff\xd8\xff\xe0 a picture"


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as people see it; `raw` is the text as the bot sent it, before parsing.

    `buttons` are those that the bot hears of, `links` those that open an address, by their words.
    `alone` is who alone sees it, in a group; 0 where everybody does.
    """

    message_id: int
    text: str
    raw: str
    buttons: tuple[tuple[str, ...], ...]
    edited: bool
    by_bot: bool
    topic: int | None
    photo: File | None
    document: File | None
    contact: Json | None
    links: Mapping[str, str]
    alone: int = 0


class Room:
    """One chat, watched by the people in it."""

    def __init__(self, service: Service, chat: Chat) -> None:
        self._service = service
        self._chat = chat
        self._read = 0

    def history(self) -> list[Seen]:
        """Everything in the chat as it stands now, oldest first."""
        return [self._seen(message) for message in self._chat.messages.values()]

    async def sees(self, n: int = 1, timeout: float = 5.0) -> list[Seen]:  # noqa: ASYNC109
        """Wait for the next `n` messages the bot sends or edits; each is given once."""
        try:
            async with asyncio.timeout(timeout):
                while len(self._unread()) < n:
                    self._chat.stirred.clear()
                    await self._chat.stirred.wait()
        except TimeoutError:
            raise AssertionError(f"expected {n} new messages, got {self._unread()}") from None
        new = self._unread()[:n]
        self._read += n
        return new

    async def quiet(self, seconds: float = 0.2) -> None:
        """Fail if the bot has sent or edited anything unseen, or does so in the given time."""
        await asyncio.sleep(seconds)
        assert not self._unread(), f"expected nothing new, got {self._unread()}"

    def _unread(self) -> list[Seen]:
        return [one for one in self._told() if not one.alone][self._read :]

    def _told(self) -> list[Seen]:
        """Give every version of everything that the bot said, in order."""
        seen = [self._seen(message) for message in self._chat.journal]
        return [one for one in seen if one.by_bot]

    def _seen(self, message: Message) -> Seen:
        shown, files = message.shown, self._service.files
        return Seen(
            message_id=shown["message_id"],
            text=shown.get("text") or shown.get("caption") or "",
            raw=message.raw,
            buttons=tuple(
                row
                for keys in _keyboard(message)
                if (row := tuple(key["text"] for key in keys if "url" not in key))
            ),
            edited="edit_date" in shown,
            by_bot=shown["from"]["id"] == self._service.bot["id"],
            topic=shown.get("message_thread_id"),
            photo=files.get(shown["photo"][-1]["file_id"]) if "photo" in shown else None,
            document=files.get(shown["document"]["file_id"]) if "document" in shown else None,
            contact=shown.get("contact"),
            links={
                key["text"]: key["url"]
                for key in itertools.chain(*_keyboard(message))
                if "url" in key
            },
            alone=message.alone,
        )

    def lets_pass(self, hours: float) -> None:
        """Let everything that stands in the chat be so much older."""
        for message in (*self._chat.messages.values(), *self._chat.asides.values()):
            message.shown["date"] -= int(hours * 3600)

    def _tell(self, kind: str, body: Json) -> None:
        self._service.updates.add(kind, self._chat.about["id"], body)

    def _utter(self, who: Json, content: Json) -> int:
        assert not self._chat.closed, f"nothing said here reaches the bot: {self._chat.closed}"
        shown = chats.post(self._chat, who, content)
        self._tell("message", shown)
        message_id: int = shown["message_id"]
        return message_id

    def _press(self, who: Json, label: str, shown: Iterable[Message]) -> str:
        labels: list[str] = []
        for message in shown:
            for button in itertools.chain(*_keyboard(message)):
                if button["text"] == label and "callback_data" in button:
                    return self._tap(who, message.shown["message_id"], button["callback_data"])
                labels.append(button["text"])
        raise AssertionError(f"no button {label!r}; there are {labels}")

    def _tap(self, who: Json, message_id: int, data: str) -> str:
        query_id, instance = str(next(self._service.numbers)), str(self._chat.about["id"])
        query = {"id": query_id, "from": who, "data": data, "chat_instance": instance}
        gone = Message({"chat": self._chat.about, "message_id": message_id, "date": 0}, "")
        query["message"] = self._chat.messages.get(message_id, gone).shown
        self._service.queries.add(query_id)
        self._tell("callback_query", query)
        return query_id

    def _bot_becomes(self, status: str, who: Json, closed: str) -> None:
        bot, members = self._service.bot, self._chat.members
        change = {"chat": self._chat.about, "from": who, "date": int(time.time())}
        change["old_chat_member"] = chats.member(bot, members[bot["id"]])
        change["new_chat_member"] = chats.member(bot, status)
        members[bot["id"]], self._chat.closed = status, closed
        self._tell("my_chat_member", change)


class Person(Room):
    """Someone in a private chat with the bot; what is sent gives its message id."""

    def __init__(self, service: Service, chat: Chat, user: Json) -> None:
        super().__init__(service, chat)
        self.user = user

    async def says(self, text: str) -> int:
        """Send a text."""
        return self._utter(self.user, typed(text))

    async def edits(self, message_id: int, text: str) -> None:
        """Change a text sent before."""
        before = {**self._chat.messages[message_id].shown, "entities": []}
        self._tell("edited_message", chats.change(self._chat, before | typed(text), ""))

    async def taps(self, label: str) -> str:
        """Tap the button on the newest message that has it; gives the id of the query."""
        return self._press(self.user, label, reversed(self._chat.messages.values()))

    async def taps_old(self, message_id: int, label: str) -> str:
        """Tap a button a message has or once had, as a screen that was not refreshed allows."""
        versions = [one for one in self._chat.journal if one.shown["message_id"] == message_id]
        return self._press(self.user, label, reversed(versions))

    async def taps_data(self, message_id: int, data: str) -> str:
        """Send callback data that no button need have offered."""
        return self._tap(self.user, message_id, data)

    async def sends_photo(self, caption: str | None = None, content: bytes = JPEG) -> int:
        """Send a picture."""
        photo = {"photo": [self._file("photo.jpg", content, width=1, height=1)]}
        return self._utter(self.user, photo | ({"caption": caption} if caption else {}))

    async def sends_voice(self) -> int:
        """Send a voice message."""
        return self._utter(self.user, {"voice": self._file("voice.ogg", b"OggS", duration=1)})

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False}
        sticker = self._file("sticker.webp", b"RIFF", width=512, height=512, **kind)
        return self._utter(self.user, {"sticker": sticker})

    async def sends_contact(self, phone: str = "+15550100", name: str = "Robin") -> int:
        """Send a contact card."""
        return self._utter(self.user, {"contact": {"phone_number": phone, "first_name": name}})

    async def sends_location(self, latitude: float = 52.5, longitude: float = 13.4) -> int:
        """Send a place."""
        return self._utter(self.user, {"location": {"latitude": latitude, "longitude": longitude}})

    async def blocks(self) -> None:
        """Block the bot; it is told, and refused from here on."""
        self._bot_becomes("kicked", self.user, "bot was blocked by the user")

    async def unblocks(self) -> None:
        """Let the bot write again; it is told."""
        self._bot_becomes("member", self.user, "")

    def _file(self, name: str, content: bytes, **rest: Any) -> Json:
        return chats.store(self._service, name, content).shown(**rest)


def _keyboard(message: Message) -> list[list[Json]]:
    rows: list[list[Json]] = message.shown.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def typed(text: str) -> Json:
    """Give a text as an app sends it: with its commands and the names in it marked."""
    assert text.strip(), "Telegram sends no empty text"
    found = [("bot_command", each) for each in COMMAND.finditer(text)]
    found += [("mention", each) for each in MENTION.finditer(text)]
    # Offsets count UTF-16 units; commands and names themselves are ASCII.
    entities = [
        {
            "type": kind,
            "offset": len(text[: each.start()].encode("utf-16-le")) // 2,
            "length": len(each[0]),
        }
        for kind, each in found
    ]
    return {"text": text, "entities": entities}
