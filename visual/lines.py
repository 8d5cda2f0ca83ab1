"""From the ties of a network to the lines that are drawn: one where both sides agree, else two."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from powermap.model import FiveFactors, PowerMap, Relationship
from powermap.vocabulary import Layer

SEEN_DIFFERENTLY = 2
"""Two views differ when their strength, or any of the five factors, is so far apart."""


class Views(StrEnum):
    """What is known of the two sides of a tie."""

    AGREED = "agreed"
    DIFFERING = "differing"
    ONE_SIDED = "one_sided"
    STRUCTURE = "structure"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line on the picture, and the records it stands for."""

    id: str
    source: str
    target: str
    ties: tuple[str, ...]
    layer: Layer
    views: Views
    strength: int | None
    doubtful: bool
    aside: bool = False
    """Drawn for the one in focus alone: not of the layer that the picture shows."""


def lines_of(
    power_map: PowerMap, graph: "nx.DiGraph[str]", layer: Layer, *, aside: bool = False
) -> list[Line]:
    """The lines of one layer, in order of the ids at their ends."""
    lines = []
    for source, target in sorted(graph.edges):
        ties = tuple(graph.edges[source, target]["ties"])
        views = _views(power_map, graph, source, target, layer)
        if views is Views.AGREED:
            if source > target:
                continue
            ties += tuple(graph.edges[target, source]["ties"])
        strengths = [
            tie.strength for tie in relationships(power_map, ties) if tie.strength is not None
        ]
        lines.append(
            Line(
                id=f"{source}.{target}.{layer}",
                source=source,
                target=target,
                ties=tuple(dict.fromkeys(ties)),
                layer=layer,
                views=views,
                strength=max(strengths, default=None),
                doubtful=all(tie in power_map.doubtful for tie in ties),
                aside=aside,
            )
        )
    return lines


def relationships(power_map: PowerMap, ties: Iterable[str]) -> list[Relationship]:
    """Those of the records that are relationships."""
    return [power_map.relationships[tie] for tie in ties if tie in power_map.relationships]


def _views(
    power_map: PowerMap, graph: "nx.DiGraph[str]", source: str, target: str, layer: Layer
) -> Views:
    if layer is Layer.ACCOUNTABILITIES:
        return Views.STRUCTURE
    if not graph.has_edge(target, source):
        return Views.ONE_SIDED
    there = relationships(power_map, graph.edges[source, target]["ties"])
    back = relationships(power_map, graph.edges[target, source]["ties"])
    differ = any(_far_apart(one, other) for one in there for other in back)
    return Views.DIFFERING if differ else Views.AGREED


def _far_apart(one: Relationship, other: Relationship) -> bool:
    pairs = [(one.strength, other.strength)]
    pairs += [
        (getattr(one.factors, factor.name), getattr(other.factors, factor.name))
        for factor in fields(FiveFactors)
    ]
    return any(a is not None and b is not None and abs(a - b) >= SEEN_DIFFERENTLY for a, b in pairs)
