"""A round of a group from its opening to its end: what each shares, and what all of them see."""

from pathlib import Path

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle

NAMES = ("Lee", "Ann", "Ben", "Cat", "Dan", "Eve", "Fay")
LINES = {name: f"a line of {name.lower()} number" for name in NAMES}


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    return Circle(
        Turns(store, library, clock), "Lee"
    )  # the others come when they first do something


def opened(circle: Circle) -> None:
    """Let Lee open a check-in."""
    circle["Lee"].commands("round").picks("open round", "open round:check-in")


def answered(circle: Circle, name: str, how: str) -> None:
    """Let somebody answer the first question and choose how it is shared."""
    member = circle[name].agrees().joins(name)
    assert member.step == "here"
    member.says(LINES[name]).picks(how)


def test_whoever_opens_a_round_sees_that_it_is_open(circle: Circle) -> None:
    """The screen behind it is that of the round, at its first question."""
    opened(circle)
    assert {"take part", "show round"} <= {*circle["Lee"].options}
    assert "open round" not in circle["Lee"].options


def test_only_what_was_chosen_reaches_the_group(circle: Circle) -> None:
    """Named ones by name, unnamed ones together from five on, kept ones never."""
    opened(circle)
    for name, how in zip(NAMES, ["keep", "named", *["unnamed"] * 5], strict=True):
        answered(circle, name, how)
    assert "number" not in circle.board()
    circle["Lee"].commands("round").picks("show round")
    board = circle.board()
    assert f"Ann: {LINES['Ann']}" in board
    assert LINES["Lee"] not in board
    for name in NAMES[2:]:
        assert LINES[name] in board
        assert f"{name}:" not in board


def test_four_unnamed_ones_are_too_few_and_never_appear(circle: Circle) -> None:
    """Nor does a fifth that comes late make them appear: that one would be known."""
    opened(circle)
    for name in NAMES[1:5]:
        answered(circle, name, "unnamed")
    circle["Lee"].commands("round").picks("show round")
    board = circle.board()
    assert "number" not in board
    member = circle["Eve"].agrees().joins("Eve").says(LINES["Eve"])
    assert member.options == ["named", "keep"]
    member.picks("named")
    assert f"Eve: {LINES['Eve']}" in circle.board()
    circle["Lee"].commands("round").picks("close round", "close round")
    assert LINES["Ann"] not in circle.board()


def test_what_is_taken_back_goes_from_the_group(circle: Circle) -> None:
    """By changing the choice, forgetting the answer, forgetting everything, or leaving."""
    opened(circle)
    for name in NAMES[1:]:
        answered(circle, name, "named")
    circle["Lee"].commands("round").picks("show round")
    assert all(LINES[name] in circle.board() for name in NAMES[1:])
    circle["Ann"].commands("back").picks("keep")
    assert LINES["Ann"] not in circle.board()
    circle["Ben"].commands("withdraw").picks("forget all")
    assert LINES["Ben"] not in circle.board()
    circle["Cat"].commands("round").picks("my group", "leave group", "left group")
    assert LINES["Cat"] not in circle.board()
    assert LINES["Dan"] in circle.board()


def test_a_changed_line_waits_until_it_is_shared_again(circle: Circle) -> None:
    """New words under an answer that was shared are nobody's to read before they were asked."""
    opened(circle)
    answered(circle, "Ann", "named")
    circle["Lee"].commands("round").picks("show round")
    ann = circle["Ann"].commands("change").picks("change:here").says("quite other words")
    assert "quite other words" not in circle.board()
    assert LINES["Ann"] not in circle.board()
    ann.picks("doubt keep")
    assert "Ann: quite other words" in circle.board()


def test_one_thing_can_be_forgotten_in_a_round(circle: Circle) -> None:
    """An answer by itself, or all that was said in rounds; the reflection is another thing."""
    opened(circle)
    answered(circle, "Ann", "named")
    circle["Lee"].commands("round").picks("show round")
    ann = circle["Ann"].commands("forget").picks("forget one")
    assert "forget:here" in ann.options
    assert "forget round" in ann.picks("more").options
    ann.picks("forget round")
    assert LINES["Ann"] not in circle.board()


def test_answers_to_a_round_are_forgotten_alone(circle: Circle) -> None:
    """Whoever wipes no more than these finds that offered, and their line goes from the group."""
    opened(circle)
    answered(circle, "Ann", "named")
    circle["Lee"].commands("round").picks("show round")
    assert LINES["Ann"] in circle.board()
    assert "forget round" not in circle["Ben"].commands("forget").options
    ann = circle["Ann"].commands("forget")
    assert "forget round" in ann.options
    ann.picks("forget round")
    assert LINES["Ann"] not in circle.board()
    assert LINES["Ann"] not in str(ann.seat.session())


