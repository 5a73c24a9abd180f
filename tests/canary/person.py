"""One person of the run: what they do at a question, all of it marked, and what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bot.library import Library
from tests.canary.marks import Told

OVER: Final = "Begin a new one"
GO_ON: Final = (
    *("It still holds", "That is not what I meant", "I have seen this", "Yes, go on"),
    *("Back to where I was", "Go on now", "Go on where I was", "Go on after all", "Go on"),
    *("None, go on", "None of these", "Leave it", "No, keep it"),
)
"""What leads on from a screen, the first that is there."""
ON_AGAIN: Final = ("Go on after all", "Go on where I was")
OFTEN: Final = 0.6
FIRST: Final = {
    "adult": "Yes",
    "consent": "Yes, go on",
    "safe": "No, it is safe",
    "leave_out": "",
    "leave_out_now": "",
    "wiped": "Keep them",
    "other_is": "One person",
    "wanted": "Yes",
    "follow": "Yes",
    "draft": "Yes",
    "services": "Yes",
    "pick": "Something of my own",
    "bond": "Safe for me, and they know",
}
"""What is picked where a walk that tells much hangs on it; empty is the button that skips."""
WRITTEN: Final = ("words", "person", "place")
LOOPS: Final = ("own",)
"""Asked several times, so that a new answer replaces none."""
TOWN: Final = "CA25 5AA"
PATIENT: Final = 3
"""So often one and the same question is answered before it is left out."""
ANYWHERE: Final = (
    *("concern", "unclear", "halves", "behind a command", "no command", "change", "forget one"),
    *("back", "skip", "pause", "stop", "hide", "help", "language", "clock", "map", "plan"),
    *("wipe map", "wipe plan", "breathe", "kept", "no answer"),
)
AT_A_TERMINAL: Final = tuple(
    each
    for each in ANYWHERE
    if each not in ("back", "change", "forget one", "wipe map", "wipe plan")
)
"""On a terminal nobody can tell one question from another, so nothing is answered anew."""
ON_TELEGRAM: Final = (
    *("photo", "voice", "card", "poll", "edit", "quotation", "odd tap", "stale tap", "unreadable"),
    *("start with words", "document", "burst"),
)
IN_JSON: Final = ("odd choice", "odd list", "odd edit", "odd command", "wait", "edit one")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person has in front of them; `step` is empty on a screen beside the dialogue."""

    step: str
    options: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Says:
    """Write this."""

    text: str


@dataclass(frozen=True, slots=True)
class Picks:
    """Pick the option that reads like this."""

    label: str


