"""How long one measure may take here, and whom to tell how far it has come.

A page waits a few seconds, a job may take an hour. Who asks for measures says so around the call;
what would take longer raises `TooMuch` before it begins.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from powermap.errors import TooMuch

USUAL_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class _Effort:
    seconds: float = USUAL_SECONDS
    tell: Callable[[float], None] | None = None
    name: Callable[[str], None] | None = None


_USUAL = _Effort()
_effort: ContextVar[_Effort] = ContextVar("effort", default=_USUAL)


@contextmanager
def effort(
    seconds: float,
    tell: Callable[[float], None] | None = None,
    name: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Let each measure within this block take so long, and tell how far a long one has come.

    `tell` is called every now and then with the share done, from 0 to 1, of the measure at work;
    each measure begins at 0 again. `name` is called with the name of a measure before it is
    worked on. What either raises ends the measure: that is how to cancel.

    >>> from graph.measures.effort import allowed, effort
    >>> with effort(3600):
    ...     allowed()
    3600
    >>> allowed()
    10.0
    """
    before = _effort.set(_Effort(seconds=seconds, tell=tell, name=name))
    try:
        yield
    finally:
        _effort.reset(before)


def allowed() -> float:
    """Return how many seconds one measure may be expected to take; 10 where nobody has said."""
    return _effort.get().seconds


def told(share: float) -> None:
    """Tell whoever asked that this share of the measure is done."""
    tell = _effort.get().tell
    if tell is not None:
        tell(min(max(share, 0.0), 1.0))


@contextmanager
def part(begin: float, end: float) -> Iterator[None]:
    """Let the work in this block, which tells from 0 to 1, be a part of a larger whole."""
    outer = _effort.get()
    tell = outer.tell
    scaled = None if tell is None else lambda share: tell(begin + share * (end - begin))
    with effort(outer.seconds, scaled, name=outer.name):
        yield


def begun(measure: str) -> None:
    """Name the measure that is worked on from here to whoever asked."""
    name = _effort.get().name
    if name is not None:
        name(measure)


def refuse_if_longer(seconds: float, what: str, instead: str) -> None:
    """Raise `TooMuch` where `what` is expected to take longer than is allowed here."""
    if seconds > allowed():
        raise TooMuch(
            f"{what} would take about {seconds:,.0f} seconds; the limit is {allowed():,g}. "
            f"{instead}"
        )
