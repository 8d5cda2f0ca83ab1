"""How lines bend: clear of boxes, apart from each other, the same as the browser draws them."""

from dataclasses import dataclass
from math import hypot

import numpy as np
import pytest

from visual.routing import BENDS, CLEARANCE, bend_lines, course, via


@dataclass(frozen=True)
class Drawn:
    id: str
    source: str
    target: str
    layer: str = "relationships"


def test_a_free_line_runs_straight():
    lines = [Drawn("line", "a", "b")]

    courses = bend_lines(lines, {"a": (0, 0), "b": (400, 0)}, 100, 40)

    assert courses["line"].bend == 0.0


def test_a_line_bends_round_a_box_that_it_does_not_touch():
    lines = [Drawn("line", "a", "b")]
    positions = {"a": (0.0, 0.0), "b": (600.0, 0.0), "between": (300.0, 0.0)}

    courses = bend_lines(lines, positions, 100, 40)

    assert courses["line"].bend != 0.0
    assert courses["line"].clearance >= CLEARANCE


def test_two_views_bow_apart():
    lines = [Drawn("there", "a", "b"), Drawn("back", "b", "a")]
    positions = {"a": (0.0, 0.0), "b": (400.0, 0.0)}

    courses = bend_lines(lines, positions, 100, 40)

    there = course(positions["a"], positions["b"], courses["there"].bend)
    back = course(positions["b"], positions["a"], courses["back"].bend)
    middle = len(there) // 2
    assert 0.0 not in (courses["there"].bend, courses["back"].bend)
    assert abs(there[middle][1] - back[middle][1]) > 20


def test_no_two_lines_between_the_same_two_coincide():
    lines = [
        Drawn("there", "a", "b"),
        Drawn("back", "b", "a"),
        Drawn("answers to", "a", "b", layer="accountabilities"),
    ]

    courses = bend_lines(lines, {"a": (0.0, 0.0), "b": (400.0, 0.0)}, 100, 40)

    sides = [
        courses[line.id].bend if line.source == "a" else -courses[line.id].bend for line in lines
    ]
    assert len(set(sides)) == 3


@pytest.mark.parametrize("bend", BENDS)
def test_the_control_point_is_where_vis_network_puts_it(bend):
    # The formula of curvedCW and curvedCCW in vis-network 9.1.2, angles with y upwards.
    start, end = (10.0, 20.0), (310.0, 120.0)
    dx, dy = end[0] - start[0], start[1] - end[1]
    angle = np.arctan2(dy, dx) + (0.5 * bend + 0.5) * np.pi
    reach = (abs(bend) * 0.5 + 0.5) * hypot(dx, dy)

    expected = (start[0] + reach * np.sin(angle), start[1] + reach * np.cos(angle))

    assert via(start, end, bend) == pytest.approx(expected)


def test_only_a_line_that_cannot_be_left_out_swings_wide():
    lines = [Drawn("line", "a", "b")]
    positions = {"a": (0.0, 0.0), "b": (0.0, 240.0), "between": (0.0, 120.0)}

    usual = bend_lines(lines, positions, 156, 40)["line"]
    wide = bend_lines(lines, positions, 156, 40, wide=True)["line"]

    assert usual.clearance < CLEARANCE
    assert usual.bend in BENDS
    assert wide.clearance >= CLEARANCE
