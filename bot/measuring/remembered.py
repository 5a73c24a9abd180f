"""What was noticed of the vignettes when dialogues were last published, and whether it is less."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.engine.source import Node
from bot.measuring.labelled import read_labelled
from bot.measuring.scoring import Notice, Tally, score
from bot.opinion import WEIGHTS

VIGNETTES: Final = "safety/vignettes.csv"
MEASURED: Final = "safety/measured.yaml"
_READ: Final = ("safety/phrases.yaml", VIGNETTES)
_HEAD: Final = """\
# How many of the vignettes were noticed, by class, when the dialogues were last published. `asked`
# and `stopped` count ordinary talk that was taken for danger; `missed` counts plain statements.
# `kith check` measures again when phrases have changed. `kith publish` writes this file.
"""


def check_measured(folder: Path, named: Mapping[str, Node], notice: Notice) -> list[Diagnostic]:
    """Measure again where something that notices has changed; complain where it notices less.

    Without vignettes, and before anything was published, there is nothing to compare.
    """
    before = named.get(MEASURED)
    if before is None or not (folder / VIGNETTES).is_file():
        return []
    reader = Reader()
    if is_published(folder, before):
        return []
    now = measured(folder, notice)
    for name, node in reader.pairs(before.get("noticed")).items():
        was, found = reader.number(node) or 0, now["noticed"].get(name, 0)
        if found < was:
            message = f"of the vignettes of {name} {found} are noticed, and it was {was:g}"
            fix = "bring back the phrases that noticed them, or add ones that do"
            reader.complain(node, "notices-less", message, fix)
    for name, node in reader.pairs(before.get("wrong")).items():
        was, found = reader.number(node) or 0, now["wrong"].get(name, 0)
        if found > was:
            code = "notices-less" if name == "missed" else "notices-too-much"
            message = f"'{name}' is {found} now, and it was {was:g}"
            fix = "see  kith notice --report  with the vignettes, and what the phrases changed"
            reader.complain(node, code, message, fix)
    return reader.found


def is_published(folder: Path, measured: Node | None) -> bool:
    """Say whether what notices is as it was published: proven then, and measured."""
    return measured is not None and Reader().text(measured.get("state")) == _state(folder)


def measured(folder: Path, notice: Notice) -> dict[str, dict[str, int]]:
    """Count what is noticed of the vignettes by class, and what goes wrong. Raises NotLabelled."""
    tallies = score(notice, read_labelled(folder / VIGNETTES).rows).tallies
    ordinary = tallies.pop(None, Tally())
    return {
        "noticed": {str(kind): tally.noticed for kind, tally in tallies.items()},
        "wrong": {
            "missed": sum(tally.plain_missed for tally in tallies.values()),
            "stopped": ordinary.explicit,
            "asked": ordinary.unclear,
        },
    }


def measured_text(folder: Path, notice: Notice) -> str:
    """Write measured.yaml; empty where there are no vignettes."""
    if not (folder / VIGNETTES).is_file():
        return ""
    lines = [_HEAD, f'state: "{_state(folder)}"\n']
    for part, counts in measured(folder, notice).items():
        lines.append(f"{part}:\n")
        lines += [f"  {name}: {count}\n" for name, count in counts.items()]
    return "".join(lines)


def _state(folder: Path) -> str:
    """Know one state of what notices from another."""
    digest = hashlib.sha256()
    for file in (*(folder / name for name in _READ), WEIGHTS):
        digest.update(file.read_bytes() if file.is_file() else b"-")
    return digest.hexdigest()[:16]