def test_a_round_is_not_ended_early_by_one_tap(circle: Circle) -> None:
    """Before the last question it is asked first: closing shows all, and can't be taken back."""
    opened(circle)
    answered(circle, "Ann", "named")
    lee = circle["Lee"].commands("round").picks("close round")
    assert "has seen question 1 of 3" in lee.texts()
    assert LINES["Ann"] not in circle.board()
    lee.picks("go on")
    for _ in range(2):
        lee.commands("round").picks("show round").commands("round").picks("move on")
    lee.commands("round").picks("close round")
    assert "The check-in is closed" in circle.board()
    assert "No round is open" in lee.texts(), "whoever leads stays with the group"


def test_nobody_but_whoever_leads_can_steer(circle: Circle) -> None:
    """In the terminal that is whoever opened it."""
    opened(circle)
    circle["Ann"].agrees()
    assert circle["Ann"].step in ("agreed", "join")
    circle["Ann"].picks("show round")
    assert "What was shared" not in circle.board()


def test_a_round_that_closes_takes_no_help_away(circle: Circle) -> None:
    """Whoever has the numbers in front of them keeps them, and hears of the round later."""
    opened(circle)
    ann = circle["Ann"].agrees().joins("Ann").says("I want to kill myself")
    assert ann.step == ":concern suicide"
    circle["Lee"].commands("round").picks("close round", "close round")
    ann.says("nobody would mind")
    assert ann.step == ":concern suicide"
    assert "is closed" not in ann.texts()
    ann.picks("seen", "go on")
    assert "The round that you were in is closed" in ann.texts()


def test_whoever_is_in_the_middle_when_it_closes_is_told(circle: Circle) -> None:
    """Their answers stay theirs."""
    opened(circle)
    answered(circle, "Ann", "keep")
    circle["Lee"].commands("round").picks("close round", "close round")
    circle["Ann"].says("and more")
    assert circle["Ann"].step == ":round over"
    assert LINES["Ann"] not in circle.board()


def test_a_round_that_nobody_closes_closes_by_itself(circle: Circle, clock: StoppedClock) -> None:
    """After a week, and what was not shown by then is not shown."""
    opened(circle)
    answered(circle, "Ann", "named")
    clock.wait(days=7, minutes=1)
    circle["Ann"].there.hand_in_due()
    assert LINES["Ann"] not in circle.board()
    assert circle["Ann"].commands("round").step != "here"


def test_in_the_group_the_same_is_said_whatever_was_written(circle: Circle) -> None:
    """A concern is answered in private alone."""
    ann = circle["Ann"].writes_in_group("hello there")
    plain = [each.text for each in ann.there.said()]
    ann.writes_in_group("I want to kill myself")
    assert [each.text for each in ann.there.said()] == plain
    assert "Samaritans" in ann.texts()
    assert circle["Ben"].there.said() == []


def test_nothing_of_a_round_stands_in_the_open(circle: Circle, tmp_path: Path) -> None:
    """On the disk, what was shared is as unreadable as what was kept."""
    opened(circle)
    answered(circle, "Ann", "named")
    circle["Lee"].commands("round").picks("show round")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert LINES["Ann"].encode() not in file.read_bytes(), file


@pytest.mark.parametrize("words", ["/start", "/begin"])
def test_a_new_start_in_the_middle_leads_back_to_the_rounds_question(
    circle: Circle, words: str
) -> None:
    """Whoever opens the chat again is told of the round that they are in, and of no reflection."""
    opened(circle)
    answered(circle, "Ann", "keep")
    ann = circle["Ann"].says(words)
    assert ann.step == "would_help"
    assert "You are in the round of Tuesday" in ann.texts()
    assert "reflection" not in ann.texts()
    ann.commands("pause").says(words)
    assert ann.step == "would_help"


def test_a_new_start_after_ones_own_round_leads_to_the_reflection(circle: Circle) -> None:
    """Once somebody has answered, or takes no part, a start is one again."""
    opened(circle)
    ann = circle["Ann"].agrees().picks("no")
    assert ann.step == ":round answered"
    assert ann.says("/start").step == ":welcome back"


def test_asking_for_the_round_that_one_is_in_leads_on_in_it_first(circle: Circle) -> None:
    """The first button goes on with the question; whoever leads has one as well."""
    opened(circle)
    answered(circle, "Ann", "keep")
    ann = circle["Ann"].commands("round")
    assert ann.labels[0] == "Go on in the round"
    assert ann.picks(ann.options[0]).step == "would_help"
    answered(circle, "Lee", "keep")
    lee = circle["Lee"].commands("round")
    assert lee.labels[0] == "Go on in the round"
    assert lee.picks(lee.options[0]).step == "would_help"


