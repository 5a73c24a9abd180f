"""Coverage: what chats walked over, counted exactly."""

from bot.rehearsing.coverage import Missing, Seen, Watched, coverage, watched
from bot.rehearsing.told import tell
from bot.transcripts import read_transcript
from tests.fakes import library_of

TALK = """\
id: talk
title: Talk
steps:
  - id: hello
    say: Hello.
  - id: mood
    say: How are you?
    ask: choice
    choices:
      - fine: Fine
      - value: bad
        label: Not so well
    next:
      - if: mood == "fine"
        go: people
      - go: sorry
  - id: sorry
    say: I'm sorry.
  - id: people
    call: one
  - id: things
    say: And what helps?
    ask: choice
    keep: never written
    choices:
      - walks: Walks
      - talks: Talks
      - food: Food
  - id: hidden
    only if: mood == "bad"
    say: This is for some.
  - id: bye
    say: That is all.
"""
ONE = """\
id: one
title: One
steps:
  - id: name
    say: Who is near?
    ask: person
"""


def seen_by(*chats: str) -> tuple[int, int, int, int, tuple[Missing, ...]]:
    """What these chats cover of the two scripts."""
    library, seen = library_of(TALK, ONE), Seen()
    for chat in chats:
        person = Watched(watched(library, seen), seen)
        tell(read_transcript(chat), person, library.catalogue.typed)
    found = coverage(library.catalogue, seen)
    return found.steps, found.all_steps, found.choices, found.all_choices, found.missing


def test_nothing_is_seen_before_anybody_talked() -> None:
    """Every step and every choice is missing, each where it stands in its file."""
    steps, all_steps, choices, all_choices, missing = seen_by()
    assert (steps, all_steps, choices, all_choices) == (0, 8, 0, 5)
    assert len(missing) == 13
    assert [str(each).partition("/")[2] for each in missing[:4]] == [
        "scripts/0.yaml:4  hello",
        "scripts/0.yaml:6  mood",
        "scripts/0.yaml:10  mood: [Fine]",
        "scripts/0.yaml:12  mood: [Not so well]",
    ]


def test_a_step_counts_when_it_was_said_asked_or_led_into() -> None:
    """The step that waits and the call that led there count; what was jumped over doesn't."""
    steps, _, choices, _, missing = seen_by("you:  Fine\n")
    assert steps == 4, "hello, mood, people and name"
    assert choices == 1
    assert {each.words for each in missing} == {
        *("sorry", "things", "hidden", "bye", "mood: [Not so well]"),
        *("things: [Walks]", "things: [Talks]", "things: [Food]"),
    }


def test_what_is_never_written_down_counts_as_well() -> None:
    """A choice counts when it was picked, even where Kith keeps nothing of it."""
    steps, _, choices, _, missing = seen_by("you:  Fine\n\nyou:  Raj\n\nyou:  Walks\n")
    assert (steps, choices) == (6, 2)
    assert [each.words for each in missing] == [
        "mood: [Not so well]",
        "sorry",
        "things: [Talks]",
        "things: [Food]",
        "hidden",
    ]


def test_chats_cover_together() -> None:
    """What one chat leaves out another may have, and skipping a question picks nothing."""
    first = "you:  Fine\n\nyou:  Raj\n\nyou:  Walks\n"
    other = "you:  Not so well\n\nyou:  help\n\nyou:  back\n\nyou:  Raj\n\nyou:  skip\n"
    steps, all_steps, choices, _, missing = seen_by(first, other)
    assert steps == all_steps
    assert choices == 3
    assert [each.words for each in missing] == ["things: [Talks]", "things: [Food]"]
