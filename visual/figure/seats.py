"""Where everybody stands on a sheet: as on the screen if they fit so, else on the nearest seats."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import ceil
from random import Random

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from scipy.optimize import linear_sum_assignment

from visual.belonging import Belonging
from visual.cards import CardStyle
from visual.easing import ROOM, eased
from visual.figure.preset import Size
from visual.lattice import Lattice
from visual.layout import FEW
from visual.lines import Line, Views
from visual.picture import Highlight, Party, belonging
from visual.routing import Floats, Point
from visual.seating import Seating

GAP = (30.0, 36.0)
"""Between boxes: a line passes, and the heading of a region stands above one."""
EDGE = 10.0
MOST_STEP = (330.0, 170.0)
SEED = 7
TURNS = 120
"""Per name: how often an exchange of seats is tried."""
WARMEST = 1.0
"""Half as warm as on the screen: people should stand about where they stand there."""
WIDEST_STRETCH = 1.25


def most_lines(count: int, size: Size) -> int:
    """How many lines of text a card may hold so that all cards still fit."""
    width = (size.roomy if count <= 12 else size.compact).width
    columns = max(1, int((size.width - 2 * EDGE + GAP[0]) // (width + GAP[0])))
    rows = 1
    while rows * columns - rows // 2 < count:
        rows += 1
    return int((size.most_height / rows - GAP[1] - 14) // 18)


def seats(
    parties: Sequence[Party],
    lines: Sequence[Line],
    screen: Mapping[str, Point],
    highlight: Highlight,
    style: CardStyle,
    size: Size,
) -> dict[str, Point]:
    """A place for everybody: the middle of their box. Of ids only the order counts."""
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(party.id for party in parties)
    for line in lines:
        ties.add_edge(
            line.source,
            line.target,
            matters=8 if line.id in highlight.letters else 1,
            views=2 if line.views is Views.DIFFERING else 1,
        )
    found = _as_on_screen(screen, style, size) or _on_seats(
        ties, belonging(parties), screen, style, size
    )
    # Among more the small shifts take longest and help least: lines go round corners instead.
    return eased(ties, found, style)[1] if len(parties) <= FEW else found


def _as_on_screen(
    wanted: Mapping[str, Point], style: CardStyle, size: Size
) -> dict[str, Point] | None:
    """The places of the screen, stretched to the sheet; none if boxes would then be too near."""
    points = np.array([wanted[name] for name in sorted(wanted)])
    extent = np.maximum(np.ptp(points, axis=0), 1.0)
    room = size.width - 2 * EDGE - style.width, size.most_height - style.height
    across = min(WIDEST_STRETCH, room[0] / extent[0])
    steps = sorted((0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 1.7, across), key=lambda d: abs(d - across))
    for down in steps:
        stretched = points * np.array([across, down])
        if extent[1] * down <= room[1] and _is_clear(stretched, style):
            return dict(zip(sorted(wanted), map(_point, stretched), strict=True))
    return None


def _is_clear(points: Floats, style: CardStyle) -> bool:
    apart = np.abs(points[:, None, :] - points[None, :, :])
    needed = np.array([style.width + GAP[0], style.height + GAP[1]]) - 1e-6
    near = np.all(apart < needed, axis=2)
    np.fill_diagonal(near, False)
    return not near.any()


def _on_seats(
    ties: "nx.Graph[str]",
    belongs: Belonging,
    wanted: Mapping[str, Point],
    style: CardStyle,
    size: Size,
) -> dict[str, Point]:
    """Each on the seat nearest to where they stand on the screen; then exchanged where it helps."""
    lattice = _lattice(len(wanted), style, size)
    nodes = sorted(wanted)
    target = _spread(np.array([wanted[node] for node in nodes]), lattice)
    away = ((target[:, None, :] - lattice.places[None, :, :]) ** 2).sum(axis=2)
    seating = Seating(ties, belongs, lattice, style, pull=np.sqrt(away) / 375)
    seating.seat([int(place) for place in linear_sum_assignment(away)[1]])
    seating.improve(Random(SEED), TURNS * len(nodes), WARMEST)
    return {
        node: _point(lattice.places[place])
        for node, place in zip(nodes, seating.places, strict=True)
    }


def _lattice(count: int, style: CardStyle, size: Size) -> Lattice:
    """Rows of seats over the sheet, somewhat more than names, with room between them."""
    width, height = size.width - 2 * EDGE, float(size.most_height)
    least = style.width + GAP[0], style.height + GAP[1]
    most_columns = max(1, int((width + GAP[0]) // least[0]))
    most_rows = max(1, int((height + GAP[1]) // least[1]))
    for room in (1.5, 1.35, 1.2, 1.1, 1.0):
        fitting = [
            (rows * columns, abs(rows - columns), rows, columns)
            for rows, columns in product(range(1, most_rows + 1), range(1, most_columns + 1))
            if rows * columns - rows // 2 >= ceil(count * room)
        ]
        if fitting:
            _, _, rows, columns = min(fitting)
            across = (width - style.width) / max(columns - 1, 1)
            down = (height - style.height) / max(rows - 1, 1)
            return Lattice(rows, columns, min(across, MOST_STEP[0]), _step(down, least[1]))
    rows = ceil(count / max(most_columns - 0.5, 1)) + 1
    return Lattice(rows, most_columns, (width - style.width) / max(most_columns - 1, 1), least[1])


def _step(down: float, least: float) -> float:
    """No taller than it has to be to let lines pass, so that the figure leaves room for words."""
    return max(least, min(down, least + 30.0, MOST_STEP[1]))


def _spread(points: Floats, lattice: Lattice) -> Floats:
    """Over all seats, half by position and half by rank, so that corners are used."""
    if len(points) == 1:
        return np.array([lattice.places.mean(axis=0)])
    low, high = points.min(axis=0), points.max(axis=0)
    by_position = (points - low) / np.maximum(high - low, 1e-9)
    by_rank = points.argsort(axis=0, kind="stable").argsort(axis=0) / (len(points) - 1)
    corner = lattice.places.min(axis=0)
    room = lattice.places.max(axis=0) - corner
    spread: Floats = corner + room * (0.5 * by_position + 0.5 * by_rank)
    return spread


def _point(place: Floats) -> Point:
    return round(float(place[0]), 1), round(float(place[1]), 1)


assert GAP > ROOM
