"""The server: HTTP on loopback, who may call, which method answers, and what goes wrong."""

import asyncio
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, Self

from aiohttp import web

from tests.botapi import methods, profile
from tests.botapi.chats import Service, open_chat
from tests.botapi.groups import Group
from tests.botapi.people import Person
from tests.botapi.updates import Hook, Updates
from tests.botapi.wire import ApiError, Json, Params, bad, read

Topics = dict[int, str]
METHODS = methods.METHODS | profile.METHODS
WEBHOOK = re.compile(r"https://|http://(127\.0\.0\.1|localhost)[:/]")
LARGEST_UPLOAD = 50 << 20
FIRST_SUPERGROUP = -1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made, whether or not it took effect.

    `caller` is what stood in the address between the server's own and `/bot`, to tell processes
    apart.
    """

    method: str
    params: Json
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls one call: a delay, a refusal (429 where `retry_after` is set), or a cut line.

    The line is cut before the call takes effect, or after it instead of the answer.
    """

    delay: float = 0.0
    status: int = 0
    retry_after: int = 0
    cut: Literal["", "before", "after"] = ""


class BotApi:
    """A Bot API server for one bot; `calls` is what the bot asked for, in order."""

    def __init__(self, token: str = "42:TEST") -> None:  # noqa: S107
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self.faults: list[tuple[str, Fault]] = []
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Kith", "username": "kith_test_bot"}
        self._service = Service(bot, users={bot_id: bot})
        self._done: list[str] = []
        self._stirred = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @classmethod
    async def start(cls, token: str = "42:TEST") -> Self:  # noqa: S107
        """Give a server that listens on a free port."""
        return await cls(token).__aenter__()

    async def __aenter__(self) -> Self:
        if self._runner is None:
            app = web.Application(client_max_size=LARGEST_UPLOAD)
            app.router.add_route("*", "/bot{token}/{method}", self._answer)
            app.router.add_route("*", "/{caller}/bot{token}/{method}", self._answer)
            app.router.add_get("/file/bot{token}/files/{file_id}", self._download)
            self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await self._runner.setup()
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Close every connection; calls still waiting for an answer are cut off."""
        await self._service.updates.close()
        if self._runner:
            await self._runner.cleanup()

    def person(self, user_id: int, *, first_name: str = "Sam", language_code: str = "en") -> Person:
        """Give someone whose private chat with the bot is open."""
        named = {"id": user_id, "first_name": first_name}
        user = {**named, "is_bot": False, "language_code": language_code}
        self._service.users[user_id] = user
        chat = open_chat(self._service, {**named, "type": "private"}, {user_id: "member"})
        return Person(self._service, chat, user)

    def group(
        self, group_id: int, *, title: str, members: list[Person], topics: Topics | None = None
    ) -> Group:
        """Give a group the bot is in; the first member made it, and its id tells its kind."""
        kind = "supergroup" if group_id < FIRST_SUPERGROUP else "group"
        assert not topics or kind == "supergroup", "only a supergroup (id below -10**12) has topics"
        about = {"id": group_id, "type": kind, "title": title, "is_forum": bool(topics)}
        standing = {person.user["id"]: "member" for person in members}
        standing[members[0].user["id"]] = "creator"
        chat = open_chat(self._service, about, standing)
        chat.topics = topics or {}
        return Group(self._service, chat)

    @property
    def reads_groups(self) -> bool:
        """Whether group privacy mode is turned off, and the bot gets all that is said in groups."""
        return self._service.reads_groups

    @reads_groups.setter
    def reads_groups(self, reads: bool) -> None:
        self._service.reads_groups = reads

    @property
    def asides(self) -> bool:
        """Whether this server knows ephemeral messages (Bot API 10.2); those before pass over."""
        return self._service.asides

    @asides.setter
    def asides(self, known: bool) -> None:
        self._service.asides = known

    def inject(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of a method suffer a fault; `*` stands for any method."""
        self.faults += [(method, fault)] * times

    def repeat(self, update_id: int = 0) -> None:
        """Deliver an update a second time, under the same id: the newest, unless one is named."""
        self._service.updates.repeat(update_id)

    def expire_taps(self) -> None:
        """Let every tap so far become too old to answer."""
        self._service.queries.clear()

    def calls_of(self, method: str) -> list[Json]:
        """Give the parameters of every call of a method, oldest first."""
        return [call.params for call in self.calls if call.method == method]

    async def until_called(self, method: str, n: int = 1, seconds: float = 5.0) -> list[Json]:
        """Wait until `n` calls of a method, counted from the start, have run their course."""
        async with asyncio.timeout(seconds):
            while self._done.count(method) < n:
                self._stirred.clear()
                await self._stirred.wait()
        return self.calls_of(method)

    async def drained(self, seconds: float = 5.0) -> None:
        """Wait until the bot has taken every update, which is not yet to have handled it."""
        async with asyncio.timeout(seconds):
            await self._service.updates.drained()

    async def _answer(self, request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, "result": await self._call(request)})
        except ApiError as refusal:
            return web.json_response(refusal.body, status=refusal.status)

    async def _call(self, request: web.Request) -> Any:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        params = await read(request)
        names = {field: name for field, (name, _) in params.uploads.items()}
        caller = request.match_info.get("caller", "")
        self.calls.append(Call(method, params.values | names, caller))
        fault = self._next_fault(method)
        try:
            await asyncio.sleep(fault.delay)
            if fault.retry_after:
                wait = f"Too Many Requests: retry after {fault.retry_after}"
                raise ApiError(429, wait, retry_after=fault.retry_after)
            if fault.status:
                raise ApiError(fault.status, HTTPStatus(fault.status).phrase)
            return None if fault.cut == "before" else await self._perform(method, params)
        finally:
            if fault.cut and request.transport:
                request.transport.abort()
            self._done.append(method)
            self._stirred.set()

    def _next_fault(self, method: str) -> Fault:
        for place, (wanted, fault) in enumerate(self.faults):
            if wanted in (method, "*"):
                del self.faults[place]
                return fault
        return Fault()

    async def _perform(self, method: str, params: Params) -> Any:
        updates = self._service.updates
        if method in ("getUpdates", "setWebhook"):
            # A list that is not given leaves the one given before in force.
            updates.allowed = params.values.get("allowed_updates", updates.allowed)
        match method:
            case "getUpdates":
                limit, offset = params.number("limit", 100), params.number("offset", 0)
                return await updates.poll(offset, limit, float(params.text("timeout") or 0))
            case "setWebhook" | "deleteWebhook":
                hook = _hook(params) if method == "setWebhook" else None
                drop = params.text("drop_pending_updates").lower() == "true"
                await updates.point(hook, drop_pending=drop)
                return True
            case "getWebhookInfo":
                return _webhook_info(updates)
            case "getMe":
                rights = {"can_join_groups": True, "can_read_all_group_messages": self.reads_groups}
                return self._service.bot | rights | {"supports_inline_queries": False}
            case "close" | "logOut":
                return True
            case _ if method in METHODS:
                return METHODS[method](self._service, params)
        raise ApiError(404, "Not Found: method not found")

    async def _download(self, request: web.Request) -> web.Response:
        file = self._service.files.get(request.match_info["file_id"])
        if request.match_info["token"] != self.token or file is None:
            return web.Response(status=404)
        return web.Response(body=file.content)


def _hook(params: Params) -> Hook | None:
    hook = Hook(params.text("url"), params.text("secret_token"))
    if hook.url and not WEBHOOK.match(hook.url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", hook.secret):
        raise bad("secret token contains unallowed characters")
    return hook if hook.url else None


def _webhook_info(updates: Updates) -> Json:
    info: Json = {"url": updates.hook.url if updates.hook else "", "has_custom_certificate": False}
    info |= {"pending_update_count": len(updates.waiting), "allowed_updates": updates.allowed}
    if updates.last_error:
        info |= {"last_error_message": updates.last_error, "last_error_date": int(time.time())}
    return info
