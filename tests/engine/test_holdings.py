"""Every field of a session is told in plain words, and each row can be let go."""

import dataclasses
import json

import pytest

from bot.engine.beside import TABLES, beside
from bot.engine.effects import Drop, Erase, Say
from bot.engine.events import ErasureDemanded, RowsFound
from bot.engine.holdings import TECHNICAL, holdings
from bot.engine.picks import A_PAGE
from bot.engine.session import Answer, Cued, Detour, Frame, Session, dump
from bot.engine.telling import LONGEST
from bot.library import Library
from tests.fakes import Talk, catalogue_of

DENISE = {"id": "denise-id", "name": "Denise"}
FULL = Session(
    place=(Frame("reflection", "safe"),),
    path=("brings", "other"),
    answers={
        "brings": Answer("given", "CANARY"),
        "kind": Answer("skipped"),
        "other": Answer("given", DENISE),
        "leave_out": Answer("given", [{"id": "raj-id", "name": "Raj"}]),
        "follow_up": Answer("result", 7),
        "suggestions": Answer(
            "result",
            [
                {
                    "id": "x",
                    "short": "A walk",
                    "because": "b",
                    "source": "s",
                    "ref": "1",
                    "name": "N",
                }
            ],
        ),
    },
    detour=Detour("kept"),
    status="stopped",
    turn=3,
    revision=4,
    misses=1,
    digest="d",
    draft=("safe",),
    doubts=("brings",),
    concerns=("abuse?",),
    starts=("2026-11-02",),
    release="r",
    news="place_changed",
    left_out=("denise-id", "unheard-of"),
    reported=("closed:s/1",),
    language="pl",
    zone="Europe/London",
    cues=(Cued("suicide", "c", 3, "2026-11-02T12:00:00+00:00"),),
    apart={"map": Session(place=(Frame("map", "names"),), answers={"names": Answer("skipped")})},
    last="2026-11-02",
    agreed=("1", "2026-11-02"),
    round=("telegram-group:g", "r"),
    awaits="telegram-group:g",
    counted=("2026-11-02", ""),
)


def test_every_field_of_a_session_is_in_a_row(library: Library):
    """A field that is added and not told here is found by this."""
    rows = holdings(library.catalogue, FULL)
    raw = dump(FULL)
    (small,) = (row.raw for row in rows if row.field == "technical")
    told = {row.field.partition("/")[0]: row for row in rows if row.part != "map"}
    for field in dataclasses.fields(Session):
        assert getattr(FULL, field.name) != getattr(Session(), field.name), "fill it in above"
        if field.name == "apart":
            assert any(row.part == "map" for row in rows)
        elif field.name in TECHNICAL:
            assert small["reflection"][field.name] == raw[field.name]  # type: ignore[index]
        elif field.name == "answers":
            keys = {row.field for row in rows if row.part == "reflection"}
            assert {f"answers/{key}" for key in FULL.answers} <= keys
        else:
            assert told[field.name].raw == raw[field.name]
            assert told[field.name].value
    assert len({(row.part, row.field) for row in rows}) == len(rows)
    assert all(row.what and row.value and row.action for row in rows)


def test_nobody_is_called_by_an_id(library: Library):
    """What is kept by an id alone is named where a name is known, and else not at all."""
    values = " ".join(row.value for row in holdings(library.catalogue, FULL))
    assert "-id" not in values
    assert "unheard-of" not in values
    assert "Denise" in values
    assert "somebody you named before" in values


def test_what_holds_kith_back_goes_only_with_the_whole(library: Library):
    """Concerns, cues and who is left out have no tap of their own, and the row says so."""
    rows = {row.field: row for row in holdings(library.catalogue, FULL)}
    for field in ("concerns", "cues", "left_out", "answers/leave_out", "answers/other"):
        assert rows[field].careful
        assert not rows[field].alone
        assert rows[field].action == "forget reflection"
    assert rows["answers/brings"].action == "forget:brings"


