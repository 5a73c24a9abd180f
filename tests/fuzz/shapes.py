"""Updates out of the library's own types, and the same bent by hand into what no type allows."""

import datetime as dt
import inspect
import sys
import types
import typing
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any, Final

import telegram
from hypothesis import strategies as st
from telegram import TelegramObject

from tests.fuzz.cast import ACTING, GROUP, STANDING_BY, UNHEARD, WORDS

Json = dict[str, Any]
PRIVATE: Final = ("message", "edited_message", "callback_query", "my_chat_member")
IN_GROUPS: Final = ("message", "edited_message", "my_chat_member")
ASKED: Final = (
    *("/round", "/places", "/reflect", "/help", "/start", "/forget", "@kith_test_bot", "hello"),
    *("/round@kith_test_bot", "/ROUND", "/round ", "@Kith_Test_Bot I want to die tonight,"),
)
"""What somebody says in a group."""
DEEPEST: Final = 3
NEEDED: Final = (
    "option_persistent_ids",
    "persistent_id",
    "allows_revoting",
    "members_only",
    "can_react_to_messages",
    "can_edit_tag",
    "can_manage_tags",
)
"""What the library asks for, though its signatures call it optional."""
MOMENT: Final = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
ODD_TEXTS: Final = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff and \ud83d",
    "\u202e right to left",
    "\u200f\u2067\u2066",
    "e" + "\u0301" * 200,
    "😀" * 300,
    "<b>&amp;</b> {{ brings }} {% if %}",
    "/start",
    "/help",
    "/forget",
    "back",
    "x" * 65_536,
    "\n" * 5000,
    "٣",
    "1" * 5000,
    "0x1|back|brings",
    "tomorrow, and the 31.2.",
)
ODD_VALUES: Final = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    10**40,
    1.5,
    [],
    {},
    [None],
    {"id": None},
    "text",
    ["a", {"b": []}],
)
NUMBERS: Final = st.sampled_from([0, 1, -1, 7, 2**31, *STANDING_BY])
TAPS: Final = st.one_of(
    st.sampled_from(["", "-", "|", "||", "zz|0|x", "1|back|", "1|٣|", "1|²|x", "-1|0|", "1|help|"]),
    st.builds("{:x}|{}|{}".format, st.integers(0, 40), st.integers(-1, 9), st.just("step")),
    st.text(max_size=64),
)


def nested(depth: int) -> object:
    """Give a list in a list in a list ..."""
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


@cache
def texts(chat: int) -> st.SearchStrategy[str]:
    """Give what this person writes: anything, with their own word in it."""
    plain = st.one_of(st.text(max_size=40), st.sampled_from(ODD_TEXTS))
    own = WORDS[chat]
    return st.one_of(
        st.builds(f"{{}} {own}".format, plain), st.just(own), st.sampled_from(ODD_TEXTS)
    )


@cache
def hints(kind: type[TelegramObject]) -> dict[str, Any]:
    """Give the types of what an object of the library is made of."""
    there = {**vars(typing), **vars(sys.modules["collections.abc"]), "dtm": dt}
    there |= vars(telegram._utils.types) | vars(telegram) | vars(sys.modules[kind.__module__])
    return typing.get_type_hints(kind.__init__, globalns=there)


@cache
def kinds_of(kind: type[TelegramObject]) -> list[type[TelegramObject]]:
    """Give the kinds that stand for a kind which is none by itself."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("telegram.")]
    return below or [kind]


@cache
def objects(kind: type[TelegramObject], depth: int = 0) -> st.SearchStrategy[TelegramObject]:
    """Give any object of a type of the library's, with some of what it may have."""
    return st.one_of([_objects(each, depth) for each in kinds_of(kind)])


@cache
def _objects(kind: type[TelegramObject], depth: int) -> st.SearchStrategy[TelegramObject]:
    needed, free = {}, {}
    for name, parameter in inspect.signature(kind.__init__).parameters.items():
        if name in ("self", "api_kwargs", "args", "kwargs"):
            continue
        of = hints(kind)[name]
        if parameter.default is inspect.Parameter.empty or name in NEEDED:
            needed[name] = of
        elif depth < DEEPEST:
            free[name] = of
    names = (
        st.lists(st.sampled_from(sorted(free)), max_size=3, unique=True) if free else st.just([])
    )

    @st.composite
    def build(draw: st.DrawFn) -> TelegramObject:
        wanted = needed | {name: free[name] for name in draw(names)}
        given = {name: draw(_values(of, depth + 1)) for name, of in wanted.items()}
        return kind(**given)

    return build()


