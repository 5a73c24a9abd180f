"""How much memory Kith holds after many turns, in a process that does nothing else."""

import asyncio
import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tqdm import tqdm

from benchmarks.kith_engine import kith, read_with_kith
from benchmarks.neutral.dialogue import SMALLEST, dialogue
from benchmarks.neutral.people import walk
from benchmarks.phones import FIRST, Phones
from benchmarks.report import table
from benchmarks.running import walked

WALKS: Final = 39
"""So many walks are all there are: three arms, thirteen words."""
AT_ONCE: Final = 16


def apart(turns: Sequence[int]) -> str:
    """Measure memory in a process that does nothing else, and give the table."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(remembered, turns).result()
    (_, least), *_ = found
    heads = ["turns since the start", "MB", "more than in the first row, MB"]
    return table(heads, [[f"{n:,}", f"{mb:.1f}", f"{mb - least:.1f}"] for n, mb in found])


def remembered(turns: Sequence[int]) -> list[tuple[int, float]]:
    """Give how many megabytes this process holds after so many turns, or a few more."""
    return asyncio.run(_remembered(turns))


async def _remembered(turns: Sequence[int]) -> list[tuple[int, float]]:
    walks = [read_with_kith(walk(dialogue(), person)) for person in range(WALKS)]
    people = max(1, -(-turns[0] // len(walks[0])))
    found: list[tuple[int, float]] = []
    phones, done, first = Phones([]), 0, FIRST
    opened = partial(kith, states=SMALLEST, full=False, safety=False)
    with tempfile.TemporaryDirectory() as folder, tqdm(total=turns[-1], unit="turn") as bar:
        async with opened(phones, Path(folder)) as engine:
            for count in turns:
                while done < count:
                    come = {first + place: walks[place % WALKS] for place in range(people)}
                    phones.pass_on(come)
                    waits: list[float] = []
                    await walked(engine, phones, come, AT_ONCE, waits)
                    done, first = done + len(waits), first + people
                    bar.update(len(waits))
                gc.collect()
                found.append((count, _megabytes()))
    return found


def _megabytes() -> float:
    """Give how much memory this process holds now."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        sys.exit("memory can be measured on Linux only")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
