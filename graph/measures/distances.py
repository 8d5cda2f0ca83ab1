"""How far everybody is from everybody, counted for 512 starting points in one pass."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.errors import TooMuch

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]

LANES = 512
MOST_WORK = 20_000_000_000
"""Steps of one word each, about ten seconds. Only very large maps, or very long chains, need it."""


@dataclass(frozen=True, kw_only=True)
class Distances:
    """For each node, over all others that have a path to it (or from it, ties reversed)."""

    reached: NDArray[np.int64]
    """How many others have a path."""
    total: NDArray[np.int64]
    """The sum of their distances."""
    nearness: Numbers
    """The sum of 1 / distance; the others add 0."""
    within_two: NDArray[np.int64]
    longest: int
    """The largest distance between any two that have a path."""


def distances_to(size: int, sources: Places, targets: Places) -> Distances:
    """Return the distances along the ties to each node, every tie one step.

    Breadth-first from many starting points at once: one bit each, 64 to a word.
    """
    order = np.argsort(targets, kind="stable")
    tails = sources[order]
    heads, first_tie = np.unique(targets[order], return_index=True)
    reached, total, within_two = np.zeros((3, size), dtype=np.int64)
    nearness = np.zeros(size)
    longest = work = 0
    for first in range(0, size if len(tails) else 0, LANES):
        lane = np.arange(min(LANES, size - first))
        front: NDArray[np.uint64] = np.zeros((size, -(-len(lane) // 64)), dtype=np.uint64)
        front[first + lane, lane // 64] = np.uint64(1) << (lane % 64).astype(np.uint64)
        seen = front.copy()
        distance = 0
        while True:
            work += front.shape[1] * (len(tails) + size)
            if work > MOST_WORK:
                raise TooMuch(
                    f"Distances between {size:,} leaders or organisations over {len(tails):,} "
                    "ties would take too long. Choose a part of the map, or measure "
                    "organisations instead of leaders."
                )
            arrived = np.bitwise_or.reduceat(front[tails], first_tie, axis=0) & ~seen[heads]
            counts: NDArray[Any] = np.bitwise_count(arrived).sum(axis=1, dtype=np.int64)
            if not counts.any():
                break
            distance += 1
            reached[heads] += counts
            total[heads] += distance * counts
            nearness[heads] += counts / distance
            if distance <= 2:
                within_two[heads] += counts
            front = np.zeros_like(seen)
            front[heads] = arrived
            seen[heads] |= arrived
        longest = max(longest, distance)
    return Distances(
        reached=reached, total=total, nearness=nearness, within_two=within_two, longest=longest
    )
