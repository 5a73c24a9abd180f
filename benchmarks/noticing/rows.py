"""The labelled texts that lie beside the project, and the sentences invented for it."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bot.engine.diagnostics import BrokenDialogues, Diagnostic
from bot.files import read_file
from bot.phrases import read_phrases
from bot.safety.concern import CLASSES
from bot.safety.families import Families
from bot.safety.notice import notice

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
BESIDE: Final = ROOT.parent / "shared/data/crisis"
LABELS: Final = {
    "suicide": "suicide",
    "self-harm": "self-harm",
    "abuse": "abuse",
    "abuse-victim": "abuse",
    "child-at-risk": "child",
    "risk-to-others": "others",
    "medical-emergency": "medical",
}
"""What the data call a class, and what Kith calls it."""
SEED: Final = 7
_BUTTON: Final = re.compile(r"\s+\[(.+)\]")
_ANSWER: Final = re.compile(r"you(?: \(.+?\))?:\s+(.+)")


class RowsMissing(Exception):
    """The labelled texts are not there; says where they were looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text, the class that it was given or "" for none, and where it came from."""

    text: str
    kind: str
    source: str
    name: str = ""


def read_rows(folder: Path, name: str) -> list[Row]:
    """Read a file of labelled texts, without what its reader was unsure of."""
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
    except FileNotFoundError as error:
        raise RowsMissing(f"{name} is not in {folder}") from error
    return [
        Row(row["text"], LABELS.get(row.get("category", ""), ""), row["source"], row["id"])
        for row in table
        if row.get("borderline") != "1"
    ]


def read_again() -> dict[str, str]:
    """Give what a second look at single weak labels found: a class, "none" or "unsure"."""
    with (HERE / "read_again.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["label"] for row in csv.DictReader(file)}


def shipped_families() -> Families:
    """Read the phrase rules as they are shipped; they are needed before there are weights."""
    name = "dialogues/safety/phrases.yaml"
    found: list[Diagnostic] = []
    families = read_phrases(read_file(ROOT / name, name, found), found)
    if found:
        raise BrokenDialogues(found)
    return families


def halves(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Divide rows by chance, the same way each time: one half chooses, the other one measures."""
    mixed = list(rows)
    Random(SEED).shuffle(mixed)
    middle = len(mixed) // 2
    return mixed[:middle], mixed[middle:]


def invented() -> list[Row]:
    """Read the sentences that were written for training."""
    rows: list[Row] = []
    kind = ""
    for line in (HERE / "invented.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            rows.append(Row(line, kind if kind in CLASSES else "", "invented"))
    return rows


def written() -> list[Row]:
    """Read the longer list of sentences that were written for training."""
    with (HERE / "written.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(row["text"], row["class"] if row["class"] in CLASSES else "", "written")
            for row in csv.DictReader(file)
        ]


def said_in_chats() -> list[Row]:
    """Give what stands in the shipped chats: buttons, and the answers that no rule notices.

    None of it is danger, so none of it may be asked about.
    """
    families = shipped_families()
    lines = [
        line
        for file in sorted((ROOT / "dialogues/transcripts").glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    buttons = {found[1] for line in lines if (found := _BUTTON.fullmatch(line))}
    answers = {found[1] for line in lines if (found := _ANSWER.fullmatch(line))}
    kept = [text for text in sorted(buttons | answers) if notice(families, text) is None]
    return [Row(text, "", "chats") for text in kept]


def examples(families: Families) -> list[Row]:
    """Give the examples beside the rules, and the counter-examples that no rule notices."""
    return [
        Row(text, rule.concern.kind, "rules") for rule in families.rules for text in rule.examples
    ] + [
        Row(text, "", "rules")
        for rule in families.rules
        for text in rule.counter
        if notice(families, text) is None
    ]
