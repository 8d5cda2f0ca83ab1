"""How often each plays each role of a broker, counted without visiting every pair.

The ways a -> v -> b are the ties in times the ties out, group by group; those that lead back to
where they began, and those closed by a tie a -> b, are taken off again. All in whole numbers.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.measures.distances import Places
from graph.measures.roles import Role
from graph.measures.snapshot import Snapshot

Counts = NDArray[np.int64]


class Grouped:
    """A network with the group of each node as a number; -1 for those without a group."""

    def __init__(self, taken: Snapshot, groups: Mapping[str, str | None]) -> None:
        self.taken = taken
        group_of = [groups.get(node) or None for node in taken.nodes]
        self.sizes: dict[str, int] = dict(Counter(group for group in group_of if group))
        number = {group: place for place, group in enumerate(self.sizes)}
        self.codes: Counts = np.array(
            [-1 if group is None else number[group] for group in group_of], dtype=np.int64
        )
        self.without_group = tuple(
            node for node, group in zip(taken.nodes, group_of, strict=True) if group is None
        )
        self.counted: NDArray[np.bool_] = (self.codes[taken.sources] >= 0) & (
            self.codes[taken.targets] >= 0
        )
        """Whether both ends of a tie have a group."""


def role_of_each(source: Any, broker: Any, target: Any) -> Any:
    """Return the places in `Role`, from the groups of the three."""
    home, onward, back = source == broker, broker == target, source == target
    return np.select(
        [home & onward, home, onward, back],
        [_COORDINATOR, _REPRESENTATIVE, _GATEKEEPER, _ITINERANT],
        _LIAISON,
    )


def role_counts(grouped: Grouped) -> Counts:
    """Return the counts by node and role, in the order of `Role`."""
    counts = _all_ways(grouped)
    pairs, there = grouped.taken.pairs, np.append(grouped.counted, False)
    # Place -1, no tie, is the last of `there`.
    onward, back = there[pairs.onward], there[pairs.back]
    mutual = onward & back
    ends = pairs.first[mutual], pairs.second[mutual]
    counts -= _tally(grouped, [(*ends, ends[0]), (*ends[::-1], ends[1])])
    for ab, ac, bc in pairs.triangles():
        a, b, c = pairs.first[ab], pairs.second[ab], pairs.second[ac]
        corners = (a, b, c)
        tie = {(0, 1): onward[ab], (0, 2): onward[ac], (1, 2): onward[bc]}
        tie |= {(1, 0): back[ab], (2, 0): back[ac], (2, 1): back[bc]}
        closed = []
        for x, v, y in permutations(range(3)):
            all_there = tie[x, v] & tie[v, y] & tie[x, y]
            closed.append(tuple(corners[corner][all_there] for corner in (x, v, y)))
        counts -= _tally(grouped, closed)
    counts[:, _TOTAL] = counts.sum(axis=1)
    return counts


_ROLES = list(Role)
_COORDINATOR, _ITINERANT, _REPRESENTATIVE, _GATEKEEPER, _LIAISON, _TOTAL = map(_ROLES.index, Role)


def _all_ways(grouped: Grouped) -> Counts:
    """Count the ways in and out of each node, whether or not they lead back or are closed."""
    size, codes = grouped.taken.size, grouped.codes
    source = grouped.taken.sources[grouped.counted]
    target = grouped.taken.targets[grouped.counted]
    same = codes[source] == codes[target]
    home_in, home_out = _per_node(target[same], size), _per_node(source[same], size)
    away_in, away_out = _per_node(target[~same], size), _per_node(source[~same], size)
    shape = (size, len(grouped.sizes))
    ones = np.ones(len(source), dtype=np.int64)
    by_group_in = sparse.csr_array((ones, (target, codes[source])), shape=shape)
    by_group_out = sparse.csr_array((ones, (source, codes[target])), shape=shape)
    counts = np.zeros((size, len(_ROLES)), dtype=np.int64)
    counts[:, _COORDINATOR] = home_in * home_out
    counts[:, _ITINERANT] = by_group_in.multiply(by_group_out).sum(axis=1) - home_in * home_out
    counts[:, _REPRESENTATIVE] = home_in * away_out
    counts[:, _GATEKEEPER] = away_in * home_out
    counts[:, _LIAISON] = away_in * away_out - counts[:, _ITINERANT]
    return counts


def _tally(grouped: Grouped, ways: list[tuple[Places, ...]]) -> Counts:
    """Count ways (a, v, b) by v and role."""
    source, broker, target = (np.concatenate(ends) for ends in zip(*ways, strict=True))
    codes = grouped.codes
    roles = role_of_each(codes[source], codes[broker], codes[target])
    size, kinds = grouped.taken.size, len(_ROLES)
    counts: Counts = np.bincount(broker * kinds + roles, minlength=size * kinds)
    return counts.reshape(size, kinds)


def _per_node(ends: Places, size: int) -> Counts:
    counts: Counts = np.bincount(ends, minlength=size)
    return counts
