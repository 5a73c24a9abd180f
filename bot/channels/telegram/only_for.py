"""What one member of a group alone is to see: ephemeral messages, where Telegram lets us send one.

They came with Bot API 10.2 (10.3 gave the parameters their names), and the library knows none of
it yet; all that Kith knows of them is here. A bot that does not run the group may send one only in
answer to a message that was ephemeral itself, such as a command that was published so, and only
within 15 seconds (core.telegram.org/bots/features#ephemeral-messages). Kith asks for no rights in
a group, so it tries nothing else. Where that is refused, because it took too long or the server
is an old one, the text goes to everybody: it is fit for everybody, since in a group Kith says one
harmless line with a link, and whoever asked gets no answer otherwise. Whether somebody sees what
was sent to them alone is never known.
"""

from collections.abc import Mapping
from typing import Any, Final

UNSEEN: Final = {"is_ephemeral": True}
"""Publishes a command so that nobody else in a group sees who gives it."""
_BETWEEN: Final = "/"


def handle(user: int, asked: int | None) -> str:
    """Write whom something is for alone, and the number of the ephemeral message they sent."""
    return str(user) if asked is None else f"{user}{_BETWEEN}{asked}"


def who(whom: str) -> int:
    """Give whom a handle means."""
    return int(whom.partition(_BETWEEN)[0])


def for_one(whom: str) -> Mapping[str, Any] | None:
    """Give what makes a message one for this member alone; None where it can't be one."""
    asked = whom.partition(_BETWEEN)[2]
    if not asked:
        return None
    return {
        "ephemeral_message_parameters": {"receiver_user_id": who(whom)},
        "reply_parameters": {"ephemeral_message_id": int(asked)},
    }
