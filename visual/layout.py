"""Where everybody stands: computed once, kept, and never moved again.

A first picture is laid out on a lattice: a seeded stress layout says who belongs near whom, then
places are exchanged until sectors hold together and lines stay clear of boxes. Whoever comes
later is given the free place that suits them best; nobody gives way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp
from random import Random

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
import s_gd2  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray

from visual.cards import CardStyle, style_for
from visual.easing import eased
from visual.lattice import GAP, Lattice, hits, lattice_for
from visual.routing import Floats, Point

SEED = 7
FEW = 26
ATTEMPTS = 2
"""How often a picture of a few is begun again while a line still runs behind a box."""
FIRST_PICTURE = 34
"""So many are arranged together; the others join one by one."""


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """What each node belongs to: sectors (a joint post-holder has several) and bodies."""

    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def home(self, node: str) -> str:
        """The one sector a node stands in; none (empty) for somebody between two."""
        sectors = self.sectors.get(node, ())
        return sectors[0] if len(sectors) == 1 else ""


def arrange(
    graph: "nx.Graph[str]",
    belonging: Belonging,
    previous: Mapping[str, Point] | None = None,
) -> dict[str, Point]:
    """A place for every node, and every previous place as it was, of nodes gone for now too.

    An edge may say how much it `matters` (1 unless given) that it stays clear of boxes, and that
    it is drawn as two `views`.
    """
    placed = {node: (float(x), float(y)) for node, (x, y) in (previous or {}).items()}
    missing = sorted(set(graph) - set(placed))
    if not missing:
        return placed
    ties = nx.Graph()
    ties.add_nodes_from(sorted(graph))
    for a, b in sorted((min(a, b), max(a, b)) for a, b in graph.edges if a != b):
        ties.add_edge(a, b, **graph.edges[a, b])
    if not placed:
        by_weight = sorted(missing, key=lambda node: (-ties.degree(node), node))
        core = ties.subgraph(by_weight[:FIRST_PICTURE])
        placed = _first_picture(core, belonging)
        missing = [node for node in missing if node not in placed]
    style = style_for(len(placed) + len(missing))
    return _joined(ties, belonging, placed, missing, style)


def stress(ties: "nx.Graph[str]", belonging: Belonging) -> dict[str, Point]:
    """A seeded stress layout in which everybody is also held, loosely, by their sector."""
    nodes = sorted(ties)
    index = {node: place for place, node in enumerate(nodes)}
    sectors = sorted({sector for node in nodes for sector in belonging.sectors.get(node, ("",))})
    hub = {sector: len(nodes) + place for place, sector in enumerate(sectors)}
    links = [(index[a], index[b], _length(a, b, belonging)) for a, b in sorted(ties.edges)]
    links += [
        (index[node], hub[sector], 1.0)
        for node in nodes
        for sector in belonging.sectors.get(node, ("",))
    ]
    links += [(hub[a], hub[b], 2.5) for a, b in combinations(sectors, 2)]
    starts, ends, lengths = zip(*links, strict=True)
    found = s_gd2.layout(starts, ends, V=lengths, random_seed=SEED)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, found, strict=False)}


def _length(a: str, b: str, belonging: Belonging) -> float:
    if set(belonging.bodies.get(a, ())) & set(belonging.bodies.get(b, ())):
        return 0.5
    return 1.0 if belonging.home(a) == belonging.home(b) else 1.6


def _first_picture(ties: "nx.Graph[str]", belonging: Belonging) -> dict[str, Point]:
    style = style_for(len(ties))
    lattice = lattice_for(len(ties), style)
    nodes = sorted(ties)
    wanted = _spread(np.array([stress(ties, belonging)[node] for node in nodes]), lattice)
    seating = _Seating(ties, belonging, lattice, style)
    best: tuple[float, dict[str, Point]] | None = None
    for attempt in range(ATTEMPTS if len(ties) <= FEW else 1):
        seating.places = _nearest_places(wanted, lattice)
        seating.improve(Random(SEED + attempt))
        seats = {
            node: (float(lattice.places[place][0]), float(lattice.places[place][1]))
            for node, place in zip(nodes, seating.places, strict=True)
        }
        blocked, seats = eased(ties, seats, style)
        if best is None or blocked < best[0]:
            best = blocked, seats
        if blocked == 0:
            break
    return best[1] if best else {}


def _spread(points: Floats, lattice: Lattice) -> Floats:
    """Stretched over the sheet, half by position and half by rank, so that corners are used."""
    if len(points) == 1:
        return np.zeros((1, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    by_position = (points - low) / np.maximum(high - low, 1e-9)
    by_rank = points.argsort(axis=0).argsort(axis=0) / (len(points) - 1)
    corner = lattice.places.min(axis=0)
    room = lattice.places.max(axis=0) - corner
    spread: Floats = corner + room * (0.5 * by_position + 0.5 * by_rank)
    return spread


def _nearest_places(wanted: Floats, lattice: Lattice) -> list[int]:
    free = np.ones(len(lattice.places), dtype=bool)
    places = []
    for point in wanted:
        distance = np.hypot(*(lattice.places - point).T)
        place = int(np.where(free, distance, np.inf).argmin())
        free[place] = False
        places.append(place)
    return places


class _Seating:
    """Who sits at which place of the lattice, and how well that suits them all."""

    def __init__(
        self, ties: "nx.Graph[str]", belonging: Belonging, lattice: Lattice, style: CardStyle
    ) -> None:
        nodes = sorted(ties)
        index = {node: place for place, node in enumerate(nodes)}
        self.count = len(nodes)
        self.lattice = lattice
        self.edges = [
            (index[a], index[b], float(edge.get("matters", 1)), edge.get("views", 1) == 2)
            for a, b, edge in sorted(ties.edges(data=True), key=lambda found: found[:2])
        ]
        self.hits = hits(lattice, style)
        self.sectors = sorted({belonging.home(node) for node in nodes} - {""})
        self.member = np.array(
            [[float(s in belonging.sectors.get(node, ())) for s in self.sectors] for node in nodes]
        ).reshape(self.count, len(self.sectors))
        self.settled = np.array([float(bool(belonging.home(node))) for node in nodes])
        residents = (self.member * self.settled[:, None]).T
        self.share = residents / np.maximum(residents.sum(axis=1, keepdims=True), 1)
        self.mates = [
            (index[a], index[b])
            for a, b in combinations(nodes, 2)
            if set(belonging.bodies.get(a, ())) & set(belonging.bodies.get(b, ()))
        ]
        self.places: list[int] = []
        self.apart = np.hypot(
            *np.moveaxis(lattice.places[:, None, :] - lattice.places[None, :, :], 2, 0)
        ).tolist()

    def improve(self, dice: Random) -> None:
        """Let two exchange places, or one move to a free place, wherever that suits all better."""
        best = cost = self.cost()
        kept = list(self.places)
        turns = min(400 * self.count, 6500)
        for turn in range(turns):
            warmth = 2.0 * (1 - turn / turns) ** 2
            before = list(self.places)
            self._shuffle(dice)
            changed = self.cost()
            if changed <= cost or dice.random() < exp((cost - changed) / max(warmth, 1e-6)):
                cost = changed
                if cost < best:
                    best, kept = cost, list(self.places)
            else:
                self.places = before
        self.places = kept

    def _shuffle(self, dice: Random) -> None:
        who = dice.randrange(self.count)
        where = dice.randrange(len(self.lattice.places))
        if where in self.places:
            other = self.places.index(where)
            self.places[other] = self.places[who]
        self.places[who] = where

    def cost(self) -> float:
        """Lines behind boxes weigh most, then strays from their sector, then distances."""
        places, apart = self.places, self.apart
        taken = sum(1 << place for place in places)
        total = 0.0
        for a, b, matters, two_views in self.edges:
            total += apart[places[a]][places[b]] / 400
            masks = self.hits[places[a], places[b]]
            if two_views:
                _, left, right, far_left, far_right = masks
                if (left | right) & taken and (far_left | far_right) & taken:
                    total += 4 * matters
            elif masks[0] & taken:
                total += 0.2 * matters
                if all(mask & taken for mask in masks):
                    total += 5 * matters * min((mask & taken).bit_count() for mask in masks)
        for a, b in self.mates:
            total += apart[places[a]][places[b]] / 250
        return total + self._strays()

    def _strays(self) -> float:
        """How far members stand from the middle of their sector, and nearer to another's."""
        if not self.sectors:
            return 0.0
        seats = self.lattice.places[self.places]
        middles = self.share @ seats
        away = seats[:, None, :] - middles[None, :, :]
        distance = np.sqrt((away * away).sum(axis=2)) / 100
        own = (distance * self.member).sum(axis=1)
        rival = np.where(self.member > 0, np.inf, distance).min(axis=1)
        stray = np.maximum(0.0, own - 0.9 * rival) * self.settled
        return float(0.3 * own.sum() + 6 * stray.sum() + 1.5 * np.count_nonzero(stray))


def _joined(
    ties: "nx.Graph[str]",
    belonging: Belonging,
    placed: dict[str, Point],
    missing: Sequence[str],
    style: CardStyle,
) -> dict[str, Point]:
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
