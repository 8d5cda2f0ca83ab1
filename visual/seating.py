"""A first picture: who sits at which place of the lattice, exchanged until it suits them all."""

from itertools import combinations
from math import exp
from random import Random

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from visual.belonging import Belonging
from visual.cards import CardStyle
from visual.lattice import Lattice, hits


class Seating:
    """Who sits at which place of the lattice, and how well that suits them all."""

    def __init__(
        self, ties: "nx.Graph[str]", belonging: Belonging, lattice: Lattice, style: CardStyle
    ) -> None:
        nodes = sorted(ties)
        index = {node: place for place, node in enumerate(nodes)}
        self.count = len(nodes)
        self.lattice = lattice
        self.edges = [
            (index[a], index[b], float(edge.get("matters", 1)), edge.get("views", 1) == 2)
            for a, b, edge in sorted(ties.edges(data=True), key=lambda found: found[:2])
        ]
        self.hits = hits(lattice, style)
        self.sectors = sorted({belonging.home(node) for node in nodes} - {""})
        self.member = np.array(
            [[float(s in belonging.sectors.get(node, ())) for s in self.sectors] for node in nodes]
        ).reshape(self.count, len(self.sectors))
        self.settled = np.array([float(bool(belonging.home(node))) for node in nodes])
        residents = (self.member * self.settled[:, None]).T
        self.share = residents / np.maximum(residents.sum(axis=1, keepdims=True), 1)
        self.mates = [
            (index[a], index[b])
            for a, b in combinations(nodes, 2)
            if set(belonging.bodies.get(a, ())) & set(belonging.bodies.get(b, ()))
        ]
        self.places: list[int] = []
        self.apart = np.hypot(
            *np.moveaxis(lattice.places[:, None, :] - lattice.places[None, :, :], 2, 0)
        ).tolist()

    def improve(self, dice: Random) -> None:
        """Let two exchange places, or one move to a free place, wherever that suits all better."""
        best = cost = self.cost()
        kept = list(self.places)
        turns = min(400 * self.count, 6500)
        for turn in range(turns):
            warmth = 2.0 * (1 - turn / turns) ** 2
            before = list(self.places)
            self._shuffle(dice)
            changed = self.cost()
            if changed <= cost or dice.random() < exp((cost - changed) / max(warmth, 1e-6)):
                cost = changed
                if cost < best:
                    best, kept = cost, list(self.places)
            else:
                self.places = before
        self.places = kept

    def _shuffle(self, dice: Random) -> None:
        who = dice.randrange(self.count)
        where = dice.randrange(len(self.lattice.places))
        if where in self.places:
            other = self.places.index(where)
            self.places[other] = self.places[who]
        self.places[who] = where

    def cost(self) -> float:
        """Lines behind boxes weigh most, then strays from their sector, then distances."""
        places, apart = self.places, self.apart
        taken = sum(1 << place for place in places)
        total = 0.0
        for a, b, matters, two_views in self.edges:
            total += apart[places[a]][places[b]] / 400
            masks = self.hits[places[a], places[b]]
            if two_views:
                _, left, right, far_left, far_right = masks
                if (left | right) & taken and (far_left | far_right) & taken:
                    total += 4 * matters
            elif masks[0] & taken:
                total += 0.2 * matters
                if all(mask & taken for mask in masks):
                    total += 5 * matters * min((mask & taken).bit_count() for mask in masks)
        for a, b in self.mates:
            total += apart[places[a]][places[b]] / 250
        return total + self._strays()

    def _strays(self) -> float:
        """How far members stand from the middle of their sector, and nearer to another's."""
        if not self.sectors:
            return 0.0
        seats = self.lattice.places[self.places]
        middles = self.share @ seats
        away = seats[:, None, :] - middles[None, :, :]
        distance = np.sqrt((away * away).sum(axis=2)) / 100
        own = (distance * self.member).sum(axis=1)
        rival = np.where(self.member > 0, np.inf, distance).min(axis=1)
        stray = np.maximum(0.0, own - 0.9 * rival) * self.settled
        return float(0.3 * own.sum() + 6 * stray.sum() + 1.5 * np.count_nonzero(stray))
