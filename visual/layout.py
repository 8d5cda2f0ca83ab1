"""Where everybody stands: computed once, kept, and never moved again.

A first picture is laid out on a lattice: a stress layout says who belongs near whom, then
places are exchanged until sectors hold together and lines stay clear of boxes. Whoever comes
later is given the free place that suits them best; nobody gives way.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from random import Random

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

from visual.belonging import Belonging
from visual.cards import style_for
from visual.easing import eased
from visual.joining import joined
from visual.lattice import Lattice, lattice_for
from visual.routing import Floats, Point
from visual.seating import Seating
from visual.stress import places_of_least_stress

__all__ = ["Belonging", "arrange", "first_picture"]

SEED = 7
FEW = 26
ATTEMPTS = 2
"""How often a picture of a few is begun again while a line still runs behind a box."""
MOST_TURNS = 14_000
"""How often an exchange of places is tried: 400 times for each name, but no more than this."""
WARMEST = 2.0
FIRST_PICTURE = 34
"""So many are arranged together; the others join one by one."""

_Nodes = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
"""Each with its sectors and its bodies."""
_Edges = tuple[tuple[str, str, float, int], ...]
"""Each with how much it matters, and of how many views it is."""


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
        placed = dict(first_picture(*_plain(core, belonging)))
        missing = [node for node in missing if node not in placed]
    style = style_for(len(placed) + len(missing))
    return joined(ties, belonging, placed, missing, style)


def _stress(ties: "nx.Graph[str]", belonging: Belonging) -> Floats:
    """A stress layout, in the order of names, in which everybody is also held by their sector."""
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
    ones, others, lengths = np.array(links).T
    count = len(nodes) + len(sectors)
    ways = coo_array((lengths, (ones.astype(int), others.astype(int))), shape=(count, count))
    found = places_of_least_stress(shortest_path(ways.tocsr(), directed=False))
    return found[: len(nodes)]


def _length(a: str, b: str, belonging: Belonging) -> float:
    if set(belonging.bodies.get(a, ())) & set(belonging.bodies.get(b, ())):
        return 0.5
    return 1.0 if belonging.home(a) == belonging.home(b) else 1.6


def _plain(ties: "nx.Graph[str]", belonging: Belonging) -> tuple[_Nodes, _Edges]:
    """All that a first picture hangs on."""
    nodes = tuple(
        (node, belonging.sectors.get(node, ()), belonging.bodies.get(node, ()))
        for node in sorted(ties)
    )
    edges = sorted(
        (min(a, b), max(a, b), float(edge.get("matters", 1)), int(edge.get("views", 1)))
        for a, b, edge in ties.edges(data=True)
    )
    return nodes, tuple(edges)


@lru_cache(maxsize=64)
def first_picture(nodes: _Nodes, edges: _Edges) -> dict[str, Point]:
    """Kept: what is drawn in several sizes, formats or views is often placed from nothing."""
    ties = nx.Graph()
    ties.add_nodes_from(node for node, _, _ in nodes)
    for a, b, matters, views in edges:
        ties.add_edge(a, b, matters=matters, views=views)
    belonging = Belonging(
        sectors={node: sectors for node, sectors, _ in nodes},
        bodies={node: bodies for node, _, bodies in nodes},
    )
    return _placed_together(ties, belonging)


def _placed_together(ties: "nx.Graph[str]", belonging: Belonging) -> dict[str, Point]:
    style = style_for(len(ties))
    lattice = lattice_for(len(ties), style)
    nodes = sorted(ties)
    wanted = _spread(_stress(ties, belonging), lattice)
    nearest = _nearest_places(wanted, lattice)
    seating = Seating(ties, belonging, lattice, style)
    best: tuple[float, dict[str, Point]] | None = None
    for attempt in range(ATTEMPTS if len(ties) <= FEW else 1):
        seating.seat(nearest)
        seating.improve(Random(SEED + attempt), min(400 * len(nodes), MOST_TURNS), WARMEST)
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
