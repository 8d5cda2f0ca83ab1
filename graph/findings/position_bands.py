"""In which third each one stands by position, and how far that moves when one tie is dropped."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.measures import DirectedNetwork
from powermap.errors import TooMuch

Numbers: TypeAlias = NDArray[np.float64]

MOST_WORK = 500_000_000
"""Nodes cubed times ties: a few seconds."""
AT_ONCE = 64
DECIMALS = 9


@dataclass(frozen=True, kw_only=True)
class PositionBand:
    """The lowest and highest third by betweenness and constraint, each tie dropped in turn."""

    betweenness: float
    constraint: float
    lowest: int
    highest: int


def position_bands(network: DirectedNetwork) -> dict[str, PositionBand]:
    """The band of everybody with a tie: 0 the lowest third, 2 the highest.

    High stands for high betweenness or low constraint. A betweenness of 0 is always the lowest
    third. Raises `TooMuch` for a map on which dropping every tie would take too long.
    """
    nodes = [node for node in network if network.degree(node)]
    place = {node: number for number, node in enumerate(nodes)}
    ties = [(place[source], place[target]) for source, target in network.edges]
    size = len(nodes)
    if size**3 * len(ties) > MOST_WORK:
        raise TooMuch(
            f"Bands by dropping each tie are worked out for smaller maps; this one has {size:,} "
            f"people with ties and {len(ties):,} ties."
        )
    whole = np.zeros((size, size))
    for tie in ties:
        whole[tie] = 1.0
    between, held = _between(whole[None])[0], _constraint(whole[None])[0]
    thirds = _thirds(between[None], held[None])
    lowest, highest = thirds.min(axis=0), thirds.max(axis=0)
    for first in range(0, len(ties), AT_ONCE):
        chunk = ties[first : first + AT_ONCE]
        without = np.repeat(whole[None], len(chunk), axis=0)
        for number, tie in enumerate(chunk):
            without[(number, *tie)] = 0.0
        thirds = _thirds(_between(without), _constraint(without))
        lowest = np.minimum(lowest, thirds.min(axis=0))
        highest = np.maximum(highest, thirds.max(axis=0))
    return {
        node: PositionBand(
            betweenness=float(between[number]),
            constraint=float(held[number]),
            lowest=int(lowest[number]),
            highest=int(highest[number]),
        )
        for number, node in enumerate(nodes)
    }


def thirds_of(values: Any) -> Any:
    """The third of each value along the last axis, equals in the middle of their places."""
    rounded = np.round(np.asarray(values, dtype=float), DECIMALS)
    below = (rounded[..., None, :] < rounded[..., :, None]).sum(axis=-1)
    equal = (rounded[..., None, :] == rounded[..., :, None]).sum(axis=-1)
    # Counted in whole sixths of the number of people, so that no rounding decides.
    place, size = 2 * below + equal, rounded.shape[-1]
    return (3 * place > 2 * size).astype(int) + (3 * place > 4 * size).astype(int)


def _thirds(between: Numbers, held: Numbers) -> Any:
    """Both thirds of everybody on every map, one set under the other."""
    by_betweenness = np.where(np.round(between, DECIMALS) == 0, 0, thirds_of(between))
    free = np.where(np.isnan(held), -np.inf, -held)
    return np.concatenate([by_betweenness, thirds_of(free)])


def _between(maps: Numbers) -> Numbers:
    """Betweenness on several maps of the same people at once (Brandes 2001, level by level)."""
    many, size, _ = maps.shape
    paths = np.repeat(np.eye(size)[None], many, axis=0)
    steps = np.where(paths > 0, 0.0, np.inf)
    front, level = paths, 0
    while front.any():
        level += 1
        front = (front @ maps) * np.isinf(steps)
        steps[front > 0] = level
        paths = paths + front
    share = np.zeros_like(paths)
    backwards = maps.transpose(0, 2, 1)
    for step in range(level - 1, 1, -1):
        passed = np.where(steps == step, (1 + share) / np.maximum(paths, 1), 0.0)
        share += (passed @ backwards) * paths * (steps == step - 1)
    for number in range(size):
        share[:, number, number] = 0.0
    return np.asarray(share.sum(axis=1))


def _constraint(maps: Numbers) -> Numbers:
    """Burt's constraint on several maps at once; not a number for somebody without a tie."""
    mutual = maps + maps.transpose(0, 2, 1)
    total = mutual.sum(axis=2, keepdims=True)
    share = np.divide(mutual, total, out=np.zeros_like(mutual), where=total > 0)
    invested = (share + share @ share) * (mutual > 0)
    found = (invested**2).sum(axis=2)
    return np.where(total[..., 0] > 0, found, np.nan)
