"""The last small shifts of a first picture: a box steps aside where a line would pass behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from visual.cards import CardStyle
from visual.fan import Point, clearance, course, distances
from visual.routing import CLEARANCE, Course, bend_lines

STEPS = sorted(
    product((0, 12, -12, 26, -26), (0, 9, -9, 16, -16)), key=lambda s: abs(s[0]) + abs(s[1])
)
ROOM = (16.0, 15.0)
MOST_TRIALS = 60


@dataclass(frozen=True)
class _Edge:
    id: str
    source: str
    target: str
    layer: str = ""
    matters: float = 1.0


def eased(
    ties: "nx.Graph[str]", positions: Mapping[str, Point], style: CardStyle
) -> tuple[float, dict[str, Point]]:
    """What lines behind boxes still weigh, and the places, some of them shifted a little."""
    edges = [
        _Edge(f"{a}.{b}.{view}", *((a, b) if view == 0 else (b, a)), matters=edge.get("matters", 1))
        for a, b, edge in sorted(ties.edges(data=True), key=lambda found: found[:2])
        for view in range(edge.get("views", 1))
    ]
    places = dict(positions)
    courses = bend_lines(edges, places, style.width, style.height)
    blocked = sorted(_blocked(edges, courses), key=lambda edge: (-edge.matters, edge.id))
    if not blocked:
        return 0.0, places
    along = _Along(edges, courses, places, style)
    trials = 0
    for edge in blocked:
        for node, place in _ways_out(edge, courses, places, style):
            if courses[edge.id].clearance >= CLEARANCE or trials == MOST_TRIALS:
                break
            trials += 1
            moved = {**places, node: place}
            touched = along.touched(node, place)
            again = bend_lines(touched, moved, style.width, style.height)
            if _weight(touched, again) < _weight(touched, courses):
                places, courses = moved, {**courses, **again}
                along = _Along(edges, courses, places, style)
    return _weight(edges, courses), places


def _blocked(edges: Sequence[_Edge], courses: Mapping[str, Course]) -> list[_Edge]:
    return [edge for edge in edges if courses[edge.id].clearance < CLEARANCE]


def _weight(edges: Sequence[_Edge], courses: Mapping[str, Course]) -> float:
    return sum(edge.matters for edge in _blocked(edges, courses))


def _ways_out(
    edge: _Edge, courses: Mapping[str, Course], places: Mapping[str, Point], style: CardStyle
) -> Iterator[tuple[str, Point]]:
    """Shifts of the boxes in the way, then of the two ends, that leave room to every other box."""
    points = course(places[edge.source], places[edge.target], courses[edge.id].bend)
    in_the_way = [
        node
        for node in sorted(places)
        if node not in (edge.source, edge.target)
        and clearance(points, np.array([places[node]]), style.width, style.height) < CLEARANCE
    ]
    for (dx, dy), node in product(STEPS[1:], [*in_the_way, edge.source, edge.target]):
        place = places[node][0] + dx, places[node][1] + dy
        if all(
            abs(place[0] - x) >= style.width + ROOM[0]
            or abs(place[1] - y) >= style.height + ROOM[1]
            for other, (x, y) in places.items()
            if other != node
        ):
            yield node, place


class _Along:
    """Points along every line."""

    def __init__(
        self,
        edges: Sequence[_Edge],
        courses: Mapping[str, Course],
        places: Mapping[str, Point],
        style: CardStyle,
    ) -> None:
        self._edges = edges
        self._size = style.width, style.height
        self._blocked = {edge.id for edge in _blocked(edges, courses)}
        points = [
            course(places[edge.source], places[edge.target], courses[edge.id].bend, 10.0)
            for edge in edges
        ]
        self._points = np.vstack(points)
        self._begins = np.cumsum([0, *map(len, points[:-1])])

    def touched(self, node: str, place: Point) -> list[_Edge]:
        """The lines whose course may change when the box moves there, and those beside them."""
        away = distances(self._points[:, None], np.array([place]), *self._size)[:, 0]
        near = np.minimum.reduceat(away, self._begins) < CLEARANCE
        pairs = {
            frozenset((edge.source, edge.target))
            for edge, passes in zip(self._edges, near.tolist(), strict=True)
            if passes or node in (edge.source, edge.target) or edge.id in self._blocked
        }
        return [edge for edge in self._edges if frozenset((edge.source, edge.target)) in pairs]
