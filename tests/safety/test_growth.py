import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.safety.notice import notice
from tests.safety.phrases import CASES, FAMILIES

HOSTILE = {
    "guarded again and again": "not kill myself ",
    "guarded in its own sentence": "I was abused as a child. ",
    "the first word of many phrases": "I he my ",
    "letters in a row": "k i l ",
    "nothing but signs": "k!l1* ",
    "sentence ends": "? . ",
    "every rule at once": " ".join(text for _, text, noticed in CASES if not noticed)[:512] + " ",
}


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Count the calls made inside, built-in ones too."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(before)


def work(text: str) -> int:
    """Count the work of one text; what is compiled at its first use is compiled before."""
    notice(FAMILIES, text)
    with counted() as calls:
        notice(FAMILIES, text)
        return calls()


@pytest.mark.parametrize("stretch", HOSTILE.values(), ids=HOSTILE.keys())
def test_work_grows_no_faster_than_the_text(stretch: str):
    """Four times the text makes at most four times the work, and a little."""
    some = (stretch * 1024)[:1024]
    four = (stretch * 4096)[:4096]
    assert work(four) <= 4.4 * work(some)


def test_more_than_the_longest_message_costs_nothing_more():
    """A text beyond the cap makes no more work than one that reaches it."""
    assert work("not kill myself " * 4096) == work(("not kill myself " * 256)[:4096])
