"""Where the map would come apart: cut points, bridges, and what each removal leaves."""

from dataclasses import dataclass
from typing import Any

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
    starts, contacts = either.indptr.tolist(), either.indices.tolist()
    found, lowest, below = [-1] * size, [0] * size, [1] * size
    parent, upcoming = [-1] * size, list(starts[:-1])
    # Of each node: the members and the ordered pairs of the branches that only it joins on.
    cut_off, pairs_cut_off, branches = [0] * size, [0] * size, [0] * size
    bridges: list[tuple[int, int]] = []
    part_size = [0] * size
    clock = 0
    for root in range(size):
        if found[root] >= 0:
            continue
        first = clock
        members = [root]
        found[root] = lowest[root] = clock
        clock += 1
        stack = [root]
        while stack:
            node = stack[-1]
            if upcoming[node] < starts[node + 1]:
                other = contacts[upcoming[node]]
                upcoming[node] += 1
                if found[other] < 0:
                    found[other] = lowest[other] = clock
                    clock += 1
                    parent[other] = node
                    members.append(other)
                    stack.append(other)
                elif other != parent[node]:
                    lowest[node] = min(lowest[node], found[other])
                continue
            stack.pop()
            above = parent[node]
            if above < 0:
                continue
            below[above] += below[node]
            lowest[above] = min(lowest[above], lowest[node])
            if lowest[node] >= found[above]:
                branches[above] += 1
                cut_off[above] += below[node]
                pairs_cut_off[above] += below[node] * (below[node] - 1)
            if lowest[node] > found[above]:
                bridges.append((min(node, above), max(node, above)))
        for node in members:
            part_size[node] = clock - first
    joined = sum(count - 1 for count in part_size)
    without = []
    for node in range(size):
        rest = part_size[node] - 1 - cut_off[node]
        own = part_size[node] * (part_size[node] - 1)
        without.append(joined - own + pairs_cut_off[node] + rest * (rest - 1))
    # The root of a part has no rest: it cuts where it joins two branches.
    cuts = [branches[node] > (1 if parent[node] < 0 else 0) for node in range(size)]
    return _Walk(cuts=cuts, bridges=sorted(bridges), joined_without=without)
