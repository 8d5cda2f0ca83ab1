"""Betweenness of maps too large for the exact count: estimated from some starting points."""

import numpy as np

from graph.measures.centrality import BETWEENNESS_SECONDS_PER_STEP
from graph.measures.effort import allowed, refuse_if_longer
from graph.measures.paths import dependencies
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, snapshot

SEED = 1
STARTS = 256
FEWEST = 30
"""Fewer starting points cannot tell how far off they are."""
LEVELS = 12
"""The distance to which a search is expected to go."""


def betweenness_sampled(network: Measured, *, starts: int = STARTS, seed: int = SEED) -> Scores:
    r"""Return betweenness estimated from the shortest paths that begin at some of the nodes.

    For maps on which counting all paths would take too long. Good for telling the few with very
    high betweenness from the rest; read each value with its standard error, and do not rank by
    it where two differ by less than that.

    .. math::

       \hat b(v) = \frac{n}{k} \sum_{s \in S} \delta_s(v),
       \qquad se(v) = n \sqrt{\Bigl(1 - \frac{k}{n}\Bigr) \frac{s_\delta^2(v)}{k}}

    with :math:`\delta_s(v)` the part of the paths from s that run through v, S a draw of k of
    the n nodes without replacement, and :math:`s_\delta^2` the variance over the draw. The seed
    and k are printed; with k = n the count is exact. Where most of what somebody carries begins
    at a few nodes, and none of these is drawn, both the value and its error are too low.

    An isolate has 0. Fewer than 30 starting points are drawn where no more are asked for or
    there are no more; where there is no time for 30 it raises `TooMuch`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Gwen")])
    >>> found = betweenness_sampled(network, starts=3)
    >>> found.values["Asha"], 0 <= found.values["Dele"] <= 4
    (0.0, True)

    References
    ----------
    .. [1] Brandes, U., Pich, C. (2007). "Centrality estimation in large networks". International
           Journal of Bifurcation and Chaos 17(7), 2303-2318.
    .. [2] Cochran, W. G. (1977). Sampling Techniques. 3rd edition, Wiley; p. 23-26.
    """
    taken = snapshot(network)
    size = taken.size
    each = BETWEENNESS_SECONDS_PER_STEP * (size + taken.ties) * LEVELS
    wanted = min(starts, size)
    refuse_if_longer(
        each * min(FEWEST, wanted),
        f"Estimating betweenness for {size:,} leaders or organisations and {taken.ties:,} ties",
        "Choose a part of the map, or measure organisations instead of leaders.",
    )
    drawn = min(wanted, max(FEWEST, int(allowed() / each))) if wanted else 0
    chosen = np.random.default_rng(seed).permutation(size)[:drawn]
    total, squares = np.zeros((2, size))
    for dependent in dependencies(taken.rows, np.sort(chosen)):
        total += dependent.sum(axis=1)
        squares += (dependent**2).sum(axis=1)
    variance = np.maximum(squares - total**2 / max(drawn, 1), 0) / max(drawn - 1, 1)
    errors = size * np.sqrt((1 - drawn / max(size, 1)) * variance / max(drawn, 1))
    largest = errors.max(initial=0.0)
    return Scores(
        measure="betweenness_sampled",
        title="Betweenness, estimated",
        values=taken.by_node(total * (size / max(drawn, 1))),
        reasons={},
        standard_errors=taken.by_node(errors),
        method=method_text(
            f"Betweenness (Freeman 1977), estimated from {drawn:,} of {size:,} starting points "
            f"(Brandes and Pich 2007), seed {seed}, raw count; largest standard error "
            f"{largest:,.0f}",
            version=1,
            direction="along the ties, one way; a two-way tie is two ties",
            weights="not used, every tie is one step",
            isolates="0",
        ),
        ties=taken.ties,
    )
