"""How near curves come to boxes, against a plain loop over points and sides."""

from math import hypot
from random import Random

import numpy as np
import pytest

from visual.fan import clearance, course, distances, fan

BENDS = (0.0, 0.3, -0.6)


def distance(point, middle, width, height):
    across = max(abs(point[0] - middle[0]) - width / 2, 0.0)
    down = max(abs(point[1] - middle[1]) - height / 2, 0.0)
    return hypot(across, down)


def test_distances_are_those_of_the_nearest_points():
    dice = Random(2)
    boxes = [(dice.uniform(-300, 300), dice.uniform(-200, 200)) for _ in range(12)]

    points = fan((-200.0, 10.0), (240.0, -60.0), BENDS)
    found = distances(points, np.array(boxes), 60, 30)

    expected = [[min(distance(p, box, 60, 30) for p in curve) for box in boxes] for curve in points]
    assert found == pytest.approx(np.array(expected))
    assert (found == 0).any() and (found > 20).any()


def test_a_curve_begins_and_ends_where_it_should_and_is_the_same_alone():
    start, end = (3.0, -7.0), (250.0, 90.0)

    points = fan(start, end, BENDS)

    for curve, bend in zip(points, BENDS, strict=True):
        assert curve[0] == pytest.approx(start) and curve[-1] == pytest.approx(end)
        assert (course(start, end, bend) == curve).all()


def test_without_boxes_there_is_no_end_of_room():
    points = course((0.0, 0.0), (100.0, 0.0), 0.0)

    assert clearance(points, np.zeros((0, 2)), 60, 30) == float("inf")
