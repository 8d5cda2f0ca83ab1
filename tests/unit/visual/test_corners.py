"""Ways round boxes: what is in sight, against exact arithmetic, and the shortest way round."""

from fractions import Fraction
from math import hypot
from random import Random

import numpy as np
import pytest

from visual.cards import COMPACT
from visual.fan import clearance
from visual.figure.corners import Corners, in_sight
from visual.figure.path import Bounds, sampled
from visual.routing import CLEARANCE


def is_met(start, end, middle, half):
    """Whether any part of the line is inside the box: the line cut by each pair of its sides."""
    first, last = Fraction(0), Fraction(1)
    for a, b, c, h in zip(start, end, middle, half, strict=True):
        if a == b:
            if abs(a - c) >= h:
                return False
            continue
        enter, leave = sorted(Fraction(c + side * h - a, b - a) for side in (-1, 1))
        first, last = max(first, enter), min(last, leave)
    return first < last


def test_what_is_in_sight_is_what_exact_arithmetic_says():
    dice = Random(5)
    half = (30, 12)

    def somewhere(step):
        return dice.randrange(30) * step, dice.randrange(30) * step

    boxes = [somewhere(10) for _ in range(6)]
    lines = [(somewhere(10), somewhere(10)) for _ in range(3000)]
    lines = [line for line in lines if line[0] != line[1]]

    found = in_sight(
        np.array([start for start, _ in lines], dtype=float),
        np.array([end for _, end in lines], dtype=float),
        np.array(boxes, dtype=float),
        np.array(half, dtype=float),
    )

    expected = [not any(is_met(*line, box, half) for box in boxes) for line in lines]
    assert found.tolist() == expected
    assert 100 < sum(expected) < len(expected) - 100


@pytest.fixture
def wall():
    """Two either side of a box in their way, nearer to its upper than to its lower edge."""
    positions = {"a": (0.0, 0.0), "b": (600.0, 0.0), "between": (300.0, 15.0)}
    return positions, Bounds((-200.0, -200.0), (800.0, 200.0))


def test_the_way_leads_round_the_nearer_corners(wall):
    positions, bounds = wall
    shoulder = 11.0

    path = Corners(positions, COMPACT, bounds, shoulder).way("a", "b")

    top = 15.0 - COMPACT.height / 2 - shoulder
    points = sampled(path)
    assert points[:, 1].min() == pytest.approx(top)
    assert clearance(points, np.array([positions["between"]]), 156, 40) >= CLEARANCE
    side = 300.0 - COMPACT.width / 2 - shoulder
    shortest = 2 * hypot(side, top) + 2 * (300.0 - side)
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    assert shortest - 20 < length <= shortest


def test_there_is_no_way_where_the_sheet_ends_at_the_boxes(wall):
    positions, _ = wall
    bounds = Bounds((-200.0, -5.0), (800.0, 35.0))

    assert Corners(positions, COMPACT, bounds, 11.0).way("a", "b") is None
