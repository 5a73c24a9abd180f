"""What travels: the parameters of one call, and the refusal that may answer it."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

Json = dict[str, Any]

STRUCTURES = (
    "reply_markup reply_parameters ephemeral_message_parameters message_ids allowed_updates "
    "commands scope menu_button media"
)


class ApiError(Exception):
    """An answer with `ok: false`: its status, description and response parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.body: Json = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def bad(reason: str, **parameters: int) -> ApiError:
    """Word a 400 as the real service does."""
    return ApiError(400, f"Bad Request: {reason}", **parameters)


@dataclass(frozen=True, slots=True)
class Params:
    """What one call carried: plain values as sent, structures decoded, uploads as (name, bytes)."""

    values: Json
    uploads: dict[str, tuple[str, bytes]]

    def text(self, name: str) -> str:
        """Give a parameter as text, empty where it is missing."""
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int | None = None) -> int:
        """Give a parameter as a whole number; without a default a missing one is refused."""
        try:
            return int(self.values[name]) if name in self.values or default is None else default
        except (KeyError, TypeError, ValueError):
            raise bad(f"{name} is empty or not a number") from None


async def read(request: web.Request) -> Params:
    """Read a call however it was sent: query, form, multipart or JSON."""
    values: Json = dict(request.query)
    uploads: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        values |= await request.json()
    for name, field in (await request.post()).items():
        if isinstance(field, web.FileField):
            uploads[name] = (field.filename, field.file.read())
        else:
            values[name] = field
    # Only known names are decoded: a text that happens to look like JSON stays a text.
    for name in STRUCTURES.split():
        if isinstance(values.get(name), str):
            try:
                values[name] = json.loads(values[name])
            except ValueError:
                raise bad(f"can't parse {name} JSON object") from None
    return Params(values, uploads)
