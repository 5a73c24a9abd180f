"""From what was typed or tapped to an answer, for every kind of question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.effects import Option
from bot.engine.expression import compile_template
from bot.engine.script import KINDS, Ask, Choice
from bot.engine.understand import NotUnderstood, Reading, Understood, read_pick, read_text

TODAY = date(2026, 11, 2)
CHOICES = (
    Choice("work", compile_template("My work"), ("job", "boss")),
    Choice("home", compile_template("Home or neighbours"), ("rent",)),
    Choice("none", compile_template("None of these"), only=True),
)
OPTIONS = tuple(Option(choice.value, choice.label.render({})) for choice in CHOICES)


def asks(kind: str, **more: object) -> Ask:
    return Ask(kind, CHOICES, **more)  # type: ignore[arg-type]


def typed(kind: str, words: str, **more: object) -> object:
    return _value(read_text(asks(kind, **more), OPTIONS, words, TODAY))


def picked(kind: str, value: object, **more: object) -> object:
    return _value(read_pick(asks(kind, **more), OPTIONS, value, TODAY))  # type: ignore[arg-type]


def _value(reading: Reading) -> object:
    return reading.value if isinstance(reading, Understood) else f"? {reading.reason}"


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "1.",
        "one",
        "My work",
        "my work!",
        "MY  WORK",
        "work",
        "my",
        "job",
        "boss",
        "my wrok",
        "My work, mostly",
        "'work'",
    ],
)
def test_a_choice_is_understood_by_number_label_first_words_or_a_slip(words: str):
    """Nobody has to hit a label exactly."""
    assert typed("choice", words) == "work"


@pytest.mark.parametrize(
    "words", ["4", "0", "-1", "something", "", "?", "🙂", "or", "9" * 300, "1 2"]
)
def test_what_fits_no_choice_is_asked_again(words: str):
    """A choice is never guessed."""
    assert str(typed("choice", words)).startswith("? ")


def test_a_number_that_is_not_on_the_list_is_named_as_that():
    """A person who types 7 hears that there is no 7."""
    assert typed("choice", "7") == "? number_not_listed"


def test_own_words_are_kept_where_a_choice_allows_them():
    """What fits no button is an answer where own words are welcome; signs alone are not."""
    assert typed("choice", "My allotment", own_words=True) == "My allotment"
    assert typed("choice", "شغلي", own_words=True) == "شغلي"
    assert typed("choice", "🙂🙂", own_words=True) == "? not_understood"


def test_a_sentence_is_not_reduced_to_the_button_it_begins_with():
    """Where own words are welcome, a sentence stays whole, though it begins like a button."""
    words = "work is the only place where I feel fine, it is the street"
    assert typed("choice", words, own_words=True) == words
    assert typed("several", words, own_words=True) == [words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1, 2", ["work", "home"]),
        ("1 2", ["work", "home"]),
        ("2 and 1", ["home", "work"]),
        ("work; rent", ["work", "home"]),
        ("work, rent", ["work", "home"]),
        ("My work, home or neighbours", ["work", "home"]),
        ("work, work", ["work"]),
        ("home or neighbours", ["home"]),
        ("none of these", ["none"]),
        ("1, 3", ["none"]),
        ("work and peas", "? several_unclear"),
        ("🙂", "? several_unclear"),
        (",,", "? several_unclear"),
        ("", "? several_unclear"),
    ],
)
def test_several_can_be_typed_at_once(words: str, expected: object):
    """Several answers can stand in one line, and the one that rules out the rest does so."""
    assert typed("several", words) == expected


def test_own_words_among_several_are_one_answer():
    """Words of one's own are kept whole, not cut at a comma."""
    assert typed("several", "my knee, my back", own_words=True) == ["my knee, my back"]


def test_more_picks_than_asked_for_are_not_taken():
    """Where at most two may be picked, three are not quietly accepted."""
    assert str(typed("several", "1, 2", most=1)).startswith("? ")
    assert str(picked("several", ["work", "home"], most=1)).startswith("? ")


