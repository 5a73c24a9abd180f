"""How long checking takes and how much memory: the shipped dialogues, and grown ones."""

import gc
import os
import platform
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.grown import grown
from bot.checking import check
from bot.engine.catalogue import Compiled
from bot.engine.compile import compile_all
from bot.files import read_file
from bot.proofs.prove import prove

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
SIZES = (100, 300, 1000)


def main() -> None:
    """Measure and print two tables in Markdown."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; {ROUNDS} rounds each\n")
    print("| what | seconds, median | lowest | highest | memory at most, MB |")
    print("|---|---|---|---|---|")
    row("the shipped dialogues, everything", lambda: check(ROOT / "dialogues"))
    with tempfile.TemporaryDirectory() as folder:
        for steps in SIZES:
            path = Path(folder) / f"{steps}.yaml"
            path.write_text(grown(steps), encoding="utf-8")
            row(f"{steps} grown steps: read and compile", lambda p=path: compiled(p))
            scripts = compiled(path)
            row(f"{steps} grown steps: proofs", lambda s=scripts: prove(s, (), None))
    sys.stderr.write("\n")


def compiled(path: Path) -> dict[str, Compiled]:
    """Read and compile one grown script."""
    scripts, complaints = compile_all({path.name: read_file(path, path.name, [])})
    assert not complaints, complaints
    return scripts


def row(name: str, work: Callable[[], object]) -> None:
    """Time some work, then do it once more to see how much memory it takes at most."""
    seconds = []
    for number in range(ROUNDS):
        sys.stderr.write(f"\r{name}, round {number + 1} of {ROUNDS}      ")
        gc.collect()
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    gc.collect()
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cells = [f"{each:.2f}" for each in (median(seconds), min(seconds), max(seconds))]
    print(f"| {name} | {' | '.join(cells)} | {most / 1e6:.0f} |")


if __name__ == "__main__":
    main()
