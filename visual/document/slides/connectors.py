"""Connectors between cards: at which of their sites they begin and end, and how they run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import cos, hypot, radians, sin

import numpy as np

from visual.routing import CLEARANCE, Floats, Point, clearance

Side = int
"""The way that a line leaves, in degrees clockwise from the right."""

RIGHT, BELOW, LEFT, ABOVE = 0, 90, 180, 270
SITES: tuple[tuple[float, float, Side], ...] = (
    # The first four are those of any rectangle: curves use these alone, as other programmes
    # know of no others how a curve leaves them.
    (1 / 2, 0, ABOVE),
    (0, 1 / 2, LEFT),
    (1 / 2, 1, BELOW),
    (1, 1 / 2, RIGHT),
    *((share / 6, 0, ABOVE) for share in (1, 2, 4, 5)),
    *((0, share / 4, LEFT) for share in (1, 3)),
    *((share / 6, 1, BELOW) for share in (1, 2, 4, 5)),
    *((1, share / 4, RIGHT) for share in (1, 3)),
)
"""Where on a card, in shares of its width and height, and which way lines leave there."""
DEPTHS = (19.0, 11.0, 27.0)
"""How far a curve swings out that leaves and arrives on the same side; half a centimetre is what
programmes choose that find the way for themselves."""
TURNS = (0.5, 0.15, 0.85, 0.3, 0.7)
"""Where, of its way, a wave or an elbow crosses over; likewise."""
_PRICES = {"straight": 0.0, "bow": 48.0, "wave": 48.0, "elbow": 90.0}
_UNUSUAL = 40.0
_LEAST_OUT = 0.05
"""The sine of the flattest angle at which a line leaves a card."""
_TRIED = 24
"""So many of the best are looked at closely."""


@dataclass(frozen=True, kw_only=True)
class Rectangle:
    """A card with all that belongs to it."""

    middle: Point
    width: float
    height: float

    def site(self, place: int) -> Point:
        across, down, _ = SITES[place]
        return (
            self.middle[0] + (across - 0.5) * self.width,
            self.middle[1] + (down - 0.5) * self.height,
        )


@dataclass(frozen=True, kw_only=True)
class Course:
    """One way from card to card."""

    form: str
    """straight; bow: a curve between sides at a right angle; wave: one between sides that face
    each other or the same way; elbow: such a way with corners."""
    begins: int
    ends: int
    """Sites, by their places."""
    start: Point
    end: Point
    turn: float = 0.0
    """Of a wave or elbow: where it crosses over, in shares of how far it runs ahead."""
    unusual: bool = False
    """Whether a programme that finds the way for itself draws it otherwise."""
    points: Floats
    """Along it."""

    def moved(self, across: float, down: float) -> "Course":
        (x1, y1), (x2, y2) = self.start, self.end
        return replace(
            self,
            start=(x1 + across, y1 + down),
            end=(x2 + across, y2 + down),
            points=self.points + np.array([across, down]),
        )

    @property
    def leaves(self) -> Side:
        return SITES[self.begins][2]

    @property
    def run(self) -> tuple[float, float]:
        """How far it goes in the way that it leaves, and to the right of that."""
        return _turned(self.end[0] - self.start[0], self.end[1] - self.start[1], self.leaves)


def courses(
    lines: Sequence[tuple[str, str, str]], cards: Mapping[str, Rectangle]
) -> dict[str, Course]:
    """A course for each line of (id, source, target), clear of other cards where that can be.

    No two coincide: those that come later keep off the sites and the ways of those before.
    """
    found: dict[str, Course] = {}
    taken: Counter[tuple[str, int]] = Counter()
    near_first = sorted(
        lines,
        key=lambda line: (_apart(cards[line[1]], cards[line[2]]), lines.index(line)),
    )
    for id, source, target in near_first:
        others = np.array([c.middle for name, c in cards.items() if name not in (source, target)])
        tried = list(_ways(cards[source], cards[target]))
        sizes = _Sizes(others.reshape(-1, 2), cards[source])
        rough = [
            _length(way)
            + 45 * (taken[source, way.begins] + taken[target, way.ends])
            + sizes.price(way)
            for way in tried
        ]
        close = sorted(range(len(tried)), key=lambda place: (rough[place], place))[:_TRIED]
        best = min(
            close,
            key=lambda place: (
                rough[place] + _beside(tried[place], found.values()),
                place,
            ),
        )
        found[id] = tried[best]
        taken[source, tried[best].begins] += 1
        taken[target, tried[best].ends] += 1
    return {id: found[id] for id, _, _ in lines}


@dataclass(frozen=True)
class _Sizes:
    """The other cards: all of one size."""

    others: Floats
    like: Rectangle

    def price(self, way: Course) -> float:
        """What it costs to run near or behind them."""
        if not len(self.others):
            return 0.0
        room = clearance(way.points, self.others, self.like.width, self.like.height)
        if room >= CLEARANCE:
            return 0.0
        away = np.abs(way.points[:, None, :] - self.others[None, :, :])
        half = np.array([self.like.width, self.like.height]) / 2
        behind = (away < half).all(axis=2).any(axis=0).sum()
        return 1000.0 * float(behind) + 20 * (CLEARANCE - room)


def _ways(source: Rectangle, target: Rectangle) -> Iterator[Course]:
    """Every course worth looking at."""
    for begins, (_, _, leaves) in enumerate(SITES):
        for ends, (_, _, arrives) in enumerate(SITES):
            start, end = source.site(begins), target.site(ends)
            across, down = end[0] - start[0], end[1] - start[1]
            length = hypot(across, down)
            if not length:
                continue
            out = _turned(across, down, leaves)[0] / length
            into = _turned(-across, -down, arrives)[0] / length
            if min(out, into) >= _LEAST_OUT:
                points = np.linspace(start, end, int(length / 6) + 2)
                yield Course(
                    form="straight",
                    begins=begins,
                    ends=ends,
                    start=start,
                    end=end,
                    points=points,
                )
            if begins < 4 and ends < 4:
                yield from _curves(begins, ends, start, end)


def _curves(begins: int, ends: int, start: Point, end: Point) -> Iterator[Course]:
    leaves, arrives = SITES[begins][2], SITES[ends][2]
    ahead, aside = _turned(end[0] - start[0], end[1] - start[1], leaves)
    between = (arrives - leaves) % 360
    forms: tuple[str, ...] = ("wave",)
    turns: tuple[float, ...] = TURNS
    if between == 0:
        turns = tuple(
            (ahead + depth) / max(ahead, 1.0) if ahead >= 0 else -depth / max(-ahead, 1.0)
            for depth in DEPTHS
        )
    elif between == 180:
        if ahead < 24:
            return
        forms = ("wave", "elbow")
    else:
        forms, turns = ("bow",), TURNS[:1]
        # It arrives against the way in which the other site leaves.
        if ahead < 12 or (aside if between == 270 else -aside) < 12:
            return
    for form, (place, turn) in product(forms, enumerate(turns)):
        yield Course(
            form=form,
            begins=begins,
            ends=ends,
            start=start,
            end=end,
            turn=turn,
            unusual=place > 0,
            points=_along(form, start, ahead, aside, leaves, turn),
        )


def _along(
    form: str, start: Point, ahead: float, aside: float, leaves: Side, turn: float
) -> Floats:
    """Points on what DrawingML calls curvedConnector2, curvedConnector3 and bentConnector3."""
    width, height = max(abs(ahead), 1.0), abs(aside)
    if form == "bow":
        local = _cubic((0, 0), (width / 2, 0), (width, height / 2), (width, height))
    elif form == "elbow":
        corners = [(0.0, 0.0), (width * turn, 0.0), (width * turn, height), (width, height)]
        local = np.vstack([np.linspace(a, b, 24) for a, b in pairwise(corners)])
    else:
        middle = width * turn
        first = _cubic((0, 0), (middle / 2, 0), (middle, height / 4), (middle, height / 2))
        last = _cubic(
            (middle, height / 2),
            (middle, height * 3 / 4),
            ((width + middle) / 2, height),
            (width, height),
        )
        local = np.vstack([first, last[1:]])
    local = local * np.array([-1 if ahead < 0 else 1, -1 if aside < 0 else 1])
    angle = radians(leaves)
    back = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
    points: Floats = local @ back + np.array(start)
    return points


def _cubic(*points: Point) -> Floats:
    t = np.linspace(0.0, 1.0, 24)[:, None]
    a, b, c, d = (np.array(point, dtype=float) for point in points)
    found: Floats = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
    return found


def _turned(across: float, down: float, side: Side) -> tuple[float, float]:
    """A step seen by who looks to that side: how far ahead, how far to the right."""
    angle = radians(side)
    ahead, aside = across * cos(angle) + down * sin(angle), down * cos(angle) - across * sin(angle)
    return round(ahead, 6), round(aside, 6)


def _length(way: Course) -> float:
    """With the detour that another form is worth, and more for an unusual way."""
    steps = np.diff(way.points, axis=0)
    more = _PRICES[way.form] + _UNUSUAL * way.unusual
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum()) + more


def _apart(one: Rectangle, other: Rectangle) -> float:
    return hypot(one.middle[0] - other.middle[0], one.middle[1] - other.middle[1])


def _beside(way: Course, others: Iterable[Course]) -> float:
    """What it costs to run along another, and, less, to cross it."""
    price = 0.0
    mine = way.points
    for other in others:
        apart = np.hypot(*np.moveaxis(mine[:, None, :] - other.points[None, :, :], 2, 0))
        near = max(float((apart.min(axis=axis) < 4).mean()) for axis in (0, 1))
        price += 1500 * near if near > 0.3 else 60 * near
    return price
