"""`kith directory import`: a source taken in, and what became of each of its records."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from tqdm import tqdm

from bot.commands.opening import opened
from bot.directory.importing import Tally, take_in
from bot.directory.record import Doubt, SourceUnusable
from bot.directory.sources import name_of, read_source
from bot.settings import Settings
from storage.directory import LONGEST_SOURCE

BROKEN: Final = 1
_SHOWN: Final = 3
"""So many examples of one kind of doubt are shown."""


def run(where: str, source: str, settings: Settings) -> int:
    """Take a source in and say what became of it; exit code 1 where nothing could be taken in."""
    source = (source or name_of(where))[:LONGEST_SOURCE]
    with opened(settings) as store:
        try:
            entries = read_source(where, source)
            shown = tqdm(entries, unit=" entries", leave=False, disable=None)
            tally = take_in(store, source, shown, datetime.now(UTC).timestamp())
        except SourceUnusable as unusable:
            sys.stderr.write(f"kith: {unusable}\n")
            return BROKEN
        except KeyboardInterrupt:
            sys.stderr.write("kith: stopped -> what was taken in stays; start it again\n")
            return BROKEN
    if tally.taken or tally.refused:
        sys.stdout.writelines(f"{line}\n" for line in _told(source, tally))
    if tally.stopped:
        stays = "; what was taken in before stays" if tally.taken else ""
        sys.stderr.write(f"kith: {tally.stopped}{stays}\n")
    elif not tally.taken:
        sys.stderr.write("kith: nothing was taken in -> see docs/places.md\n")
    return 0 if tally.taken and not tally.stopped else BROKEN


def _told(source: str, tally: Tally) -> Iterator[str]:
    """Say what an import did: the counts, each refusal, and doubts by their kind."""
    counts = f"{tally.new} new, {tally.changed} changed, {tally.same} the same"
    more = {"back again": tally.back, "missing now": tally.missing, "copies": tally.copies}
    counts += "".join(f", {number} {what}" for what, number in more.items() if number)
    yield f"{source}: {counts}, {len(tally.refused)} refused, {len(tally.doubts)} doubts"
    for refused in tally.refused:
        yield f"refused: {refused.where}: {'; '.join(refused.reasons)}"
    kinds: dict[str, list[Doubt]] = {}
    for doubt in tally.doubts:
        kinds.setdefault(doubt.what.partition(": ")[0], []).append(doubt)
    for kind, doubts in sorted(kinds.items(), key=lambda each: -len(each[1])):
        few = "; ".join(_example(doubt) for doubt in doubts[:_SHOWN])
        yield f"doubt, {len(doubts)} times: {kind} ({few}{'; ...' if len(doubts) > _SHOWN else ''})"


def _example(doubt: Doubt) -> str:
    detail = doubt.what.partition(": ")[2]
    return f"{doubt.where}: {detail}" if detail else doubt.where