def test_every_table_about_people_has_words(library: Library):
    """What lies beside the session is told as well, whatever is in its columns."""
    row = {"at": 0.0, "made": 0.0, "touched": 0.0, "name": "follow_up", "number": 5}
    found = RowsFound(tuple((table, {**row, "channel": "c", "chat": "d"}) for table in TABLES))
    told = beside(library.catalogue, found)
    assert [each.field.partition("/")[0] for each in told] == list(TABLES)
    assert all(each.what and each.value for each in told)


def test_nothing_is_kept_of_nobody(library: Library):
    """An empty session has no rows, and asking for it or wiping it twice is no error."""
    assert holdings(library.catalogue, Session()) == ()
    talk = Talk(library.catalogue)
    talk.says("data")
    assert "I have kept nothing" in talk.text
    goodbyes = []
    for typed in ("withdraw", "forget"):
        talk.says(typed)
        talk.taps("Yes")
        assert Erase() in talk.turn.effects
        goodbyes.append(talk.text)
    assert goodbyes[0] == goodbyes[1]


@pytest.fixture
def talk(library: Library) -> Talk:
    """Give somebody in the middle of a reflection."""
    talk = Talk(library.catalogue)
    talk.opens()
    talk.says("yes", "1", "yes", "CANARY-BRINGS", "1", "1", "1")
    return talk


def test_all_that_is_told_is_cut_into_messages(talk: Talk):
    """However much somebody wrote, no message is too long, and nobody can pass it on."""
    talk.session = dataclasses.replace(
        talk.session,
        answers={
            **talk.session.answers,
            **{f"a{n}": Answer("given", f"{n} " + "w " * 400) for n in range(9)},
        },
    )
    talk.uses("kept")
    *told, _ = [each for each in talk.turn.effects if isinstance(each, Say)]
    assert len(told) > 1
    assert all(len(each.text) <= LONGEST and each.protect for each in told)
    assert all(f"{n} w" in talk.text for n in range(9))


def test_what_can_go_stands_on_pages(talk: Talk):
    """At most eight a page, "more" leads through all of them and back, and the last is all."""
    talk.uses("kept")
    talk.taps("Forget one")
    first = talk.labels
    assert len(first) == A_PAGE + 2
    seen = [*first]
    talk.taps("More")
    while talk.labels != first:
        seen += talk.labels
        talk.taps("More" if "More" in talk.labels else "Back to the first")
    assert {"Forget: CANARY-BRINGS", "Forget this reflection", "Forget everything"} <= {*seen}


def test_forgetting_the_yes_asks_first(talk: Talk):
    """Everything rests on it, so one tap among others never wipes it all unsaid."""
    talk.uses("kept")
    talk.taps("Forget one")
    talk.picks("forget:consent")
    assert Erase() not in talk.turn.effects
    talk.uses("withdraw")
    assert talk.step == ":withdraw"


@pytest.mark.parametrize("words", ["withdraw", "i withdraw", "I don't agree any more"])
def test_the_yes_is_taken_back_in_two_taps(talk: Talk, words: str):
    """Typed or tapped: what will happen in two lines, one tap, and all is gone."""
    talk.says(words)
    assert talk.step == ":withdraw"
    assert "CANARY" not in talk.text
    talk.taps("Yes")
    assert Erase() in talk.turn.effects


def test_one_reflection_goes_and_the_map_stays(talk: Talk):
    """Its answers and what was noticed are in nothing that is stored; the map can still be read."""
    talk.frightens("abuse")
    talk.taps("I have seen")
    kept = {
        "map": Session(place=(Frame("map", "mode"),), answers={"mode": Answer("given", "full")})
    }
    talk.session = dataclasses.replace(talk.session, apart=kept)
    talk.uses("forget")
    talk.taps("Only this reflection")
    talk.taps("Yes, forget it")
    assert "gone" in talk.text
    assert Drop("lapse") in talk.turn.effects
    stored = json.dumps(dump(talk.session))
    assert "CANARY" not in stored
    assert "abuse" not in stored
    assert talk.session.apart["map"].answers == kept["map"].answers
    said = talk.text
    talk.uses("forget reflection")
    talk.taps("Yes, forget it")
    assert talk.text == said


