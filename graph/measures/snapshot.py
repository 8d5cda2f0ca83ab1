"""A network as arrays, taken once, so that measures asked for together share their work."""

from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from graph.measures.distances import Distances, Numbers, Places, distances_to
from graph.measures.scores import DirectedNetwork, require_plain
from graph.measures.triangles import Pairs, tied_pairs


class Snapshot:
    """A network as it is now. Every measure takes one in place of the network.

    Nodes are numbered in the order of the network; sparse matrices have a row for the source and
    a column for the target. What is asked for is worked out once and kept, so the network must
    not be changed while its snapshot is used.
    """

    def __init__(self, network: DirectedNetwork) -> None:
        require_plain(network)
        self.network = network
        self.nodes = tuple(network)
        self.size = len(self.nodes)
        self.place = {node: place for place, node in enumerate(self.nodes)}
        ties = [others for _, others in network.adjacency()]
        self.ties = sum(map(len, ties))
        self.sources: Places = np.repeat(np.arange(self.size), [len(others) for others in ties])
        self.targets: Places = np.fromiter(
            map(self.place.__getitem__, chain.from_iterable(ties)), dtype=np.intp, count=self.ties
        )

    def by_node(self, numbers: Any) -> dict[str, float]:
        """Return one plain number per node, of an array in the order of the nodes."""
        return dict(zip(self.nodes, numbers.tolist(), strict=True))

    @cached_property
    def rows(self) -> Any:
        """1 where there is a tie."""
        return self._matrix(self.sources, self.targets, np.ones(self.ties))

    @cached_property
    def mutual(self) -> Any:
        """The ties of both directions added: 0, 1 or 2."""
        return self.rows + self.rows.T.tocsr()

    @cached_property
    def either(self) -> Any:
        """1 where there is a tie in either direction: the symmetrised map."""
        return (self.mutual > 0).astype(float)

    @cached_property
    def strength_of_tie(self) -> Numbers:
        """In the order of `sources` and `targets`; not a number for a tie without a strength."""
        weights = [
            tie.get("weight") for _, others in self.network.adjacency() for tie in others.values()
        ]
        strengths = np.array(weights, dtype=float)
        wrong = ~(np.isfinite(strengths) & (strengths > 0))
        for tie in np.flatnonzero(wrong):
            if weights[tie] is not None:
                source, target = self.nodes[self.sources[tie]], self.nodes[self.targets[tie]]
                raise ValueError(
                    f"the tie {source!r} -> {target!r} has weight {weights[tie]!r}; "
                    "it must be above 0"
                )
        return strengths

    @cached_property
    def strengths(self) -> Any:
        """The strength of each tie that has one; the others are not there."""
        there = ~np.isnan(self.strength_of_tie)
        return self._matrix(self.sources[there], self.targets[there], self.strength_of_tie[there])

    def _matrix(self, sources: Any, targets: Any, values: Any) -> Any:
        return sparse.csr_array((values, (sources, targets)), shape=(self.size, self.size))

    @cached_property
    def pairs(self) -> Pairs:
        """Each tied pair once."""
        return tied_pairs(self.size, self.sources, self.targets)

    @cached_property
    def distances_in(self) -> Distances:
        """From all others to each node."""
        return distances_to(self.size, self.sources, self.targets)

    @cached_property
    def distances_out(self) -> Distances:
        """From each node to all others."""
        return distances_to(self.size, self.targets, self.sources)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What families of measures have worked out and share, by name."""
        return {}


Measured: TypeAlias = DirectedNetwork | Snapshot


def snapshot(measured: Measured) -> Snapshot:
    """Return the snapshot of a network; of a snapshot, itself."""
    return measured if isinstance(measured, Snapshot) else Snapshot(measured)
