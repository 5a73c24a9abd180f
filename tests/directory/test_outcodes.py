"""How far it is, in words, from the first half of a postcode alone."""

import pytest

from bot.directory.outcodes import in_words, kilometres, nation_of, nearest


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("SE15", "SE15", "near"),
        ("SE15", "SE5", "near"),
        ("SE15", "E1", "a bus ride"),
        ("SE15", "BR1", "a bus ride"),
        ("SE15", "EN1", "further"),
        ("SE15", "AB10", "further"),
        ("SE15", "ZZ9", ""),
        ("ZZ9", "ZZ9", "near"),
    ],
)
def test_distance_is_said_in_words(one: str, other: str, words: str) -> None:
    """The middle of an outcode is too coarse for more; what is unknown is not guessed."""
    assert in_words(kilometres(one, other)) == words
    assert kilometres(one, other) == kilometres(other, one)


def test_the_nearest_of_several_counts() -> None:
    """A service with rooms in two places is as near as the nearer one."""
    assert nearest("SE15", ("AB10", "SE15", "ZZ9")) == 0
    assert nearest("SE15", ()) is None


@pytest.mark.parametrize(
    ("outcode", "nation"),
    [
        *(("SE15", "england"), ("SY1", "england"), ("CH1", "england"), ("NE1", "england")),
        *(("CF10", "wales"), ("CH7", "wales"), ("SY23", "wales"), ("LL57", "wales")),
        *(("G1", "scotland"), ("EH1", "scotland"), ("DG1", "scotland"), ("ZE1", "scotland")),
        *(("BT1", "northern-ireland"), ("TD15", ""), ("CH4", ""), ("JE2", ""), ("ZZ9", "")),
        *(("", ""), ("se15", "")),
    ],
)
def test_an_outcode_says_the_nation_where_it_lies_in_one_alone(outcode: str, nation: str) -> None:
    """On a border and on the islands nothing is said: a wrong nation means wrong numbers."""
    assert nation_of(outcode) == nation
