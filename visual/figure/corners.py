"""Ways round boxes: from corner to corner, the shortest that keeps clear of them all."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from visual.cards import CardStyle
from visual.fan import Floats, Point, clearance
from visual.figure.path import Bounds, Path, Piece, mixed, sampled
from visual.routing import CLEARANCE

ROUNDING = 30.0
TURN = 15.0
"""What a turn costs: of two ways about as long, the one with fewer turns is calmer."""


class Corners:
    """The corners of all boxes, so far off, and which of them see each other."""

    def __init__(
        self, positions: Mapping[str, Point], style: CardStyle, bounds: Bounds, shoulder: float
    ) -> None:
        self._place = {name: place for place, name in enumerate(positions)}
        self._style = style
        self._boxes = np.array(list(positions.values())).reshape(-1, 2)
        half = np.array([style.width, style.height]) / 2
        self._half = half + shoulder - 0.5
        signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        corners = (self._boxes[:, None, :] + signs[None, :, :] * (half + shoulder)).reshape(-1, 2)
        within = (corners >= np.array(bounds.low)).all(axis=1)
        within &= (corners <= np.array(bounds.high)).all(axis=1)
        self._corners = corners[within]
        ones, others = np.triu_indices(len(self._corners), 1)
        free = in_sight(self._corners[ones], self._corners[others], self._boxes, self._half)
        self._ways = ones[free], others[free]

    def way(self, source: str, target: str) -> Path | None:
        """The shortest way round the boxes between two middles, its turns rounded, if any."""
        own = self._place[source], self._place[target]
        ends = self._boxes[list(own)]
        others = np.delete(self._boxes, own, axis=0)
        count = len(self._corners)
        leaving, reached = (
            place.ravel() for place in np.meshgrid((0, 1), np.arange(count), indexing="ij")
        )
        free = in_sight(ends[leaving], self._corners[reached], others, self._half)
        points = np.vstack([self._corners, ends])
        ones = np.concatenate([self._ways[0], reached[free]])
        far_ends = np.concatenate([self._ways[1], leaving[free] + count])
        lengths = np.hypot(*(points[ones] - points[far_ends]).T) + TURN
        graph = coo_array((lengths, (ones, far_ends)), shape=(count + 2, count + 2))
        _, before = dijkstra(graph.tocsr(), directed=False, indices=count, return_predecessors=True)
        turns = [count + 1]
        while turns[-1] != count:
            turns.append(int(before[turns[-1]]))
            if turns[-1] < 0:
                return None
        way = [(float(x), float(y)) for x, y in points[turns[::-1]]]
        for rounding in (ROUNDING, ROUNDING / 2, ROUNDING / 4, 0.0):
            path = _rounded(way, rounding)
            room = clearance(sampled(path), others, self._style.width, self._style.height)
            if room >= CLEARANCE:
                return path
        return None


def in_sight(starts: Floats, ends: Floats, boxes: Floats, half: Floats) -> NDArray[np.bool_]:
    """Between which two points the straight line meets none of the boxes.

    A line and a box are apart if a side of the box or the line itself parts them (the theorem of
    the separating axis); touching is not meeting.
    """
    middles, step = (starts + ends) / 2, ends - starts
    reach = half + np.abs(step) / 2
    aside = half[0] * np.abs(step[:, 1]) + half[1] * np.abs(step[:, 0])
    left = np.arange(len(starts))
    for box in boxes:
        across, down = (middles[left] - box).T
        crossed = np.abs(across * step[left, 1] - down * step[left, 0])
        met = (np.abs(across) < reach[left, 0]) & (np.abs(down) < reach[left, 1])
        left = left[~(met & (crossed < aside[left]))]
    free = np.zeros(len(starts), dtype=bool)
    free[left] = True
    return free


def _rounded(points: Sequence[Point], rounding: float) -> Path:
    """Straight from point to point, with a curve at every turn."""
    if len(points) == 2 or rounding == 0:
        return tuple((a, mixed(a, b, 0.5), b) for a, b in pairwise(points))
    pieces: list[Piece] = []
    here = points[0]
    for before, turn, after in zip(points, points[1:], points[2:], strict=False):
        into, out = (hypot(turn[0] - p[0], turn[1] - p[1]) for p in (before, after))
        start = mixed(turn, before, min(0.5, rounding / max(into, 1e-6)))
        stop = mixed(turn, after, min(0.5, rounding / max(out, 1e-6)))
        pieces += [(here, mixed(here, start, 0.5), start), (start, turn, stop)]
        here = stop
    return (*pieces, (here, mixed(here, points[-1], 0.5), points[-1]))