@cache
def _values(of: Any, depth: int) -> st.SearchStrategy[Any]:
    """Give a value of a type."""
    inner = typing.get_args(of)
    match typing.get_origin(of):
        case typing.Union | types.UnionType:
            some = [each for each in inner if each is not type(None)]
            return st.one_of([st.deferred(lambda each=each: _values(each, depth)) for each in some])
        case None:
            pass
        case typing.Literal:
            return st.sampled_from(inner)
        case origin if issubclass(origin, Sequence) and inner:
            return st.lists(_values(inner[0], depth), min_size=1, max_size=2)
        case _:
            return st.just({})
    if inspect.isclass(of) and issubclass(of, TelegramObject):
        return st.deferred(lambda: objects(of, depth))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: NUMBERS,
        float: st.sampled_from([0.0, -180.0, 1e300]),
        str: st.one_of(st.text(max_size=8), st.sampled_from(["private", "bot_command", "kicked"])),
        dt.datetime: st.just(MOMENT),
        dt.timedelta: st.just(dt.timedelta(seconds=5)),
    }
    return plain.get(of, st.just("odd"))


@st.composite
def typed(draw: st.DrawFn) -> Json:
    """Give an update of any kind, from somebody who acts where a kind comes from a person.

    Those who stand by are mentioned in it anywhere but as the chat that it happened in.
    """
    kind = draw(st.sampled_from([*PRIVATE * 4, *sorted(telegram.Update.ALL_TYPES)]))
    made: Json = draw(_values(hints(telegram.Update)[kind], 0)).to_dict()
    chat = draw(st.sampled_from(sorted(ACTING)))
    update = {kind: made}
    if kind in IN_GROUPS and draw(st.integers(0, 2)) == 0:
        _place_in_the_group(draw, made, chat)
    elif kind in PRIVATE:
        _place(draw, update, kind, chat)
    return update


def _place(draw: st.DrawFn, update: Json, kind: str, chat: int) -> None:
    """Let an update happen in somebody's own chat, and let them say something of their own."""
    here = {"id": chat, "type": "private", "first_name": draw(texts(chat))}
    made = update[kind]
    said = made
    if kind == "callback_query":
        made["data"] = draw(TAPS)
        said = made.setdefault("message", {"message_id": 1, "date": 0})
    said["chat"] = here
    if kind in ("message", "edited_message"):
        for name in draw(st.lists(st.sampled_from(["text", "caption"]), max_size=2)):
            said[name] = draw(texts(chat))


def _place_in_the_group(draw: st.DrawFn, made: Json, chat: int) -> None:
    """Let an update happen in the group, by somebody in it or not, who may ask Kith for something.

    Whatever is said there holds a word that must come to nobody.
    """
    title = draw(st.sampled_from(["Tuesday", *ODD_TEXTS]))
    made["chat"] = {
        "id": GROUP,
        "type": draw(st.sampled_from(["supergroup", "group"])),
        "title": title,
    }
    made["from"] = {"id": chat, "is_bot": False, "first_name": UNHEARD}
    for name in draw(st.lists(st.sampled_from(["text", "caption"]), max_size=2)):
        asked = draw(st.one_of(st.sampled_from(ASKED), st.sampled_from(ODD_TEXTS)))
        made[name] = draw(st.sampled_from([f"{asked} {UNHEARD}", f"{UNHEARD} {asked}", asked]))


BENDS: Final = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), min_size=2, max_size=4),
        st.one_of(
            st.sampled_from(["drop", "deep"]),
            st.sampled_from([*ODD_VALUES, *ODD_TEXTS]).map(lambda value: ("put", value)),
        ),
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def bent(draw: st.DrawFn) -> Json:
    """Give an update in which some things are missing, or are what they can't be."""
    update = draw(typed())
    for way, bend in draw(BENDS):
        _bend(update, way, bend)
    if draw(st.booleans()):
        update["surprise"] = deepcopy(draw(st.sampled_from(ODD_VALUES)))
    return update


def _bend(inside: Any, way: list[int], bend: object) -> None:
    """Walk into an update and put something else, or nothing, where the way ends."""
    for place, step in enumerate(way):
        keys = sorted(inside) if isinstance(inside, dict) else list(range(len(inside)))
        if not keys:
            return
        key = keys[step % len(keys)]
        if place == len(way) - 1 or not isinstance(inside[key], dict | list):
            match bend:
                case "drop":
                    del inside[key]
                case "deep":
                    inside[key] = nested(300)
                case (_, value):
                    inside[key] = deepcopy(value)  # which may be bent itself
            return
        inside = inside[key]


def batches(most: int) -> st.SearchStrategy[list[Json]]:
    """Give what one poll brings, numbered as Telegram numbers it."""
    some = st.lists(st.one_of(typed(), bent()), min_size=most, max_size=most)
    return some.map(
        lambda all_of_them: [{"update_id": 100 + n, **u} for n, u in enumerate(all_of_them)]
    )
