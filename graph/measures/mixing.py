"""Whether ties stay within groups: the E-I index, its permutation test, and the mixing table."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.measures.effort import refuse_if_longer, told
from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, snapshot

SHUFFLES = 9_999
SEED = 1
SECONDS_PER_LABEL = 3.3e-8
"""A label is one tie in one shuffle."""
_AT_ONCE = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Mixing:
    """The E-I index of a map, the same with labels shuffled, and the ties between each two groups.

    `p_high` is the share of shuffles, this map counted as one, with an index at least so high;
    `p_low` at most so low. `table` has a row for each pair of groups: ties from the first to the
    second, and how many ordered pairs there are.
    """

    index: float | None
    reason: str | None
    external: int
    internal: int
    expected: float | None
    sd: float | None
    p_high: float | None
    p_low: float | None
    table: tuple[tuple[str, str, int, int], ...]
    by_group: Mapping[str, float | None]
    without_group: tuple[str, ...]
    shuffles: int
    seed: int
    method: str


def mixing(
    network: Measured,
    groups: Mapping[str, str | None],
    *,
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> Mixing:
    r"""Return whether ties lead out of the groups or stay within them.

    -1 where all ties stay within a group, 1 where all lead out. With many small groups most ties
    lead out by chance alone: read the index beside the mean of the shuffled labels.

    .. math:: EI = \frac{E - I}{E + I}

    with E ties between and I ties within groups, each way counted. The permutation test shuffles
    the labels, with sizes fixed; the seed is printed. `by_group` has the index over the ties
    that begin or end in each group.

    Those without a group are left out, with their ties. An isolate counts among those whose
    labels are shuffled. Without ties the index is not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Ben")])
    >>> found = mixing(network, {"Asha": "trust", "Ben": "trust", "Dele": "council"})
    >>> (found.external, found.internal, round(found.index, 6))
    (2, 1, 0.333333)

    References
    ----------
    .. [1] Krackhardt, D., Stern, R. N. (1988). "Informal networks and organizational crises: an
           experimental simulation". Social Psychology Quarterly 51(2), 123-140.
    """
    taken = snapshot(network)
    nodes = sorted(node for node in taken.nodes if groups.get(node))
    place = {node: number for number, node in enumerate(nodes)}
    labels = sorted({str(groups[node]) for node in nodes})
    number_of = {label: number for number, label in enumerate(labels)}
    codes = np.array([number_of[str(groups[node])] for node in nodes], dtype=np.int32)
    ties = [(place[a], place[b]) for a, b in taken.network.edges if a in place and b in place]
    source, target = np.array(sorted(ties), dtype=np.intp).reshape(len(ties), 2).T
    counted = np.zeros((len(labels), len(labels)), dtype=np.int64)
    np.add.at(counted, (codes[source], codes[target]), 1)
    internal = int(np.trace(counted))
    external = len(ties) - internal
    index = (external - internal) / len(ties) if ties else None
    refuse_if_longer(
        SECONDS_PER_LABEL * len(ties) * shuffles,
        f"Shuffling the groups {shuffles:,} times over {len(ties):,} ties",
        "Ask for fewer shuffles, or choose a part of the map.",
    )
    within = [np.zeros(0, dtype=np.int64)]
    random = np.random.default_rng(seed)
    batch = max(1, min(shuffles, _AT_ONCE // max(1, len(ties))))
    for first in range(0, shuffles if ties else 0, batch):
        dealt = np.tile(codes, (min(batch, shuffles - first), 1))
        random.permuted(dealt, axis=1, out=dealt)
        within.append((dealt[:, source] == dealt[:, target]).sum(axis=1))
        told((first + len(dealt)) / shuffles)
    dealt_within = np.concatenate(within)
    indices = 1 - 2 * dealt_within / max(1, len(ties))
    sizes = np.bincount(codes, minlength=len(labels))
    return Mixing(
        index=index,
        reason=None if ties else "there are no ties between those who have a group",
        external=external,
        internal=internal,
        expected=float(indices.mean()) if ties else None,
        sd=float(indices.std()) if ties else None,
        p_high=float(1 + (dealt_within <= internal).sum()) / (1 + shuffles) if ties else None,
        p_low=float(1 + (dealt_within >= internal).sum()) / (1 + shuffles) if ties else None,
        table=tuple(
            (
                one,
                other,
                int(counted[i, j]),
                int(sizes[i] * (sizes[j] - 1 if i == j else sizes[j])),
            )
            for i, one in enumerate(labels)
            for j, other in enumerate(labels)
        ),
        by_group={
            label: _index(int(counted[i].sum() + counted[:, i].sum()), int(counted[i, i]))
            for i, label in enumerate(labels)
        },
        without_group=tuple(node for node in taken.nodes if node not in place),
        shuffles=shuffles,
        seed=seed,
        method=method_text(
            f"E-I index (Krackhardt and Stern 1988), labels shuffled {shuffles:,} times, group "
            f"sizes fixed, seed {seed}",
            version=1,
            direction="a tie each way is two",
            weights="not used",
            isolates="counted among those whose labels are shuffled; those without a group are "
            "left out",
        ),
    )


def _index(ends: int, internal: int) -> float | None:
    """Return the index of one group; a tie within it has two of its `ends` there."""
    ties = ends - internal
    return (ties - 2 * internal) / ties if ties else None
