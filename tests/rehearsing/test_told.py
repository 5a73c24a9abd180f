"""Chats told again when the dialogue has changed under them, and what staff are told of it."""

from bot.rehearsing.difference import (
    ASKED_NO_MORE,
    ASKED_NOW,
    BROKEN,
    SAID_NO_MORE,
    SAID_NOW,
    STRANGE,
    WORDED,
    Difference,
    differences,
)
from bot.rehearsing.rehearsal import Rehearsal
from bot.rehearsing.told import Told, tell
from bot.transcripts import Transcript, read_transcript, write_transcript
from tests.fakes import library_of
from tests.rehearsing.scripts import BYE, FRIEND, HELLO, MOOD, SLEEP, WORK, talk

NAMED = "you (mood): Fine\n\nyou (sleep): Badly\n\nyou (friend): Anna\n"
PLAIN = "you:  Fine\n\nyou:  Badly\n\nyou:  Anna\n"
AS_IT_WAS = talk(HELLO, MOOD, SLEEP, FRIEND, BYE)


def told(script: str, chat: Transcript) -> Told:
    """Tell a chat to a dialogue."""
    library = library_of(script)
    return tell(chat, Rehearsal(library), library.catalogue.typed)


def chat_of(lines: str, script: str = AS_IT_WAS) -> Transcript:
    """A whole chat from what the person says, as Kith answered when it was written."""
    return read_transcript(write_transcript(told(script, read_transcript(lines)).chat))


def parted(lines: str, script: str, written_for: str = AS_IT_WAS) -> list[Difference]:
    """What staff are told when a chat meets a dialogue that was changed."""
    chat = chat_of(lines, written_for)
    now = told(script, chat)
    return differences(chat, now.chat, now.broke)


def test_a_chat_that_goes_as_written_has_no_difference() -> None:
    """Nothing is told where nothing changed, with names and without."""
    assert parted(NAMED, AS_IT_WAS) == []
    assert parted(PLAIN, AS_IT_WAS) == []


def test_a_chat_with_names_survives_steps_being_swapped() -> None:
    """Whoever moves a step has broken nothing, and is told of nothing."""
    swapped = talk(HELLO, FRIEND, SLEEP, MOOD, BYE)
    assert parted(NAMED, swapped) == []
    assert len(parted(PLAIN, swapped)) > 1, "without names every place counts"


def test_a_step_put_in_is_the_only_difference() -> None:
    """A new question is told once, where it comes up, and the chat goes on after it."""
    (only,) = parted(NAMED, talk(HELLO, FRIEND, WORK, MOOD, SLEEP, BYE))
    assert only.what == f"{ASKED_NOW} (work)"
    assert only.today == ("Do you work?", "[Yes]", "[No]")
    assert only.chat == ()
    assert chat_of(NAMED).lines[2].number == only.line, "it comes after Anna was named"


def test_a_step_taken_out_is_the_only_difference() -> None:
    """A line whose question is gone is told with that question and its line."""
    (only,) = parted(NAMED, talk(HELLO, MOOD, FRIEND, BYE))
    assert only.what == f"{ASKED_NO_MORE} (sleep)"
    assert only.chat == ("How do you sleep these days?",)
    assert chat_of(NAMED).lines[1].number == only.line


def test_a_question_worded_anew_is_told_with_line_and_both_wordings() -> None:
    """The very line of the chat, what it says, and what Kith says today."""
    reworded = SLEEP.replace("these days", "this week")
    for lines in (NAMED, PLAIN):
        (only,) = parted(lines, talk(HELLO, MOOD, reworded, FRIEND, BYE))
        text = write_transcript(chat_of(lines)).splitlines()
        assert text[only.line - 1] == "kith: How do you sleep these days?"
        assert only.what == WORDED
        assert only.chat == ("How do you sleep these days?",)
        assert only.today == ("How do you sleep this week?",)


def test_a_button_that_changed_is_told_without_the_rest() -> None:
    """Of a message only the lines that differ are shown."""
    renamed = MOOD.replace("Not so well", "Not well")
    (only,) = parted(NAMED, talk(HELLO, SLEEP, renamed, FRIEND, BYE))
    assert (only.chat, only.today) == (("[Not so well]",), ("[Not well]",))
    assert write_transcript(chat_of(NAMED)).splitlines()[only.line - 1] == "      [Not so well]"


def test_a_long_message_is_cut_around_the_place() -> None:
    """Nobody has to look for one word in a paragraph."""
    words = "word " * 60
    long = HELLO.replace("Hello.", f"Hello. {words}we stay {words}")
    other = long.replace("we stay", "we go")
    (only,) = parted(
        NAMED, talk(other, MOOD, SLEEP, FRIEND, BYE), talk(long, MOOD, SLEEP, FRIEND, BYE)
    )
    assert "we stay" in only.chat[0]
    assert "we go" in only.today[0]
    assert max(len(text) for text in only.chat + only.today) < 100


