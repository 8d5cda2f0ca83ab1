"""Whoever comes later: given the free place that suits them best, while nobody gives way."""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from numpy.typing import NDArray

from visual.belonging import Belonging
from visual.cards import CardStyle
from visual.lattice import GAP
from visual.routing import Floats, Point


def joined(
    ties: "nx.Graph[str]",
    belonging: Belonging,
    placed: dict[str, Point],
    missing: Sequence[str],
    style: CardStyle,
) -> dict[str, Point]:
    """The places with those of the missing added, the best known first."""
    known = {node: sum(other in placed for other in ties[node]) for node in missing}
    waiting = [(-number, node) for node, number in known.items()]
    heapify(waiting)
    free = _free_places(np.array(list(placed.values())).reshape(-1, 2), style, len(missing))
    middles = _Middles(belonging)
    for node, point in placed.items():
        middles.add(node, point)
    while waiting:
        number, node = heappop(waiting)
        if node in placed or -number != known[node]:
            continue
        own = [placed[other] for other in ties[node] if other in placed]
        x, y = free[int(_cost(node, own, belonging, middles, free, style).argmin())]
        placed[node] = float(x), float(y)
        middles.add(node, placed[node])
        free = free[_clear(free, np.array([placed[node]]), style)]
        for other in ties[node]:
            if other in known and other not in placed:
                known[other] += 1
                heappush(waiting, (-known[other], other))
    return placed


class _Middles:
    """Where all who are placed stand on average: together, by sector and by body."""

    def __init__(self, belonging: Belonging) -> None:
        self._belonging = belonging
        self._sums: dict[tuple[str, str], tuple[float, float, int]] = {}

    def add(self, node: str, point: Point) -> None:
        keys = [("all", ""), ("sector", self._belonging.home(node))]
        for key in keys + [("body", body) for body in set(self._belonging.bodies.get(node, ()))]:
            x, y, number = self._sums.get(key, (0.0, 0.0, 0))
            self._sums[key] = x + point[0], y + point[1], number + 1

    def of_all(self) -> Floats:
        return self._of(("all", ""))

    def of_sectors(self) -> Mapping[str, Floats]:
        """The middle of every sector that somebody stands in; joint post-holders count in none."""
        return {
            name: self._of((kind, name)) for kind, name in self._sums if kind == "sector" and name
        }

    def of_bodies(self, bodies: Iterable[str]) -> Floats | None:
        found = [self._of(("body", body)) for body in bodies if ("body", body) in self._sums]
        return np.mean(found, axis=0) if found else None

    def _of(self, key: tuple[str, str]) -> Floats:
        x, y, number = self._sums[key]
        return np.array([x / number, y / number])


def _cost(
    node: str,
    own: Sequence[Point],
    belonging: Belonging,
    middles: _Middles,
    free: Floats,
    style: CardStyle,
) -> Floats:
    """How little each free place suits somebody."""
    cost = 0.1 * _away(free, middles.of_all())
    if own:
        cost += 0.4 * _away(free, np.mean(own, axis=0))
    sectors = belonging.sectors.get(node, ("",))
    distance = {sector: _away(free, middle) for sector, middle in middles.of_sectors().items()}
    homes = [distance[sector] for sector in sectors if sector in distance]
    rivals = [away for sector, away in distance.items() if sector not in sectors]
    if homes:
        cost += sum(homes) / len(homes)
        if rivals and len(sectors) == 1:
            cost += 20 * np.maximum(0.0, homes[0] - 0.95 * np.min(rivals, axis=0))
    elif rivals:
        cost += 3 * np.maximum(0.0, 2.5 * style.width - np.min(rivals, axis=0))
    mates = middles.of_bodies(belonging.bodies.get(node, ()))
    if mates is not None:
        cost += 0.6 * _away(free, mates)
    return cost


def _away(places: Floats, middle: Floats) -> Floats:
    found: Floats = np.hypot(places[:, 0] - middle[0], places[:, 1] - middle[1])
    return found


def _free_places(taken: Floats, style: CardStyle, wanted: int) -> Floats:
    """Brick places over and around what is taken, clear of every box there."""
    step = np.array([style.width + GAP[0], style.height + GAP[1]])
    margin = (2 + int(0.7 * wanted**0.5)) * step
    low, high = taken.min(axis=0) - margin, taken.max(axis=0) + margin
    columns = np.arange(np.floor(low[0] / step[0]), np.ceil(high[0] / step[0]) + 1)
    rows = np.arange(np.floor(low[1] / step[1]), np.ceil(high[1] / step[1]) + 1)
    grid = np.array([(column + (row % 2) / 2, row) for row in rows for column in columns]) * step
    found: Floats = grid[_clear(grid, taken, style)].round(1)
    return found


def _clear(places: Floats, taken: Floats, style: CardStyle) -> NDArray[np.bool_]:
    """Which places leave room to every box."""
    room = np.array([style.width, style.height]) + np.array(GAP) * 0.6
    apart = np.abs(places[:, None, :] - taken[None, :, :])
    clear: NDArray[np.bool_] = np.logical_not(np.any(np.all(apart < room, axis=2), axis=1))
    return clear
