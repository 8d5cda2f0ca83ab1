"""A network as arrays, taken once, so that measures asked for together share their work."""

from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from graph.measures.distances import Distances, distances_to
from graph.measures.scores import DirectedNetwork, require_plain, weighted_ties


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
        self.sources = self._places(source for source, _ in network.edges)
        self.targets = self._places(target for _, target in network.edges)
        self.ties = len(self.sources)

    def _places(self, nodes: Any) -> Any:
        return np.array([self.place[node] for node in nodes], dtype=np.intp)

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
    def strengths(self) -> Any:
        """The strength of each tie that has one; the others are not there."""
        ties = weighted_ties(self.network)
        return self._matrix(
            self._places(source for source, _, _ in ties),
            self._places(target for _, target, _ in ties),
            np.array([weight for *_, weight in ties], dtype=float),
        )

    @cached_property
    def mutual_strengths(self) -> Any:
        """The strengths of both directions added."""
        return self.strengths + self.strengths.T.tocsr()

    def _matrix(self, sources: Any, targets: Any, values: Any) -> Any:
        return sparse.csr_array((values, (sources, targets)), shape=(self.size, self.size))

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
