"""What a group could do together after a round: the rules that staff can read and edit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from bot.engine.expression import Template
from bot.engine.reading import Reader, did_you_mean
from bot.engine.script import PARTS
from bot.engine.source import Node

Way = Literal["go", "ask", "write", "bring"]
"""How people can do something together: go along, ask, write, or bring somebody in."""
WAYS: Final[tuple[Way, ...]] = get_args(Way)
READS: Final = "topics"
"""The one thing that these texts can read: never a name, never anybody's words."""
_TOPIC: Final = ("id", "in", "reads", "choices", "words")
_STEP: Final = ("id", "way", "topics", "when unsafe", "step", "first", "because")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that several may have shared, as a "because" can name it.

    It counts where it was shared in one of `parts`: as one of these choices, or in words among
    which one of `words` stands (a * at the end takes any ending).
    """

    id: str
    parts: tuple[str, ...]
    reads: str
    choices: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collective:
    """A step that people take together, with a small first one.

    With `topics` it is offered only where several shared one of them; without, whenever its way
    has nothing better. `when_unsafe` marks what may be offered where anybody spoke of being
    afraid; nothing else is then.
    """

    id: str
    way: Way
    topics: tuple[str, ...]
    when_unsafe: bool
    step: Template
    first: Template
    because: Template


@dataclass(frozen=True, slots=True)
class Together:
    """All of `together.yaml`. `unsafe` are words, `nothing` choices that put nobody down."""

    topics: tuple[Topic, ...] = ()
    steps: tuple[Collective, ...] = ()
    unsafe: tuple[str, ...] = ()
    nothing: frozenset[str] = frozenset()


def read_together(reader: Reader, node: Node | None) -> Together:
    """Read what groups could do, in order; what is wrong with it goes to the reader."""
    if node is None:
        return Together()
    reader.known_keys(node, ("topics", "unsafe", "nothing", "steps"))
    topics = tuple(_topic(reader, each) for each in reader.items(node.get("topics")))
    listed = reader.items(node.get("steps"))
    steps = tuple(_step(reader, each) for each in listed)
    for each, step in zip(listed, steps, strict=True):
        _check_topics(reader, each, step, [topic.id for topic in topics])
    for ids in (reader.items(node.get("topics")), listed):
        _check_twice(reader, ids)
    _check_unsafe(reader, node, steps)
    return Together(
        topics,
        steps,
        _texts(reader, node.get("unsafe")),
        frozenset(_texts(reader, node.get("nothing"))),
    )


def _topic(reader: Reader, node: Node) -> Topic:
    reader.known_keys(node, _TOPIC)
    _needed(reader, node, ("id", "in", "reads"))
    if not reader.items(node.get("choices")) and not reader.items(node.get("words")):
        message = "nothing that is shared could tell of this"
        reader.complain(node, "incomplete-rule", message, "add  words:  with a list of words")
    where = [
        reader.one_of(each, PARTS, "unknown-part", "") for each in reader.items(node.get("in"))
    ]
    return Topic(
        id=reader.text(node.get("id")),
        parts=tuple(each for each in where if each),
        reads=reader.text(node.get("reads")),
        choices=frozenset(_texts(reader, node.get("choices"))),
        words=_texts(reader, node.get("words")),
    )


def _step(reader: Reader, node: Node) -> Collective:
    reader.known_keys(node, _STEP)
    topics = _texts(reader, node.get("topics"))
    _needed(reader, node, ("id", "way", "step", "first", *(["because"] if topics else [])))
    return Collective(
        id=reader.text(node.get("id")),
        way=cast("Way", reader.one_of(node.get("way"), WAYS, "unknown-way", WAYS[0])),
        topics=topics,
        when_unsafe=reader.flag(node.get("when unsafe")),
        step=_read(reader, node, "step"),
        first=_read(reader, node, "first"),
        because=_read(reader, node, "because"),
    )


def _read(reader: Reader, node: Node, key: str) -> Template:
    """Read a text: a "because" may read the topics, and no text reads anything else."""
    made = reader.template(node.get(key))
    known = {READS} if key == "because" else set[str]()
    for name in sorted(made.reads - known - {"readings"}):  # a translation reads those
        message = f"this is read by everybody in the group, and can't hold '{name}'"
        fix = f"a because can hold {{{{ {READS} }}}}; leave anything else out"
        reader.complain(node.get(key) or node, "unknown-answer", message, fix)
    return made


def _check_topics(reader: Reader, node: Node, step: Collective, known: list[str]) -> None:
    for each in reader.items(node.get("topics")):
        name = reader.text(each)
        if name not in known:
            fix = did_you_mean(name, known) if known else "add it under  topics:"
            reader.complain(each, "unknown-topic", f"there is no topic '{name}'", fix)
    if not step.topics and node.get("because"):
        message = "this step has no topics, so its because would have no ground"
        fix = "add  topics:  or leave the because out"
        reader.complain(node.get("because") or node, "incomplete-rule", message, fix)


def _check_twice(reader: Reader, listed: Sequence[Node]) -> None:
    ids = [reader.text(each.get("id")) for each in listed]
    for place, each in enumerate(listed):
        if ids[place] and ids[place] in ids[:place]:
            message = f"'{ids[place]}' stands here twice"
            reader.complain(each.get("id") or each, "double-id", message, "give one another id")


def _check_unsafe(reader: Reader, node: Node, steps: Sequence[Collective]) -> None:
    """Somebody may always be afraid: then something has to be left to offer."""
    if steps and not any(step.when_unsafe and not step.topics for step in steps):
        message = "nothing here could be offered where somebody is afraid"
        fix = "add a step without topics that says  when unsafe: yes"
        reader.complain(node.get("steps") or node, "incomplete-rule", message, fix)
    if steps and not node.get("unsafe"):
        message = "no words say that somebody is afraid"
        fix = "add  unsafe:  with words such as afraid, scared, threat*"
        reader.complain(node, "incomplete-rule", message, fix)


def _needed(reader: Reader, node: Node, keys: Sequence[str]) -> None:
    for key in keys:
        if not reader.items(node.get(key)) or not _first(reader, node.get(key)):
            reader.complain(node, "incomplete-rule", f"'{key}' is missing here", f"add  {key}:")


def _first(reader: Reader, node: Node | None) -> str:
    return next(iter(_texts(reader, node)), "")


def _texts(reader: Reader, node: Node | None) -> tuple[str, ...]:
    return tuple(_filled(reader, node))


def _filled(reader: Reader, node: Node | None) -> Iterator[str]:
    for each in reader.items(node):
        if text := reader.text(each).strip():
            yield text