def test_an_answer_that_asked_for_a_reminder_takes_it_along():
    """What is to happen is called off with the yes that it was asked by."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: wanted, say: A message?, ask: yes/no}
          - {id: follow_up, only if: wanted == true, say: In a week., remind: 7}
          - {id: last, say: And last?, ask: words}
    """)
    )
    talk.opens()
    talk.says("yes")
    talk.uses("kept")
    talk.taps("Forget one")
    assert "Forget: A message that you asked for" in talk.labels
    talk.picks("forget:wanted")
    assert Drop("follow_up") in talk.turn.effects
    assert "follow_up" not in talk.session.answers


def test_a_reminder_is_called_off_by_itself():
    """The answers stay, and a second time the same is said."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: follow_up, say: In a week., remind: 7}
          - {id: last, say: And last?, ask: words}
    """)
    )
    talk.opens()
    talk.uses("kept")
    talk.taps("Forget one")
    talk.taps("Forget: A message that")
    assert Drop("follow_up") in talk.turn.effects
    assert "I won't write" in talk.text
    talk.uses("kept")
    assert "called off" in talk.text


def test_small_things_go_by_themselves(talk: Talk):
    """The days of beginning, and nothing else."""
    answers = talk.session.answers
    talk.uses("kept")
    talk.taps("Forget one")
    talk.picks("unset:starts")
    assert "That is gone." in talk.text
    assert talk.session.starts == ()
    assert talk.session.answers == answers


def test_an_operator_wipes_without_a_word(talk: Talk):
    """Nothing is said in a chat that somebody else may be looking at by now."""
    talk.meets(ErasureDemanded())
    assert talk.turn.effects == (Erase(),)


def test_days_read_as_people_write_them(library: Library):
    """Neither a day nor a moment is told as machines write it; what is stored stays as it is."""
    rows = {row.field: row for row in holdings(library.catalogue, FULL) if row.part != "map"}
    assert rows["last"].value == "2 November 2026"
    assert rows["starts"].value == "2 November 2026"
    assert rows["agreed"].value == "version 1, on 2 November 2026"
    assert rows["last"].raw == "2026-11-02"
    due = {"id": 1, "name": "follow_up", "at": 0.0, "wall": "2026-11-09T18:30:00"}
    (told,) = beside(library.catalogue, RowsFound((("due", due),)))
    assert told.value.endswith("on 9 November 2026, 18:30")


def test_whoever_has_not_agreed_reads_of_a_day(library: Library):
    """What goes after a day is not said to stay for a month: in the list, and where one stops."""
    talk = Talk(library.catalogue)
    talk.says("yes", "is this kept")
    assert "for a day at most" in talk.text
    talk.says("data")
    assert "It goes a day after you last wrote in it." in talk.text
    for typed in ("pause", "stop"):
        talk.says(typed)
        assert "kept for a day" in talk.text


def test_whoever_agreed_reads_of_the_days_they_agreed_to(library: Library):
    """A place that is kept is not said to be kept for good."""
    talk = Talk(library.catalogue)
    talk.says("x", "yes", "only me", "yes", "is this kept")
    assert "90 days" in talk.text
    for typed in ("pause", "stop"):
        talk.says(typed)
        assert "kept for 30 days" in talk.text


def test_no_reflection_is_told_of_once_it_is_gone(library: Library):
    """The day somebody last wrote stays; it is told of them, and not of what they have wiped."""
    blank = Session(turn=9, starts=("2026-11-02",), agreed=("2", "2026-11-02"), last="2026-11-02")
    rows = holdings(library.catalogue, blank)
    assert {row.part for row in rows} == {"you"}
    assert "last" in {row.field for row in rows}
