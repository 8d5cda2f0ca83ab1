"""Measures of many small maps of the same people at once, as a stack of tables.

A table has a row for the source and a column for the target, 1 where there is a tie. Answers have
a row for each map and a column for each node, not a number where the measure is not defined.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from graph.measures.distances import Numbers


def _views_received(maps: Numbers) -> Numbers:
    return np.asarray(maps.sum(axis=1))


def _harmonic_in(maps: Numbers) -> Numbers:
    many, size, _ = maps.shape
    nearness = np.zeros((many, size))
    for step, (_, arrived) in enumerate(_waves(maps), start=1):
        nearness += arrived.sum(axis=1) / step
    return nearness / (size - 1) if size > 1 else np.full((many, size), np.nan)


def _betweenness(maps: Numbers) -> Numbers:
    """Brandes' accumulation, level by level."""
    waves = list(_waves(maps))
    size = maps.shape[1]
    paths = np.broadcast_to(np.eye(size), maps.shape) + sum(ways for ways, _ in waves)
    counted = np.maximum(paths, 1)
    dependent = np.zeros_like(maps)
    backwards = maps.transpose(0, 2, 1)
    for (_, before), (_, arrived) in zip(reversed(waves[:-1]), reversed(waves[1:]), strict=True):
        share = arrived * (1 + dependent) / counted
        dependent += before * paths * (share @ backwards)
    return np.asarray(dependent.sum(axis=1))


def _constraint(maps: Numbers) -> Numbers:
    mutual = maps + maps.transpose(0, 2, 1)
    total = mutual.sum(axis=2, keepdims=True)
    share = np.divide(mutual, total, out=np.zeros_like(mutual), where=total > 0)
    parts = (share + share @ share) * (mutual > 0)
    return np.where(total[..., 0] > 0, (parts**2).sum(axis=2), np.nan)


STACKED: Mapping[str, Callable[[Numbers], Numbers]] = {
    "views_received": _views_received,
    "harmonic_in": _harmonic_in,
    "betweenness": _betweenness,
    "constraint": _constraint,
}


def _waves(maps: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield, for one step from everybody, two, and so on: paths to those met, and who they are."""
    front = np.broadcast_to(np.eye(maps.shape[1]), maps.shape)
    unseen = front == 0
    while True:
        front = (front @ maps) * unseen
        arrived = front > 0
        if not arrived.any():
            return
        unseen &= ~arrived
        yield front, arrived
