"""What a network looks like as a whole: what holds together, and whose loss would divide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.measures import betweenness, strongest_broker
from graph.measures.scores import DirectedNetwork
from graph.network import Network
from powermap.errors import TooMuch

Pair = tuple[str, str]
Steps = NDArray[np.float64]

MOST_FOR_STEPS = 500
"""Beyond this many, not every distance is worked out while somebody waits."""
SHAPE_RULE = (
    "Parts: who can reach whom when every tie counts in both directions. Density: ties divided "
    "by ordered pairs. Only link: the pair has no tie of its own that way, and one single "
    "person through whom it is joined in two steps. Betweenness: directed, exact, raw. "
    "Mean harmonic closeness: 1 divided by the steps, averaged over all ordered pairs, 0 where "
    f"there is no path; up to {MOST_FOR_STEPS} people."
)


@dataclass(frozen=True, kw_only=True)
class NetworkShape:
    """One network in the numbers that a change is told by."""

    nodes: tuple[str, ...]
    ties: int
    parts: tuple[frozenset[str], ...]
    """Who can reach whom, the largest first; somebody without a tie is no part of their own."""
    isolated: frozenset[str]
    density: float | None
    closeness: float | None
    brokers: frozenset[str]
    """Who joins the most pairs, all of them where several do."""
    broker_joins: int
    betweenness: Mapping[str, float | None]

    @property
    def numbers(self) -> dict[str, Any]:
        """JSON-ready, for a table of before and after."""
        return {
            "nodes": len(self.nodes),
            "ties": self.ties,
            "parts": len(self.parts),
            "isolated": len(self.isolated),
            "density": self.density,
            "mean_harmonic_closeness": self.closeness,
            "strongest_brokers": sorted(self.brokers),
            "pairs_the_strongest_broker_joins": self.broker_joins,
        }


def network_shape(network: Network) -> NetworkShape:
    graph = network.graph
    size = graph.number_of_nodes()
    pairs = size * (size - 1)
    chosen = strongest_broker(graph, network.groups)
    isolated = frozenset(node for node in graph if graph.degree(node) == 0)
    return NetworkShape(
        nodes=tuple(graph),
        ties=graph.number_of_edges(),
        parts=parts(graph),
        isolated=isolated,
        density=graph.number_of_edges() / pairs if pairs else None,
        closeness=(
            mean_closeness(steps_between(graph, list(graph)))
            if pairs and size <= MOST_FOR_STEPS
            else None
        ),
        brokers=frozenset((chosen.broker, *chosen.equals) if chosen.broker else ()),
        broker_joins=chosen.joined,
        betweenness=_betweenness(graph),
    )


def parts(graph: DirectedNetwork) -> tuple[frozenset[str], ...]:
    """Those who can reach each other, every tie taken both ways; people without ties left out."""
    found = [frozenset(part) for part in nx.weakly_connected_components(graph) if len(part) > 1]
    return tuple(sorted(found, key=lambda part: (-len(part), sorted(part))))


def pieces(graph: DirectedNetwork, gone: frozenset[str]) -> list[list[frozenset[str]]]:
    """Each part that would fall apart without some, as the pieces it leaves, the largest first."""
    found = []
    for part in parts(graph):
        left = graph.subgraph(part - gone)
        split = [frozenset(piece) for piece in nx.weakly_connected_components(left)]
        if len(split) > 1:
            found.append(sorted(split, key=len, reverse=True))
    return found


def pairs_parted(split: Sequence[Sequence[frozenset[str]]]) -> int:
    """How many pairs could reach each other and no longer can."""
    return sum(
        (sum(map(len, part)) ** 2 - sum(len(piece) ** 2 for piece in part)) // 2 for part in split
    )


def only_links(graph: DirectedNetwork, through: frozenset[str]) -> list[Pair]:
    """Pairs joined in two steps through these alone, with no tie of their own that way."""
    found: set[Pair] = set()
    sources = {source for between in through for source in graph.pred[between]} - through
    for source in sources:
        reached = {target for between in through for target in graph.succ.get(between, ())}
        for target in reached - through - {source}:
            if graph.has_edge(source, target):
                continue
            between = graph.succ[source].keys() & graph.pred[target].keys()
            if between and between <= through:
                found.add((min(source, target), max(source, target)))
    return sorted(found)


def steps_between(graph: DirectedNetwork, order: Sequence[str]) -> Steps:
    """How many steps along the ties from each to each; infinite where there is no path."""
    place = {node: number for number, node in enumerate(order)}
    steps = np.full((len(order), len(order)), np.inf)
    for source, lengths in nx.all_pairs_shortest_path_length(graph):
        for target, length in lengths.items():
            steps[place[source], place[target]] = length
    return steps


def mean_closeness(steps: Steps) -> float:
    """The mean over all ordered pairs of 1 divided by the steps between them."""
    size = len(steps)
    with np.errstate(divide="ignore"):
        shares = 1.0 / steps
    np.fill_diagonal(shares, 0.0)
    return float(shares.sum() / (size * (size - 1)))


def pairs_cut_off(neighbours: Mapping[str, set[str]]) -> dict[str, int]:
    """How many pairs of the others could not reach each other, were this one gone.

    Ties count both ways. Pairs who cannot reach each other already are counted too, so that a
    new tie can only lower the number.
    """
    size = len(neighbours)
    cut: dict[str, int] = {}
    sizes: list[int] = []
    part_of: dict[str, int] = {}
    branches: dict[str, list[int]] = {}
    for root in neighbours:
        if root not in part_of:
            found = _depth_first(neighbours, root)
            part_of.update(dict.fromkeys(found, len(sizes)))
            branches.update(found)
            sizes.append(len(found))
    squares = sum(part * part for part in sizes)
    for node in neighbours:
        part = sizes[part_of[node]]
        pieces = [*branches[node], part - 1 - sum(branches[node])]
        left = squares - part * part + sum(piece * piece for piece in pieces)
        cut[node] = ((size - 1) ** 2 - left) // 2
    return cut


def _depth_first(neighbours: Mapping[str, set[str]], root: str) -> dict[str, list[int]]:
    """For each one in the root's part, the sizes of the branches that hang on it alone."""
    number = {root: 0}
    lowest = {root: 0}
    size = {root: 1}
    branches: dict[str, list[int]] = {root: []}
    trail = [(root, "", iter(sorted(neighbours[root])))]
    while trail:
        node, parent, rest = trail[-1]
        following = next(rest, None)
        if following is None:
            trail.pop()
            if trail:
                size[parent] += size[node]
                lowest[parent] = min(lowest[parent], lowest[node])
                if lowest[node] >= number[parent]:
                    branches[parent].append(size[node])
        elif following not in number:
            number[following] = lowest[following] = len(number)
            size[following] = 1
            branches[following] = []
            trail.append((following, node, iter(sorted(neighbours[following]))))
        elif following != parent:
            lowest[node] = min(lowest[node], number[following])
    return branches


def _betweenness(graph: DirectedNetwork) -> Mapping[str, float | None]:
    try:
        return betweenness(graph).values
    except TooMuch:
        return {}
