"""The courses of lines on paper: bent round boxes, cut at the boxes they join, with arrowheads."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import atan2, cos, hypot, sin

from visual.cards import CardStyle
from visual.fan import Point, via
from visual.figure.corners import Corners
from visual.figure.path import Bounds, Path, Piece, mixed, sampled
from visual.routing import CLEARANCE, Joined, bend_lines

__all__ = ["OFF", "Bounds", "Path", "arrowhead", "courses", "cut", "sampled", "shortened"]

Inside = Callable[[Point, Point], bool]
"""Whether a point is within the room around a middle."""

OFF = 2.0
"""Between the end of a line and the box."""
SHOULDERS = (11.0, 14.0, 9.0, 12.5)
"""How far from a box a line that goes round its corner keeps; one after the other, so that two
lines round the same corner do not coincide."""


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
    corners = cache(lambda shoulder: Corners(positions, style, bounds, shoulder))
    for number, line in enumerate(blocked):
        for turn in range(len(SHOULDERS)):
            shoulder = SHOULDERS[(number + turn) % len(SHOULDERS)]
            if path := corners(shoulder).way(line.source, line.target):
                found[line.id] = path
                break
    return found


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
    pieces[0] = (on, mixed(pull, end, high), end)
    return tuple((c, b, a) for a, b, c in pieces) if turned else tuple(pieces)


def _at(piece: Piece, t: float) -> Point:
    return mixed(mixed(piece[0], piece[1], t), mixed(piece[1], piece[2], t), t)
