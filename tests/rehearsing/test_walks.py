"""Random walks: what is planted in a dialogue is found, and told so that it can be repeated."""

from dataclasses import replace

import pytest

from bot.engine.effects import Say
from bot.engine.events import Event
from bot.library import Library
from bot.rehearsing.findings import Finding, Kind
from bot.rehearsing.rehearsal import Rehearsal
from bot.rehearsing.walkers import Walker
from bot.rehearsing.walks import found_by, shortened, walk_all
from tests.fakes import library_of
from tests.rehearsing.scripts import BYE, FRIEND, HELLO, MOOD, SLEEP, WORK, talk

CLEAN = talk(HELLO, MOOD, SLEEP, WORK, FRIEND, BYE)
DEAD_END = """
  - id: nowhere
    only if: mood == "bad" and work == true
    say: Which one?
    ask: choice
    choices:
      - value: one
        label: One
        if: mood == "fine"
"""
ROUND = """
  - id: round
    only if: mood == "bad"
    say: Again.
    next: round
"""
FOR_EVER = """
  - id: more
    only if: mood == "bad"
    say: What else?
    ask: words
    next: more
"""
BRACES = """
  - id: braces
    only if: mood == "bad"
    say: "You said {{ '{{' }} mood }}."
"""
BARE = """
  - id: bare
    only if: mood == "bad"
    say: You are None today.
"""
NEVER_TAKEN = """
  - id: few
    only if: mood == "bad"
    say: How many?
    ask: number
    least: 0.2
    most: 0.4
"""
SEARCHES = "".join(
    f"""
  - id: search{n}
    only if: mood == "bad"
    suggest: yes
"""
    for n in range(8)
)
PLANTED = {
    "dead end": (DEAD_END, "dead end", "nowhere"),
    "loop": (ROUND, "loop", "round"),
    "endless": (FOR_EVER, "endless", "more"),
    "braces": (BRACES, "unrendered", "last"),
    "none": (BARE, "unrendered", "last"),
    "searches": (SEARCHES, "dead end", "search5"),
    "never taken": (NEVER_TAKEN, "dead end", "few"),
}
LAST = """
  - id: last
    say: Was that all?
    ask: yes/no
"""


def findings(library: Library, people: int = 60) -> list[Finding]:
    """What that many people find."""
    return list(walk_all(library, range(people), {}).found.values())


def test_a_clean_dialogue_has_no_findings() -> None:
    """Nobody is told of anything where nothing is wrong."""
    walks = walk_all(library_of(CLEAN), range(60), {})
    assert walks.people == 60
    assert walks.found == {}


