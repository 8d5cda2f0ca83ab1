"""How much of a report of measures is done, of which some take far longer than others."""

import math
import time
from collections.abc import Callable

from graph.findings.report.sections import STEPS

Heard = Callable[[float, str], None]

HEAVY = {"betweenness": 100.0, "betweenness_weighted": 400.0}
"""How many times longer than most they take, as timed with 20,000 leaders and 120,000 ties."""
BETWEEN_WORDS = 0.2
"""Seconds: nobody reads faster, and measures tell of every step."""


def in_words(share: float, measure: str | None) -> str:
    """`34% done, working on betweenness`."""
    at_work = f", working on {measure.replace('_', ' ')}" if measure else ""
    # Rounded down: all is done when the job is.
    return f"{math.floor(share * 100)}% done{at_work}"


class Progress:
    """Takes what measures tell (`graph.measures.effort`); says how much of the whole is done."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._left = {name: HEAVY.get(name, 1.0) for name in STEPS}
        self._whole = sum(self._left.values())
        self._measure, self._weight, self._share, self._said = "", 0.0, 0.0, 0.0

    def name(self, measure: str) -> None:
        """A measure begins, so the one before has ended."""
        self._measure, self._weight = measure, self._left.pop(measure, 0.0)
        self._say(0.0)

    def tell(self, share: float) -> None:
        """So much of the measure at work is done."""
        if time.monotonic() - self._said > BETWEEN_WORDS:
            self._say(share)

    def _say(self, share: float) -> None:
        left = sum(self._left.values()) + self._weight * (1 - share)
        # What is done stays done, whatever a measure with several parts tells of each.
        self._share = max(self._share, 1 - left / self._whole)
        self._said = time.monotonic()
        self._heard(self._share, self._measure)
