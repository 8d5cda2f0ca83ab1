"""How far everybody is from everybody, counted for many starting points in one pass."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.measures.effort import refuse_if_longer, told

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]
Bits = NDArray[np.uint64]

LANES = 1024
COLUMNS = 32
FEW = 8
"""Where less than an eighth of the ties lead on, only these are followed."""
SECONDS_PER_STEP = 4e-10
"""A step is one word of starting points along one tie; most maps need far fewer than all."""


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
    steps = _Steps(size, sources, targets)
    reached, total, within_two = np.zeros((3, size), dtype=np.int64)
    nearness = np.zeros(size)
    longest = work = 0
    for first in range(0, size if len(sources) else 0, LANES):
        lane = np.arange(min(LANES, size - first))
        front: Bits = np.zeros((size, -(-len(lane) // 64)), dtype=np.uint64)
        starts = steps.rank[first + lane]
        front[starts, lane // 64] = np.uint64(1) << (lane % 64).astype(np.uint64)
        seen = front.copy()
        active = np.zeros(size, dtype=bool)
        active[starts] = True
        distance = 0
        while True:
            work += front.shape[1] * (len(sources) + size)
            refuse_if_longer(
                # As if what is still to come were like what has been done.
                SECONDS_PER_STEP * work * size / (first + len(lane)),
                f"Distances between {size:,} leaders or organisations over {len(sources):,} ties",
                "Choose a part of the map, or measure organisations instead of leaders.",
            )
            heads, arrived = steps.onward(front, active)
            arrived &= ~seen[heads]
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
            active[:] = False
            active[heads] = counts > 0
            seen[heads] |= arrived
        longest = max(longest, distance)
        told((first + len(lane)) / size)
    return Distances(
        reached=reached[steps.rank],
        total=total[steps.rank],
        nearness=nearness[steps.rank],
        within_two=within_two[steps.rank],
        longest=longest,
    )


class _Steps:
    """The ties, laid out so that one step along all of them is a few long rows of work.

    Nodes are ranked by how many ties lead to them. The first tie to each node, the second to each
    that has two, and so on are columns; those who have very many ties come node by node.
    """

    def __init__(self, size: int, sources: Places, targets: Places) -> None:
        ties_to = np.bincount(targets, minlength=size)
        by_rank = np.argsort(-ties_to, kind="stable")
        self.rank: Places = np.empty(size, dtype=np.intp)
        self.rank[by_rank] = np.arange(size)
        heads = self.rank[targets]
        order = np.argsort(heads, kind="stable")
        self._heads, self._tails = heads[order], self.rank[sources[order]]
        begins = np.searchsorted(self._heads, np.arange(size + 1))
        counts = np.diff(begins)
        self._columns = [
            self._tails[begins[:size][counts > column] + column]
            for column in range(min(COLUMNS, int(counts.max(initial=0))))
        ]
        self._rest = [
            self._tails[begins[head] + COLUMNS : begins[head + 1]]
            for head in range(int((counts > COLUMNS).sum()))
        ]

    def onward(self, front: Bits, active: NDArray[np.bool_]) -> tuple[Places | slice, Bits]:
        """Return who is one step on, and from which starting points.

        `active` says whose row of `front` is not empty. Whole rows are taken, which NumPy does
        much faster by `take` than by an index.
        """
        moving = np.flatnonzero(active[self._tails])
        if len(moving) < len(self._tails) // FEW:
            heads = self._heads[moving]
            first_tie = np.flatnonzero(np.diff(heads, prepend=-1))
            steps = front.take(self._tails[moving], axis=0)
            return heads[first_tie], np.bitwise_or.reduceat(steps, first_tie, axis=0)
        arrived = front.take(self._columns[0], axis=0)
        for tails in self._columns[1:]:
            arrived[: len(tails)] |= front.take(tails, axis=0)
        for head, tails in enumerate(self._rest):
            arrived[head] |= np.bitwise_or.reduce(front.take(tails, axis=0), axis=0)
        return slice(len(arrived)), arrived
