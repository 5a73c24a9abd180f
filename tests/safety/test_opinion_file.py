"""The file of learned weights: whole and as it was trained, or Kith does not start."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.opinion import WEIGHTS, load_opinion
from bot.safety.second_opinion import SecondOpinion
from bot.safety.weights import Trials, WeightsError, read_weights, write_weights
from tests.safety.opinion import HINT, ORDINARY, SILENT, always, small
from tests.safety.phrases import ROOT

LARGEST = 5_000_000
TRIALS = Trials(asks=("owl",), leaves=("the cat sat on the mat",))
SMALL = write_weights(small(), TRIALS)
SHIPPED = WEIGHTS.read_bytes()


def changed(packed: bytes, at: int) -> bytes:
    broken = bytearray(packed)
    broken[at] ^= 1
    return bytes(broken)


DAMAGED = {
    "another file": b"something else",
    **{f"byte {at} changed": changed(SMALL, at) for at in (0, 5, 22, 30, 60, -1)},
    "a byte of ours changed": changed(SHIPPED, -1),
    **{f"cut to {length}": SMALL[:length] for length in (0, 10, 24, 40, -1)},
    **{f"ours cut to {length}": SHIPPED[:length] for length in (24, -1)},
}
FAILING = {
    "no longer asks": (SILENT, Trials((HINT,), (ORDINARY,))),
    "asks about everything": (always(1.0), Trials((HINT,), (ORDINARY,))),
    "nothing to try it on": (always(1.0), Trials((), ())),
    "does not ask about one": (small(), Trials(asks=("a cat",), leaves=("a mat",))),
    "does not leave one": (small(), Trials(asks=("owl",), leaves=("my owl",))),
    "nothing to ask about": (small(), Trials(asks=(), leaves=("a mat",))),
    "nothing to leave": (small(), Trials(asks=("owl",), leaves=())),
}


def test_what_is_written_is_what_is_read():
    """Weights come back from their file as they went in."""
    opinion = read_weights(SMALL)
    assert opinion == small()
    assert write_weights(opinion, TRIALS) == SMALL


@pytest.mark.parametrize("packed", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_refused(packed: bytes):
    """A file that is changed, cut short or another one is refused with a sentence."""
    with pytest.raises(WeightsError, match=r"file"):
        read_weights(packed)


@pytest.mark.parametrize(("opinion", "trials"), FAILING.values(), ids=FAILING.keys())
def test_weights_that_fail_their_own_test_are_refused(opinion: SecondOpinion, trials: Trials):
    """Weights that fail a sentence of their own, or bring none, are never used."""
    with pytest.raises(WeightsError):
        read_weights(write_weights(opinion, trials))


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
