"""The neutral dialogue as a script of Kith's, in a folder with Kith's own short texts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from benchmarks.neutral.dialogue import CHECKED, END, LEAST, MOST, Question, goodbye, retry

DIALOGUES: Final = Path(__file__).resolve().parents[2] / "dialogues"
NAME: Final = "neutral"
_COPIED: Final = ("words.yaml", "screens.yaml", "typed.yaml", "safety/numbers.yaml")
_PHRASES: Final = "safety/phrases.yaml"
_MADE: Final = {
    "suggestions.yaml": "suggestions: []\n",
    "resources.yaml": "resources: []\n",
    _PHRASES: """families:
  suicide:
    - {id: plain, tier: explicit, about: me, say: ["kill myself"],
       examples: ["I will kill myself", "to kill myself", "kill myself"],
       counter: ["I killed the lights", "they kill time", "myself and I"]}
""",
}
"""No suggestions, and the fewest phrases that Kith starts with."""
_LAST: Final = "goodbye"


class _Printed(Mapping[str, str]):
    """Every answer as it stands in a text of Kith's."""

    def __getitem__(self, name: str) -> str:
        return f"{{{{ {name} }}}}"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


PRINTED: Final = _Printed()


def write_dialogues(folder: Path, dialogue: Mapping[str, Question], *, safety: bool) -> None:
    """Lay out a folder of dialogues; with `safety`, all phrases that raise a concern are in it."""
    texts = {f"scripts/{NAME}.yaml": "\n".join(script_lines(dialogue)) + "\n"}
    texts |= _MADE | {name: (DIALOGUES / name).read_text("utf-8") for name in _COPIED}
    if safety:
        texts[_PHRASES] = (DIALOGUES / _PHRASES).read_text("utf-8")
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def script_lines(dialogue: Mapping[str, Question]) -> Iterator[str]:
    """Give the lines of the script; whoever leaves the fork out takes the spare arm."""
    yield from (f"id: {NAME}", "title: A neutral dialogue", "steps:")
    spare = next((name for name in dialogue if name.startswith("x")), "a13")
    for question in dialogue.values():
        yield from _step(question, spare)
    yield from (f"  - id: {_LAST}", "    phase: close", f"    say: {goodbye(PRINTED)}")
    yield "    ending: yes"


def _step(question: Question, spare: str) -> Iterator[str]:
    yield from (f"  - id: {question.id}", "    phase: self")
    yield from ("    say: |-", f"      {question.text(PRINTED)}")
    if question.buttons:
        yield from ("    ask: choice", "    choices:")
        yield from (f"      - {value}: {label}" for value, label in question.labels().items())
    elif question.id == CHECKED:
        yield from ("    ask: number", f"    least: {LEAST}", f"    most: {MOST}")
        yield from ("    again: |-", f"      {retry(PRINTED)}")
    else:
        yield "    ask: words"
    yield "    next:"
    for value, name in question.arms.items():
        yield from (f'      - if: {question.id} == "{value}"', f"        go: {name}")
    yield f"      - go: {_LAST if question.then == END else question.then or spare}"
