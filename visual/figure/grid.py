"""The power–interest grid: how people are judged, each at the place of their average."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

from powermap.errors import InvalidValue
from visual.figure.frame import described, framed
from visual.figure.grid_cards import TEXT_WIDTHS, pile, pile_shapes
from visual.figure.grid_places import NEAR, Plot, Rectangle, Seated, seated, worst
from visual.figure.legend import KEY, Entry, entries
from visual.figure.margins import heading, names_in_full
from visual.figure.preset import LEAST_TEXT, SIZES, Preset, Size
from visual.figure.seats import EDGE
from visual.figure.shapes import (
    INK,
    LINE,
    QUIET,
    WHITE,
    Box,
    Shape,
    Sheet,
    Stroke,
    Text,
    centred,
    path_of,
)
from visual.figure.words import Words
from visual.picture import Highlight, Party
from visual.routing import Point
from visual.sectors import look_of
from visual.typeface import width_of

OFF_PAGE_MM = 15
AXIS = 26.0
"""Left of the plot and below it: the numbers of an axis."""
TITLE_ROOM = 20.0
"""Above the plot and below it: what an axis is."""
ROUND = 2 * TITLE_ROOM + AXIS + 8
HEADING = 17
TINTS = {(True, True): "#e8ecef", (True, False): "#f5f7f8", (False, True): "#f5f7f8"}
DOT, RING = 4.5, 8.0
LEAST_HEIGHT, HEIGHTS = 0.42, 1.2
"""A plot is at first this share of its width; higher by this each time it is too small."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Somebody, and how they are judged on average: power and interest, 1 to 5."""

    party: Party
    power: float
    interest: float
    several: bool
    """Whether more than one person judged."""
    told: str
    """Who judged, for the description."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Who stands on the grid, and what its four quarters are called."""

    people: Sequence[Judged]
    quarters: Mapping[tuple[bool, bool], str]
    """By whether power, and whether interest, is above the middle."""


def draw(content: Content, words: Words, preset: Preset) -> Sheet:
    """The sheet. Raises `InvalidValue` for more people than can be read at this size."""
    size = SIZES[preset]
    shapes, top = heading(words, size.width)
    people = [one.party for one in content.people]
    names = {party.id: party.name.strip() for party in people}

    def sheet(picture: Iterable[Shape], low: float, short: Iterable[str]) -> Sheet:
        return framed(
            [*shapes, *picture],
            low,
            words=words,
            size=size,
            keys=[*entries(people, (), Highlight(), ""), *_keys(content)],
            more=names_in_full(names, short),
            description=described(words, _told(content)),
        )

    below = sheet((), 0.0, ()).height
    room = (size.page_mm[1] - OFF_PAGE_MM) * size.width / size.width_mm - top - below - ROUND
    grid = _grid(content, size, top, room)
    if grid is None:
        raise InvalidValue.at(
            "preset",
            f"{preset.value} has no room for the names of {len(people):,} people on this grid: "
            "choose fewer (names=…), a filter by sector or kind, or another preset",
        )
    return sheet(grid.shapes(), grid.low, grid.short)


def _grid(content: Content, size: Size, top: float, room: float) -> "_Grid | None":
    """The lowest plot in which everybody stands near their point; else the best there is."""
    width = size.width - 2 * EDGE - AXIS
    most = min(room, width)
    height = min(LEAST_HEIGHT * width, most)
    tried: list[_Grid] = []
    while len(content.people) <= size.most_names and most > 0:
        plot = Plot(left=EDGE + AXIS, top=top + TITLE_ROOM, width=width, height=height)
        tried += [_Grid(content, plot, text_width) for text_width in TEXT_WIDTHS]
        if height == most or min(grid.worst for grid in tried) <= NEAR:
            break
        height = min(height * HEIGHTS, most)
    best = min(tried, key=lambda grid: grid.worst, default=None)
    return best if best is not None and best.seats is not None else None


