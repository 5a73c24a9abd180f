"""One person's place and answers, to and from plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

FORMAT: Final = 1

Standing = Literal["given", "skipped", "forgotten", "unkept", "result"]
Status = Literal["waiting", "stopped", "ended"]
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. Only `given` and `result` carry a value.

    `unkept` was given but is nowhere written down; `went` then remembers where it led.
    """

    standing: Standing
    value: object = None
    went: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One level of a place: a step of a script and, in a loop, the id of the item in hand."""

    script: str
    step: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Detour:
    """A screen beside the script (help, menu, concern ...); the place is kept meanwhile.

    `under` is the screen that it was opened from, where the way back leads to that one first.
    `of` is the place it is about, as `source/id`, where it is about one, or which page of a list.
    """

    name: str
    about: str = ""
    under: "Detour | None" = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue that was seen in a message: in which turn, and when (ISO 8601)."""

    kind: str
    name: str
    turn: int
    when: str


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is known of one person's conversation.

    `path` lists the keys answered on the way to `place`; answers off the path are kept but can't be
    read. `revision` counts what was put to the person, so that a tap on an old button is known.
    `language` is the code of the one that was chosen; empty is the one the dialogues are in.
    `zone` is where the person said they are, as in the IANA database; empty is the service's.
    `cues` are of the last few turns of this conversation only; see `bot.engine.cues`.
    `reported` is what was said of listed places, as `verdict:source/id`.
    `apart` holds their other dialogues, each with its own place and answers (bot.engine.apart).
    `last` is when this dialogue was last used (ISO 8601), from which its keeping is counted.
    `round` is the group whose round this dialogue answers, and the id of that round; else empty.
    `awaits` is the group whose round they came for, before they have agreed to anything.
    `counted` is the day of their yes to being counted, and in which group; empty without one.
    `agreed` is the version of the consent that was agreed to, and the day; empty without one.
    """

    place: tuple[Frame, ...] = ()
    path: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    detour: Detour | None = None
    status: Status = "waiting"
    turn: int = 0
    revision: int = 0
    misses: int = 0
    digest: str = ""
    draft: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    release: str = ""
    news: str = ""
    left_out: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    language: str = ""
    zone: str = ""
    cues: tuple[Cued, ...] = ()
    apart: Mapping[str, "Session"] = field(default_factory=dict)
    last: str = ""
    agreed: tuple[str, ...] = ()
    round: tuple[str, ...] = ()
    awaits: str = ""
    counted: tuple[str, ...] = ()

    @property
    def begun(self) -> bool:
        """Say whether a reflection has been started and not wiped."""
        return bool(self.place)

    def but(self, **changes: object) -> "Session":
        """Give the same session with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def dump(session: Session) -> dict[str, object]:
    """Turn a session into plain data that JSON can hold; `load` gives it back equal."""
    return {
        "format": FORMAT,
        "place": [[frame.script, frame.step, frame.item] for frame in session.place],
        "path": list(session.path),
        "answers": {
            key: [answer.standing, answer.value, answer.went]
            for key, answer in session.answers.items()
        },
        "detour": _detour(session.detour),
        "status": session.status,
        "turn": session.turn,
        "revision": session.revision,
        "misses": session.misses,
        "digest": session.digest,
        "draft": list(session.draft),
        "doubts": list(session.doubts),
        "concerns": list(session.concerns),
        "starts": list(session.starts),
        "release": session.release,
        "news": session.news,
        "left_out": list(session.left_out),
        "reported": list(session.reported),
        "language": session.language,
        "zone": session.zone,
        "cues": [[cue.kind, cue.name, cue.turn, cue.when] for cue in session.cues],
        "apart": {name: dump(held) for name, held in session.apart.items()},
        "last": session.last,
        "agreed": list(session.agreed),
        "round": list(session.round),
        "awaits": session.awaits,
        "counted": list(session.counted),
    }


def load(data: Mapping[str, object]) -> Session:
    """Read what `dump` wrote. Raises ValueError for a format that is newer than this program."""
    if data["format"] != FORMAT:
        message = f"session format {data['format']} is not format {FORMAT}"
        raise ValueError(message)
    fields = {key: value for key, value in data.items() if key != "format"}
    place: list[list[str]] = fields["place"]  # type: ignore[assignment]
    answers: dict[str, list[object]] = fields["answers"]  # type: ignore[assignment]
    fields["place"] = tuple(Frame(*frame) for frame in place)
    fields["answers"] = {key: Answer(*parts) for key, parts in answers.items()}  # type: ignore[arg-type]
    cues: list[list[str]] = fields.get("cues", [])  # type: ignore[assignment]
    fields["cues"] = tuple(Cued(*cue) for cue in cues)  # type: ignore[arg-type]
    fields["detour"] = _detour_in(fields["detour"])
    apart: Mapping[str, Mapping[str, object]] = fields.get("apart") or {}  # type: ignore[assignment]
    if "format" in apart:  # as it was kept when there was only a plan for bad days beside it
        alone = load(apart)
        plan = bool(alone.place) and alone.place[0].script == "bad-days"
        fields["apart"] = {"bad-days" if plan else "": alone}
    else:
        fields["apart"] = {name: load(held) for name, held in apart.items()}
    for name in ("reported", "agreed", "round", "counted"):
        fields[name] = tuple(fields.get(name, ()))  # type: ignore[arg-type]
    for name in ("path", "draft", "doubts", "concerns", "starts", "left_out"):
        fields[name] = tuple(fields[name])  # type: ignore[arg-type]
    return Session(**fields)  # type: ignore[arg-type]


def _detour(detour: Detour | None) -> list[object] | None:
    if detour is None:
        return None
    if detour.of:
        return [detour.name, detour.about, _detour(detour.under), detour.of]
    under = [_detour(detour.under)] if detour.under else []
    return [detour.name, detour.about, *under]


def _detour_in(stored: object) -> Detour | None:
    if not isinstance(stored, list):
        return None
    name, about, under, of, *_ = *stored, None, ""
    return Detour(name, about, _detour_in(under), of or "")
