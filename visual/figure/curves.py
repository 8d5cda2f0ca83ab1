"""The courses of lines on paper: bent round boxes, cut at the boxes they join, with arrowheads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, cos, hypot, sin

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from visual.cards import CardStyle
from visual.routing import CLEARANCE, Floats, Joined, Point, bend_lines, clearance, via

Piece = tuple[Point, Point, Point]
"""A quadratic curve: its start, the point that pulls it, its end."""
Path = tuple[Piece, ...]
Inside = Callable[[Point, Point], bool]
"""Whether a point is within the room around a middle."""

OFF = 2.0
"""Between the end of a line and the box."""
SHOULDERS = (11.0, 14.0, 9.0, 12.5)
"""How far from a box a line that goes round its corner keeps; one after the other, so that two
lines round the same corner do not coincide."""
ROUNDING = 30.0


@dataclass(frozen=True)
class Bounds:
    """The part of the sheet that lines may use."""

    low: Point
    high: Point

    def hold(self, points: Floats) -> bool:
        return bool((points >= np.array(self.low)).all() and (points <= np.array(self.high)).all())


def courses(
    lines: Sequence[Joined], positions: Mapping[str, Point], style: CardStyle, bounds: Bounds
) -> dict[str, Path]:
    """For every line a path from middle to middle that comes near no box but its own two."""
    found: dict[str, Path] = {}
    blocked: list[Joined] = []
    by_id = {line.id: line for line in lines}
    for id, course in bend_lines(lines, positions, style.width, style.height, wide=True).items():
        line = by_id[id]
        start, end = positions[line.source], positions[line.target]
        found[id] = ((start, via(start, end, course.bend), end),)
        if course.clearance < CLEARANCE or not bounds.hold(sampled(found[id])):
            blocked.append(line)
    corners = cache(lambda shoulder: _Corners(positions, style, bounds, shoulder))
    for number, line in enumerate(blocked):
        for turn in range(len(SHOULDERS)):
            shoulder = SHOULDERS[(number + turn) % len(SHOULDERS)]
            if path := corners(shoulder).way(line.source, line.target):
                found[line.id] = path
                break
    return found


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


def cut(
    path: Path, ends: tuple[Point, Point], style: CardStyle, off: tuple[float, float] = (OFF, OFF)
) -> Path:
    """The part of the path between the two boxes, each left or reached so far `off`."""

    def within(room: float) -> Inside:
        return lambda point, middle: (
            abs(point[0] - middle[0]) < style.width / 2 + room
            and abs(point[1] - middle[1]) < style.height / 2 + room
        )

    left = _after(path, ends[0], within(off[0]))
    return _after(left[::-1], ends[1], within(off[1]), turned=True)[::-1]


def shortened(path: Path, length: float) -> Path:
    """The path without its last bit, where an arrowhead stands."""
    tip = path[-1][2]

    def inside(point: Point, middle: Point) -> bool:
        return hypot(point[0] - middle[0], point[1] - middle[1]) < length

    return _after(path[::-1], tip, inside, turned=True)[::-1]


def arrowhead(path: Path, length: float) -> tuple[Point, Point, Point]:
    """A triangle whose tip is the end of the path, turned as the path arrives there."""
    tip = path[-1][2]
    behind = shortened(path, length)[-1][2]
    angle = atan2(tip[1] - behind[1], tip[0] - behind[0])
    left, right = (
        (tip[0] - length * cos(angle + side), tip[1] - length * sin(angle + side))
        for side in (0.42, -0.42)
    )
    return tip, left, right


def _after(path: Path, middle: Point, inside: Inside, *, turned: bool = False) -> Path:
    """The path from where it leaves the box around its first end; pieces may be turned round."""
    pieces = [(c, b, a) for a, b, c in path] if turned else list(path)
    while len(pieces) > 1 and inside(pieces[0][2], middle):
        pieces.pop(0)
    start, pull, end = pieces[0]
    low, high = 0.0, 1.0
    for _ in range(24):
        t = (low + high) / 2
        if inside(_at(pieces[0], t), middle):
            low = t
        else:
            high = t
    on = _at(pieces[0], high)
    pieces[0] = (on, _mix(pull, end, high), end)
    return tuple((c, b, a) for a, b, c in pieces) if turned else tuple(pieces)


def _at(piece: Piece, t: float) -> Point:
    return _mix(_mix(piece[0], piece[1], t), _mix(piece[1], piece[2], t), t)


def _mix(one: Point, other: Point, t: float) -> Point:
    return one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t


class _Corners:
    """The corners of all boxes, so far off, and which of them see each other."""

    def __init__(
        self, positions: Mapping[str, Point], style: CardStyle, bounds: Bounds, shoulder: float
    ) -> None:
        self._names = list(positions)
        self._style = style
        self._boxes = np.array([positions[name] for name in self._names]).reshape(-1, 2)
        half = np.array([style.width, style.height]) / 2
        self._half = half + shoulder - 0.5
        signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        corners = (self._boxes[:, None, :] + signs[None, :, :] * (half + shoulder)).reshape(-1, 2)
        within = (corners >= np.array(bounds.low)).all(axis=1)
        within &= (corners <= np.array(bounds.high)).all(axis=1)
        self._corners = corners[within]
        self._ways = _ways(
            self._corners,
            self._corners,
            _sights(self._corners, self._corners, self._boxes, self._half),
        )

    def way(self, source: str, target: str) -> Path | None:
        """The shortest way round the boxes between two middles, its turns rounded, if any."""
        places = dict(zip(self._names, self._boxes, strict=True))
        apart = [name not in (source, target) for name in self._names]
        others = self._boxes[apart]
        ends = np.array([places[source], places[target]])
        ways = nx.compose(
            self._ways,
            _ways(ends, self._corners, _sights(ends, self._corners, others, self._half), "end"),
        )
        try:
            found = nx.shortest_path(ways, ("end", 0), ("end", 1), weight="length")
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return None
        turns = [self._corners[place] for _, place in found[1:-1]]
        points = [(float(x), float(y)) for x, y in [ends[0], *turns, ends[1]]]
        for rounding in (ROUNDING, ROUNDING / 2, ROUNDING / 4, 0.0):
            path = _rounded(points, rounding)
            room = clearance(sampled(path), others, self._style.width, self._style.height)
            if room >= CLEARANCE:
                return path
        return None


def _ways(
    ones: Floats, others: Floats, free: Floats, kind: str = "corner"
) -> "nx.Graph[tuple[str, int]]":
    ways: nx.Graph[tuple[str, int]] = nx.Graph()
    # A turn costs a little: of two ways about as long, the one with fewer turns is calmer.
    lengths = np.hypot(*np.moveaxis(ones[:, None, :] - others[None, :, :], 2, 0)) + 15
    ways.add_weighted_edges_from(
        (
            ((kind, int(one)), ("corner", int(other)), float(lengths[one, other]))
            for one, other in zip(*np.nonzero(free), strict=True)
            if kind == "end" or one < other
        ),
        weight="length",
    )
    return ways


def _sights(ones: Floats, others: Floats, boxes: Floats, half: Floats) -> Floats:
    """Between which of the points the straight line meets none of the boxes."""
    free = np.ones((len(ones), len(others)), dtype=bool)
    step = others[None, :, :] - ones[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        for box in boxes:
            away = (ones - box)[:, None, :]
            enter, leave = (-half - away) / step, (half - away) / step
            first, last = np.minimum(enter, leave), np.maximum(enter, leave)
            level = step == 0
            inside = np.broadcast_to(np.abs(away) < half, step.shape)
            first = np.where(level, np.where(inside, -np.inf, np.inf), first).max(axis=2)
            last = np.where(level, np.where(inside, np.inf, -np.inf), last).min(axis=2)
            free &= ~((first < last) & (last > 0) & (first < 1))
    return free


def _rounded(points: Sequence[Point], rounding: float) -> Path:
    """Straight from point to point, with a curve at every turn."""
    if len(points) == 2 or rounding == 0:
        return tuple((a, _mix(a, b, 0.5), b) for a, b in pairwise(points))
    pieces: list[Piece] = []
    here = points[0]
    for before, turn, after in zip(points, points[1:], points[2:], strict=False):
        into, out = (hypot(turn[0] - p[0], turn[1] - p[1]) for p in (before, after))
        start = _mix(turn, before, min(0.5, rounding / max(into, 1e-6)))
        stop = _mix(turn, after, min(0.5, rounding / max(out, 1e-6)))
        pieces += [(here, _mix(here, start, 0.5), start), (start, turn, stop)]
        here = stop
    return (*pieces, (here, _mix(here, points[-1], 0.5), points[-1]))
