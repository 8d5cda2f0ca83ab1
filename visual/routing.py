"""How each line bends, so that it stays clear of the boxes it does not touch."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from math import cos, hypot, pi, sin
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Floats = NDArray[np.float64]

BENDS = (0.0, 0.15, -0.15, 0.3, -0.3)
WIDE = tuple(side * bend for bend in (0.4, 0.5, 0.6, 0.75, 0.85, 0.95) for side in (1, -1))
"""Only for a line that no usual bend leads clear, and that must not be left out."""
CLEARANCE = 6.0
BEYOND = np.array([90.0, 40.0])
"""How far past the outermost middles of boxes a curve may swing unless it has to."""
MOST_BENT = 400
"""Above so many lines none is led round boxes: the two views of a tie bow apart, all else is
straight."""


class Joined(Protocol):
    """A line as far as its course is concerned."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def layer(self) -> str: ...


@dataclass(frozen=True)
class Course:
    """The bend of a line, and how near it comes to a box that it does not touch."""

    bend: float
    clearance: float


def via(start: Point, end: Point, bend: float) -> Point:
    """The control point of the curve, as vis-network places it for `curvedCW` and `curvedCCW`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    reach, turn = 0.5 + 0.5 * abs(bend), bend * pi / 2
    return (
        start[0] + reach * (dx * cos(turn) + dy * sin(turn)),
        start[1] + reach * (dy * cos(turn) - dx * sin(turn)),
    )


def course(start: Point, end: Point, bend: float, step: float = 6.0) -> Floats:
    """Points along the curve, no further apart than about `step`."""
    control = np.array(via(start, end, bend))
    length = hypot(end[0] - start[0], end[1] - start[1])
    t = np.linspace(0.0, 1.0, int(min(max(length / step, 12), 240)))[:, None]
    curve: Floats = (
        (1 - t) ** 2 * np.array(start) + 2 * t * (1 - t) * control + t**2 * np.array(end)
    )
    return curve


def clearance(points: Floats, centres: Floats, width: float, height: float) -> float:
    """The smallest distance from the points to boxes of one size; infinite without boxes."""
    if len(centres) == 0:
        return float("inf")
    apart = np.abs(points[:, None, :] - centres[None, :, :]) - np.array([width, height]) / 2
    return float(np.hypot(*np.moveaxis(np.maximum(apart, 0.0), 2, 0)).min())


def bend_lines(
    lines: Sequence[Joined],
    positions: Mapping[str, Point],
    width: float,
    height: float,
    *,
    wide: bool = False,
) -> dict[str, Course]:
    """A bend for every line; lines between the same two bow apart, and no two coincide."""
    by_pair: dict[tuple[str, str], list[Joined]] = defaultdict(list)
    for line in lines:
        first, second = sorted((line.source, line.target))
        by_pair[first, second].append(line)
    names = list(positions)
    centres = np.array([positions[name] for name in names]).reshape(-1, 2)
    if len(lines) > MOST_BENT:
        return {
            line.id: Course(bend, 0.0) for pair in by_pair.values() for line, bend in _bowed(pair)
        }
    courses: dict[str, Course] = {}
    for pair, beside in by_pair.items():
        others = centres[[name not in pair for name in names]]
        found = _bend_together(beside, positions, others, (width, height))
        if wide and len(beside) == 1:
            line, usual = beside[0], found[beside[0].id]
            if usual.clearance < CLEARANCE:
                ends = positions[line.source], positions[line.target]
                swung = [
                    _trial(*ends, bend, others, (width, height)) for bend in (usual.bend, *WIDE)
                ]
                clear = (course for course, _ in swung if course.clearance >= CLEARANCE)
                found[line.id] = next(clear, None) or _behind_fewest(swung, others, width, height)
        courses |= found
    return courses


def _behind_fewest(
    swung: Sequence[tuple[Course, Floats]], centres: Floats, width: float, height: float
) -> Course:
    """Where every way is blocked: the one behind fewest boxes, of those the least bent."""

    def behind(points: Floats) -> int:
        apart = np.abs(points[:, None, :] - centres[None, :, :]) - np.array([width, height]) / 2
        return int((apart.max(axis=2) < 0).any(axis=0).sum())

    return min(swung, key=lambda way: (behind(way[1]), abs(way[0].bend)))[0]


def _bowed(beside: Sequence[Joined]) -> Iterator[tuple[Joined, float]]:
    """Bends that keep lines between the same two apart, wherever boxes stand."""
    sides = (0.0,) if len(beside) == 1 else (0.15, -0.15, 0.3, -0.3)
    for line, side in zip(beside, cycle(sides), strict=False):
        yield line, side if line.source == beside[0].source else -side


def _bend_together(
    beside: Sequence[Joined],
    positions: Mapping[str, Point],
    others: Floats,
    size: tuple[float, float],
) -> dict[str, Course]:
    """Bends for all lines between two; a layer that comes first is not bent by later ones."""
    sheet = _sheet(others, positions, beside)
    found: dict[str, Course] = {}
    taken: list[float] = []
    for layer in dict.fromkeys(line.layer for line in beside):
        lines = [line for line in beside if line.layer == layer]
        trials = {
            line.id: {
                bend: _trial(positions[line.source], positions[line.target], bend, others, size)
                for bend in BENDS
            }
            for line in lines
        }
        best: tuple[float, float] | None = None
        for bends in product(BENDS, repeat=len(lines)):
            sides = _sides(lines, bends, beside[0].source)
            if len({*sides, *taken}) < len(sides) + len(taken) or (len(lines) > 1 and 0 in bends):
                continue
            chosen = [trials[line.id][bend] for line, bend in zip(lines, bends, strict=True)]
            effort = sum(
                abs(course.bend) + (course.bend != 0 and _leaves(points, *sheet))
                for course, points in chosen
            )
            rank = min(*(course.clearance for course, _ in chosen), CLEARANCE), -effort
            if best is None or rank > best:
                best = rank
                kept = sides
                for line, (course_found, _) in zip(lines, chosen, strict=True):
                    found[line.id] = course_found
        if best is None:
            found |= {line.id: trials[line.id][0.0][0] for line in lines}
        else:
            taken += kept
    return found


def _trial(
    start: Point, end: Point, bend: float, others: Floats, size: tuple[float, float]
) -> tuple[Course, Floats]:
    points = course(start, end, bend)
    return Course(bend, clearance(points, others, *size)), points


def _sides(lines: Sequence[Joined], bends: Sequence[float], first: str) -> list[float]:
    """To which side each line bows, seen from the same end."""
    return [
        bend if line.source == first else -bend for line, bend in zip(lines, bends, strict=True)
    ]


def _sheet(
    others: Floats, positions: Mapping[str, Point], beside: Sequence[Joined]
) -> tuple[Floats, Floats]:
    ends = [positions[end] for line in beside for end in (line.source, line.target)]
    centres = np.vstack([others, np.array(ends)])
    low: Floats = centres.min(axis=0) - BEYOND
    high: Floats = centres.max(axis=0) + BEYOND
    return low, high


def _leaves(points: Floats, low: Floats, high: Floats) -> bool:
    """Whether the curve runs outside the room that the boxes take."""
    return bool((points < low).any() or (points > high).any())
