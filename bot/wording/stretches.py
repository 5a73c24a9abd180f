"""What is wrong with the wording of a whole script: how hard its phases are, what comes back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.wording.places import Raw, placed
from bot.wording.rules import Wording
from bot.wording.samples import said_on
from bot.wording.sentences import grade_of, sentences_in, words_in
from bot.wording.texts import Written

_FREE: Final = "together"
"""The phase in which a person's own words lie side by side: there they may come back at will."""


def hard_stretches(wording: Wording, texts: Sequence[Written], raw: Raw) -> Iterator[Diagnostic]:
    """Give the phases of a script that read harder than the grade, each at its hardest sentence.

    A short phase is left out: on few words the grade says little.
    """
    most, shortest = wording.limit("reading grade"), wording.numbers.get("shortest stretch", 0)
    said: dict[str, list[tuple[str, Written]]] = defaultdict(list)
    for text in texts:
        if text.kind == "message" and text.step and text.step.phase:
            own = (each for reading in text.own for each in sentences_in(reading))
            said[text.step.phase] += [(sentence, text) for sentence in dict.fromkeys(own)]
    for phase, told in said.items():
        sentences = [sentence for sentence, _ in told]
        words = sum(len(words_in(sentence)) for sentence in sentences)
        grade = grade_of(sentences)
        if words >= shortest and grade > most:
            hardest, text = max(told, key=lambda each: grade_of([each[0]]))
            message = (
                f"'{phase}' reads at grade {grade:.1f}, harder than {most:g}; "
                f"this is its hardest sentence"
            )
            fix = "use shorter sentences and shorter words in this phase"
            yield at(placed(text.node, raw, hardest), "hard-to-read", message, fix)


def repeated_words(wording: Wording, texts: Sequence[Written], raw: Raw) -> Iterator[Diagnostic]:
    """Give where a person's own words on one thing come back once too often in a script.

    What they take along on paper is theirs, and is not counted.
    """
    most = wording.limit("own words back")
    times: dict[str, float] = defaultdict(int)
    told: set[str] = set()
    for text in texts:
        if text.kind in ("button", "page") or text.step is None or text.step.phase == _FREE:
            continue
        for name in sorted(text.template.reads - told):
            back = f"“{said_on(name)}”"
            times[name] += max(reading.count(back) for reading in text.readings)
            if times[name] > most:
                told.add(name)
                message = f"the person's words on '{name}' come back more than {most:.0f} times"
                fix = f"leave {{{{ {name} | quote }}}} out here or further up"
                yield at(placed(text.node, raw, f"{name} quote"), "own-words-often", message, fix)
