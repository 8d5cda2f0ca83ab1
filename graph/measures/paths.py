"""Shortest paths counted, from many starting points at once: the engine of betweenness."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from graph.measures.distances import Numbers, Places
from graph.measures.effort import told

FEWEST_LANES, MOST_LANES = 8, 128
LANE_CELLS = 320_000
"""Nodes times starting points held at once: a table that stays near the processor."""
CELLS = 400_000
"""How many pairs of a tie and a starting point are held at once."""

TOLERANCE = 1e-9
"""Two lengths this close, relative to the longer, are one: 1/3 + 1/6 equals 1/2."""


def paths_through(rows: Any) -> Numbers:
    """Return Freeman's betweenness of every node, every tie one step."""
    through = np.zeros(rows.shape[0])
    for dependent in dependencies(rows, np.arange(rows.shape[0])):
        through += dependent.sum(axis=1)
    return through


def dependencies(rows: Any, starts: Places) -> Iterator[Numbers]:
    """Yield what each node carries of the paths from some starting points, and from the next.

    A row for each node and a column for each starting point. Brandes' accumulation, level by
    level: a product with the matrix of ties takes every starting point of a batch one step
    further.
    """
    size: int = rows.shape[0]
    columns = rows.T.tocsr()
    at_once = min(max(LANE_CELLS // max(size, 1), FEWEST_LANES), MOST_LANES)
    for first in range(0, len(starts), at_once):
        told(first / len(starts))
        some = starts[first : first + at_once]
        paths = np.zeros((size, len(some)))
        paths[some, np.arange(len(some))] = 1
        unseen = paths == 0
        front, levels = paths, []
        while True:
            front = (columns @ front) * unseen
            arrived = front > 0
            if not arrived.any():
                break
            unseen &= ~arrived
            paths = paths + front
            levels.append(arrived)
        counted = np.where(paths > 0, paths, 1)
        dependent = np.zeros_like(paths)
        for before, arrived in reversed(list(pairwise(levels))):
            share = arrived * (1 + dependent) / counted
            dependent += before * paths * (rows @ share)
        yield dependent


def paths_through_with_lengths(lengths: Any) -> Numbers:
    """Return the betweenness of every node where ties have lengths (a sparse matrix of them).

    The ties that lie on some shortest path from a starting point form a network without cycles;
    paths are counted in it forwards, and shared out in it backwards, one tie at a time.
    """
    size: int = lengths.shape[0]
    ties = lengths.tocoo()
    through = np.zeros(size)
    batch = max(1, min(size, CELLS // max(1, ties.nnz)))
    for first in range(0, size if ties.nnz else 0, batch):
        told(first / size)
        lane = np.arange(min(batch, size - first))
        # One row per node and one column per starting point, like all that follows.
        distance = np.ascontiguousarray(dijkstra(lengths, indices=first + lane).T)
        by_tie = distance[ties.row] + ties.data[:, None]
        on_path = np.isfinite(by_tie) & (by_tie <= distance[ties.col] * (1 + TOLERANCE))
        tie, at = np.nonzero(on_path)
        forward = sparse.csr_array(
            (
                np.ones(len(tie)),
                (ties.col[tie] * len(lane) + at, ties.row[tie] * len(lane) + at),
            ),
            shape=(size * len(lane),) * 2,
        )
        start = (first + lane) * len(lane) + lane
        paths = _sum_of_steps(forward, _one_at(start, size * len(lane)))
        share = np.divide(1, paths, out=np.zeros_like(paths), where=paths > 0)
        share[start] = 0
        dependent = paths * (_sum_of_steps(forward.T.tocsr(), share) - share)
        dependent[start] = 0
        through += dependent.reshape(size, len(lane)).sum(axis=1)
    return through


def _one_at(places: NDArray[Any], size: int) -> Numbers:
    ones = np.zeros(size)
    ones[places] = 1
    return ones


def _sum_of_steps(ties: Any, start: Numbers) -> Numbers:
    """Return start + one step + two steps + ..., over ties without a cycle."""
    total, step = start.copy(), start
    while (step := ties @ step).any():
        total += step
    return total