@dataclass(frozen=True, slots=True)
class Uses:
    """Use a freedom by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Odd:
    """Do something that only this channel has, with a mark in it."""

    what: str
    mark: str


Deed = Says | Picks | Uses | Odd


def kinds_of(library: Library) -> dict[str, set[str]]:
    """Give what kinds of answers the steps of an id ask for; there may be several of that id."""
    kinds: dict[str, set[str]] = {}
    for compiled in library.catalogue.scripts.values():
        for step in compiled.script.steps.values():
            if step.ask:
                kinds.setdefault(step.id, set()).add(step.ask.kind)
    return kinds


@dataclass(slots=True)
class Person:
    """Somebody who tells much, in marks; `extras` is what they do besides.

    `alone` is whoever hears each answer before they go on; on Telegram, while things go wrong, an
    answer may cross a question that was put anew, and then nothing is promised of it.
    """

    told: Told
    kinds: Mapping[str, set[str]]
    chance: Random
    extras: list[str]
    alone: bool = True
    after: list[Deed] = field(default_factory=list)
    pending: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    by_step: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    wanting: str = ""
    before: str = ""
    stuck: tuple[str, int] = ("", 0)
    lately: list[str] = field(default_factory=list)

    def deed(self, asked: Asked) -> Deed | None:
        """Give what this person does now; None where everything has come to its end."""
        self._settle(asked)
        if self.after:
            return self.after.pop(0)
        if OVER in asked.options and not asked.step and not {*ON_AGAIN} & {*asked.options}:
            return None
        if not asked.step:
            return self._on_a_screen(asked)
        ready = self.extras and self.before and self._kind(asked) in (*WRITTEN, "choice")
        if ready and self.chance.random() < OFTEN:
            return self._extra(asked, self.extras.pop(0))
        return self._answer(asked)

    def unsure(self) -> None:
        """Promise nothing of what was done last: nobody knows what became of it."""
        for step, _, marks in self.pending:
            self.told.gone -= {*marks}
            self.told.kept -= {*self.by_step.pop(step, ())}
        self.told.gone -= {*self.lately}
        self.told.kept -= {*self.lately}
        self.pending.clear()

    def _settle(self, asked: Asked) -> None:
        """An answer was taken where something else is asked now."""
        over = OVER in asked.options and not {*ON_AGAIN} & {*asked.options}
        again = any(step == asked.step for step, _, _ in self.pending)
        if (not asked.step and not over) or (again and not self.alone):
            self.unsure()
        self.lately.clear()
        for step, what, marks in self.pending:
            if step == asked.step and what == "answer":
                for each in marks:
                    self.told.drop(each, "not taken")
            elif what == "skip" and step != asked.step:
                for old in self.by_step.pop(step, ()):
                    self.told.drop(old, "left out")
            elif what == "answer":
                self.told.kept |= {*marks}
                self.told.gone -= {*marks}
                if step in self.kinds and step not in LOOPS:
                    for old in self.by_step.pop(step, ()):
                        self.told.drop(old, "answered anew")
                    self.by_step[step] = marks
                self.before = marks[-1]
        self.pending.clear()

    def _kind(self, asked: Asked) -> str:
        guess = "choice" if asked.options else "words"
        kinds = self.kinds.get(asked.step, {guess})
        fits = [kind for kind in kinds if (kind not in WRITTEN) == bool(asked.options)]
        return fits[0] if len(kinds) > 1 and fits else min(kinds)

    def _answer(self, asked: Asked) -> Deed:
        kind, first = self._kind(asked), FIRST.get(asked.step)
        if " " in asked.step:  # on a terminal nobody sees what a step is called
            first = next((each for each in FIRST.values() if each and each in asked.options), None)
        self.stuck = (asked.step, self.stuck[1] + 1 if self.stuck[0] == asked.step else 1)
        if first == "" or self.stuck[1] > PATIENT:
            return self._skips(asked)
        if first in asked.options:
            return Picks(first or "")
        if kind in WRITTEN and not ("postcode" in asked.text and asked.step in self.tried):
            return self._written(asked, kind)
        match kind:
            case "place" | "person" | "words":
                return Says(TOWN)
            case "stones":
                rest = len(asked.options) - 1
                return Says(" ".join(["1"] * rest + [str(5 - rest)]))
            case "number":
                return Says("3")
            case "date":
                return Says("tomorrow")
        picked = self.chance.choice(asked.options) if asked.options else "Yes"
        return Says(picked) if kind == "several" else Picks(picked)

    def _skips(self, asked: Asked) -> Deed:
        self.pending.append((asked.step, "skip", ()))
        return Uses("skip")

    def _written(self, asked: Asked, kind: str) -> Deed:
        self.tried.add(asked.step)
        first = self.told.new(f"answer to {asked.step}")
        if kind == "words":
            text, marks = f"„{first}“ – it goes on, тихо", (first,)
        elif asked.step in ("around", "names") and self.chance.random() < 0.7:
            second = self.told.new(f"answer to {asked.step}")
            text, marks = f"{first.capitalize()}, {second.capitalize()}", (first, second)
        else:
            text, marks = first.capitalize(), (first,)
        self.pending.append((asked.step, "answer", marks))
        return Says(text)

    def _on_a_screen(self, asked: Asked) -> Deed:
        """Go where something is wanted, or on; what leads on is known by its words."""
        wanted, self.wanting = self.wanting, ""
        mine = [each for each in asked.options if self._marks_in(each)]
        match wanted:
            case "forget one" | "change" if mine:
                (mark, *_) = self._marks_in(mine[0])
                if wanted == "forget one":
                    self._forgotten(mark)
                return Picks(mine[0])
            case "forget one":
                found = [each for each in asked.options if each.startswith("Forget one")]
                if found:
                    self.wanting = wanted
                    return Picks(found[0])
            case "wipe map" | "wipe plan":
                found = [each for each in asked.options if each.startswith("Yes, forget my")]
                if found:
                    self._wiped(wanted)
                    return Picks(found[0])
        ways = [each for each in GO_ON if each in asked.options]
        return Picks(ways[0] if ways else asked.options[0]) if asked.options else Says("go on")

    def _marks_in(self, label: str) -> list[str]:
        return [each for each in self.told.kept if each in label.lower()]

    def _forgotten(self, mark: str) -> None:
        """All that was said in one answer goes with it."""
        for step, marks in list(self.by_step.items()):
            if mark in marks:
                del self.by_step[step]
                for each in marks:
                    self.told.drop(each, "forgotten")
                    self.lately.append(each)

    def _wiped(self, wanted: str) -> None:
        steps = MAP if wanted == "wipe map" else PLAN
        for step in steps:
            for each in self.by_step.pop(step, ()):
                self.told.drop(each, wanted)
                self.lately.append(each)
                if wanted == "wipe map":
                    self.told.lent.add(each)

    def _extra(self, asked: Asked, name: str) -> Deed:  # one case for each
        gone = self.told.new(f"{name} at {asked.step}")
        self.told.never.add(gone)
        match name:
            case "concern":
                return Says(f"{gone} I want to kill myself tonight {gone}")
            case "unclear":
                return Says(f"years ago I tried to kill myself {gone}")
            case "halves" if self._kind(asked) == "words":
                half = self.told.new(f"half at {asked.step}")
                self.pending.append((asked.step, "answer", (half,)))
                self.after.append(Says(f"kill myself {gone}"))
                return Says(f"{half} I really want to")
            case "behind a command":
                return Says(f"/menu {gone}")
            case "no command":
                return Says(f"/{gone}")
            case "no answer" if self._kind(asked) == "choice":
                self.told.never.discard(gone)  # some questions take one's own words
                self.pending.append((asked.step, "answer", (gone,)))
                return Says(gone)
            case "hide":
                self.after.append(Says(f"{gone} hello"))
                return Uses("hide")
            case "map" | "plan":
                return Says(f"my {name}")
            case "wipe map" | "wipe plan":
                self.wanting = name
                return Says(f"forget my {name.removeprefix('wipe ')}")
            case "change":
                self.wanting = "change"
                return Uses("change")
            case "forget one":
                self.wanting = "forget one"
                return Uses("kept")
            case "skip":
                return self._skips(asked)
            case "back" | "pause" | "stop" | "help" | "language" | "clock":
                return Uses(name)
            case "breathe" | "kept":
                return Uses(name)
            case "odd choice" if self._kind(asked) in WRITTEN:
                self.told.never.discard(gone)  # what is picked where words are asked for is words
                self.pending.append((asked.step, "answer", (gone,)))
                return Odd(name, gone)
            case "odd list" if self._kind(asked) == "person":
                self.told.never.discard(gone)
                self.pending.append((asked.step, "answer", (gone,)))
                return Odd(name, gone)
            case "burst":
                self.told.never.discard(gone)  # it may be taken as an answer, or may not
                return Odd(name, gone)
            case "edit one" if self.by_step:
                return Odd(name, self.chance.choice(sorted(self.by_step)))
            case _ if name in (*ON_TELEGRAM, *IN_JSON) and name != "edit one":
                return Odd(name, gone)
            case _:
                return self._answer(asked)


MAP: Final = ("names", "group", "spot", "doing", "animal")
PLAN: Final = ("signs", "eased", "haven", "supporter", "reach", "note")
