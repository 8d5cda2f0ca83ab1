"""A first picture: who sits at which place of the lattice, exchanged until it suits them all."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import log
from random import Random

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from numpy.typing import NDArray

from visual.belonging import Belonging
from visual.cards import CardStyle
from visual.fan import Floats
from visual.lattice import Lattice, hits

Bools = NDArray[np.bool_]
CROSSING = 0.2
"""What it costs that two lines cross."""


class Seating:
    """Who sits at which place of the lattice, and how well that suits them all.

    What a line behind boxes costs is kept for each line: an exchange changes few of them.
    """

    def __init__(
        self,
        ties: "nx.Graph[str]",
        belonging: Belonging,
        lattice: Lattice,
        style: CardStyle,
        pull: Floats | None = None,
    ) -> None:
        """`pull` is what each place costs each node, beside all else; nothing unless given."""
        nodes = sorted(ties)
        index = {node: place for place, node in enumerate(nodes)}
        self._count = len(nodes)
        self._hits = hits(lattice, style)
        # On the plane of complex numbers the distance of two points is one call.
        self._points = lattice.places @ np.array([1, 1j])
        self._edges = [
            (index[a], index[b], float(edge.get("matters", 1)), edge.get("views", 1) == 2)
            for a, b, edge in sorted(ties.edges(data=True), key=lambda found: found[:2])
        ]
        self._edges_of = [
            [edge for edge, (a, b, *_) in enumerate(self._edges) if node in (a, b)]
            for node in range(self._count)
        ]
        mates = [
            (index[a], index[b])
            for a, b in combinations(nodes, 2)
            if set(belonging.bodies.get(a, ())) & set(belonging.bodies.get(b, ()))
        ]
        pairs = [*(edge[:2] for edge in self._edges), *mates]
        self._ones, self._others = np.array(pairs, dtype=int).reshape(-1, 2).T
        self._weights = np.array([1 / 400] * len(self._edges) + [1 / 250] * len(mates))
        self._pull: list[list[float]] = [] if pull is None else pull.tolist()
        self._sectors(nodes, belonging)
        ends = np.array(pairs[: len(self._edges)], dtype=int).reshape(-1, 2)
        self._joined = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))

    def _sectors(self, nodes: Sequence[str], belonging: Belonging) -> None:
        sectors = sorted({belonging.home(node) for node in nodes} - {""})
        self._member = np.array(
            [[float(s in belonging.sectors.get(node, ())) for s in sectors] for node in nodes]
        ).reshape(self._count, len(sectors))
        self._not_own = np.where(self._member > 0, np.inf, 0.0)
        self._settled = np.array([float(bool(belonging.home(node))) for node in nodes])
        residents = (self._member * self._settled[:, None]).T
        self._share = residents / np.maximum(residents.sum(axis=1, keepdims=True), 1) + 0j

    def seat(self, places: Sequence[int]) -> None:
        """Let everybody, in the order of their names, sit where they are told."""
        self.places = list(places)
        self._sitter = {place: node for node, place in enumerate(places)}
        self._taken = sum(1 << place for place in places)
        self._seats = self._points[self.places]
        self._behind = [0.0] * len(self._edges)
        self._shade = [0] * len(self._edges)
        self._look_at(range(len(self._edges)))
        none = np.zeros_like(self._joined)
        self._cross(self._crossings(none, range(len(self._edges))))

    def improve(self, dice: Random, turns: int, warmest: float) -> None:
        """Let two exchange places, or one move to a free place, wherever that suits all better.

        At first, the more so the warmer, exchanges are made that suit a little less: the best
        way may lead through them.
        """
        best = cost = self.cost()
        kept = self.places[:]
        for turn in range(turns):
            who, where = dice.randrange(self._count), dice.randrange(len(self._points))
            warmth = max(warmest * (1 - turn / turns) ** 2, 1e-6)
            most = cost - warmth * log(1 - dice.random())
            place = self.places[who]
            if where == place:
                continue
            before = self._behind[:], self._shade[:]
            moved = self._exchange(who, where)
            rest = self._but_crossings()
            # Most exchanges are too dear even if no line that moved crossed any other.
            fewest = self._crossed - sum(self._crossed_by[line] for line in moved)
            if rest + CROSSING * fewest <= most:
                crossing = self._crossings(self._crossing, moved)
                changed = rest + CROSSING * np.count_nonzero(crossing) / 2
                if changed <= most:
                    cost = changed
                    self._cross(crossing)
                    if cost < best:
                        best, kept = cost, self.places[:]
                    continue
            self._move(who, place)
            self._behind, self._shade = before
        self.seat(kept)

    def _exchange(self, who: int, where: int) -> list[int]:
        """Somebody's move, and what it costs lines to run behind boxes. The lines that moved."""
        other = self._sitter.get(where)
        moved = self._edges_of[who]
        if other is None:
            changed = 1 << self.places[who] | 1 << where
            beside = [line for line, shade in enumerate(self._shade) if shade & changed]
        else:
            moved, beside = moved + self._edges_of[other], []
        self._move(who, where)
        self._look_at([*moved, *beside])
        return moved

    def _move(self, who: int, where: int) -> None:
        """To a place; whoever sits there comes here."""
        place, other = self.places[who], self._sitter.pop(where, None)
        del self._sitter[place]
        for node, to in ((who, where), (other, place)):
            if node is not None:
                self.places[node], self._seats[node], self._sitter[to] = to, self._points[to], node
        if other is None:
            self._taken ^= 1 << place | 1 << where

    def _look_at(self, edges: Iterable[int]) -> None:
        """Work out anew what these lines cost for running behind boxes, and what they may pass."""
        taken = self._taken
        for edge in edges:
            a, b, matters, two_views = self._edges[edge]
            straight, left, right, far_left, far_right = masks = self._hits[
                self.places[a], self.places[b]
            ]
            self._shade[edge] = straight | left | right | far_left | far_right
            cost = 0.0
            if two_views:
                if (left | right) & taken and (far_left | far_right) & taken:
                    cost = 4 * matters
            elif straight & taken:
                fewest = min((mask & taken).bit_count() for mask in masks)
                cost = (0.2 + 5 * fewest) * matters
            self._behind[edge] = cost

    def _crossings(self, known: Bools, moved: Sequence[int]) -> Bools:
        """Which straight lines cross which, from what is known of all but those that moved."""
        if not moved:
            return known
        count = len(self._edges)
        starts, ends = self._seats[self._ones[:count]], self._seats[self._others[:count]]
        start, end = starts[moved, None], ends[moved, None]
        one, other = (end - start).conj(), (ends - starts).conj()
        # The imaginary part tells on which side of the one line an end of the other lies.
        own, their = one * start, other * starts
        apart = (one * starts - own).imag * (one * ends - own).imag < 0
        apart &= (other * start - their).imag * (other * end - their).imag < 0
        apart &= ~self._joined[moved]
        found = known.copy()
        found[moved], found[:, moved] = apart, apart.T
        return found

    def _cross(self, crossing: Bools) -> None:
        self._crossing = crossing
        self._crossed_by: list[int] = crossing.sum(axis=1).tolist()
        self._crossed: float = sum(self._crossed_by) / 2

    def cost(self) -> float:
        """Lines behind boxes weigh most, then strays from their sector, then the rest."""
        crossings: float = CROSSING * self._crossed
        return self._but_crossings() + crossings

    def _but_crossings(self) -> float:
        apart = np.abs(self._seats[self._ones] - self._seats[self._others])
        pulled = sum(row[place] for row, place in zip(self._pull, self.places, strict=False))
        return float(apart @ self._weights) + pulled + sum(self._behind) + self._strays()

    def _strays(self) -> float:
        """How far members stand from the middle of their sector, and nearer to another's."""
        if not self._member.size:
            return 0.0
        distance = np.abs(self._seats[:, None] - self._share @ self._seats) / 100
        own = (distance * self._member).sum(axis=1)
        rival = (distance + self._not_own).min(axis=1)
        stray = np.maximum(0.0, own - 0.9 * rival) * self._settled
        return float(0.3 * own.sum() + 6 * stray.sum() + 1.5 * np.count_nonzero(stray))
