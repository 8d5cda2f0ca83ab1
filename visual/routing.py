"""How each line bends, so that it stays clear of the boxes it does not touch."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from typing import Protocol

import numpy as np

from visual.fan import Floats, Point, clearance, course, distances, fan, via

__all__ = [
    "BENDS",
    "CLEARANCE",
    "Course",
    "Floats",
    "Joined",
    "Point",
    "bend_lines",
    "clearance",
    "course",
    "via",
]

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
    """At most `CLEARANCE`: further off than that all is well."""


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
    if len(lines) > MOST_BENT:
        return {
            line.id: Course(bend, 0.0) for pair in by_pair.values() for line, bend in _bowed(pair)
        }
    boxes = _Boxes(positions, width, height)
    courses: dict[str, Course] = {}
    for beside in by_pair.values():
        found = _bend_together(beside, boxes)
        if wide and len(beside) == 1:
            line = beside[0]
            if found[line.id].clearance < CLEARANCE:
                found[line.id] = _swung_wide(line, found[line.id].bend, boxes)
        courses |= found
    return courses


@dataclass(frozen=True)
class _Trial:
    """A line with one bend."""

    course: Course
    behind: int
    """So many boxes."""
    leaves: bool
    """Whether the curve runs outside the room that the boxes take."""


class _Boxes:
    """Where boxes of one size stand."""

    def __init__(self, positions: Mapping[str, Point], width: float, height: float) -> None:
        self._positions = positions
        self._place = {name: place for place, name in enumerate(positions)}
        self._centres = np.array(list(positions.values())).reshape(-1, 2)
        self._size = width, height
        self._near = np.array([width, height]) / 2 + CLEARANCE
        if positions:
            self._low = self._centres.min(axis=0) - BEYOND
            self._high = self._centres.max(axis=0) + BEYOND

    def trials(self, line: Joined, bends: Sequence[float]) -> list[_Trial]:
        """The line with each of the bends, beside all boxes but its own two."""
        points = fan(self._positions[line.source], self._positions[line.target], bends)
        low, high = points.min(axis=1), points.max(axis=1)
        near = (self._centres > low.min(axis=0) - self._near).all(axis=1)
        near &= (self._centres < high.max(axis=0) + self._near).all(axis=1)
        near[[self._place[line.source], self._place[line.target]]] = False
        away = distances(points, self._centres[near], *self._size)
        leaves = ((low < self._low) | (high > self._high)).any(axis=1)
        return [
            _Trial(Course(bend, room), behind, out)
            for bend, room, behind, out in zip(
                bends,
                away.min(axis=1, initial=CLEARANCE).tolist(),
                (away == 0).sum(axis=1).tolist(),
                leaves.tolist(),
                strict=True,
            )
        ]


def _swung_wide(line: Joined, usual: float, boxes: _Boxes) -> Course:
    """The first wide bend that is clear; where every way is blocked, the one behind fewest boxes,
    of those the least bent."""
    trials = boxes.trials(line, (usual, *WIDE))
    clear = (trial for trial in trials if trial.course.clearance >= CLEARANCE)
    fewest = min(trials, key=lambda trial: (trial.behind, abs(trial.course.bend)))
    return next(clear, fewest).course


def _bowed(beside: Sequence[Joined]) -> Iterator[tuple[Joined, float]]:
    """Bends that keep lines between the same two apart, wherever boxes stand."""
    sides = (0.0,) if len(beside) == 1 else (0.15, -0.15, 0.3, -0.3)
    for line, side in zip(beside, cycle(sides), strict=False):
        yield line, side if line.source == beside[0].source else -side


def _bend_together(beside: Sequence[Joined], boxes: _Boxes) -> dict[str, Course]:
    """Bends for all lines between two; a layer that comes first is not bent by later ones."""
    found: dict[str, Course] = {}
    taken: list[float] = []
    for layer in dict.fromkeys(line.layer for line in beside):
        lines = [line for line in beside if line.layer == layer]
        trials = [boxes.trials(line, BENDS) for line in lines]
        best: tuple[float, float] | None = None
        for chosen in product(*trials):
            bends = [trial.course.bend for trial in chosen]
            sides = _sides(lines, bends, beside[0].source)
            if len({*sides, *taken}) < len(sides) + len(taken) or (len(lines) > 1 and 0 in bends):
                continue
            effort = sum(
                abs(trial.course.bend) + (trial.course.bend != 0 and trial.leaves)
                for trial in chosen
            )
            rank = min(trial.course.clearance for trial in chosen), -effort
            if best is None or rank > best:
                best = rank
                kept = sides
                for line, trial in zip(lines, chosen, strict=True):
                    found[line.id] = trial.course
        if best is None:
            found |= {line.id: tried[0].course for line, tried in zip(lines, trials, strict=True)}
        else:
            taken += kept
    return found


def _sides(lines: Sequence[Joined], bends: Sequence[float], first: str) -> list[float]:
    """To which side each line bows, seen from the same end."""
    return [
        bend if line.source == first else -bend for line, bend in zip(lines, bends, strict=True)
    ]