@pytest.mark.parametrize("words", ["yes", "Yes!", "y", "yep", "ok", "YES PLEASE", "1"])
def test_a_yes_is_a_yes(words: str):
    """Many ways to say yes are understood."""
    assert typed("yes/no", words) is True


@pytest.mark.parametrize("words", ["no", "No.", "nope", "no thanks", "No thank you", "2"])
def test_a_no_is_a_no(words: str):
    """Many ways to say no are understood."""
    assert typed("yes/no", words) is False


@pytest.mark.parametrize(
    ("words", "value"), [("yes I am", True), ("No, I'm not", False), ("yess", True)]
)
def test_the_first_word_of_a_yes_or_no_is_enough(words: str, value: bool):
    """First words and near-misses count here as they do elsewhere."""
    assert typed("yes/no", words) is value


@pytest.mark.parametrize(
    "words", ["perhaps", "yes and no", "yes but no", "", "🙂", "3", "not sure"]
)
def test_neither_yes_nor_no_is_asked_again(words: str):
    """What is neither is not guessed."""
    assert typed("yes/no", words) == "? yes_or_no"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3", 3),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("-2", -2),
        ("0", "? number_range"),
        ("11", "? number_range"),
        ("three", "? number_unclear"),
        ("", "? number_unclear"),
        ("3 or 4", "? number_unclear"),
        ("1" * 400, "? number_range"),
        ("🙂", "? number_unclear"),
    ],
)
def test_a_number_is_read_and_kept_in_its_range(words: str, expected: object):
    """A number is a number, and only one that fits."""
    limits = {} if words == "-2" else {"least": 1, "most": 10}
    assert typed("number", words, **limits) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("limits", [{}, {"least": 1, "most": 10}])
def test_what_is_no_real_number_is_never_taken(value: float, limits: dict[str, float]):
    """Not-a-number and infinity are no answers, with limits and without."""
    assert str(picked("number", value, **limits)).startswith("? ")


def test_a_number_too_long_to_be_one_is_not_taken():
    """Four hundred digits are not stored as infinity."""
    assert typed("number", "9" * 400) != float("inf")


def test_one_person_is_one_name_whatever_is_in_it():
    """A name is kept as it was written, and known again by its letters."""
    assert typed("person", "my  boss Denise") == {"id": "mybossdenise", "name": "my boss Denise"}
    assert typed("person", "Anna and Ben") == {"id": "annaandben", "name": "Anna and Ben"}
    assert typed("person", "דנה") == {"id": "דנה", "name": "דנה"}


def test_several_people_stand_in_one_line():
    """Names are told apart by commas, lines and "and"; a name told twice is one person."""
    people = typed("person", "Anna, Ben and anna\nCid & Dee", most=5)
    assert [person["name"] for person in people] == ["anna", "Ben", "Cid", "Dee"]  # type: ignore[union-attr]


def test_two_people_with_long_names_stay_two():
    """Nobody is lost because their name begins like another one."""
    people = typed(
        "person",
        "the woman from the second floor Anna, the woman from the second floor Beth",
        most=5,
    )
    assert len(people) == 2  # type: ignore[arg-type]
    assert len({person["id"] for person in people}) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "name_unclear"),
        ("🙂", "name_unclear"),
        (",", "name_unclear"),
        ("a, b, c", "names_many"),
        ("x" * 61, "name_long"),
        ("Anna, 🙂", "name_unclear"),
    ],
)
def test_what_is_no_name_is_asked_again(words: str, reason: str):
    """Each slip with names has its own plain answer."""
    assert typed("person", words, most=2) == f"? {reason}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (" the  café ", "the café"),
        ("🙂", "? place_unclear"),
        ("", "? place_unclear"),
        ("x" * 200, "? place_unclear"),
    ],
)
def test_a_place_is_a_few_words(words: str, expected: str):
    """A place is kept as it was written."""
    assert typed("place", words) == expected


