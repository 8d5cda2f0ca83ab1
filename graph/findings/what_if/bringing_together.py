"""Who could bring two people together, and what already lies between them."""

import networkx as nx

from graph.findings.phrases import (
    by_name,
    listed,
    name,
    pair_named,
)
from graph.measures.scores import DirectedNetwork
from powermap.model import PowerMap
from powermap.vocabulary import LAYER_KINDS, Layer


def introducers_of(shown: PowerMap, graph: DirectedNetwork, one: str, other: str) -> list[str]:
    """Those tied to both: ties seen from both sides first, then the stronger weaker side."""

    def contacts(node: str) -> set[str]:
        return set(graph.pred[node]) | set(graph.succ[node])

    def worth(between: str) -> tuple[bool, float, str]:
        sides = [
            [
                graph.edges[edge].get("weight", 0)
                for edge in ((between, end), (end, between))
                if graph.has_edge(*edge)
            ]
            for end in (one, other)
        ]
        mutual = all(len(side) == 2 for side in sides)
        return not mutual, -min(max(side) for side in sides), name(shown, between).casefold()

    return sorted(contacts(one) & contacts(other), key=worth)


def way_told(shown: PowerMap, graph: DirectedNetwork, pair: tuple[str, str]) -> str | None:
    """By whom the two can be brought together where nobody is tied to both."""
    start, end = pair
    ways: dict[str, list[str]] = {start: []}
    level = [start]
    while level and end not in ways:
        following: list[str] = []
        for person in level:
            for other in by_name(shown, nx.all_neighbors(graph, person)):
                if other not in ways:
                    ways[other] = [*ways[person], other]
                    following.append(other)
        level = following
    if end not in ways or len(ways[end]) < 2:
        return None
    by = listed([name(shown, person) for person in ways[end][:-1]])
    return f"Nobody is tied to both; one shortest way from {name(shown, start)} leads by {by}."


def ties_through(graph: DirectedNetwork, pair: tuple[str, str], between: str) -> tuple[str, ...]:
    return tuple(
        tie
        for end in pair
        for edge in ((end, between), (between, end))
        if graph.has_edge(*edge)
        for tie in graph.edges[edge]["ties"]
    )


def tension_told(shown: PowerMap, one: str, other: str) -> str | None:
    for tie in shown.relationships.values():
        if {tie.source, tie.target} == {one, other} and tie.kind in LAYER_KINDS[Layer.TENSIONS]:
            return (
                f"A tension is recorded between {pair_named(shown, (one, other))}: "
                "a tie would have to begin there."
            )
    return None


def with_tension(shown: PowerMap, pair: tuple[str, str], step: str | None) -> str | None:
    tension = tension_told(shown, *pair)
    return f"{tension} {step}" if tension and step else tension or step
