"""A word to whoever waits, when something takes longer than two seconds."""

import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.jobs.progress import Progress, in_words
from graph.measures.effort import allowed, effort

PATIENCE = 2.0


@contextmanager
def told_when_slow(doing: str) -> Iterator[Callable[[str], None]]:
    """Say on standard error, every two seconds, that work goes on and for how long it has.

    Whoever does the work can say where it is, which is told along with it.
    """
    done = threading.Event()
    started = time.monotonic()
    where = ""

    def say(words: str) -> None:
        nonlocal where
        where = f" ({words})"

    def tell() -> None:
        while not done.wait(PATIENCE):
            seconds = time.monotonic() - started
            print(f"{doing}… {seconds:.0f} s{where}", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield say
    finally:
        done.set()
        teller.join()


@contextmanager
def however_long(say: Callable[[str], None], everything: bool) -> Iterator[None]:
    """Say how much is done; where everything is wanted, let each measure take what it needs."""
    progress = Progress(lambda share, measure: say(in_words(share, measure)))
    with effort(math.inf if everything else allowed(), progress.tell, progress.name):
        yield
