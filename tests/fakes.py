"""Small dialogues for tests: scripts given as text, read by the real reader, and a pure talk."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from bot.engine.catalogue import Catalogue
from bot.engine.diagnostics import BrokenDialogues, Diagnostic
from bot.engine.effects import Look, Say, Turn
from bot.engine.events import (
    ButtonTapped,
    ChoicePicked,
    CommandGiven,
    ConcernRaised,
    Event,
    Opened,
    RowsFound,
    TextReceived,
)
from bot.engine.session import Session, dump, load
from bot.engine.step import step
from bot.library import Library, load_library

DIALOGUES = Path(__file__).resolve().parent.parent / "dialogues"
MONDAY = "2026-11-02T12:00:00+00:00"
NUMBERS = """
numbers:
  - {id: all, text_line: "999 - for anyone", classes: [suicide, self-harm, abuse, child, others,
     medical], nations: [england, scotland, wales, northern-ireland], ages: any}
  - {id: north, text_line: "111 - abuse, Scotland", classes: [abuse], nations: [scotland],
     ages: any}
"""
PHRASES = """
families:
  suicide:
    - {id: plain, tier: explicit, about: me, say: ["kill myself"],
       examples: ["I will kill myself", "to kill myself", "kill myself"],
       counter: ["I killed the lights", "they kill time", "myself and I"]}
    - {id: hinted, tier: unclear, about: me, say: ["no way out"],
       examples: ["there is no way out", "I see no way out", "no way out"],
       counter: ["the way out is left", "no way", "out of the way"]}
  abuse:
    - {id: hits, tier: explicit, about: me, say: ["he hits me"],
       examples: ["he hits me", "when he hits me", "he hits me a lot"],
       counter: ["it hit the wall", "he hits the ball", "hit me with the news"]}
"""
TITLES = ("safety/numbers.yaml", "safety/phrases.yaml", "suggestions.yaml", "resources.yaml")


def write_dialogues(folder: Path, *scripts: str, **files: str) -> Path:
    """Lay out a folder of dialogues: Kith's real short texts, and everything else made up.

    A file is given by its name with `_` for what a name can't hold: `safety_numbers`, `words`.
    """
    for name in ("words.yaml", "screens.yaml", "typed.yaml"):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(DIALOGUES / name, folder / name)
    texts = dict(zip(TITLES, (NUMBERS, PHRASES, "suggestions: []", "resources: []"), strict=True))
    texts |= {f"scripts/{place}.yaml": script for place, script in enumerate(scripts)}
    texts |= {f"{name.replace('_', '/')}.yaml": text for name, text in files.items()}
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return folder


@cache
def shipped() -> Library:
    """Read the dialogues as they are delivered, once in a process."""
    return load_library(DIALOGUES)


@cache
def library_of(*scripts: str, contact: str = "", **files: str) -> Library:
    """Read a library whose root script is called `talk`."""
    with TemporaryDirectory() as folder:
        library = load_library(write_dialogues(Path(folder), *scripts, **files), contact)
    return replace(library, catalogue=replace(library.catalogue, root="talk"))


def catalogue_of(*scripts: str, contact: str = "") -> Catalogue:
    """Read a catalogue whose root script is called `talk`."""
    return library_of(*scripts, contact=contact).catalogue


def complaints(folder: Path, *scripts: str, **files: str) -> list[Diagnostic]:
    """Give what is wrong with these scripts, in the order of the files."""
    dialogues = write_dialogues(folder / "dialogues", *scripts, **files)
    try:
        load_library(dialogues)
    except BrokenDialogues as broken:
        return broken.diagnostics
    return []


def comes_to_rest(work: Callable[..., None], *arguments: object) -> bool:
    """Do some work in a process of its own, so that what never ends can be ended."""
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join(20)
    process.kill()
    process.join()
    return process.exitcode == 0


def reloaded(session: Session) -> Session:
    """Give the session as it comes back from being stored."""
    return load(json.loads(json.dumps(dump(session))))


def stepped(catalogue: Catalogue, session: Session, event: Event, now: str) -> Turn:
    """Take a whole step: nothing lies beside the session of somebody without a database."""
    turn = step(catalogue, session, event, now)
    if not isinstance(turn.needs, Look):
        return turn
    then = step(catalogue, turn.session, RowsFound((), turn.needs.wanted), now)
    return replace(turn, session=then.session, effects=then.effects, needs=None)


class Talk:
    """One person's conversation without any database; every turn is stored and read again."""

    def __init__(self, catalogue: Catalogue, session: Session | None = None) -> None:
        self.catalogue = catalogue
        self.session = session or Session()
        self.turn = Turn(self.session)
        self.now = MONDAY

    def meets(self, event: Event) -> Turn:
        """Hand in one event and remember what came of it."""
        self.turn = stepped(self.catalogue, reloaded(self.session), event, self.now)
        self.session = self.turn.session
        return self.turn

    def opens(self) -> Turn:
        """Open the chat."""
        return self.meets(Opened())

    def says(self, *lines: str) -> Turn:
        """Type some messages."""
        for line in lines:
            self.meets(TextReceived(line))
        return self.turn

    def picks(self, *values: object) -> Turn:
        """Pick by value."""
        for value in values:
            self.meets(ChoicePicked(value))  # type: ignore[arg-type]
        return self.turn

    def uses(self, command: str) -> Turn:
        """Use a freedom by its name."""
        return self.meets(CommandGiven(command))

    def frightens(self, kind: str = "suicide", tier: str = "explicit", about: str = "") -> Turn:
        """Write something that raises a concern; about a child, unless a child writes it."""
        whom = about or ("child" if kind == "child" else "me")
        return self.meets(ConcernRaised(kind, tier, whom))

    def taps(self, label: str) -> Turn:
        """Tap the button of the newest question that begins with these words."""
        labels = [option.label.removeprefix("✓ ") for option in self.question.options]
        index = next(n for n, shown in enumerate(labels) if shown.startswith(label))
        return self.meets(ButtonTapped(index, self.question.revision))

    @property
    def question(self) -> Say:
        """What was put last."""
        return next(said for said in reversed(self.turn.effects) if isinstance(said, Say))

    @property
    def text(self) -> str:
        """All that was said in the last turn."""
        return "\n".join(effect.text for effect in self.turn.effects if hasattr(effect, "text"))

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest question."""
        return [option.label for option in self.question.options]

    @property
    def step(self) -> str:
        """The id of the step that waits, or the name of the screen beside the script."""
        detour, place = self.session.detour, self.session.place
        return f":{detour.name}" if detour else place[-1].step if place else ":nothing"

    def value(self, key: str) -> object:
        """Give what is stored under a key."""
        return self.session.answers[key].value
