"""How long an import of 10,000 services takes, the first time and again, from a data package.

`python -m benchmarks.directory` prints one table; `--services N` takes another number.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bot.directory.importing import Tally, take_in
from bot.directory.sources import read_source
from storage.store import Store
from tests.databases import opened_store

SERVICES = 10_000
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_WORDS = (
    *("support", "group", "advice", "morning", "tea", "talk", "garden", "walking", "bereavement"),
    *("carers", "rent", "letters", "families", "young", "people", "evening", "quiet", "welcome"),
    *("free", "sessions", "listening", "food", "library", "hall"),
)


def package(file: Path, count: int, seed: int = 1) -> Path:
    """Write a data package of so many made-up services, with phones, hours, places and terms."""
    chance = random.Random(seed)
    tables = {
        "services.csv": ("id,organization_id,name,description,url,status,application_process", []),
        "organizations.csv": (
            "id,name",
            [f"{each},Trust {each}" for each in range(count // 4 + 1)],
        ),
        "phones.csv": ("id,service_id,number", []),
        "regular_schedules.csv": ("id,service_id,weekday,opens_at,closes_at", []),
        "services_at_location.csv": ("id,service_id,location_id", []),
        "locations.csv": ("id,name", []),
        "physical_addresses.csv": ("id,location_id,address_1,city,postal_code", []),
        "services_taxonomy.csv": ("id,service_id,taxonomy_id", []),
        "taxonomy.csv": ("id,name", [f"T{each},Term {word}" for each, word in enumerate(_WORDS)]),
    }
    rows = {name: lines for name, (_, lines) in tables.items()}
    for each in range(count):
        what = " ".join(chance.choices(_WORDS, k=60))
        name = " ".join(chance.choices(_WORDS, k=3)).title()
        rows["services.csv"].append(
            f"{each},{each // 4},{name} {each},{what},https://example.org/{each},active,Ring first"
        )
        rows["phones.csv"].append(f"{each},{each},0161 496 {each % 10_000:04}")
        opens = chance.choice(("9am", "10:00", "13:30"))
        rows["regular_schedules.csv"] += [f",{each},{day},{opens},17:00" for day in _DAYS]
        rows["services_at_location.csv"].append(f"{each},{each},{each}")
        rows["locations.csv"].append(f"{each},Hall {each}")
        rows["physical_addresses.csv"].append(
            f"{each},{each},{each} Mill Lane,Town,BF{each % 20} 1AA"
        )
        rows["services_taxonomy.csv"] += [
            f"{each}{place},{each},T{term}"
            for place, term in enumerate(chance.sample(range(len(_WORDS)), 6))
        ]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, (head, lines) in tables.items():
            packed.writestr(name, "\n".join((head, *lines)) + "\n")
    return file


def timed(store: Store, file: Path) -> tuple[float, Tally]:
    """Import a file; give the seconds it took, reading and writing, and the tally."""
    began = time.perf_counter()
    tally = take_in(store, "bench", read_source(str(file), "bench"), 1.0)
    return time.perf_counter() - began, tally


def _lines(count: int, url: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = package(folder / "package.zip", count)
        store = opened_store(url or f"sqlite:///{folder}/kith.db")
        for what in ("first", "again"):
            took, tally = timed(store, file)
            yield f"| {what} | {took:.1f} | {tally.new} | {tally.changed} | {tally.same} |"
        with store.transaction() as tx:
            began = time.perf_counter()
            tx.directory.version()
            looked = time.perf_counter() - began
            began = time.perf_counter()
            read = sum(1 for _ in tx.directory.services())
            took = time.perf_counter() - began
            yield f"version read in {1000 * looked:.2f} ms, {read} services in {took:.2f} s"
        store.close()
        size = sum(each.stat().st_size for each in folder.glob("kith.db*")) / 1e6
        yield f"database {size:.1f} MB, at most {_most_memory():.0f} MB of memory"


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> int:
    """Print what an import takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=SERVICES)
    parser.add_argument("--db", default="", help="an empty database, instead of a new SQLite file")
    asked = parser.parse_args()
    print("| import | seconds | new | changed | the same |\n|---|---|---|---|---|")
    for line in _lines(asked.services, asked.db):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
