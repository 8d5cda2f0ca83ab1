"""Knots of ties, found by Louvain: a suggestion to look at, never a fact about people."""

from dataclasses import dataclass

import networkx as nx

from graph.measures.effort import refuse_if_longer, told
from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, snapshot

SEED = 1
OTHER_SEEDS, OTHER_SEEDS_IF_LARGE = 9, 2
LARGE = 3_000
"""With more ties than this, two other seeds must do to tell how steady the groups are."""
SECONDS_PER_TIE = 4e-5
"""For one search."""


@dataclass(frozen=True, kw_only=True)
class Communities:
    """The groups found, the largest first, and how far they are to be trusted.

    `modularity` is how many more ties lie within the groups than would by chance. `steadiness`
    is the share of tied pairs put together, or put apart, by the other seeds as by this one.
    """

    groups: tuple[tuple[str, ...], ...]
    modularity: float | None
    steadiness: float | None
    reason: str | None
    seed: int
    method: str


def communities(network: Measured, *, seed: int = SEED) -> Communities:
    r"""Return groups of leaders or organisations with more ties within than between.

    Beside the sectors people belong to on paper: who in fact deals with whom. With another seed
    some people change group; `steadiness` says how many tied pairs stay as they are.

    The groups are sought that maximise the modularity

    .. math:: Q = \frac{1}{2m} \sum_{ab} \Bigl(s_{ab} - \frac{k_a k_b}{2m}\Bigr) \delta(c_a, c_b)

    with s = 1 for a tie in either direction, k the contacts and m the tied pairs. Louvain's
    search is not exact; the seed is printed, and the same seed gives the same groups.

    An isolate is a group of its own. Without ties there is no modularity: not defined. A very
    large map raises `TooMuch`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("A", "B"), ("B", "C"), ("C", "A"), ("C", "X"), ("X", "Y")])
    >>> network.add_edges_from([("Y", "Z"), ("Z", "X")])
    >>> communities(network).groups
    (('A', 'B', 'C'), ('X', 'Y', 'Z'))

    References
    ----------
    .. [1] Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). "Fast unfolding
           of communities in large networks". Journal of Statistical Mechanics P10008.
    """
    taken = snapshot(network)
    other_seeds = OTHER_SEEDS if taken.ties <= LARGE else OTHER_SEEDS_IF_LARGE
    refuse_if_longer(
        SECONDS_PER_TIE * taken.ties * (1 + other_seeds),
        f"Seeking communities with {1 + other_seeds} seeds among {taken.ties:,} ties",
        "Choose a part of the map, or organisations instead.",
    )
    # In the order of the alphabet: Louvain's result depends on the order of nodes and ties.
    either: nx.Graph[str] = nx.Graph()
    either.add_nodes_from(sorted(taken.nodes))
    either.add_edges_from(sorted(tuple(sorted(tie)) for tie in taken.network.edges))
    groups = _louvain(either, seed)
    steadiness = None
    if taken.ties:
        together = _together(either, groups)
        others = []
        for step in range(1, other_seeds + 1):
            told(step / (1 + other_seeds))
            others.append(_together(either, _louvain(either, seed + step)))
        same = sum(
            one == other for found in others for one, other in zip(together, found, strict=True)
        )
        steadiness = same / (len(together) * len(others))
    return Communities(
        groups=groups,
        modularity=(
            float(nx.community.modularity(either, groups, weight=None)) if taken.ties else None
        ),
        steadiness=steadiness,
        reason=None if taken.ties else "there are no ties",
        seed=seed,
        method=method_text(
            f"Louvain communities (Blondel and others 2008), resolution 1, seed {seed}; "
            f"steadiness over {other_seeds} other seeds",
            version=1,
            direction="none: a tie in either direction joins the two",
            weights="not used",
            isolates="a group each",
        ),
    )


def _louvain(either: "nx.Graph[str]", seed: int) -> tuple[tuple[str, ...], ...]:
    found = nx.community.louvain_communities(either, weight=None, seed=seed)
    groups = [tuple(sorted(group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _together(either: "nx.Graph[str]", groups: tuple[tuple[str, ...], ...]) -> list[bool]:
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    return [group_of[one] == group_of[other] for one, other in either.edges]
