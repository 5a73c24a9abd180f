"""What is meant counts where the same words are found, and finds nothing by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.meanings import BEGINS, SIZE, alike, load_meanings, read_meanings
from bot.directory.needs import Need, Needs
from bot.directory.open_to import Wanted
from bot.directory.search import Index
from bot.directory.service import Service
from bot.directory.stems import stems

TODAY = date(2026, 5, 1)
numbers = st.lists(st.integers(-127, 127), min_size=SIZE, max_size=SIZE)


def packed(*rows: list[int]) -> bytes:
    """Give a file with the words a, b, c and so on."""
    words = " ".join("abc"[: len(rows)])
    return BEGINS + f"{words}\n".encode() + b"".join(bytes(n & 255 for n in row) for row in rows)


def near(one: str, other: str) -> float:
    """Say how near two texts are in meaning."""
    meanings = load_meanings()
    return alike(meanings.of(stems(one)), meanings.of(stems(other)))


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("my landlord wants us out", "eviction and tenancy advice", "swimming lessons"),
        ("gran forgets our names", "memory cafe for people with dementia", "job club"),
        ("he hits me when he is drunk", "refuge from domestic abuse", "walking group"),
        ("the cupboard is bare", "food bank", "hearing aids"),
        ("we row every evening", "relationship counselling for couples", "debt advice"),
    ],
)
def test_what_people_say_is_nearer_to_what_helps(said: str, right: str, wrong: str) -> None:
    """What somebody says is nearer in meaning to a place that helps than to any other place."""
    assert near(said, right) > near(said, wrong)


@given(numbers, numbers, st.integers(0, 50), st.integers(0, 50))
def test_a_text_means_what_its_words_add_up_to(
    one: list[int], other: list[int], ones: int, others: int
) -> None:
    """The packed sum of a text points where the sum of each of its numbers does."""
    meanings = read_meanings(packed(one, other))
    added = [ones * a + others * b for a, b in zip(one, other, strict=True)]
    length = sum(n * n for n in added) ** 0.5
    found = meanings.of(["a"] * ones + ["b"] * others + ["unheard of"])
    assert list(found) == [round(127 * n / length) if length else 0 for n in added]


def test_a_file_that_is_cut_short_is_not_read() -> None:
    """A file that lost a byte, or that is something else, gives no meanings."""
    whole = packed([1] * SIZE, [2] * SIZE)
    for broken in (whole[:-1], b"x" + whole, b""):
        with pytest.raises(ValueError, match="not a whole file"):
            read_meanings(broken)


def test_of_two_found_by_one_word_the_one_that_is_meant_comes_first() -> None:
    """Where one word finds two places, the rest of the sentence decides between them."""
    places = (
        Service("a", "1", "Advice Shop", what="Tenancies, evictions and landlords."),
        Service("a", "2", "Advice Shop", what="Breastfeeding, newborns and sleep."),
    )
    others = (Service("a", f"other {n}", f"Hall {n}", what="Dancing.") for n in range(20))
    index = Index.build([*places, *others], Needs())
    for said, first in (("advice: my landlord throws us out", "1"), ("advice: my baby cries", "2")):
        assert next(each.service.id for each in index.find(Wanted(said, TODAY))) == first


def test_meaning_alone_finds_nothing() -> None:
    """Without any word or need in common nothing is found, however near it is in meaning."""
    place = Service("a", "1", "Food bank", what="Groceries and meals.")
    index = Index.build([place], Needs((Need("sleep", ("can't sleep",), ("insomnia",)),)))
    assert near("I'm hungry", "food bank groceries and meals") > 0
    assert index.find(Wanted("I'm hungry", TODAY)) == []
