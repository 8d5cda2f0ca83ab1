"""What a tie between two would bring to a network: how much nearer, and how much safer."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from graph.findings.phrases import by_name
from graph.findings.what_if.network_shape import (
    Steps,
    mean_closeness,
    pairs_cut_off,
    steps_between,
)
from graph.network import Network
from powermap.model import PowerMap

MOST_CANDIDATES = 500


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What a tie between two would bring."""

    one: str
    other: str
    steps: float
    """Between the two now, along the ties, the shorter way; infinite where there is no path."""
    closeness: float
    closer: float
    cut_off: int
    fewer_cut_off: int
    nearer: int
    """Pairs of people, in either direction, with a shorter path or their first."""


def candidates_for(shown: PowerMap, net: Network) -> tuple[list[tuple[str, str]], int]:
    graph = net.graph
    tied = by_name(shown, [person for person in graph if graph.degree(person)])
    order = list(graph)
    place = {person: number for number, person in enumerate(order)}
    steps = steps_between(graph, order)
    pairs = []
    for one, other in combinations(tied, 2):
        i, j = place[one], place[other]
        if not graph.has_edge(one, other) and not graph.has_edge(other, one):
            contacts = graph.degree(one) + graph.degree(other)
            pairs.append((-float(min(steps[i, j], steps[j, i])), -contacts, one, other))
    found = [(one, other) for *_, one, other in sorted(pairs, key=lambda p: p[:2])]
    return found[:MOST_CANDIDATES], len(found)


def gains_of(net: Network, candidates: list[tuple[str, str]]) -> list[Gain]:
    if not candidates:
        return []
    order = list(net.graph)
    place = {node: number for number, node in enumerate(order)}
    steps = steps_between(net.graph, order)
    now = mean_closeness(steps)
    neighbours = {node: set(net.graph.pred[node]) | set(net.graph.succ[node]) for node in order}
    cut_now = max(pairs_cut_off(neighbours).values())
    found = []
    for one, other in candidates:
        i, j = place[one], place[other]
        shorter = _with_tie(steps, i, j)
        neighbours[one].add(other)
        neighbours[other].add(one)
        cut = max(pairs_cut_off(neighbours).values())
        if not net.graph.has_edge(one, other) and not net.graph.has_edge(other, one):
            neighbours[one].discard(other)
            neighbours[other].discard(one)
        found.append(
            Gain(
                one=one,
                other=other,
                steps=float(min(steps[i, j], steps[j, i])),
                closeness=now,
                closer=mean_closeness(shorter) - now,
                cut_off=cut_now,
                fewer_cut_off=cut_now - cut,
                nearer=int((shorter < steps).sum()),
            )
        )
    return found


def _with_tie(steps: Steps, i: int, j: int) -> Steps:
    """All distances once i and j are one step apart, in both directions."""
    shorter = np.minimum(steps, steps[:, i, None] + 1 + steps[None, j, :])
    return np.minimum(shorter, steps[:, j, None] + 1 + steps[None, i, :])
