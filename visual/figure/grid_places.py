"""Where the cards of a grid stand: near their points, clear of each other, with lines to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from visual.routing import Point

ROOM = 6.0
"""Between cards, and between cards and the points of others."""
NEAREST, FARTHEST, STEP = 12.0, 420.0, 9.0
_TURNS = (0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11)
"""Sixteenths of a circle: first right and left of the point, then above and below, then between."""
WAYS = [(round(cos(turn * pi / 8), 9), -round(sin(turn * pi / 8), 9)) for turn in _TURNS]
NEAR = 48.0
"""Near enough."""
CROSSING, ASTRAY = 250.0, 120.0
"""A line that crosses another, and a box that reaches into the next quarter, are as bad as a line
longer by so much."""
BESIDE, FOREIGN = 30.0, 24.0
"""So is a box that is nearer to the point of another than this."""
SECOND_THOUGHTS = 2
"""How often each looks for a better place once all have one."""
SLACK = 1.0


@dataclass(frozen=True, kw_only=True)
class Rectangle:
    left: float
    top: float
    width: float
    height: float

    def touches(self, other: "Rectangle", room: float = 0.0) -> bool:
        return (
            self.left < other.left + other.width + room
            and other.left < self.left + self.width + room
            and self.top < other.top + other.height + room
            and other.top < self.top + self.height + room
        )

    def holds(self, other: "Rectangle", room: float) -> bool:
        return (
            self.left + room <= other.left
            and other.left + other.width <= self.left + self.width - room
            and self.top + room <= other.top
            and other.top + other.height <= self.top + self.height - room
        )

    def nearest(self, point: Point) -> Point:
        return (
            min(max(point[0], self.left), self.left + self.width),
            min(max(point[1], self.top), self.top + self.height),
        )

    def away(self, point: Point) -> float:
        x, y = self.nearest(point)
        return hypot(x - point[0], y - point[1])

    def crossed(self, start: Point, end: Point) -> bool:
        """Whether the straight line passes through."""
        first, last = 0.0, 1.0
        for place, low, wide in (
            (0, self.left, self.width),
            (1, self.top, self.height),
        ):
            step = end[place] - start[place]
            if step == 0:
                if not low < start[place] < low + wide:
                    return False
                continue
            enter, leave = sorted(((low - start[place]) / step, (low + wide - start[place]) / step))
            first, last = max(first, enter), min(last, leave)
        return first < last


@dataclass(frozen=True, kw_only=True)
class Plot(Rectangle):
    """The ground of the grid: 1 to 5 to the right and upwards, half a step of room on each side."""

    def point(self, interest: float, power: float) -> Point:
        return (
            self.left + (interest - 0.5) / 5 * self.width,
            self.top + (5.5 - power) / 5 * self.height,
        )


@dataclass(frozen=True)
class Seated:
    """Where a box stands, and where on its edge the line from its point ends."""

    box: Rectangle
    end: Point
    cost: float = 0.0
    """How far off it is; more where it misleads."""


def seated(
    boxes: Sequence[tuple[float, float]],
    points: Sequence[Point],
    plot: Plot,
    taken: Sequence[Rectangle],
) -> list[Seated] | None:
    """A place for each box (width and height); None if one finds none.

    No box touches another, what is `taken` or a point; no line passes through a box.
    """
    numbers = range(len(boxes))
    areas = [width * height for width, height in boxes]
    orders = (
        sorted(numbers, key=lambda n: (-areas[n], n)),
        sorted(numbers, key=lambda n: (-points[n][0], n)),
        sorted(numbers, key=lambda n: (areas[n], n)),
    )
    seating = _Seating(plot, points, taken)
    best: list[Seated] | None = None
    for order in orders:
        found = seating.in_turn(order, boxes)
        if found is not None and (best is None or worst(found) < worst(best)):
            best = found
        if best is not None and worst(best) <= NEAR:
            break
    return best


def worst(seats: Sequence[Seated]) -> float:
    """How far off the box is that is furthest from its point, or that misleads most."""
    return max((seat.cost for seat in seats), default=0.0)


class _Seating:
    """A plot with points on it, and rooms that are taken, on which boxes find their places."""

    def __init__(self, plot: Plot, points: Sequence[Point], taken: Sequence[Rectangle]) -> None:
        self._plot, self._points, self._taken = plot, points, taken
        self._others = [[other for other in points if other != point] for point in points]
        self._found: dict[int, Seated] = {}

    def in_turn(
        self, order: Sequence[int], boxes: Sequence[tuple[float, float]]
    ) -> list[Seated] | None:
        """A place for each, in this order; then each looks whether a better one is free now."""
        self._found = {}
        for _ in range(1 + SECOND_THOUGHTS):
            for number in order:
                self._found.pop(number, None)
                best = self._best(number, boxes[number])
                if best is None:
                    return None
                self._found[number] = best
        return [self._found[number] for number in range(len(boxes))]

    def _best(self, number: int, box: tuple[float, float]) -> Seated | None:
        """The nearest free place, unless one further off misleads less."""
        best: Seated | None = None
        point = self._points[number]
        for distance, seat in _around(point, *box):
            if best is not None and distance >= best.cost:
                break
            if not self._plot.holds(seat.box, ROOM):
                continue
            gaps = [seat.box.away(other) for other in self._others[number]]
            if min(gaps, default=FOREIGN) < NEAREST - 1:
                continue
            cost = distance + ASTRAY * _astray(seat.box, point, self._plot)
            cost += BESIDE * sum(gap < FOREIGN for gap in gaps)
            if (best is not None and cost >= best.cost) or not self._free(number, seat):
                continue
            cost += CROSSING * sum(
                _cross((point, seat.end), (self._points[other], done.end))
                for other, done in self._found.items()
            )
            if best is None or cost < best.cost:
                best = replace(seat, cost=cost)
        return best

    def _free(self, number: int, seat: Seated) -> bool:
        """Whether the box and its line are clear of everything that stands there."""
        box, point = seat.box, self._points[number]
        if any(box.touches(room, ROOM) or room.crossed(point, seat.end) for room in self._taken):
            return False
        if any(_off(other, point, seat.end) < ROOM for other in self._others[number]):
            return False
        return not any(
            box.touches(done.box, ROOM)
            or done.box.crossed(point, seat.end)
            or box.crossed(self._points[other], done.end)
            for other, done in self._found.items()
        )


def _astray(box: Rectangle, point: Point, plot: Plot) -> int:
    """Over how many of the two middle lines a box reaches into a quarter that is not its own."""
    x, y = plot.left + plot.width / 2, plot.top + plot.height / 2
    return _reaches_over(x, point[0], box.left, box.left + box.width) + _reaches_over(
        y, point[1], box.top, box.top + box.height
    )


def _reaches_over(middle: float, own: float, low: float, high: float) -> bool:
    if own > middle + SLACK:
        return low < middle - SLACK
    return own < middle - SLACK and high > middle + SLACK


def _around(point: Point, width: float, height: float) -> Iterator[tuple[float, Seated]]:
    """Places for a box further and further from its point."""
    distance = NEAREST
    while distance <= FARTHEST:
        for x, y in WAYS:
            # The box is pushed away until the nearest point of it is so far off.
            left = point[0] + distance * x - width / 2 + _sign(x) * width / 2
            top = point[1] + distance * y - height / 2 + _sign(y) * height / 2
            box = Rectangle(left=left, top=top, width=width, height=height)
            yield distance, Seated(box, box.nearest(point))
        distance += STEP


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight line between two."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = 0.0
    if length:
        share = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length
        share = min(1.0, max(0.0, share))
    return hypot(start[0] + share * across - point[0], start[1] + share * down - point[1])


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