class _Grid:
    """Everybody at their place on a plot of one size."""

    def __init__(self, content: Content, plot: Plot, text_width: float) -> None:
        self._content, self._plot = content, plot
        order = sorted(content.people, key=_at)
        self._groups = [list(group) for _, group in groupby(order, key=_at)]
        self._piles = [pile([one.party for one in group], text_width) for group in self._groups]
        self._points = [plot.point(group[0].interest, group[0].power) for group in self._groups]
        boxes = [(one.width, one.height) for one in self._piles]
        titles = [self._title(*where)[1] for where in content.quarters]
        self.seats: list[Seated] | None = seated(boxes, self._points, plot, titles)

    @property
    def worst(self) -> float:
        return inf if self.seats is None else worst(self.seats)

    @property
    def low(self) -> float:
        return self._plot.top + self._plot.height + AXIS + TITLE_ROOM + 8

    @property
    def short(self) -> tuple[str, ...]:
        return tuple(id for one in self._piles for id in one.short)

    def shapes(self) -> Iterator[Shape]:
        yield from self._ground()
        yield from self._axes()
        if self.seats is None:
            return
        for seat, point in zip(self.seats, self._points, strict=True):
            middle = (point[0] + seat.end[0]) / 2, (point[1] + seat.end[1]) / 2
            yield Stroke(path=path_of(((point, middle, seat.end),)), ink=LINE, width=1.3)
        for group, one, seat, point in zip(
            self._groups, self._piles, self.seats, self._points, strict=True
        ):
            yield from pile_shapes(one, seat.box.left, seat.box.top)
            yield from dot(point, several=group[0].several)

    def _ground(self) -> Iterator[Shape]:
        plot = self._plot
        across, down = plot.width / 2, plot.height / 2
        for (power, interest), tint in TINTS.items():
            yield Box(
                x=plot.left + across * interest,
                y=plot.top + down * (not power),
                width=across,
                height=down,
                fill=tint,
            )
        yield Box(x=plot.left, y=plot.top + down - 0.8, width=plot.width, height=1.6, fill=LINE)
        yield Box(x=plot.left + across - 0.8, y=plot.top, width=1.6, height=plot.height, fill=LINE)
        yield Box(
            x=plot.left,
            y=plot.top,
            width=plot.width,
            height=plot.height,
            stroke=LINE,
            stroke_width=1.6,
        )
        for where in self._content.quarters:
            yield self._title(*where)[0]

    def _title(self, power: bool, interest: bool) -> tuple[Text, Rectangle]:
        """What a quarter is called, in its outer corner, and the room that it takes."""
        plot, words = self._plot, self._content.quarters[power, interest]
        width = width_of(words, HEADING, "semibold")
        x = plot.left + plot.width - width - 10 if interest else plot.left + 10
        y = plot.top + 21 if power else plot.top + plot.height - 10
        text = Text(x=x, y=y, text=words, size=HEADING, weight="semibold", ink=QUIET)
        return text, Rectangle(left=x, top=y - 14, width=width, height=19)

    def _axes(self) -> Iterator[Shape]:
        plot = self._plot
        right, low = plot.left + plot.width, plot.top + plot.height
        yield Text(
            x=EDGE,
            y=plot.top - 7,
            text="Power, 1 (little) to 5 (much)",
            size=LEAST_TEXT,
            weight="semibold",
        )
        title = Text(
            x=0,
            y=low + AXIS + 12,
            text="Interest, 1 (little) to 5 (much)",
            size=LEAST_TEXT,
            weight="semibold",
        )
        yield Text(**{**vars(title), "x": right - title.width})
        for mark in range(1, 6):
            x, y = plot.point(mark, mark)
            number = Text(x=0, y=0, text=str(mark), size=LEAST_TEXT)
            yield centred(Text(**{**vars(number), "y": low + 19}), x)
            yield Text(
                x=plot.left - 10 - number.width,
                y=y + 0.33 * LEAST_TEXT,
                text=str(mark),
                size=LEAST_TEXT,
            )
            yield Box(x=x - 0.6, y=low, width=1.2, height=5, fill=LINE)
            yield Box(x=plot.left - 5, y=y - 0.6, width=5, height=1.2, fill=LINE)


def _at(one: Judged) -> tuple[float, float, bool]:
    return -round(one.power, 2), -round(one.interest, 2), one.several


def dot(point: Point, *, several: bool) -> Iterator[Shape]:
    """Where somebody stands: a dot, with a ring where it is the average of several."""
    x, y = point
    if several:
        yield Box(
            x=x - RING,
            y=y - RING,
            width=2 * RING,
            height=2 * RING,
            radius=RING,
            fill=WHITE,
            stroke=INK,
            stroke_width=1.6,
        )
    yield Box(x=x - DOT, y=y - DOT, width=2 * DOT, height=2 * DOT, radius=DOT, fill=INK)


def _keys(content: Content) -> Iterator[Entry]:
    for several, words in ((False, "one person’s judgement"), (True, "average of several")):
        if any(one.several is several for one in content.people):
            yield Entry(words, _dot_key(several))


def _dot_key(several: bool) -> Callable[[float, float], Iterator[Shape]]:
    return lambda x, y: dot((x + KEY / 2, y), several=several)


def _told(content: Content) -> Iterator[str]:
    """Everybody with their sector, how they are judged, and by whom."""
    if content.people:
        yield "Placed are: " + "; ".join(map(_one_told, content.people)) + "."


def _one_told(one: Judged) -> str:
    sectors = " and ".join(look_of(sector).name for sector in one.party.sectors or (None,))
    name = one.party.name.strip() or "(no name)"
    return f"{name} ({sectors}), power {one.power:.3g}, interest {one.interest:.3g}, {one.told}"
