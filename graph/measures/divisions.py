"""Where the map would come apart: cut points, bridges, and what each removal leaves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, depth_first_order

from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

_DIRECTION = "none: a tie in either direction joins the two"


@dataclass(frozen=True, kw_only=True)
class Divisions:
    """Those whose loss, and the pairs whose falling out, would divide a part of the map.

    Both in the order of the network; of a pair the one that comes first there is named first.
    """

    cut_points: tuple[str, ...]
    bridges: tuple[tuple[str, str], ...]
    method: str


def divisions(network: Measured) -> Divisions:
    """Return the cut points and the bridges of the map.

    A cut point is a single point of failure: without this one, some who can reach each other now
    no longer can. A bridge is a pair whose tie is the only link between two sides.

    A cut point is a node, a bridge a tied pair (one tie or both), whose removal leaves more
    parts, ties in either direction. Found in one walk through the map.

    An isolate is neither. On an empty map there are none.

    >>> import networkx as nx
    >>> found = divisions(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")]))
    >>> found.cut_points, found.bridges
    (('Dele',), (('Asha', 'Dele'), ('Dele', 'Ben')))

    References
    ----------
    .. [1] Hopcroft, J., Tarjan, R. (1973). "Algorithm 447: efficient algorithms for graph
           manipulation". Communications of the ACM 16(6), 372-378.
    """
    taken = snapshot(network)
    walk = _walk(taken)
    return Divisions(
        cut_points=tuple(node for node, cuts in zip(taken.nodes, walk.cuts, strict=True) if cuts),
        bridges=tuple((taken.nodes[one], taken.nodes[other]) for one, other in walk.bridges),
        method=method_text(
            "Cut points and bridges (Hopcroft and Tarjan 1973)",
            version=1,
            direction=_DIRECTION,
            weights="not used",
            isolates="neither",
        ),
    )


def fragmentation_without(network: Measured) -> Scores:
    r"""Return how divided the map would be without each leader or organisation.

    Highest for the one whose loss would cut most pairs off from each other. Compare it with the
    fragmentation of the map as it is: most losses change little.

    .. math:: F(v) = 1 - \frac{\sum_k s_k (s_k - 1)}{(n - 1)(n - 2)}

    with :math:`s_k` the sizes of the parts that are left without v, ties in either direction.
    All in one walk through the map.

    An isolate has a number too: without it the rest is a little less divided. On a map of fewer
    than three no pair would be left: not defined.

    >>> import networkx as nx
    >>> fragmentation_without(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")])).values
    {'Asha': 0.0, 'Dele': 1.0, 'Ben': 0.0}

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34; equation 4.
    """
    taken = snapshot(network)
    pairs = (taken.size - 1) * (taken.size - 2)
    joined = _walk(taken).joined_without
    values = {
        node: 1 - left / pairs if pairs > 0 else None
        for node, left in zip(taken.nodes, joined, strict=True)
    }
    return Scores(
        measure="fragmentation_without",
        title="Fragmentation without this one",
        values=values,
        reasons={
            node: "fewer than two others would be left"
            for node, value in values.items()
            if value is None
        },
        method=method_text(
            "Fragmentation F (Borgatti 2006) after the removal of each, denominators after removal",
            version=1,
            direction=_DIRECTION,
            weights="not used",
            isolates="counted in n",
        ),
        ties=taken.ties,
    )


@dataclass(frozen=True)
class _Walk:
    cuts: list[bool]
    bridges: list[tuple[int, int]]
    joined_without: list[int]
    """The ordered pairs that can reach each other when a node is removed."""


def _walk(taken: Snapshot) -> _Walk:
    if "walk" not in taken.kept:
        taken.kept["walk"] = _depth_first(taken.size, taken.either)
    walk: _Walk = taken.kept["walk"]
    return walk


def _depth_first(size: int, either: Any) -> _Walk:
    """Walk into every part from a root above them all; nodes are then numbered as they are met.

    From the end of the walk back to its start, each node learns how many are below it, and the
    earliest node that these have a tie to. Where that is no earlier than the one above, those
    below are joined to the rest by the one above alone.
    """
    _, part_of = connected_components(either, directed=False)
    _, firsts = np.unique(part_of, return_index=True)
    rooted = sparse.csr_array(
        (
            np.ones(either.nnz + len(firsts)),
            np.concatenate([either.indices, firsts]),
            np.append(either.indptr, either.nnz + len(firsts)),
        ),
        shape=(size + 1, size + 1),
    )
    order, above = depth_first_order(rooted, size, directed=True)
    number = np.empty(size + 1, dtype=np.int64)
    number[order] = np.arange(size + 1)
    parent = number[above[order[1:]]]
    earliest = np.arange(size + 1)
    rows = np.repeat(np.arange(size), np.diff(either.indptr))
    beside = above[rows] != either.indices
    np.minimum.at(earliest, number[rows[beside]], number[either.indices[beside]])
    below, lowest = [1] * (size + 1), earliest.tolist()
    for node, up in zip(range(size, 0, -1), reversed(parent.tolist()), strict=True):
        below[up] += below[node]
        lowest[up] = min(lowest[up], lowest[node])
    branch, least = np.array(below[1:]), np.array(lowest[1:], dtype=np.int64)
    # A tie is a bridge where those below it have no other; the root above all has no real tie.
    bridge = (least > parent) & (parent > 0)
    ends = np.sort(np.stack([order[1:][bridge], order[parent[bridge]]]), axis=0)
    alone = least >= parent
    branches, cut_off, pairs_cut_off = np.zeros((3, size + 1), dtype=np.int64)
    np.add.at(branches, parent[alone], 1)
    np.add.at(cut_off, parent[alone], branch[alone])
    np.add.at(pairs_cut_off, parent[alone], branch[alone] * (branch[alone] - 1))
    here = number[:size]
    part_size = np.bincount(part_of)[part_of] if size else part_of
    joined = int((part_size - 1).sum())
    rest = part_size - 1 - cut_off[here]
    without = joined - part_size * (part_size - 1) + pairs_cut_off[here] + rest * (rest - 1)
    # The first of a part has no rest: it cuts where it joins two branches.
    is_first = np.isin(np.arange(size), firsts)
    return _Walk(
        cuts=(branches[here] > is_first).tolist(),
        bridges=sorted(zip(*ends.tolist(), strict=True)),
        joined_without=without.tolist(),
    )
