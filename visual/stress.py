"""A stress layout: places whose distances on the sheet are those in the graph, as nearly as can be.

Stress majorization (SMACOF): Gansner, Koren and North (2005), "Graph drawing by stress
majorization". In NumPy, because the packages that do it have to be compiled when installed.
"""

import numpy as np

from visual.routing import Floats

ROUNDS = 200
ENOUGH = 1e-5
"""The share of the stress that a round must still remove to be followed by another."""


def stress_layout(distances: Floats) -> Floats:
    """Two coordinates a row, for a square of positive distances; the same for the same input.

    Nobody's place is random: the start is classical scaling of the distances, nudged apart in a
    fixed pattern so that two who stand alike towards all others do not coincide.
    """
    count = len(distances)
    if count < 2:
        return np.zeros((count, 2))
    apart = ~np.eye(count, dtype=bool)
    weights = np.where(apart, 1 / np.where(apart, distances, 1) ** 2, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    places = _classical_scaling(distances) + _nudges(count)
    last = np.inf
    for _ in range(ROUNDS):
        lengths = np.linalg.norm(places[:, None] - places[None], axis=2)
        pull = np.where(apart, -weights * distances / np.maximum(lengths, 1e-9), 0)
        pull -= np.diag(pull.sum(axis=1))
        places = inverse @ (pull @ places)
        stress = float((weights * (lengths - distances) ** 2).sum())
        if last - stress < ENOUGH * last:
            break
        last = stress
    return places


def _classical_scaling(distances: Floats) -> Floats:
    count = len(distances)
    centring = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-centring @ distances**2 @ centring / 2)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    # An eigenvector has no sign of its own: the largest entry is taken as positive.
    largest = axes[np.abs(axes).argmax(axis=0), [0, 1]]
    return np.asarray(axes * np.where(largest < 0, -1, 1))


def _nudges(count: int) -> Floats:
    turns = np.arange(count) * 2.399963  # the golden angle: no two directions are alike
    return 1e-3 * np.column_stack([np.cos(turns), np.sin(turns)])
