"""How long the picture of who is around takes: laid out, and drawn, for 200 maps by chance."""

from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from benchmarks.report import machine
from bot.pictures.layout import layout
from bot.pictures.map import draw_map
from tests.pictures.maps import any_map

MAPS: Final = 200
ROUNDS: Final = 3
SEED: Final = 200


def main() -> None:
    """Print milliseconds a picture: the middle, the 95th of a hundred and the worst, per round."""
    chance = Random(SEED)
    maps = [any_map(chance) for _ in range(MAPS)]
    started = perf_counter()
    first = draw_map(maps[0])
    print(machine())
    print(f"the first, fonts read: {1000 * (perf_counter() - started):.0f} ms")
    sizes = [len(first)]
    for number in range(1, ROUNDS + 1):
        wall, cpu, laid = [], [], []
        for holds in maps:
            wall_from, cpu_from = perf_counter(), process_time()
            png = draw_map(holds)
            wall.append(perf_counter() - wall_from)
            cpu.append(process_time() - cpu_from)
            laid.append(_laid(holds))
            sizes.append(len(png))
        print(
            f"round {number}: {_told('wall', wall)}; {_told('cpu', cpu)}; {_told('layout', laid)}"
        )
    print(f"kilobytes: middle {median(sizes) / 1000:.0f}, largest {max(sizes) / 1000:.0f}")


def _laid(holds: dict[str, Any]) -> float:
    started = process_time()
    layout(holds)
    return process_time() - started


def _told(name: str, seconds: list[float]) -> str:
    ordered = sorted(1000 * each for each in seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"{name} middle {median(ordered):.0f}, p95 {high:.0f}, worst {ordered[-1]:.0f} ms"


if __name__ == "__main__":
    main()
