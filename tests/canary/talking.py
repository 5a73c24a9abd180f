"""How a marked person talks: on Telegram, in JSON lines, in a terminal."""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from itertools import count
from typing import Any, Final

from tests.botapi import Person as Account
from tests.canary.installation import Chat
from tests.canary.marks import chat_of
from tests.canary.person import GO_ON, OVER, Asked, Deed, Odd, Person, Picks, Says, Uses
from tests.storm.watched import Put, Watched

SILENT: Final = ("odd tap", "stale tap", "unreadable")
"""What Kith answers with nothing that has a question."""
PATIENCE: Final = 6.0
COMES_BACK: Final = 9
QUIET: Final = 2.0
FILE: Final = {"file_id": "f", "file_unique_id": "u", "file_size": 1}


class OnTelegram:
    """One person on Telegram, as their app shows it."""

    def __init__(self, api: Watched, person: Person) -> None:
        self.api = api
        self.person = person
        person.alone = False
        self.chat = chat_of(person.told.whose)
        name = person.told.new("first name")
        person.told.never.add(name)
        self.account: Account = api.person(self.chat, first_name=name)
        self.wrote = 0

    async def talks(self, until: float) -> None:
        """Talk to the end, or until that moment; then nothing is pending any more."""
        await self.account.says("/start")
        answered = 0
        while True:
            put = await self._newest(answered)
            if put is None:
                return
            deed = self.person.deed(_asked(put))
            if deed is None or time.monotonic() > until:
                return
            answered = put.revision
            while isinstance(deed, Odd) and deed.what in SILENT:
                await self._does(deed, put)
                deed = self.person.deed(_asked(put))
                assert deed
            await self._does(deed, put)
            if deed == Uses("hide"):
                await self._does(self.person.after.pop(0), put)
            if isinstance(deed, Odd) and deed.what == "burst":
                await self._quiet()

    async def forgets(self) -> None:
        """Have everything forgotten, and read the goodbye."""
        puts = self.api.puts[self.chat]
        before = len(puts)
        await self.account.says("/forget")
        await self._more(before)
        labels = {each.label: (put, each) for put in puts[before:] for each in put.buttons}
        put, button = next(found for label, found in labels.items() if "everything" in label)
        before = len(puts)
        await self.account.taps_data(put.message_id, button.data)
        await self._more(before)

    async def _more(self, than: int) -> None:
        async with asyncio.timeout(10 * PATIENCE):
            while len(self.api.puts[self.chat]) <= than:
                self.api.stirred[self.chat].clear()
                await self.api.stirred[self.chat].wait()

    async def _newest(self, answered: int) -> Put | None:
        """Wait for a question that is not answered; where none comes for long, come back anew."""
        for _ in range(COMES_BACK):
            try:
                async with asyncio.timeout(PATIENCE):
                    while True:
                        self.api.stirred[self.chat].clear()
                        asking = [put for put in self.api.puts[self.chat] if put.buttons]
                        if asking and asking[-1].revision > answered:
                            return asking[-1]
                        await self.api.stirred[self.chat].wait()
            except TimeoutError:
                await self.account.says("/start")  # Telegram refused what would have come
                await self._quiet()
        return None

    async def _quiet(self) -> None:
        """Wait until nothing has come for a while: what was done last may have come too late."""
        self.person.unsure()
        before = -1
        while before != len(self.api.puts[self.chat]):
            before = len(self.api.puts[self.chat])
            await asyncio.sleep(QUIET)

    async def _does(self, deed: Deed, put: Put) -> None:
        match deed:
            case Says(text):
                self.wrote = await self.account.says(text)
            case Uses(name) if name in [each.name for each in put.buttons]:
                (data,) = [each.data for each in put.buttons if each.name == name][:1]
                await self.account.taps_data(put.message_id, data)
            case Uses(name):
                await self.account.says(f"/{name}")
            case Picks(label):
                (data,) = [each.data for each in put.buttons if _plain(each.label) == label][:1]
                await self.account.taps_data(put.message_id, data)
            case Odd(what, mark):
                await self._odd(what, mark)

    async def _odd(self, what: str, mark: str) -> None:
        account = self.account
        me = {"id": self.chat, "type": "private", "first_name": mark, "last_name": mark}
        head = {"message_id": 900_000_000 + self.wrote, "date": int(time.time()), "chat": me}
        head |= {"from": {**account.user, "last_name": mark, "username": mark}}
        text: Mapping[str, Any] = {
            "voice": {"voice": {**FILE, "duration": 1}, "caption": mark},
            "poll": {
                "poll": {
                    "id": "1",
                    "question": mark,
                    "options": [{"text": mark, "voter_count": 0, "persistent_id": "1"}],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            },
            "document": {"document": {**FILE, "file_name": f"{mark}.pdf"}, "caption": mark},
            "unreadable": {"text": ["no text", mark]},
        }.get(what, {})
        match what:
            case "photo":
                await account.sends_photo(caption=f"look: {mark}")
            case "card":
                await account.sends_contact(name=mark, phone=str(self.chat))
            case "edit" if self.wrote:
                there = {seen.message_id for seen in account.history()}
                if self.wrote in there:  # a forgetting takes it out of the chat
                    await account.edits(self.wrote, f"rather {mark}")
            case "quotation":
                origin = {"type": "hidden_user", "date": 1, "sender_user_name": mark}
                quote = {"quote": {"text": mark, "position": 0}}
                account._tell(
                    "message",
                    {**head, **quote, "text": "/menu", "external_reply": {"origin": origin}},
                )
            case "odd tap":
                await account.taps_data(1, f"1|{mark}|{mark}")
            case "stale tap":
                first = next(put for put in self.api.puts[self.chat] if put.buttons)
                await account.taps_data(first.message_id, first.buttons[0].data)
            case "start with words":
                await account.says(f"/start {mark}")
            case "burst":
                for number in range(3):
                    await account.says(f"{mark} {number}")
            case _ if text:
                account._tell("message", {**head, **text})


def _plain(label: str) -> str:
    return label.removeprefix("✓ ")


def _asked(put: Put) -> Asked:
    options = tuple(_plain(each.label) for each in put.buttons if each.name.isdecimal())
    return Asked(
        put.step, tuple(each for each in options if each not in ("Done", "Afresh")), put.text
    )


class InJson:
    """One person behind another program: a line in, a line out."""

    def __init__(self, process: Chat, person: Person) -> None:
        self.process = process
        self.person = person

    def talks(self) -> None:
        """Talk to the end. Raises where that doesn't come."""
        asked = Asked("")
        said = self._hears()
        for turn in count():
            assert turn < LONGEST, f"nobody gets on from here: {said}"
            if not said:
                break
            choices = said["messages"][-1]["choices"] if said["messages"] else []
            step = "" if str(said["step"]).startswith(":") else str(said["step"] or "")
            labels = tuple(each["label"] for each in choices)
            if GO_ON[0] in labels:  # an answer in doubt stands at its step, and is no question
                step = ""
            text = " ".join(each["text"] for each in said["messages"])
            asked = Asked(step, labels or (asked.options if step == asked.step else ()), text)
            values = {each["label"]: each["value"] for each in choices}
            deed = self.person.deed(asked)
            if deed is None:
                break
            said = self._does(deed, values)

    def _does(self, deed: Deed, values: Mapping[str, object]) -> Any:
        match deed:
            case Says(text):
                return self._sends({"text": text})
            case Uses(name):
                return self._sends({"command": name})
            case Picks(label):
                return self._sends(
                    {"choose": values[label]} if label in values else {"text": label}
                )
            case Odd("odd choice", mark):
                return self._sends({"choose": mark})
            case Odd("odd list", mark):
                return self._sends({"choose": [mark, mark]})
            case Odd("odd command", mark):
                return self._sends({"command": mark})
            case Odd("wait", _):
                return self._sends({"wait": "1 hour"})
            case Odd(_, mark):
                return self._sends({"edit": mark})

    def _sends(self, line: Mapping[str, object]) -> Any:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        return self._hears()

    def _hears(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line else None


LONGEST: Final = 2000
"""So many inputs are more than anybody needs for everything there is."""
OPTION: Final = re.compile(r"^ {2}(\d+)\. (.+)$", re.MULTILINE)


class AtATerminal:
    """One person who types; what they have in front of them is read off the screen."""

    def __init__(self, process: Chat, person: Person) -> None:
        self.process = process
        self.person = person

    def talks(self) -> None:
        """Talk to the end."""
        while screen := self._hears():
            options = tuple(label for _, label in OPTION.findall(screen))
            before = screen[: screen.find("\n  1. ")] if options else screen
            question = " ".join(before.split("\n\n")[-1 if options else -2].split())
            beside = any(each in (*GO_ON, OVER) for each in options)
            deed = self.person.deed(Asked("" if beside else question, options, screen))
            match deed:
                case None:
                    return
                case Says(text) | Picks(text):
                    self._types(text)
                case Uses(name) | Odd(_, name):
                    self._types(f"/{name}")

    def _types(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(" ".join(text.split()) + "\n")
        self.process.stdin.flush()

    def _hears(self) -> str:
        """Read up to the sign that waits for an input."""
        assert self.process.stdout
        read = ""
        while not read.endswith("\n> ") and read != "> ":
            sign = self.process.stdout.read(1)
            if not sign:
                return ""
            read += sign
        return read
