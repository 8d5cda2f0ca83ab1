"""A path on paper: quadratic curves, one after the other, and points along it."""

from dataclasses import dataclass
from math import hypot

import numpy as np

from visual.fan import Floats, Point

Piece = tuple[Point, Point, Point]
"""A quadratic curve: its start, the point that pulls it, its end."""
Path = tuple[Piece, ...]


@dataclass(frozen=True)
class Bounds:
    """The part of the sheet that lines may use."""

    low: Point
    high: Point

    def hold(self, points: Floats) -> bool:
        return bool((points >= np.array(self.low)).all() and (points <= np.array(self.high)).all())


def sampled(path: Path, step: float = 5.0) -> Floats:
    """Points along the path, no further apart than about `step`."""
    parts = []
    for start, pull, end in path:
        length = hypot(pull[0] - start[0], pull[1] - start[1]) + hypot(
            end[0] - pull[0], end[1] - pull[1]
        )
        t = np.linspace(0.0, 1.0, int(max(length / step, 2)) + 1)[:, None]
        parts.append(
            (1 - t) ** 2 * np.array(start) + 2 * t * (1 - t) * np.array(pull) + t**2 * np.array(end)
        )
    return np.vstack(parts)


def mixed(one: Point, other: Point, t: float) -> Point:
    """The point so far, from 0 to 1, on the way from the one to the other."""
    return one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t
