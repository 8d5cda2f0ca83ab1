"""A word to whoever waits, when something takes longer than two seconds."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 2.0


@contextmanager
def told_when_slow(doing: str) -> Iterator[None]:
    """Say on standard error, every two seconds, that work goes on and for how long it has."""
    done = threading.Event()
    started = time.monotonic()

    def tell() -> None:
        while not done.wait(PATIENCE):
            seconds = time.monotonic() - started
            print(f"{doing}… {seconds:.0f} s", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