@pytest.mark.parametrize(("planted", "kind", "step"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_is_found_with_its_place(planted: str, kind: Kind, step: str) -> None:
    """Each kind of fault is found, at its step, though it lies behind a condition."""
    library = library_of(talk(HELLO, MOOD, WORK, planted, LAST, BYE))
    found = findings(library)
    assert {each.kind for each in found} == {kind}
    assert ("talk", step) in {each.place for each in found}


def test_a_crash_is_found_at_its_step() -> None:
    """A fault of the program's own is a finding as well, with the step that was open."""
    library = library_of(talk(HELLO, MOOD, SLEEP, BYE))
    compiled = library.catalogue.scripts["talk"]
    bye = replace(compiled.script.steps["bye"], say=(Bomb(),))
    script = replace(compiled.script, steps={**compiled.script.steps, "bye": bye})
    scripts = {"talk": replace(compiled, script=script)}
    found = findings(replace(library, catalogue=replace(library.catalogue, scripts=scripts)), 10)
    assert {(each.kind, each.place) for each in found} == {("crash", ("talk", "sleep"))}
    assert all("the bomb went off" in each.what for each in found)


class Bomb:
    """A text that can't be said."""

    def render(self, _: object) -> str:
        message = "the bomb went off"
        raise ZeroDivisionError(message)


class Leaky(Rehearsal):
    """A conversation that loses an answer whenever it is stored."""

    def meets(self, event: Event) -> tuple[Say, ...]:
        said = super().meets(event)
        kept = {key: held for key, held in self.session.answers.items() if key != "mood"}
        self.session = replace(self.session, answers=kept)
        return said


def test_a_conversation_that_is_stored_wrongly_is_found() -> None:
    """What is read back has to be what was written."""
    library = library_of(CLEAN)
    walker = Walker(library, 1, {"mood": "bad"}, plain=True)
    walker.rehearsal = Leaky(library)
    finding = found_by(walker)
    assert finding is not None
    assert (finding.kind, finding.place) == ("not storable", ("talk", "sleep"))


@pytest.mark.parametrize(
    "planted", [DEAD_END, BRACES, FOR_EVER], ids=["dead end", "text", "endless"]
)
def test_a_finding_is_repeated_by_its_seed_alone(planted: str) -> None:
    """Person n of a run walks again with nothing but the number of that person."""
    library = library_of(talk(HELLO, MOOD, WORK, planted, LAST, BYE))
    for finding in findings(library):
        again = found_by(Walker(library, finding.seed))
        assert again == finding


def test_the_same_seed_is_the_same_walk() -> None:
    """Two people of one seed do the same; of many seeds hardly any two."""
    library = library_of(CLEAN)
    walks = [Walker(library, seed).walk() for seed in range(20)]
    assert Walker(library, 7).walk().events == walks[7].events
    assert len({tuple(walk.trail) for walk in walks}) > 15


def test_only_the_answers_that_matter_are_told() -> None:
    """Of a long walk two answers are left; with these alone the same is found."""
    script = talk(HELLO, SLEEP, FRIEND, MOOD, WORK, DEAD_END, LAST, BYE)
    library = library_of(script)
    finding = shortened(library, findings(library)[0])
    assert dict(finding.answers) == {"mood": "bad", "work": "yes"}
    assert finding.trail == ()
    again = found_by(Walker(library, 0, dict(finding.answers), plain=True))
    assert again is not None
    assert again.same == finding.same


def test_what_needs_more_than_answers_is_told_as_it_was_done() -> None:
    """Where going back is part of it, the last things that were done are kept."""
    library = library_of(talk(HELLO, MOOD, WORK, SLEEP, BYE))
    finding = Finding("crash", "nothing like this", ("talk", "sleep"), 3, (), ("back", "help"))
    assert shortened(library, finding).trail == ("back", "help")


def test_given_answers_are_kept_however_people_wander() -> None:
    """Whoever goes back, changes or forgets: what everybody says, everybody says."""
    library = library_of(CLEAN)
    given = {"mood": "bad", "work": "no", "sleep": "Not at all", "friend": "skip"}
    for seed in range(80):
        walker = Walker(library, seed, given, restless=0.6).walk()
        assert walker.untaken == set()
        assert walker.value("mood") == "bad"
        assert walker.value("work") is False
        assert walker.value("sleep") == "Not at all"
        assert walker.session.answers["friend"].standing == "skipped"


def test_a_given_answer_that_is_not_offered_is_left_out_and_counted() -> None:
    """Nobody hangs on an answer that can't be picked here; it is told instead."""
    walks = walk_all(library_of(CLEAN), range(12), {"mood": "splendid"})
    assert walks.found == {}
    assert walks.untaken == {"mood": 12}


def test_people_use_the_freedoms_and_say_things_of_many_kinds() -> None:
    """Walks that only answer would prove little."""
    walks = [Walker(library_of(CLEAN), seed).walk() for seed in range(60)]
    done = {what for walk in walks for what in walk.trail}
    assert {"back", "help", "menu", "pause", "person", "kept", "mood=skip"} <= done
    assert any(what.startswith("change ") for what in done)
    assert len({what for what in done if what.startswith("friend=")}) > 5


def test_own_words_that_look_like_a_template_are_no_finding() -> None:
    """People may write braces; only Kith may not."""
    script = talk(
        SLEEP,
        SLEEP.replace("sleep", "echo").replace(
            "How do you", "You said {{ sleep or 0 }}. How do you"
        ),
    )
    library = library_of(script)
    walker = Walker(library, 1, {"sleep": "{{ 7*7 }}", "echo": "None"})
    assert found_by(walker) is None
    assert any("{{ 7*7 }}" in text for text in walker.said)


def test_english_that_only_looks_like_a_program_is_no_finding() -> None:
    """A button may well say "None of these"."""
    none = MOOD.replace("Not so well", "Or None of these").replace("Fine", "None, thanks")
    assert findings(library_of(talk(none, BYE)), 20) == []
