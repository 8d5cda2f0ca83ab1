"""Whoever comes later: given the free place that suits them best, while nobody gives way."""

from collections.abc import Mapping, Sequence

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
    waiting = {node: sum(other in placed for other in ties[node]) for node in missing}
    free = _free_places(np.array(list(placed.values())).reshape(-1, 2), style, len(missing))
    while waiting:
        node = min(waiting, key=lambda name: (-waiting[name], name))
        del waiting[node]
        placed[node] = _free_place(node, ties, belonging, placed, free, style)
        free = free[_clear(free, np.array([placed[node]]), style)]
        for other in ties[node]:
            if other in waiting:
                waiting[other] += 1
    return placed


def _free_place(
    node: str,
    ties: "nx.Graph[str]",
    belonging: Belonging,
    placed: Mapping[str, Point],
    free: Floats,
    style: CardStyle,
) -> Point:
    taken = np.array(list(placed.values())).reshape(-1, 2)
    own = [placed[other] for other in ties[node] if other in placed]
    sectors = belonging.sectors.get(node, ("",))
    members: dict[str, list[Point]] = {}
    for other, point in placed.items():
        members.setdefault(belonging.home(other), []).append(point)
    cost = 0.1 * np.hypot(*(free - taken.mean(axis=0)).T)
    if own:
        cost += 0.4 * np.hypot(*(free - np.mean(own, axis=0)).T)
    distance = {
        sector: np.hypot(*(free - np.mean(points, axis=0)).T)
        for sector, points in members.items()
        if sector
    }
    homes = [distance[sector] for sector in sectors if sector in distance]
    rivals = [away for sector, away in distance.items() if sector not in sectors]
    if homes:
        cost += sum(homes) / len(homes)
        if rivals and len(sectors) == 1:
            cost += 20 * np.maximum(0.0, homes[0] - 0.95 * np.min(rivals, axis=0))
    elif rivals:
        cost += 3 * np.maximum(0.0, 2.5 * style.width - np.min(rivals, axis=0))
    mates = [
        placed[other]
        for other in sorted(placed)
        if set(belonging.bodies.get(other, ())) & set(belonging.bodies.get(node, ()))
    ]
    if mates:
        cost += 0.6 * np.hypot(*(free - np.mean(mates, axis=0)).T)
    x, y = free[int(cost.argmin())]
    return float(x), float(y)


def _free_places(taken: Floats, style: CardStyle, wanted: int) -> Floats:
    """Brick places over and around what is taken, clear of every box there."""
    step = np.array([style.width + GAP[0], style.height + GAP[1]])
    margin = (2 + int(wanted**0.5)) * step
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