def test_a_day_is_kept_as_a_date():
    """A day is stored in one form, however it was written."""
    assert typed("date", "Friday") == "2026-11-06"
    assert typed("date", "soon") == "? date_unclear"
    assert picked("date", "2026-11-06") == "2026-11-06"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3 1 1", {"work": 3, "home": 1, "none": 1}),
        ("3,1,1", {"work": 3, "home": 1, "none": 1}),
        ("all on my work", {"work": 5, "home": 0, "none": 0}),
        ("all my work", {"work": 5, "home": 0, "none": 0}),
        ("my work", {"work": 5, "home": 0, "none": 0}),
        ("1 0 0", {"work": 1, "home": 0, "none": 0}),
        ("0 0 0", "? stones_count"),
        ("3 3 3", "? stones_count"),
        ("3 2", "? stones_unclear"),
        ("🙂", "? stones_unclear"),
        ("", "? stones_unclear"),
    ],
)
def test_stones_can_be_typed(words: str, expected: object):
    """Stones are put down by numbers in order, or all on one name."""
    assert typed("stones", words, most=5) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_of_ten_thousand_letters_is_too_long_for_any_question(kind: str):
    """A very long text is not cut in silence: the person is asked for the heart of it."""
    assert typed(kind, "a" * 10_000) == "? too_long"


@pytest.mark.parametrize("words", ["🙂", "שלום", "a" * 4000, "{{ 7*7 }}", "line\nline"])
def test_free_words_are_kept_as_they_are(words: str):
    """Words that were asked for freely are kept letter by letter."""
    assert typed("words", words) == words


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("choice", "home", "home"),
        ("choice", "gone", "? not_a_choice"),
        ("choice", ["home"], "? not_a_choice"),
        ("several", ["home", "home"], ["home"]),
        ("several", "home", ["home"]),
        ("several", [], "? not_a_choice"),
        ("several", ["home", "gone"], "? not_a_choice"),
        ("yes/no", True, True),
        ("yes/no", "no", False),
        ("yes/no", 1, "? not_a_choice"),
        ("number", True, "? not_a_choice"),
        ("number", 4, 4),
        ("stones", {"work": 2}, {"work": 2, "home": 0, "none": 0}),
        ("stones", {"gone": 2}, "? stones_count"),
        ("stones", {"work": -1, "home": 3}, "? stones_count"),
        ("stones", {"work": True}, "? stones_count"),
        ("person", ["Anna"], {"id": "anna", "name": "Anna"}),
        ("words", "  ", "? not_a_choice"),
        ("words", 5, "? not_a_choice"),
        ("date", True, "? not_a_choice"),
    ],
)
def test_only_what_can_be_picked_is_taken(kind: str, value: object, expected: object):
    """A picked value of the wrong kind changes nothing."""
    assert picked(kind, value) == expected


@given(st.sampled_from(KINDS), st.text(max_size=60), st.booleans(), st.integers(1, 6))
def test_no_text_breaks_a_question(kind: str, words: str, own: bool, most: int):
    """Whatever a person types, it is an answer or there is a plain reason why not."""
    reading = read_text(asks(kind, own_words=own, most=most), OPTIONS, words, TODAY)
    assert isinstance(reading, Understood | NotUnderstood)


PICKS = st.one_of(
    st.text(max_size=9),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.lists(st.text(max_size=5)),
    st.dictionaries(st.sampled_from(["work", "home", "none", "gone"]), st.integers(-9, 9)),
)


@given(st.sampled_from(KINDS), PICKS, st.integers(1, 6))
def test_no_pick_breaks_a_question(kind: str, value: object, most: int):
    """Whatever is picked, it is an answer or there is a plain reason why not."""
    assert isinstance(
        read_pick(asks(kind, most=most), OPTIONS, value, TODAY), Understood | NotUnderstood
    )
