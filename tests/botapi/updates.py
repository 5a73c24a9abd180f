"""Updates on their way to the bot: queued, long-polled or pushed to a webhook, kept until taken."""

import asyncio
from dataclasses import dataclass

import aiohttp

from tests.botapi.wire import ApiError, Json

# The real service leaves these out unless they are asked for by name.
UNASKED = ("chat_member", "message_reaction", "message_reaction_count")
RETRY_AFTER = 0.05
GIVE_UP = aiohttp.ClientTimeout(total=10)
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
HOOKED_NOW = "terminated by setWebhook request"
TAKEN_OVER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(slots=True, eq=False)
class Update:
    """One delivery of an update, and whether an answer has carried it yet."""

    update_id: int
    chat_id: int
    body: Json
    repeated: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a webhook posts."""

    url: str
    secret: str


class Updates:
    """The queue of one bot; an update stays until it is acknowledged or a webhook answers 2xx."""

    def __init__(self) -> None:
        self.issued: list[Update] = []
        self.waiting: list[Update] = []
        self.allowed: list[str] = []
        self.hook: Hook | None = None
        self.last_error = ""
        self._moved = asyncio.Event()
        self._poller: object = None
        self._deliveries: dict[int, asyncio.Task[None]] = {}
        self._http: aiohttp.ClientSession | None = None

    def add(self, kind: str, chat_id: int, body: Json) -> None:
        """Queue an update, unless the bot does not want its kind."""
        if kind in self.allowed or (not self.allowed and kind not in UNASKED):
            update = Update(len(self.issued) + 1, chat_id, {kind: body})
            self.issued.append(update)
            self.waiting.append(update)
            self._stir()

    def repeat(self, update_id: int = 0) -> None:
        """Deliver the newest update, or the one named, once more, acknowledged or not."""
        one = self.issued[update_id - 1]
        again = Update(one.update_id, one.chat_id, one.body, repeated=True)
        self.waiting.insert(0, again)
        self._stir()

    async def drained(self) -> None:
        """Wait until the bot has taken every update."""
        while self.waiting:
            self._moved.clear()
            await self._moved.wait()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Forget what lies below `offset`, then give what waits as soon as something does."""
        if self.hook:
            raise ApiError(409, f"Conflict: {HOOKED}")
        # A repeat lies below the offset from the start: it goes only once an answer carried it.
        done = [one for one in self.waiting if one.carried or not one.repeated]
        self._forget([one for one in done if one.update_id < offset])
        if seconds and not self.waiting:
            await self._wait(seconds)
        # Repeats go first, but never alone where something new waits: the newest of an answer is
        # what the bot acknowledges, and the real service never gives a higher id before a lower.
        repeats = [one for one in self.waiting if one.repeated][: limit // 2]
        fresh = [one for one in self.waiting if not one.repeated]
        given = [*repeats, *fresh[: limit - len(repeats)]]
        for update in given:
            update.carried = True
        return [{"update_id": update.update_id, **update.body} for update in given]

    async def _wait(self, seconds: float) -> None:
        # Only a poll that has to wait ends another one that waits, as on the real service.
        mine = self._poller = object()
        self._stir()
        try:
            async with asyncio.timeout(seconds):
                while not self.waiting and self._poller is mine:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            pass
        if self._poller is not mine:
            raise ApiError(409, f"Conflict: {HOOKED_NOW if self.hook else TAKEN_OVER}")

    async def point(self, hook: Hook | None, *, drop_pending: bool) -> None:
        """Set the webhook, or remove it; what it has not taken stays unless dropped."""
        await self._halt()
        self.hook, self.last_error = hook, ""
        if hook:
            self._poller = None
        if drop_pending:
            self.waiting.clear()
        self._stir()

    async def close(self) -> None:
        """Stop delivering and let go of every connection."""
        await self._halt()
        if self._http:
            await self._http.close()

    async def _halt(self) -> None:
        for delivery in self._deliveries.values():
            delivery.cancel()
        await asyncio.gather(*self._deliveries.values(), return_exceptions=True)
        self._deliveries.clear()

    def _forget(self, updates: list[Update]) -> None:
        self.waiting = [one for one in self.waiting if one not in updates]
        self._moved.set()

    def _stir(self) -> None:
        self._moved.set()
        if self.hook:
            for chat_id in {update.chat_id for update in self.waiting} - self._deliveries.keys():
                delivery = asyncio.create_task(self._deliver(self.hook, chat_id))
                self._deliveries[chat_id] = delivery

    async def _deliver(self, hook: Hook, chat_id: int) -> None:
        # One task per chat: the next update of a chat waits until the one before it was taken.
        while update := next((one for one in self.waiting if one.chat_id == chat_id), None):
            if await self._push(hook, update):
                self._forget([update])
            else:
                await asyncio.sleep(RETRY_AFTER)
        del self._deliveries[chat_id]

    async def _push(self, hook: Hook, update: Update) -> bool:
        self._http = self._http or aiohttp.ClientSession(timeout=GIVE_UP)
        secret = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        body = {"update_id": update.update_id, **update.body}
        try:
            async with self._http.post(hook.url, json=body, headers=secret, ssl=False) as answer:
                wrong = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                problem = "" if answer.status // 100 == 2 else wrong
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = str(error) or "Connection timed out"
        self.last_error = problem
        return not problem
