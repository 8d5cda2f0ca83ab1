"""Burt's four measures at once, from the tied pairs and the rings of three among them.

All sums over a third q who is tied to both i and j run over the rings of three, so a map needs
no table of all pairs.
"""

from collections.abc import Mapping
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from graph.measures.distances import Numbers, Places
from graph.measures.triangles import Pairs


def holes(pairs: Pairs, strengths: Numbers) -> Mapping[str, Numbers]:
    """Return contacts, constraint, effective size, efficiency and hierarchy by node.

    `strengths` is that of each tie, 0 for a tie to leave out. Not a number where there is none.
    """
    size, count = pairs.size, len(pairs.first)
    # Place -1, no tie, is the last.
    strength = np.append(strengths, 0.0)
    mutual = strength[pairs.onward] + strength[pairs.back]
    tied = mutual > 0
    # First row: from the first end of a pair to the second; second row: the other way.
    ends = np.stack([pairs.first, pairs.second])
    contacts, total, strongest = np.zeros((3, size))
    for nodes in ends:
        contacts += np.bincount(nodes[tied], minlength=size)
        total += np.bincount(nodes, mutual, minlength=size)
        np.maximum.at(strongest, nodes, mutual)
    share = np.divide(mutual, total[ends], out=np.zeros((2, count)), where=tied)
    relative = np.divide(mutual, strongest[ends], out=np.zeros((2, count)), where=tied)
    through_others, redundant = _through_others(pairs, tied, share, relative)
    parts = np.where(tied, share + through_others, 0.0) ** 2
    constraint = _sums(ends, parts, size)
    mean = constraint / np.maximum(contacts, 1)
    even = np.divide(parts, mean[ends], out=np.ones((2, count)), where=tied)
    entropy = _sums(ends, even * np.log(even), size)
    several = contacts > 1
    scale = np.where(several, contacts * np.log(np.maximum(contacts, 2)), np.nan)
    effective = np.where(contacts > 0, contacts - redundant, np.nan)
    return {
        "contacts": contacts,
        "constraint": np.where(contacts > 0, constraint, np.nan),
        "effective_size": effective,
        "efficiency": effective / np.maximum(contacts, 1),
        # Equal parts can differ in their last digit; less than none there cannot be.
        "hierarchy": np.maximum(entropy / scale, 0),
    }


def _through_others(
    pairs: Pairs, tied: NDArray[np.bool_], share: Numbers, relative: Numbers
) -> tuple[Numbers, Numbers]:
    """Return how much reaches the other end through others, and how much is redundant, by node."""
    through = np.zeros_like(share)
    redundant = np.zeros(pairs.size)
    for sides in pairs.triangles():
        whole = tied[sides[0]] & tied[sides[1]] & tied[sides[2]]
        ab, ac, bc = (side[whole] for side in sides)
        corner = (pairs.first[ab], pairs.second[ab], pairs.second[ac])
        # A side by its corners: its pair, and 0 or 1 for which way along the pair.
        side = {(0, 1): (0, ab), (0, 2): (0, ac), (1, 2): (0, bc)}
        side |= {(1, 0): (1, ab), (2, 0): (1, ac), (2, 1): (1, bc)}
        for i, j, q in permutations(range(3)):
            way, pair = side[i, j]
            passed_on = share[side[i, q]] * share[side[q, j]]
            through[way] += np.bincount(pair, passed_on, minlength=len(tied))
            repeated = share[side[i, q]] * relative[side[j, q]]
            redundant += np.bincount(corner[i], repeated, minlength=pairs.size)
    return through, redundant


def _sums(ends: Places, numbers: Numbers, size: int) -> Numbers:
    """Add up what begins at each node, both ways along each pair."""
    first, second = (
        np.bincount(nodes, row, minlength=size) for nodes, row in zip(ends, numbers, strict=True)
    )
    return np.asarray(first + second)
