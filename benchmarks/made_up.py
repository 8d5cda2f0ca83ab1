"""Networks to time measures on: eight groups, a few people with very many ties, ties returned."""

from typing import Any

import networkx as nx
import numpy as np

SEED = 1
GROUPS = 8
ACROSS = 0.4
"""How likely a tie between two groups is kept; within a group it always is."""
UNEVEN = 0.7
"""How steeply the number of ties falls from the first node to the last."""


def made_up(size: int, ties: int, seed: int = SEED) -> tuple[Any, dict[str, str]]:
    """Return a directed network with strengths 1 to 5, and the group of each node."""
    random = np.random.default_rng(seed)
    group = random.integers(GROUPS, size=size)
    sought = (np.arange(size) + size / 2000) ** -UNEVEN
    sought /= sought.sum()
    # A tie is one whole number: its source times the size, plus its target.
    laid: Any = np.zeros(0, dtype=np.int64)
    while len(laid) < ties:
        source, target = random.choice(size, (2, ties // 2), p=sought)
        near = (group[source] == group[target]) | (random.random(len(source)) < ACROSS)
        laid = _distinct(np.concatenate([laid, (source * size + target)[near]]), size)
        returned = random.choice(laid, ties // 10)
        laid = _distinct(
            np.concatenate(
                [laid, returned % size * size + returned // size, _closing(laid, size, random)]
            ),
            size,
        )
    laid = random.permutation(laid[:ties])
    names = [str(number) for number in range(size)]
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(names)
    network.add_weighted_edges_from(
        (names[key // size], names[key % size], weight)
        for key, weight in zip(laid.tolist(), random.integers(1, 6, ties).tolist(), strict=True)
    )
    return network, {name: f"group {number}" for name, number in zip(names, group, strict=True)}


def _closing(laid: Any, size: int, random: np.random.Generator) -> Any:
    """From the sources of some ties to somebody their targets have a tie to."""
    source, target = np.divmod(np.sort(laid), size)
    begins = np.searchsorted(source, np.arange(size + 1))
    first = random.choice(len(laid), len(laid) // 3)
    choices = np.diff(begins)[target[first]]
    first, choices = first[choices > 0], choices[choices > 0]
    onward = begins[target[first]] + (random.random(len(first)) * choices).astype(int)
    return source[first] * size + target[onward]


def _distinct(ties: Any, size: int) -> Any:
    """Drop repeats and ties of a node to itself; the rest stay in their order."""
    ties = ties[np.sort(np.unique(ties, return_index=True)[1])]
    return ties[ties // size != ties % size]