def test_what_was_kept_of_a_round_is_told_by_the_questions_the_group_reads(
    circle: Circle,
) -> None:
    """No row goes by a sentence about sharing, and no row stands twice to say nothing."""
    opened(circle)
    answered(circle, "Ann", "keep")
    ann = circle["Ann"].picks(["company"], "named").commands("data")
    assert f"How are you here today?\n- {LINES['Ann']}" in ann.texts()
    assert "What would help today, even a little?\n- Company" in ann.texts()
    assert "othing is shared until you choose.\n-" not in ann.texts()
    assert "(left out)" not in ann.texts()
    put_together = "Put together from your answers\n- nothing beyond the answers themselves"
    assert ann.texts().count("Put together") == ann.texts().count(put_together) == 1


def test_whoever_takes_an_unnamed_line_back_reads_what_goes_with_it(circle: Circle) -> None:
    """Once it was shown, the others of that question go too, and why is said."""
    opened(circle)
    for name in NAMES[1:6]:
        answered(circle, name, "unnamed")
    early = circle["Fay"].agrees().joins("Fay").says(LINES["Fay"]).picks("unnamed")
    early.commands("back").picks("keep")
    assert "gone from the group" not in early.texts()  # nobody has seen it
    circle["Lee"].commands("round").picks("show round")
    ann = circle["Ann"].commands("change").picks("change:here_share/how").picks("keep")
    assert "gone from the group's chat" in ann.texts()
    assert "so that nobody can tell which was yours" in ann.texts()
    assert "number" not in circle.board()
    ben = circle["Ben"].commands("change").picks("change:here_share/how").picks("keep")
    assert "gone from the group's chat" not in ben.texts()  # it went with Ann's


@pytest.mark.parametrize("way", ["keep", "skip", "other words", "forgotten"])
def test_whoever_takes_a_named_line_back_reads_that_it_is_gone(circle: Circle, way: str) -> None:
    """However they do it; the lines of others stay, and nothing else is said."""
    opened(circle)
    for name in ("Ann", "Ben"):
        answered(circle, name, "named")
    circle["Lee"].commands("round").picks("show round")
    ann = circle["Ann"]
    match way:
        case "keep":
            ann.commands("change").picks("change:here_share/how").picks("keep")
        case "skip":
            ann.commands("change").picks("change:here_share/how").commands("skip")
        case "other words":
            ann.commands("change").picks("change:here").says("quite other words")
        case _:
            ann.commands("forget").picks("forget one", "forget:here")
    assert "What you had shared here is gone from the group's chat." in ann.texts()
    assert "which was yours" not in ann.texts()
    assert LINES["Ann"] not in circle.board()
    assert LINES["Ben"] in circle.board()


def test_leaving_a_shared_line_as_it_is_says_nothing_of_it(circle: Circle) -> None:
    """Looking takes nothing away, and so nothing is told."""
    opened(circle)
    answered(circle, "Ann", "named")
    circle["Lee"].commands("round").picks("show round")
    ann = circle["Ann"].commands("change").picks("change:here_share/how").picks("named")
    assert "gone from the group" not in ann.texts()
    assert f"Ann: {LINES['Ann']}" in circle.board()


def test_not_knowing_can_be_shared_like_any_answer(circle: Circle) -> None:
    """In a round it says something, so it is asked what is to be done with it."""
    opened(circle)
    ann = circle["Ann"].agrees().joins("Ann").says("I don't know")
    assert ann.step == "how"


@pytest.mark.parametrize("late", ["1", "2", "and more", "Keep it here"])
def test_whoever_answers_after_it_closed_hears_of_that_first(circle: Circle, late: str) -> None:
    """What is typed late is no answer, and picks nothing on a screen that nobody has seen yet."""
    opened(circle)
    answered(circle, "Ann", "keep")
    circle["Lee"].commands("round").picks("close round", "close round")
    ann = circle["Ann"].says(late)
    assert ann.step == ":round over"
    assert ann.texts().startswith("The round of Tuesday that you were in is closed.")
    assert ann.says("2").step != ":round over"  # now that it was seen, a number counts


def test_a_button_from_before_it_closed_picks_nothing_either(circle: Circle) -> None:
    """Tapped late or picked late, the news stands alone."""
    opened(circle)
    for name in ("Ann", "Ben"):
        answered(circle, name, "keep")
    revision = circle["Ben"].seat.session().revision
    circle["Lee"].commands("round").picks("close round", "close round")
    ann = circle["Ann"].picks(["company"])
    ben = circle["Ben"].taps(0, revision)
    for member in (ann, ben):
        assert member.step == ":round over"
        assert member.texts().startswith("The round of Tuesday that you were in is closed.")
        assert member.labels == ["More about this group", "Go on"]


def test_a_freedom_is_done_all_the_same_after_it_closed(circle: Circle) -> None:
    """Help comes at once, whatever is new."""
    opened(circle)
    answered(circle, "Ann", "keep")
    circle["Lee"].commands("round").picks("close round", "close round")
    assert circle["Ann"].says("help").step == ":help"
