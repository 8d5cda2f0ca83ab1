"""A line with several bends at once: its points, and how near each of its curves comes to boxes."""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Floats = NDArray[np.float64]


def via(start: Point, end: Point, bend: float) -> Point:
    """The control point of the curve, as vis-network places it for `curvedCW` and `curvedCCW`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along, aside = _swing(bend)
    return start[0] + along * dx + aside * dy, start[1] + along * dy - aside * dx


def course(start: Point, end: Point, bend: float, step: float = 6.0) -> Floats:
    """Points along the curve, no further apart than about `step`."""
    points: Floats = fan(start, end, (bend,), step)[0]
    return points


def fan(start: Point, end: Point, bends: Sequence[float], step: float = 6.0) -> Floats:
    """Points along the curve of every bend: of each bend so many points of two coordinates."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    leaving, pulled, arriving = _shares(int(min(max(length / step, 12), 240)))
    controls = np.array([via(start, end, bend) for bend in bends])
    straight = leaving * np.array(start) + arriving * np.array(end)
    points: Floats = straight + pulled * controls[:, None, :]
    return points


def distances(points: Floats, centres: Floats, width: float, height: float) -> Floats:
    """From each curve of a fan to each box of one size; 0 where it runs behind the box."""
    across = np.abs(centres[:, 0, None, None] - points[:, :, 0])
    down = np.abs(centres[:, 1, None, None] - points[:, :, 1])
    across -= width / 2
    down -= height / 2
    np.maximum(across, 0.0, out=across)
    np.maximum(down, 0.0, out=down)
    across *= across
    down *= down
    across += down
    found: Floats = np.sqrt(across.min(axis=2).T)
    return found


def clearance(points: Floats, centres: Floats, width: float, height: float) -> float:
    """The smallest distance from the points to boxes of one size; infinite without boxes."""
    if len(centres) == 0:
        return float("inf")
    return float(distances(points[None], centres, width, height).min())


@lru_cache(maxsize=256)
def _swing(bend: float) -> tuple[float, float]:
    """How far the control point lies along the line and aside of it, in lengths of the line."""
    reach, turn = 0.5 + 0.5 * abs(bend), bend * pi / 2
    return reach * cos(turn), reach * sin(turn)


@lru_cache(maxsize=256)
def _shares(count: int) -> tuple[Floats, Floats, Floats]:
    """How much of the start, of the control point and of the end is in each of so many points."""
    t = np.linspace(0.0, 1.0, count)[:, None]
    return (1 - t) ** 2, 2 * t * (1 - t), t**2
