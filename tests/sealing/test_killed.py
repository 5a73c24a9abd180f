"""The plug is pulled at every step of a new master key, of a forgetting and of a key's backup.

`KITH_TEST_STEPS` says at how many steps; `make soak` sets 1000, which is all there are.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.sealing.operating import Installation
from tests.sealing.people import ANN, BEN, WORDS

STEPS = int(os.environ.get("KITH_TEST_STEPS", "12"))
FORGET = ("forget", f"terminal:{ANN}")


@pytest.fixture
def there(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "kith").begun()


def places(steps: int) -> list[int]:
    """Give the steps to be killed at: all, or some, evenly, with the last ones."""
    few = min(STEPS, steps)
    return sorted({1 + round(place * (steps - 1) / max(1, few - 1)) for place in range(few)})


def copied(there: Installation, name: str) -> Installation:
    """Give another installation that is the same, byte for byte."""
    folder = there.folder.parent / name / "kith"
    shutil.copytree(there.folder, folder)
    return Installation(folder)


@pytest.mark.timeout(0 if STEPS > 12 else 120)
def test_a_rotation_that_is_killed_anywhere_loses_nobody(there: Installation):
    """At each step: all opens as before, also between; the next rotation finishes, and one more."""
    kept = there.kept(ANN), there.kept(BEN)
    old = there.file("kith.key").read_bytes()
    steps = copied(there, "counted").steps("keys", "rotate")
    killed = sum(
        there.killed(step, "keys", "rotate") for step in places(steps) if _opens(there, kept)
    )
    assert killed >= len(places(steps)) // 2
    assert _opens(there, kept)
    for _ in range(2):
        assert there.kith("keys", "rotate").returncode == 0
        assert _opens(there, kept)
    new = there.file("kith.key").read_bytes()
    there.file("kith.key").write_bytes(old)
    assert there.kith("chat", "--as", ANN).returncode == 2, "the old master key opens nothing"
    there.file("kith.key").write_bytes(new)
    assert _opens(there, kept)


def _opens(there: Installation, kept: tuple[tuple[bytes, ...], ...]) -> bool:
    assert (there.kept(ANN), there.kept(BEN)) == kept
    return True


@pytest.mark.timeout(0 if STEPS > 12 else 120)
def test_a_forgetting_that_is_killed_anywhere_is_all_or_nothing_and_ends_in_gone(
    there: Installation,
):
    """The next start has Ann whole, or nothing of her; forgetting once more has nothing of her.

    Ben is whole at each step.
    """
    ann, ben = there.kept(ANN), there.kept(BEN)
    seen = {False: 0, True: 0}
    for step in places(copied(there, "counted").steps(*FORGET)):
        one = copied(there, str(step))
        if not one.killed(step, *FORGET):
            continue
        now = one.kept(ANN)
        assert now in (ann, ()), f"halfway at step {step}"
        seen[now == ()] += 1
        assert one.kith(*FORGET).returncode == 0
        assert one.kept(ANN) == ()
        assert one.kept(BEN) == ben
        assert WORDS[ANN] not in one.says(ANN, "hello")
        assert one.kith(*FORGET).returncode == 0, "and what began anew goes as well"
        assert one.kept(ANN) == ()
    assert all(seen.values()), f"kills before and after the point of no return: {seen}"


@pytest.mark.timeout(0 if STEPS > 12 else 120)
def test_a_backup_of_keys_that_is_killed_leaves_no_half_one(there: Installation):
    """A file that has its name is whole; whatever else is left is for its owner alone."""
    kept = there.kept(ANN)
    words = ("keys", "backup", str(there.folder.parent / "keys-copy"))
    copy = there.folder.parent / "keys-copy"
    steps = copied(there, "counted").steps(*words)
    copy.unlink()
    for step in places(steps)[:: max(1, STEPS // 6)]:
        there.killed(step, *words)
        for file in there.folder.parent.glob("*keys-copy*"):
            assert file.stat().st_mode & 0o077 == 0
        if copy.exists():
            again = copied(there, f"again-{step}")
            for file in again.folder.glob("kith-keys.db*"):
                file.unlink()
            assert again.kith("keys", "restore", str(copy)).returncode == 0
            assert again.kept(ANN) == kept
            copy.unlink()
