"""While much is made that stays, Python does not search all of it for rubbish again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def most_is_kept() -> Iterator[None]:
    """Let the search for rubbish wait until the end: it would take a quarter of the time.

    For reading and checking dialogues, which make little rubbish that only a search finds.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
