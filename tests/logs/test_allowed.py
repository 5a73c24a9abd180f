"""What may stand in a log line: named fields of harmless shapes, and nothing else."""

from typing import Any

import pytest

from bot.logs.allowed import allowed
from bot.logs.faults import known_name, place, places
from bot.logs.lines import in_words
from bot.logs.sentences import REASONS, SENTENCES

CHAT, TOKEN, TEXT = 5550123456, "42:AAcanary-token", "My sister Rosemary drinks."
PERSON = "telegram:" + "a1" * 32
MARKED = [CHAT, str(CHAT), TOKEN, TEXT, PERSON, TEXT.encode(), [TEXT], {"text": TEXT}]
MARKED += [
    ValueError(TEXT).args,
    f"https://api.telegram.org/bot{TOKEN}/getMe",
    "kith-map.png",
    None,
]


class Loud:
    """Whoever asks it for its words, or compares it, hears of it."""

    def __str__(self) -> str:
        raise AssertionError("its words were asked for")

    __repr__ = __str__
    __format__ = __str__  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, _: object) -> bool:
        raise AssertionError("it was compared")

    def __len__(self) -> int:
        raise AssertionError("it was measured")


def kept(**fields: Any) -> dict[str, Any]:
    """Give what is left of the fields of a line."""
    left = dict(allowed(None, "info", {"event": "turn", **fields}))
    assert left.pop("event") == "turn"
    assert left.pop("level") == "info"
    return left


def test_what_is_on_the_list_goes_through() -> None:
    """The ids that staff gave, the kind of an event, how long it took."""
    fields = {"script": "reflection", "step": "who_knows-2", "kind": "text", "outcome": "taken"}
    assert kept(**fields, ms=1.2345) == {**fields, "ms": 1.2}


@pytest.mark.parametrize("name", ["text", "person", "chat", "url", "exc_info", "args", "message"])
def test_a_field_that_is_not_on_the_list_is_dropped_and_counted(name: str) -> None:
    """Whatever it holds; how many were dropped shows that somebody tried."""
    assert kept(**{name: "harmless"}) == {"dropped": 1}


@pytest.mark.parametrize(
    "name", ["step", "script", "library", "kind", "outcome", "where", "ms", "fault", "places"]
)
def test_no_field_takes_what_could_be_a_persons(name: str) -> None:
    """No chat id, token, text, name of a person, address or file, under any name on the list."""
    for each in [*MARKED, Loud()]:
        left = kept(**{name: each})
        assert left == (
            {"fault": "other"} if (name, type(each)) == ("fault", str) else {"dropped": 1}
        )


@pytest.mark.parametrize("number", [-1, True, float("nan"), float("inf"), 10_000_000, "5"])
def test_a_number_is_a_small_finite_one(number: object) -> None:
    """So none can be the number of a chat."""
    assert kept(ms=number) == {"dropped": 1}


@pytest.mark.parametrize("event", [TEXT, f"turn of {PERSON}", "", None, 5, ["turn"], Loud()])
def test_a_line_is_called_by_one_of_our_codes(event: object) -> None:
    """What is interpolated is no code of ours: the line is unnamed, and that is counted."""
    line = allowed(None, "info", {"event": event})
    assert line == {"level": "info", "event": "unnamed", "dropped": 1}


def failing(text: str) -> None:
    """Fail in code of ours, with a text in a local variable, in the message and in its cause."""
    local = text
    try:
        int(local)
    except ValueError as error:
        places(local)  # type: ignore[arg-type]
        raise AssertionError from error


def test_of_an_exception_only_type_and_place_are_told() -> None:
    """No message, no value of a variable; frames of others are left out."""
    with pytest.raises(AttributeError) as caught:
        failing(TEXT)
    left = kept(fault=caught.value)
    assert left.pop("fault") == "AttributeError"
    (where,) = left.pop("places")
    file, line, function = where.split(":")
    assert (file, function) == ("bot/logs/faults.py", "places")
    assert line.isdecimal()
    assert left == {}


def test_a_type_that_is_named_after_a_text_is_called_other() -> None:
    """A name with a space or anything but letters, figures and lines is no name of code."""
    assert kept(fault=type(TEXT, (Exception,), {})()) == {"fault": "other"}
    assert kept(fault=type(TOKEN, (Exception,), {})) == {"fault": "other"}


def test_a_name_alone_goes_through_where_an_exception_is_called_so() -> None:
    """A word of somebody's is none, even if it looks like one."""
    assert kept(fault="KeyError") == {"fault": "KeyError"}
    assert known_name("KeyError") == "KeyError"
    for word in ("Rosemary", "rosemary", "kill", "", TEXT):
        assert kept(fault=word) == {"fault": "other"}


def test_a_place_is_one_of_ours() -> None:
    """Code of libraries, and what only looks like a place, is left out."""
    assert kept(places=["bot/turns.py:12:take"]) == {"places": ["bot/turns.py:12:take"]}
    for each in ("tests/x.py:1:f", "bot/../x.py:1:f", f"bot/x.py:1:{TEXT}", "bot/x.py:1:f\n"):
        assert kept(places=[each]) == {"dropped": 1}, each
    assert place(pytest.__file__, 3) == []


def test_every_sentence_is_plain_and_every_complaint_has_its_remedy() -> None:
    """An operator reads what happened; whatever is no passing trouble says what to do."""
    for code, sentence in SENTENCES.items():
        assert code == code.lower().replace(" ", "-")
        assert not any(mark in sentence + code for mark in "{}%"), code
        assert in_words({"level": "error", "event": code}) == f"kith: {sentence}"
    for each in REASONS.values():
        assert not any(mark in each for mark in "{}%")
