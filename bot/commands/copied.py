"""A copy made by a command: how far it is, how large it became, or why there is none."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.backup import Backup
from storage.copying import Told
from storage.whole_files import BackupRefused

UNUSABLE = 2
_SHAPE = "{percentage:3.0f}%|{bar}| {elapsed}<{remaining}"


@contextmanager
def _bar() -> Iterator[Told]:
    """Show a bar while a copy is made, where somebody looks and it takes a while."""
    from tqdm import tqdm  # noqa: PLC0415 - the other commands start faster

    with tqdm(bar_format=_SHAPE, leave=False, disable=None, delay=1.0, total=1) as shown:

        def told(done: int, whole: int) -> None:
            shown.total = whole
            shown.update(done - shown.n)

        yield told


def copied(file: Path, copy: Callable[[Told], Backup], end: str = "", *, stopped: str) -> int:
    """Make a copy and say what it holds; exit code 2 with one line where it can't be made.

    Told to stop, it takes its unfinished file away and says what was `stopped`.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _bar() as told:
            made = copy(told)
    except BackupRefused as refused:
        sys.stderr.write(f"kith: {refused}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        sys.stderr.write(f"kith: stopped -> {stopped}; start it again\n")
        return UNUSABLE
    noun = "conversation" if made.conversations == 1 else "conversations"
    sys.stdout.write(f"{file}: {made.size / 1e6:.1f} MB, {made.conversations} {noun}{end}\n")
    return 0
