"""Sessions and effects as bytes, and back: the one place where what is stored takes its form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.engine.effects import Card, Enclosure, Link, Option, Say
from bot.engine.session import Session, dump, load

_FIELDS = tuple(field.name for field in fields(Say))
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text on its way to a person; `origin` is the message that was tapped, if any.

    `gone` are the numbers of messages that are to be deleted before it, since nothing else knows
    them any more: the person was forgotten.
    """

    effect: Say
    origin: int | None = None
    gone: tuple[int, ...] = ()


def pack(data: Mapping[str, object]) -> bytes:
    """Write plain data."""
    return _JSON.encode(data).encode()


def unpack(body: bytes) -> dict[str, Any]:
    """Read plain data."""
    data: dict[str, Any] = json.loads(body)
    return data


def pack_session(session: Session) -> bytes:
    """Write a session."""
    return pack(dump(session))


def unpack_session(body: bytes) -> Session:
    """Read a session; an empty body is one that has not begun."""
    return load(unpack(body)) if body else Session()


def pack_outgoing(outgoing: Outgoing) -> bytes:
    """Write an effect that is to be sent."""
    say = outgoing.effect
    # plain dicts by hand: dataclasses.asdict copies every value deeply, ten times slower
    told: dict[str, object] = {name: getattr(say, name) for name in _FIELDS}
    for name in ("options", "freedoms"):
        told[name] = [{"value": o.value, "label": o.label} for o in getattr(say, name)]
    told["cards"] = [{"name": card.name, "number": card.number} for card in say.cards]
    told["links"] = [{"label": link.label, "code": link.code} for link in say.links]
    if say.enclosed:
        told["enclosed"] = {"kind": say.enclosed.kind, "holds": say.enclosed.holds}
    return pack({"say": told, "origin": outgoing.origin, "gone": list(outgoing.gone)})


def unpack_outgoing(body: bytes) -> Outgoing:
    """Read an effect that is to be sent."""
    data = unpack(body)
    effect = data["say"]
    for name in ("options", "freedoms"):
        effect[name] = tuple(Option(**option) for option in effect[name])
    effect["cards"] = tuple(Card(**card) for card in effect.get("cards", ()))
    effect["links"] = tuple(Link(**link) for link in effect.get("links", ()))
    enclosed = effect.get("enclosed")
    effect["enclosed"] = Enclosure(**enclosed) if enclosed else None
    return Outgoing(Say(**effect), data["origin"], tuple(data.get("gone", ())))
