"""What is read of Telegram's answers: of an echoed message little, of a refusal no token."""

import json
import re
from typing import Any, Final

from telegram.error import NetworkError

ECHOING: Final = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "sendContact",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    }
)
"""The methods that are answered with the whole message that was just sent or edited."""
_TOKEN: Final = re.compile(r"/bot([^/]+)/")


class EchoedMessage(bytes):
    """An answer that holds a whole message, of which only the beginnings are read."""

    __slots__ = ()


def echoes(url: str) -> bool:
    """Say whether this call is answered with a whole message."""
    return url[url.rfind("/") + 1 :] in ECHOING


def answer_of(payload: bytes) -> dict[str, Any]:
    """Read an answer; of an echoed message only its id, date, chat id and chat type are left.

    Raises NetworkError where it is not an object in JSON; what it is instead is not told.
    """
    answer = _read(payload)
    if answer is None:
        raise NetworkError("the answer is not JSON")
    if isinstance(payload, EchoedMessage):
        answer["result"] = _beginnings(answer.get("result"))
    return answer


def scrubbed(payload: bytes, url: str) -> bytes | None:
    """Give what a refusal says in JSON, without the token; None where Telegram did not say it."""
    answer = _read(payload)
    if answer is None or "description" not in answer:
        return None
    token = _TOKEN.search(url)
    return payload.replace(token[1].encode(), b"") if token else payload


def _read(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload.decode(errors="replace"))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _beginnings(result: Any) -> Any:
    """Cut a message down to what is read of it: of one that was edited, that it was.

    The Bot API answers an edit with the message or with a plain yes; nothing of it is read here.
    """
    match result:
        case {"edit_date": _}:
            return True
        case {"message_id": number, "date": date, "chat": {"id": chat, "type": kind}}:
            return {"message_id": number, "date": date, "chat": {"id": chat, "type": kind}}
        case _:
            return result
