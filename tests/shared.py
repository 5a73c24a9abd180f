"""What takes long to make is made by one worker, for all of them."""

import fcntl
import os
import pickle
from collections.abc import Callable
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[], Made]) -> Made:
    """Give what `make` makes; whoever asks first makes it, and the others of this run read it.

    `name` stands for it in the whole run. Only for plain data of our own, which is pickled.
    """
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # beside those of the other workers in this run
        folder = folder.parent
    file = folder / f"{name}.made"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            made = make()
            file.write_bytes(pickle.dumps(made))
            return made
    return pickle.loads(file.read_bytes())  # noqa: S301 - written by another worker just now
