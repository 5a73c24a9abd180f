"""`kith walk`: people who answer at random look for what is broken in a dialogue."""

import argparse
import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from bot.commands.parsing import Commands, with_database
from bot.engine.catalogue import Catalogue
from bot.library import load_library
from bot.rehearsing.findings import Finding
from bot.rehearsing.rehearsal import rooted
from bot.rehearsing.walks import Walks, shortened, walk_all
from bot.settings import SettingMissing, Settings

MOST: Final = 5
"""How many findings are told in full; each takes some walks to shorten."""

LAST: Final = 8
"""How much is told of a walk that can't be shortened."""


def add(commands: Commands) -> None:
    """Say what `kith walk` takes."""
    parser = commands.add_parser("walk", help="random people look for what is broken")
    parser.add_argument(
        "--people", type=_count, default=100, metavar="N", help="how many walk (100)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="where their chance begins (1)"
    )
    parser.add_argument("--dialogue", default="reflection", metavar="ID", help="which dialogue")
    parser.add_argument(
        "--with",
        dest="given",
        action="append",
        default=[],
        metavar="ANSWER=VALUE",
        help="an answer that everybody gives; a value, or skip; can be repeated",
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Let everybody walk; exit code 1 where something was found. Raises SettingMissing."""
    from tqdm import tqdm  # noqa: PLC0415 - the other commands start faster

    library = load_library(settings.dialogues, settings.contact)
    catalogue = library.catalogue
    if lacking := catalogue.lacks(asked.dialogue):
        raise SettingMissing(lacking)
    given = given_answers(asked.given, catalogue)
    library = rooted(library, asked.dialogue, settings.contact)
    # the seed of person n is S + n, so that each can walk again alone
    seeds = range(asked.seed, asked.seed + asked.people)
    began = time.perf_counter()
    walks = walk_all(library, tqdm(seeds, unit=" people", leave=False, disable=None), given)
    took = time.perf_counter() - began
    told = [shortened(library, each) for each in list(walks.found.values())[:MOST]]
    sys.stdout.write(as_lines(walks, told, catalogue, _repeating(asked)))
    sys.stdout.write(f"{walks.people} people walked, {walks.people / took:.0f} a second\n")
    return 1 if walks.found else 0


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"'{text}' is no number of people"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def given_answers(pairs: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """Read `answer=value` pairs. Raises SettingMissing for one that no script could ask for."""
    steps = [
        step for compiled in catalogue.scripts.values() for step in compiled.script.steps.values()
    ]
    asked = {step.answer: step.ask for step in steps if step.ask and step.answer}
    given: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        name = key.rpartition("/")[2]
        near = get_close_matches(name, asked, 1)
        hint = f"did you mean '{near[0]}'?" if near else "see the names in the script"
        if not equals or not value:
            message = f"--with {pair} gives no answer -> write --with {key}=VALUE or {key}=skip"
            raise SettingMissing(message)
        if name not in asked:
            message = f"--with {pair}: there is no answer '{name}' -> {hint}"
            raise SettingMissing(message)
        given[key] = value
    return given


def _repeating(asked: argparse.Namespace) -> str:
    """Give what has to stand behind `kith walk` for the same people, but for the seed."""
    dialogue = [] if asked.dialogue == "reflection" else ["--dialogue", asked.dialogue]
    given = [part for pair in asked.given for part in ("--with", pair)]
    return shlex.join([*dialogue, *given])


def as_lines(walks: Walks, told: Sequence[Finding], catalogue: Catalogue, repeating: str) -> str:
    """Write each finding with its place, how to repeat it, and which answers lead there."""
    rows = []
    for finding in told:
        met = walks.met[finding.same]
        again = f"kith walk --people 1 --seed {finding.seed} {repeating}".rstrip()
        rows += [
            f"{_place(catalogue, finding.place)}  {finding.kind}: {finding.what}",
            f"    met by {met} of {walks.people}; again with: {again}",
            f"    {_answers(finding)}",
        ]
    more = len(walks.found) - len(told)
    rows += [f"and {more} more"] if more else []
    rows += [_untaken(walks.untaken, walks.people)] if walks.untaken else []
    return "\n".join([*rows, ""]) if rows else "nothing found\n"


def _place(catalogue: Catalogue, place: tuple[str, str]) -> str:
    script, name = place
    step = catalogue.step(script, name)
    return f"{step.source.file}:{step.source.line}  {name}" if step else name or "at the beginning"


def _answers(finding: Finding) -> str:
    if finding.trail:
        return f"what was done last: {', '.join(finding.trail[-LAST:])}"
    answers = ", ".join(f"{key}={value}" for key, value in finding.answers)
    return f"it comes with: {answers}, all else left out" if answers else "it comes with any answer"


def _untaken(untaken: Mapping[str, int], people: int) -> str:
    each = ", ".join(f"{key} ({count} of {people})" for key, count in sorted(untaken.items()))
    return f"given answers that could not be picked and were left out: {each}"
