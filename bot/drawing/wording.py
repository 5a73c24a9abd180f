"""What is written in a picture: names of phases, kinds of question, marks, first words."""

import re
from typing import Final

from bot.engine.enclosing import Page, Picture
from bot.engine.joining import SAFETY_READS
from bot.engine.script import END, Edge, Phase, Script, Step

PHASE_NAMES: Final[dict[Phase | None, str]] = {
    "arrive": "Arriving",
    "self": "You",
    "other": "The other",
    "situation": "What is around it",
    "together": "All three together",
    "supports": "Who could share it",
    "close": "The end",
    None: "Steps without a phase",
}
ANSWER: Final = "\u2039{}\u203a"
"""Stands where a person's answer is put in."""
BEGINS: Final = "The dialogue begins"
HOW_TO_READ: Final = (
    "Each lane is a phase, each box a step, read from top to bottom. A grey box says for whom the"
    " steps in its frame are; dotted lines lead past them. Black boxes are endings."
)
_TAG: Final = re.compile(r"\{\{(.*?)\}\}|\{%-?\s*(.*?)\s*-?%\}|\{#.*?#\}", re.DOTALL)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME: Final = re.compile(r"[A-Za-z_][\w.]*")


def phase_word(phase: Phase | None) -> str:
    """Give the word that an author writes for a phase."""
    return f"phase: {phase}" if phase else "no phase"


def kind(step: Step) -> str:
    """Say in a word or two what a step asks for, or does instead of asking."""
    if step.ask:
        return f"asks: {step.ask.kind}"
    if step.call:
        return "another dialogue"
    return "looks for support" if step.suggest else "says"


def marks(step: Step) -> list[str]:
    """Say what is special about a step, one short line each."""
    found = []
    if step.call:
        found.append(f"runs the dialogue {step.call.script}")
    if step.call and step.call.each:
        found.append(f"once for each {step.call.item} in {step.call.each.source}")
    if step.suggest:
        found.append("suggests people, groups, places")
    if step.answer in SAFETY_READS:
        found.append("asks whether it is safe")
    if step.ask and step.ask.exact:
        found.append("takes no near-miss")
    if step.fresh:
        found.append("asked again after a change")
    if step.keep == "until the end":
        found.append("kept until the end")
    if step.keep == "never written":
        found.append("never written down")
    if step.joins:
        found.append("brings both together")
    if step.ending:
        found.append("points at somebody to go to")
    if isinstance(step.encloses, Page):
        found.append("goes with a page to print")
    if isinstance(step.encloses, Picture):
        found.append("goes with a picture")
    if step.remind:
        found.append(f"writes again after {step.remind.source} days")
    if step.erase:
        found.append("wipes everything")
    return found


def summary(script: Script) -> str:
    """Say in a line what a script is made of, takes and gives back."""
    steps = len(script.steps)
    questions = sum(step.ask is not None for step in script.steps.values())
    said = [
        f"{script.id}: {steps} {'step' if steps == 1 else 'steps'}",
        f"{questions} {'question' if questions == 1 else 'questions'}",
    ]
    if script.inputs:
        said.append(f"is handed {', '.join(script.inputs)}")
    if script.result:
        said.append(f"gives back {', '.join(script.result)}")
    return ", ".join(said[:2]) + "".join(f"; {each}" for each in said[2:])


def leaving(script: Script) -> str:
    """Say what the end of this script is: the end of all, or the way back to a caller."""
    return "back to the calling dialogue" if script.result else "the dialogue ends"


def whereto(script: Script, target: str) -> str:
    """Say where a way leads."""
    return leaving(script) if target == END else f"to {target}"


def way(script: Script, step: Step, edge: Edge) -> str:
    """Write one way on in full: its condition, and where it leads."""
    target = whereto(script, edge.to)
    if edge.when:
        return f"if {edge.when.source}: {target}"
    return f"else {target}" if len(step.edges) > 1 else target


def otherwise(script: Script, target: str) -> str:
    """Write where everybody goes for whom a step is not."""
    return f"otherwise {whereto(script, target)}"


def first_words(step: Step) -> str:
    """Give what a step says as most people read it, with the name of each answer put in.

    Words behind a condition are left out, or shown as they are when none holds. Where that leaves
    nothing, the words of every condition are shown.
    """
    if not step.say:
        return ""
    source = step.say[0].source
    return _without_conditions(source) or _collapsed(_placed(source))


def _without_conditions(source: str) -> str:
    shown: list[bool] = []
    kept, end = [], 0
    for tag in _TAG.finditer(source):
        if all(shown):
            kept.append(source[end : tag.start()])
        end = tag.end()
        match (tag[2] or "").split(maxsplit=1)[:1]:
            case ["if" | "for"]:
                shown.append(False)
            case ["else"] if shown:
                shown[-1] = True
            case ["endif" | "endfor"] if shown:
                shown.pop()
            case _ if all(shown):
                kept.append(_placed(tag[0]))
    return _collapsed("".join([*kept, source[end:]]))


def _placed(source: str) -> str:
    def place(tag: re.Match[str]) -> str:
        names = _NAME.findall(_QUOTED.sub("", tag[1] or ""))
        return ANSWER.format(names[0] if names else "…") if tag[1] else ""

    return _TAG.sub(place, source)


def _collapsed(text: str) -> str:
    return " ".join(text.split())
