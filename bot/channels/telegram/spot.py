"""Where a message goes on Telegram: a chat, and a topic in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest

_LOST = ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")


@dataclass(frozen=True, slots=True)
class Spot:
    """A chat, and the topic in it; 0 where there is none."""

    chat: int
    thread: int = 0

    @property
    def thread_only(self) -> dict[str, Any]:
        """Name the topic as the Bot API does, where there is one."""
        return {"message_thread_id": self.thread} if self.thread else {}


def spot_of(address: Mapping[str, Any]) -> Spot:
    """Read an address of ours."""
    return Spot(int(address["chat"]), int(address.get("thread", 0)))


def lost_topic(spot: Spot, refused: BadRequest) -> bool:
    """Say whether a message was refused only since its topic is closed or gone."""
    return bool(spot.thread) and any(reason in str(refused).casefold() for reason in _LOST)
