"""How long pictures take, laid out and drawn: 200 maps and 200 groups by chance."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from benchmarks.report import machine
from bot.pictures.layout import layout
from bot.pictures.map import draw_map
from bot.pictures.three import three
from bot.pictures.we import draw_we
from tests.groups.rounds import any_we
from tests.pictures.maps import any_map

PICTURES: Final = 200
ROUNDS: Final = 3
SEED: Final = 200
Holds = Mapping[str, Any]


def main() -> None:
    """Print milliseconds a picture: the middle, the 95th of a hundred and the worst, per round."""
    chance = Random(SEED)
    print(machine())
    _measure("maps", [any_map(chance) for _ in range(PICTURES)], draw_map, layout)
    _measure("groups", [any_we(chance) for _ in range(PICTURES)], draw_we, three)


def _measure(
    name: str,
    pictures: Sequence[Holds],
    draw: Callable[[Holds], bytes],
    lay: Callable[[Holds], object],
) -> None:
    started = perf_counter()
    first = draw(pictures[0])
    print(f"{name}, the first, fonts read: {1000 * (perf_counter() - started):.0f} ms")
    sizes = [len(first)]
    for number in range(1, ROUNDS + 1):
        wall, cpu, laid = [], [], []
        for holds in pictures:
            wall_from, cpu_from = perf_counter(), process_time()
            png = draw(holds)
            wall.append(perf_counter() - wall_from)
            cpu.append(process_time() - cpu_from)
            started = process_time()
            lay(holds)
            laid.append(process_time() - started)
            sizes.append(len(png))
        print(
            f"round {number}: {_told('wall', wall)}; {_told('cpu', cpu)}; {_told('layout', laid)}"
        )
    print(f"kilobytes: middle {median(sizes) / 1000:.0f}, largest {max(sizes) / 1000:.0f}")


def _told(name: str, seconds: list[float]) -> str:
    ordered = sorted(1000 * each for each in seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"{name} middle {median(ordered):.0f}, p95 {high:.0f}, worst {ordered[-1]:.0f} ms"


if __name__ == "__main__":
    main()