def test_what_is_said_beside_questions_is_compared_too() -> None:
    """A sentence that went, and one that came, are told, wherever they stand."""
    (gone,) = parted(NAMED, talk(MOOD, SLEEP, FRIEND, BYE))
    assert (gone.line, gone.what, gone.chat) == (1, SAID_NO_MORE, ("Hello.",))
    more = HELLO.replace("hello", "by_the_way").replace("Hello", "By the way")
    (come,) = parted(NAMED, talk(HELLO, MOOD, more, SLEEP, FRIEND, BYE))
    assert (come.what, come.today) == (SAID_NOW, ("By the way.",))
    assert parted(NAMED, talk(MOOD, HELLO, SLEEP, FRIEND, BYE)) == [], "moved is not changed"


def test_help_in_between_stays_where_it_was() -> None:
    """What has no name follows its neighbour, also where steps were moved."""
    lines = "you (mood): Fine\n\nyou:  help\n\nyou:  go on\n\nyou (sleep): Badly\n\nyou (friend): Anna\n"
    assert parted(lines, AS_IT_WAS) == []
    swapped = talk(HELLO, FRIEND, MOOD, SLEEP, BYE)
    assert told(swapped, chat_of(lines)).chat.said == ("Anna", "Fine", "help", "go on", "Badly")
    assert parted(lines, swapped) == []


def test_a_name_comes_before_a_neighbour() -> None:
    """Where only some lines have names, the named one is said to its own question."""
    lines = "you (mood): Fine\n\nyou:  Badly\n\nyou (friend): Anna\n"
    assert parted(lines, AS_IT_WAS) == []
    swapped = talk(HELLO, MOOD, FRIEND, SLEEP, BYE)
    assert told(swapped, chat_of(lines)).chat.said == ("Fine", "Anna", "Badly")


def test_going_back_gives_two_lines_of_one_name() -> None:
    """A question that is answered twice has two lines, said in their order."""
    lines = (
        "you (mood): Fine\n\nyou (sleep): back\n\nyou (mood): Not so well\n\nyou (sleep): Badly\n"
    )
    assert parted(lines, AS_IT_WAS) == []
    assert told(AS_IT_WAS, chat_of(lines)).chat.said == ("Fine", "back", "Not so well", "Badly")


def test_answers_in_a_loop_are_named_by_their_keys() -> None:
    """The same question about two people has two names."""
    script = talk(
        FRIEND + "    most: 3\n",
        "\n  - id: people\n    call: one\n    for each: friend\n    as: who\n    with:\n      name: who.name\n",
        BYE,
    )
    one = "id: one\ntitle: One\ninputs: [name]\nsteps:\n  - id: good\n    say: Is {{ name }} good?\n    ask: yes/no\n"
    library = library_of(script, one)
    lines = "you (friend): Raj, Anna\n\nyou (people:anna/good): no\n\nyou (people:raj/good): yes\n"
    now = tell(read_transcript(lines), Rehearsal(library), library.catalogue.typed)
    assert now.chat.said == ("Raj, Anna", "yes", "no")


def test_a_chat_that_is_written_anew_goes_as_written() -> None:
    """After an update nothing differs; head, comments and names are kept."""
    lines = "# A head.\n\nkith: old\n\n# A comment.\n\n" + NAMED
    changed = talk(HELLO, WORK, FRIEND, MOOD, BYE)
    text = write_transcript(told(changed, read_transcript(lines)).chat)
    anew = read_transcript(text)
    again = told(changed, anew)
    assert differences(anew, again.chat, again.broke) == []
    assert write_transcript(again.chat) == text
    assert anew.head == ("# A head.",)
    assert "# A comment." in text
    assert [line.answer for line in anew.lines] == ["work", "friend", "mood"]


def test_a_dialogue_that_breaks_off_is_told_as_a_difference() -> None:
    """Staff see where it broke and what was said before, not a program's last words."""
    loop = "\n  - id: round\n    say: Again.\n    next: round\n"
    (only,) = parted("you (mood): Fine\n", talk(HELLO, MOOD, loop), talk(HELLO, MOOD, BYE))
    assert only.what == BROKEN
    assert "EndlessLoop: round" in only.today[0]


def test_a_line_that_is_nobodys_is_a_difference() -> None:
    """A slip in `kith:` is told with its line."""
    text = write_transcript(chat_of(NAMED)).replace("kith: How do", "kiht: How do")
    chat = read_transcript(text)
    found = differences(chat, told(AS_IT_WAS, chat).chat)
    line = text.splitlines().index("kiht: How do you sleep these days?") + 1
    assert (line, STRANGE) in [(each.line, each.what) for each in found]
