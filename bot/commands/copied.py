"""How far a copy is, and how large it became, as an operator reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage.backup import Backup
from storage.copying import Told

_SHAPE = "{percentage:3.0f}%|{bar}| {elapsed}<{remaining}"


@contextmanager
def bar() -> Iterator[Told]:
    """Show a bar while a copy is made, where somebody looks and it takes a while."""
    from tqdm import tqdm  # noqa: PLC0415 - the other commands start faster

    with tqdm(bar_format=_SHAPE, leave=False, disable=None, delay=1.0, total=1) as shown:

        def told(done: int, whole: int) -> None:
            shown.total = whole
            shown.update(done - shown.n)

        yield told


def held(copy: Backup) -> str:
    """Write how large a copy is, and how many conversations it holds."""
    noun = "conversation" if copy.conversations == 1 else "conversations"
    return f"{copy.size / 1e6:.1f} MB, {copy.conversations} {noun}"
