import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.opinion import WEIGHTS, load_opinion
from bot.safety.weights import WeightsError
from tests.safety.phrases import ROOT

LARGEST = 5_000_000


def test_missing_weights_are_named(tmp_path: Path):
    """A file that isn't there is an error with its name, never a bot that only seems to listen."""
    with pytest.raises(WeightsError, match=r"there is no file learned\.bin"):
        load_opinion(tmp_path / "learned.bin")


def test_the_shipped_weights_are_small_and_pass_their_test():
    """They take less than 5 MB, and are read once however often they are asked for."""
    assert WEIGHTS.stat().st_size < LARGEST
    assert load_opinion() is load_opinion()


@pytest.mark.parametrize("broken", ["missing", "cut short"])
def test_kith_refuses_to_start_without_its_second_opinion(tmp_path: Path, broken: str):
    """One clear line with the remedy, exit code 2, and no traceback."""
    for package in ("bot", "storage", "dialogues"):
        shutil.copytree(ROOT / package, tmp_path / package)
    weights = tmp_path / WEIGHTS.relative_to(ROOT)
    if broken == "missing":
        weights.unlink()
    else:
        weights.write_bytes(weights.read_bytes()[:-1])
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--db", "sqlite://"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("kith: the second opinion can't be used: ")
    assert done.stderr.endswith(" -> install Kith anew\n")
    assert done.stderr.count("\n") == 1
