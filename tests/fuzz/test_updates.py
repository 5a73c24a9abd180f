"""Whatever an update holds, Kith goes on, and nobody else notices.

`KITH_TEST_UPDATES` says how many there are; `make soak` sets 100,000.
"""

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from bot.library import Library
from tests.conftest import StoppedClock
from tests.fuzz.cast import GROUP, STANDING_BY, WORDS, Left, prepared, strangers
from tests.fuzz.shapes import Json, batches
from tests.fuzz.taking import Kith, Taken

UPDATES = int(os.environ.get("KITH_TEST_UPDATES", "2000"))
AT_ONCE = 20
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
UNKNOWN = ("query ID is invalid", "chat not found")
"""What Telegram says to a tap that nobody made, and to an answer into a chat that is made up."""
CHAT = {"id": 15, "type": "private", "first_name": "Bo"}
BO = CHAT | {"is_bot": False}
SAID = {"message_id": 1, "date": 0, "chat": CHAT, "from": BO}
TAPPED = {"id": "1", "from": BO, "chat_instance": "1", "message": SAID}
LEFT_BEHIND = {
    "chat": CHAT,
    "from": BO,
    "date": 0,
    "old_chat_member": None,
    "new_chat_member": None,
}


@pytest.fixture(scope="module")
def kith(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Kith]:
    """Give Kith as polling runs it, with people in the middle of the real dialogue."""
    file = tmp_path_factory.mktemp("fuzz") / "prepared.db"
    clock = StoppedClock()
    prepared(file, library, clock)
    kith = Kith(file, library, clock)
    with kith.loop:
        yield kith


@pytest.mark.timeout(0 if UPDATES > 2000 else 400)  # finding the smallest batch takes its time
@given(batch=batches(AT_ONCE))
@settings(
    max_examples=UPDATES // AT_ONCE,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
def test_no_update_stops_kith_or_touches_anybody_else(kith: Kith, batch: list[Json]) -> None:
    """All of a batch is acknowledged, no turn fails, and every answer can be sent.

    Who stands by finds everything as it was, and nobody's words come to anybody else.
    """
    taken = kith.takes(batch)
    assert taken.after.failed == []
    assert not re.search("turn-not-(kept|written)|turn-failed", taken.logged)
    assert not [each for each in taken.refused if not each.endswith(UNKNOWN)]
    assert sum(taken.counted.values()) >= len(batch), "every update is counted"
    for chat in STANDING_BY:
        assert taken.after.sessions[chat] == taken.before.sessions[chat]
    assert not [chat for _, chat, _ in taken.sent if chat in STANDING_BY]
    _apart(taken)


def _apart(taken: Taken) -> None:
    """See that nobody's own word lies, waits or was sent with anybody else."""
    for chat, text in [*taken.after.sessions.items(), *((c, t) for _, c, t in taken.sent)]:
        found = [word for word in strangers(chat) if word in text.lower()]
        assert not found, f"{found} came to {chat}: {text[:300]}"


@pytest.mark.parametrize(
    "update",
    [
        {"message": SAID | {"text": ["no", "text"]}},
        {"message": SAID | {"text": 5}},
        {"callback_query": TAPPED | {"data": ["no", "data"]}},
        {"my_chat_member": LEFT_BEHIND},
        {"message": SAID | {"chat": CHAT | {"id": "no number"}, "text": "hello"}},
    ],
    ids=["text-a-list", "text-a-number", "data-a-list", "no-member", "chat-no-number"],
)
def test_an_update_of_impossible_values_is_passed_over_and_counted(
    kith: Kith, update: Json
) -> None:
    """What comes with it is taken all the same; each of these once ended the process."""
    other = {"message": SAID | {"chat": CHAT | {"id": 12}, "text": "hello"}}
    taken = kith.takes([{"update_id": 1, **update}, {"update_id": 2, **other}])
    assert taken.counted == {"unreadable": 1.0, "taken": 1.0}
    assert '"event": "update-passed-over"' in taken.logged
    assert taken.after.sessions[15] == taken.before.sessions[15]
    assert [chat for _, chat, _ in taken.sent] == [12]


def test_whoever_comes_back_in_the_same_moment_is_answered(kith: Kith) -> None:
    """Kith is taken out of a group and asked there again within one poll: each answer goes out."""
    here = {"id": GROUP, "type": "supergroup", "title": "Tuesday"}
    us = {"id": 42, "is_bot": True, "first_name": "Kith"}
    was, now = {"user": us, "status": "member"}, {"user": us, "status": "left"}
    out = {"chat": here, "from": BO, "date": 0, "old_chat_member": was, "new_chat_member": now}
    asks = {"message_id": 9, "date": 0, "chat": here, "from": BO}
    three = [{"message": {**asks, "text": text}} for text in ("/places", "/help", "/reflect")]
    batch = [{"my_chat_member": out}, *three]
    taken = kith.takes([{"update_id": 1 + n, **each} for n, each in enumerate(batch)])
    assert len([chat for _, chat, _ in taken.sent if chat == GROUP]) == len(three)


def test_a_persons_own_words_are_found_with_them(kith: Kith) -> None:
    """Otherwise nothing would follow from their not being found with anybody else."""
    taken = kith.takes([{"update_id": 1, "message": SAID | {"text": f"my {WORDS[15]}"}}])
    assert WORDS[15] in taken.after.sessions[15]
    assert WORDS[15] in " ".join(text for _, to, text in taken.sent if to == 15)


def test_a_word_that_strays_would_be_found() -> None:
    """The search itself: one word of another person's in a session is one too many."""
    empty = Left({}, {}, [])
    with pytest.raises(AssertionError, match="came to 12"):
        _apart(Taken(empty, Left({12: f"a {WORDS[11]}"}, {}, []), [], [], [], {}))
