"""Key players are sets: whose loss together does most harm, and who together reach most.

The best pair is seldom the two best singles. On the symmetrised map, as Borgatti has it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, fsum
from typing import Any

import numpy as np
from scipy.sparse.csgraph import shortest_path

from graph.measures.effort import allowed, refuse_if_longer, told
from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot
from powermap.errors import InvalidValue, TooMuch

SECONDS_PER_STEP = 3.3e-7
"""A step is a look at one tie, or what costs as much."""
MOST_NODES = 2_500
"""Above this, the table of all distances would take too much memory."""
_TRIED_BETWEEN_WORDS = 1_000
_EQUAL = 1e-12


@dataclass(frozen=True, kw_only=True)
class KeyPlayers:
    """A set of leaders or organisations, and what it does.

    `exact` says that every set of this size was tried; otherwise the set was built greedily and
    bettered by swaps until no swap helped, and a better one may exist. `equals` counts the other
    sets found to be just as good; the one given comes first in the alphabet.
    """

    members: tuple[str, ...]
    value: float | None
    whole: float | None
    """The value with nobody removed; None where that means nothing."""
    exact: bool
    tried: int
    equals: int
    reason: str | None
    method: str


def fragmentation(network: Measured, without: Iterable[str] = ()) -> float | None:
    r"""Return the share of pairs that cannot reach each other, with some removed.

    0 where the map holds together, 1 where nobody can reach anybody.

    .. math:: F = 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)}

    with :math:`s_k` the sizes of the parts and n the number left, ties in either direction. An
    isolate is a part of one. With fewer than two left there is no pair: None.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")])
    >>> fragmentation(network), fragmentation(network, without=["Dele"])
    (0.0, 1.0)

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34; equation 4.
    """
    board = _Board(snapshot(network))
    return board.fragmentation(board.bits(without))


def distance_fragmentation(network: Measured, without: Iterable[str] = ()) -> float | None:
    r"""Return how far apart those left are, with some removed: fragmentation that counts steps.

    It tells maps apart that still hold together, but only by long ways round.

    .. math:: D_F = 1 - \frac{2 \sum_{i < j} 1 / d_{ij}}{n (n - 1)}

    over the n left, with 1/d = 0 for a pair without a path, ties in either direction. 0 where
    everybody deals with everybody, 1 where nobody does. An isolate is apart from all. With
    fewer than two left there is no pair: None.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")])
    >>> round(distance_fragmentation(network), 6)
    0.166667

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34; equation 9.
    """
    board = _Board(snapshot(network))
    return board.distance_fragmentation(board.bits(without))


def distance_reach(network: Measured, members: Iterable[str]) -> float | None:
    r"""Return how near a set is to everybody on the map: 1 where all are members or next to one.

    .. math:: D_R = \frac{1}{n} \sum_j \frac{1}{d_{Kj}}

    with :math:`d_{Kj}` the distance to j from the nearest member of K, ties in either direction.
    The members themselves count 1 each; who is out of reach adds 0. An isolate that is no member
    adds 0. On an empty map there is nobody to reach: None.

    >>> import networkx as nx
    >>> distance_reach(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")]), ["Dele"])
    1.0

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34; equation 14.
    """
    taken = snapshot(network)
    places = sorted(_place(taken, node) for node in members)
    return _reach(_nearness(taken), places) if taken.size else None


def most_fragmenting(network: Measured, size: int = 1, *, by_distance: bool = True) -> KeyPlayers:
    r"""Return the set whose loss would divide the map most (KPP-Neg).

    Whom to have a successor for. A set, not a ranking: two people who hold the same two halves
    together are only dangerous to lose together.

    The set K of `size` with the largest :math:`D_F` of what is left (`distance_fragmentation`),
    or the largest F (`fragmentation`) with `by_distance=False`; n is counted after removal.

    Every set is tried where that is cheap enough, else greedy search with swaps; `exact` says
    which. An isolate can be in the set only where nothing better is left. Fewer than two left
    over: not defined. A map too large even for greedy search raises `TooMuch`.

    >>> import networkx as nx
    >>> found = most_fragmenting(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")]))
    >>> found.members, found.value, found.exact
    (('Dele',), 1.0, True)

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34.
    """
    taken = snapshot(network)
    board = _Board(taken)
    measure = board.distance_fragmentation if by_distance else board.fragmentation

    def value(places: Sequence[int]) -> float:
        return measure(sum(1 << place for place in places)) or 0.0

    name = "D_F, distance-weighted fragmentation" if by_distance else "F, fragmentation"
    # A step of fragmentation is a visit to a tie; with distances, at each distance.
    cost = (2 * taken.ties + taken.size) * (5 if by_distance else 1)
    return _best_set(
        taken,
        size,
        value,
        cost=cost,
        whole=measure(0),
        defined=taken.size - size >= 2,
        name=f"Key players, negative ({name}; Borgatti 2006)",
        note="denominators after removal",
    )


def furthest_reaching(network: Measured, size: int = 1) -> KeyPlayers:
    r"""Return the set that is together nearest to everybody (KPP-Pos).

    Whom to tell first, so that all hear in as few steps as possible.

    The set K of `size` with the largest :math:`D_R` (`distance_reach`); its own members count 1.

    Every set is tried where that is cheap enough, else greedy search with swaps; `exact` says
    which. An isolate belongs in the set where reaching it adds more than anybody else would. A
    map too large for a table of all distances raises `TooMuch`.

    >>> import networkx as nx
    >>> furthest_reaching(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")])).members
    ('Dele',)

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34.
    """
    taken = snapshot(network)
    nearness = _nearness(taken)
    return _best_set(
        taken,
        size,
        lambda places: _reach(nearness, places),
        cost=200 + size * taken.size // 20,
        whole=None,
        defined=taken.size >= size,
        name="Key players, positive (D_R, distance-weighted reach; Borgatti 2006)",
        note="the set's own members count 1, and n is the whole map",
    )


def _place(taken: Snapshot, node: str) -> int:
    if node not in taken.place:
        raise InvalidValue.at("members", f"{node!r} is not on the map")
    return taken.place[node]


def _nearness(taken: Snapshot) -> Any:
    """Return 1 / distance for all pairs; 1 for a node to itself, which is how members count."""
    if taken.size > MOST_NODES:
        raise TooMuch(
            f"Reach of sets needs all distances at once; this map has {taken.size:,} leaders or "
            f"organisations and the most is {MOST_NODES:,}. Choose a part of the map."
        )
    if "nearness" not in taken.kept:
        distance = shortest_path(taken.either, method="D", unweighted=True)
        np.fill_diagonal(distance, 1)
        taken.kept["nearness"] = 1 / distance
    return taken.kept["nearness"]


def _reach(nearness: Any, places: Sequence[int]) -> float:
    if not places:
        return 0.0
    return fsum(nearness[list(places)].max(axis=0)) / len(nearness)


class _Board:
    """The symmetrised map as bits: one whole number per node, one bit per neighbour."""

    def __init__(self, taken: Snapshot) -> None:
        self._taken = taken
        either = taken.either
        self._neighbours = [
            either.indices[either.indptr[place] : either.indptr[place + 1]].tolist()
            for place in range(taken.size)
        ]
        self._bits = [sum(1 << other for other in others) for others in self._neighbours]

    def bits(self, nodes: Iterable[str]) -> int:
        return sum(1 << _place(self._taken, node) for node in set(nodes))

    def fragmentation(self, removed: int) -> float | None:
        left = ((1 << self._taken.size) - 1) & ~removed
        count = left.bit_count()
        if count < 2:
            return None
        joined = 0
        while left:
            part = front = left & -left
            while front:
                place = front.bit_length() - 1
                front ^= 1 << place
                new = self._bits[place] & left & ~part
                part |= new
                front |= new
            left &= ~part
            joined += part.bit_count() * (part.bit_count() - 1)
        return 1 - joined / (count * (count - 1))

    def distance_fragmentation(self, removed: int) -> float | None:
        places = [place for place in range(self._taken.size) if not removed >> place & 1]
        count = len(places)
        if count < 2:
            return None
        within = {place: 1 << place for place in places}
        neighbours = {
            place: [other for other in self._neighbours[place] if not removed >> other & 1]
            for place in places
        }
        nearness = 0.0
        before, distance = count, 0
        while True:
            distance += 1
            wider = {}
            for place in places:
                seen = within[place]
                for other in neighbours[place]:
                    seen |= within[other]
                wider[place] = seen
            after = sum(seen.bit_count() for seen in wider.values())
            if after == before:
                break
            nearness += (after - before) / distance
            before, within = after, wider
        return 1 - nearness / (count * (count - 1))


def _best_set(
    taken: Snapshot,
    size: int,
    value: Callable[[Sequence[int]], float],
    *,
    cost: int,
    whole: float | None,
    defined: bool,
    name: str,
    note: str,
) -> KeyPlayers:
    if size < 1:
        raise InvalidValue.at("size", "must be at least 1")
    # In the order of the alphabet, so that the first of equals is the same on every run.
    places = [taken.place[node] for node in sorted(taken.nodes)]
    seconds = cost * SECONDS_PER_STEP
    exact = comb(taken.size, size) * seconds <= allowed()
    best: tuple[int, ...] = ()
    tried = equals = 0
    if not defined:
        exact = True
    elif exact:
        best, tried, equals = _try_all(places, size, value)
    else:
        refuse_if_longer(
            3 * size * taken.size * seconds,
            f"Trying sets of {size} among {taken.size:,} leaders or organisations",
            "Choose a part of the map, or a smaller set.",
        )
        best, tried = _greedy(places, size, value, most=int(allowed() / seconds))
    search = "every set tried" if exact else "greedy with swaps; a better set may exist"
    return KeyPlayers(
        members=tuple(taken.nodes[place] for place in best),
        value=value(best) if defined else None,
        whole=whole,
        exact=exact,
        tried=tried,
        equals=equals,
        reason=None if defined else f"a set of {size} leaves too few on a map this small",
        method=method_text(
            f"{name}, sets of {size}, {search}",
            version=1,
            direction="none: a tie in either direction joins the two",
            weights="not used",
            isolates=f"counted in n; {note}",
        ),
    )


def _try_all(
    places: Sequence[int], size: int, value: Callable[[Sequence[int]], float]
) -> tuple[tuple[int, ...], int, int]:
    best: tuple[int, ...] = ()
    highest, tried, equals = -1.0, 0, 0
    sets = comb(len(places), size)
    for chosen in combinations(places, size):
        tried += 1
        if tried % _TRIED_BETWEEN_WORDS == 0:
            told(tried / sets)
        found = value(chosen)
        if found > highest + _EQUAL:
            best, highest, equals = chosen, found, 0
        elif found >= highest - _EQUAL:
            equals += 1
    return best, tried, equals


def _greedy(
    places: Sequence[int], size: int, value: Callable[[Sequence[int]], float], *, most: int
) -> tuple[tuple[int, ...], int]:
    chosen: list[int] = []
    highest, tried = -1.0, 0
    for _ in range(size):
        best: int | None = None
        highest = -1.0
        for place in places:
            if place not in chosen:
                tried += 1
                told(tried / most)
                found = value([*chosen, place])
                if found > highest + _EQUAL:
                    best, highest = place, found
        if best is not None:
            chosen.append(best)
    improved = True
    while improved and tried < most:
        improved = False
        for out in list(chosen):
            others = [member for member in chosen if member != out]
            for place in places:
                if place in chosen:
                    continue
                tried += 1
                told(tried / most)
                found = value([*others, place])
                if found > highest + _EQUAL:
                    chosen, highest, improved = [*others, place], found, True
                    break
            if improved:
                break
    order = {place: number for number, place in enumerate(places)}
    return tuple(sorted(chosen, key=order.__getitem__)), tried
