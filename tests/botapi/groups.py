"""The test's side of a group: who is in it, what they do, and what each of them sees."""

import asyncio
from collections.abc import Sequence

from tests.botapi import chats
from tests.botapi.people import Person, Room, Seen, typed
from tests.botapi.wire import Json

ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""In whose name Telegram lets an admin write who stays anonymous."""
SERVICE = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}
"""In whose name posts of a channel come into the group where they are talked about."""
CHANNEL = {"id": -1_009_999_999_999, "type": "channel", "title": "News"}


class Group(Room):
    """A group the bot shares with people. In privacy mode it is told little of what is said."""

    async def says(
        self, person: Person, text: str, topic: int | None = None, answers: int | None = None
    ) -> int:
        """Let a member send a text, in a topic or in none; gives its message id.

        `answers` is the id of the message it is a reply to.
        """
        assert topic is None or topic in self._chat.topics, f"no topic {topic}"
        return self._hear(person.user, typed(text) | self._place(topic, answers))

    async def asks(self, person: Person, command: str, topic: int | None = None) -> int:
        """Let a member give a command as their app does: unseen where it is published so.

        Gives the id of the message, which is the ephemeral one where nobody else sees it.
        """
        if not (self._service.asides and self._is_aside(command)):
            return await self.says(person, command, topic)
        # of the topic in which it was given such a message says nothing itself
        content = typed(command) | chats.below_topic(self._chat, topic)
        shown = chats.post_aside(self._chat, person.user, content, person.user["id"])
        self._tell("message", shown)
        number: int = shown["ephemeral_message_id"]
        return number

    async def edits(self, person: Person, message_id: int, text: str) -> None:
        """Let a member change a text sent before."""
        before = {**self._chat.messages[message_id].shown, "entities": []}
        assert before["from"] == person.user, "nobody can edit what somebody else wrote"
        shown = chats.change(self._chat, before | typed(text), "")
        if self._reaches_the_bot(shown):
            self._tell("edited_message", shown)

    async def says_as_the_group(self, text: str) -> int:
        """Let an admin who stays anonymous send a text."""
        return self._hear(ANONYMOUS, typed(text) | {"sender_chat": self._chat.about})

    async def brings_from_channel(self, text: str) -> int:
        """Let a post of a linked channel come in."""
        forwarded = {"sender_chat": CHANNEL, "is_automatic_forward": True}
        return self._hear(SERVICE, typed(text) | forwarded)

    async def sends_photo(
        self, person: Person, caption: str, content: bytes = b"\xff\xd8\xff"
    ) -> int:
        """Let a member send a picture with words below it."""
        told = typed(caption)
        file = chats.store(self._service, "photo.jpg", content).shown(width=1, height=1)
        words = {"caption": told["text"], "caption_entities": told["entities"]}
        return self._hear(person.user, {"photo": [file], **words})

    async def taps(self, person: Person, label: str) -> str:
        """Let a member tap the button on the newest message that has it."""
        return self._press(person.user, label, reversed(self._chat.messages.values()))

    async def joins(self, *people: Person) -> None:
        """Let people come in; everybody is told."""
        for person in people:
            self._chat.members[person.user["id"]] = "member"
        came = [person.user for person in people]
        self._utter(people[0].user, {"new_chat_members": came})

    async def leaves(self, person: Person, by: Person | None = None) -> None:
        """Let somebody go, or be taken out by somebody; everybody is told."""
        self._chat.members[person.user["id"]] = "kicked" if by else "left"
        self._utter((by or person).user, {"left_chat_member": person.user})

    def promotes(self, person: Person, status: str = "administrator") -> None:
        """Give somebody another standing; the bot is not told."""
        self._chat.members[person.user["id"]] = status

    def drops_topic(self, topic: int) -> None:
        """Let a topic go with all that was said in it."""
        del self._chat.topics[topic]

    async def makes_bot(self, status: str, by: Person) -> None:
        """Give the bot a standing: member, administrator, left or kicked; it is told."""
        why = {"left": "bot is not a member of", "kicked": "bot was kicked from"}.get(status, "")
        self._bot_becomes(status, by.user, why and f"{why} the {self._chat.about['type']} chat")

    async def migrates(self, new_id: int, by: Person) -> "Group":
        """Upgrade to a supergroup with a new id; the old id is refused from here on."""
        about = {**self._chat.about, "id": new_id, "type": "supergroup"}
        new = Group(self._service, chats.open_chat(self._service, about, self._chat.members))
        self._utter(by.user, {"migrate_to_chat_id": new_id})
        new._utter(by.user, {"migrate_from_chat_id": self._chat.about["id"]})
        self._chat.moved_to, self._chat.closed = new_id, "the group moved"
        return new

    def shown_to(self, person: Person) -> list[Seen]:
        """Give all that a member sees as it stands now, in order, with what they alone see."""
        who, standing = person.user["id"], {}
        for message in self._chat.journal:
            number = message.shown["message_id"]
            key = (0, number) if number else (1, message.shown["ephemeral_message_id"])
            there = number in self._chat.messages or message.alone == who
            if there and message.alone in (0, who):
                standing[key] = message
        return [self._seen(message) for message in standing.values()]

    def told(self) -> list[Seen]:
        """Give every version of all that the bot ever said to everybody here, in order."""
        return [seen for seen in self._told() if not seen.alone]

    def told_alone(self, person: Person) -> list[Seen]:
        """Give every version of all that the bot said to one member alone, in order."""
        return [seen for seen in self._told() if seen.alone == person.user["id"]]

    async def sees_alone(self, person: Person, n: int = 1, timeout: float = 5.0) -> Seen:  # noqa: ASYNC109
        """Wait for the n-th message that the bot sends to one member alone."""
        try:
            async with asyncio.timeout(timeout):
                while len(self.told_alone(person)) < n:
                    self._chat.stirred.clear()
                    await self._chat.stirred.wait()
        except TimeoutError:
            raise AssertionError(f"told alone: {self.told_alone(person)}") from None
        return self.told_alone(person)[n - 1]

    async def until(self, *texts: str, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until what the bot has said to everybody stands there as these texts, in order."""
        try:
            async with asyncio.timeout(timeout):
                while [seen.text for seen in self.history() if seen.by_bot] != list(texts):
                    self._chat.stirred.clear()
                    await self._chat.stirred.wait()
        except TimeoutError:
            standing = [seen.text for seen in self.history() if seen.by_bot]
            raise AssertionError(f"expected {texts}, got {standing}") from None

    def _hear(self, who: Json, content: Json) -> int:
        """Let something be said; the bot is told where it may hear it."""
        assert not self._chat.closed, f"nothing said here reaches the bot: {self._chat.closed}"
        shown = chats.post(self._chat, who, content)
        if self._reaches_the_bot(shown):
            self._tell("message", shown)
        number: int = shown["message_id"]
        return number

    def _reaches_the_bot(self, shown: Json) -> bool:
        """Say whether the bot is told (core.telegram.org/bots/features#privacy-mode)."""
        bot = self._service.bot
        if self._service.reads_groups or self._chat.members[bot["id"]] == "administrator":
            return True
        if shown.get("reply_to_message", {}).get("from") == bot or shown.get(
            "is_automatic_forward"
        ):
            return True
        text = shown.get("text") or shown.get("caption") or ""
        marked = shown.get("entities") or shown.get("caption_entities") or []
        return any(self._means_the_bot(_words(text, each), each["type"]) for each in marked)

    def _means_the_bot(self, words: str, kind: str) -> bool:
        name = f"@{self._service.bot['username']}".casefold()
        meant = words[words.find("@") :].casefold() if "@" in words else ""
        return meant == name or (kind == "bot_command" and not meant)

    def _place(self, topic: int | None, answers: int | None) -> Json:
        below: Json = chats.below_topic(self._chat, topic)
        if answers is not None:
            below = {"reply_to_message": self._chat.messages[answers].shown}
        return chats.in_topic(topic) | below

    def _is_aside(self, command: str) -> bool:
        scope = '{"type": "all_group_chats"}'
        name = command.removeprefix("/").partition("@")[0].partition(" ")[0]
        published: Sequence[Json] = self._service.profile.get((scope, ""), ())
        return any(each["command"] == name and each.get("is_ephemeral") for each in published)


def _words(text: str, marked: Json) -> str:
    units = text.encode("utf-16-le")
    begin = marked["offset"] * 2
    return units[begin : begin + marked["length"] * 2].decode("utf-16-le")
