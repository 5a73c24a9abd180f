"""Wording rules about a whole script: questions in a row, own words, buttons, how hard it reads."""

from tests.wording.reading import codes, findings, talk

HARD = (
    "Organisational considerations necessitate comprehensive deliberation regarding "
    "responsibilities, accountability and administrative consequences. "
)
EASY = "You can say it in your own way. A few words are fine. It can wait as well. "


def asking(*says: str, phase: str = "self", lines: str = "") -> str:
    """Write a script that puts these questions one after another."""
    steps = "".join(
        f'  - id: q{place}\n    phase: {phase}\n    say: "{say}"\n    ask: words\n{lines}'
        for place, say in enumerate(says)
    )
    return f"id: talk\nsteps:\n{steps}"


def test_four_questions_in_a_row_are_a_questionnaire():
    """Three may follow one another; the fourth is found where it stands."""
    assert findings(asking(*["How is it?"] * 3)) == []
    (found,) = findings(asking(*["How is it?"] * 4))
    assert (found.code, found.line) == ("questionnaire", 17)
    assert "'q0', 'q1', 'q2', 'q3'" in found.message


def test_a_statement_breaks_the_row():
    """A sentence of Kith's own, or the person's words given back, is a rest."""
    told = ["How is it?", "How long?", "That is a while. Who knows?", "And where?", "And why?"]
    assert findings(asking(*told)) == []
    back = "{% if q0 %}{{ q0 | quote }}\\n\\n{% endif %}And then?"
    assert codes(asking("How?", "When?", back, "Who?")) == ["questionnaire"]
    assert findings(asking("How?", "When?", "Few words do. And then?", "Who?")) == []


def test_a_step_that_only_tells_breaks_the_row():
    """So does a step without a question."""
    told = "  - id: told\n    phase: self\n    say: Let us rest here.\n"
    script = asking("How?", "When?", "Who?", "Where?")
    assert findings(script.replace("  - id: q2\n", f"{told}  - id: q2\n")) == []


def test_questions_that_no_one_meets_together_are_no_row():
    """Two questions of which each person gets one count as one."""
    script = """
        id: talk
        steps:
          - id: way
            phase: self
            say: Which way?
            ask: choice
            choices: [{short: Short}, {full: Full}]
          - id: a
            phase: self
            only if: way == "full"
            say: How?
            ask: words
          - id: b
            phase: self
            only if: not (way == "full")
            say: When?
            ask: words
          - id: c
            phase: self
            say: Who?
            ask: words
    """
    assert findings(script) == []
    met = script.replace('not (way == "full")', "way")
    assert codes(met) == ["questionnaire"]


def test_a_jump_past_the_rest_does_not_hide_a_row():
    """The way that a person goes counts, not the order in the file."""
    rest = "  - id: rest\n    phase: self\n    say: Let us rest here.\n"
    script = asking("How?", "When?", "Who?", "Where?").replace(
        "  - id: q2\n", f"{rest}  - id: q2\n"
    )
    jump = "    next:\n      - if: q1 is skipped\n        go: q2\n      - go: rest\n"
    jumping = script.replace(rest, f"{jump}{rest}")
    assert jumping != script
    assert codes(jumping) == ["questionnaire"]


def test_own_words_come_back_twice_and_no_more():
    """The third time is found, except where the three lie side by side."""

    def back(phase: str, *, times: int) -> str:
        says = ["Say it. How is it?"]
        says += ["{% if q0 %}{{ q0 | quote }}{% endif %} That is so. And?"] * times
        return asking(*says, phase=phase)

    assert findings(back("self", times=2)) == []
    (found,) = findings(back("self", times=3))
    assert (found.code, found.line) == ("own-words-often", 17)
    assert "q0" in found.message
    assert findings(back("together", times=5)) == []


def test_words_in_two_branches_come_back_once():
    """Whoever sees one branch doesn't see the other."""
    either = (
        "{% if q1 %}{% if q0 %}{{ q0 | quote }}{% endif %}"
        "{% else %}{% if q0 %}{{ q0 | quote }}{% endif %}{% endif %} So it is. And?"
    )
    assert findings(asking("Say it. How is it?", "Say it. And?", either, either)) == []


def test_a_phase_that_reads_hard_is_found_at_its_hardest_sentence():
    """The grade is of a whole phase; a phase of few words has none."""
    (found,) = findings(talk("say:", *[f"  - {EASY}"] * 2, *[f"  - {HARD}"] * 9))
    assert (found.code, found.line) == ("hard-to-read", 8)
    assert "'self'" in found.message
    assert findings(talk("say: |-", f"  {HARD}")) == []
    assert findings(talk("say:", *[f"  - Once more {n}, {EASY}" for n in range(12)])) == []


CHOICES = """
    id: talk
    steps:
      - id: way
        phase: self
        say: Which way is it? A tap is fine.
        ask: choice
        choices: [{a: A}, {b: B}]
      - id: which
        phase: self
        say: And which one? A tap is fine.
        ask: choice
        choices:
          - {value: one, label: One, if: way == "a"}
          - {value: two, label: Two, if: way == "a"}
          - {value: three, label: Three, if: way == "b"}
          - {value: four, label: Four, if: WHEN}
          - {value: five, label: Five}
          - {value: six, label: Six}
          - {value: seven, label: Seven}
"""


def test_choices_count_that_can_be_shown_at_once():
    """Of seven choices at most five fit one answer, until a condition lets a sixth in."""
    assert findings(CHOICES.replace("WHEN", 'way == "b"')) == []
    (found,) = findings(CHOICES.replace("WHEN", "way"))
    assert (found.code, found.line) == ("many-buttons", 14)
    assert found.message.startswith("6 choices")


def test_choices_count_for_whom_the_step_is():
    """Whoever doesn't get the question doesn't see its buttons."""
    six = CHOICES.replace("WHEN", 'way == "a"')
    assert codes(six) == ["many-buttons"]
    only = six.replace("say: And which", 'only if: way == "b"\n        say: And which')
    assert findings(only) == []


def test_a_screen_has_no_more_buttons_than_a_step():
    """Six things to do on one screen are found, five are not."""
    quiet = talk("say: How is it? A few words are fine.")
    five = ["go on: On", "pause: Rest", "change: Change", "kept: What is kept", "stop: Stop"]

    def menu(*choices: str) -> str:
        return "menu:\n  say: All of this\n  choices:\n" + "".join(f"    - {c}\n" for c in choices)

    assert findings(quiet, screens=menu(*five)) == []
    assert codes(quiet, screens=menu(*five, "help: Help")) == ["many-buttons"]
