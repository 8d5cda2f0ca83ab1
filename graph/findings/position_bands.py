"""In which third each one stands by position, and how far that moves when one tie is dropped."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.measures import MEASURES, DirectedNetwork, snapshot
from graph.measures.bands import DECIMALS, without_each_tie

Numbers: TypeAlias = NDArray[np.float64]


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
    taken = snapshot(network)
    tied = np.array([network.degree(node) > 0 for node in taken.nodes], dtype=bool)
    between, held = (
        np.concatenate(
            [
                [[MEASURES[name](taken).values[node] for node in taken.nodes]],
                without_each_tie(taken, MEASURES[name]),
            ]
        ).astype(float)[:, tied]
        for name in ("betweenness", "constraint")
    )
    thirds = _thirds(between, held)
    nodes = [node for node in taken.nodes if network.degree(node)]
    return {
        node: PositionBand(
            betweenness=float(between[0, number]),
            constraint=float(held[0, number]),
            lowest=int(thirds[:, number].min()),
            highest=int(thirds[:, number].max()),
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
