"""A core and a periphery: who makes up the dense middle, and how well the map fits that picture."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, snapshot


@dataclass(frozen=True, kw_only=True)
class CorePeriphery:
    """The core, how many pairs contradict it, and its fit.

    `misfits` counts pairs of the core without a tie and tied pairs of the periphery. `fit` is
    the correlation of the ties with the ideal pattern. `interchangeable` names those of the
    periphery with as many contacts as the last of the core, who could stand in its place.
    """

    core: tuple[str, ...]
    fit: float | None
    reason: str | None
    misfits: int
    interchangeable: tuple[str, ...]
    method: str


def core_periphery(network: Measured) -> CorePeriphery:
    r"""Return the division into a core all tied to each other and a periphery with no ties within.

    The core are those whose meetings everybody hears about; the fit says whether there is such a
    middle at all. Below about 0.5 there is none worth the name.

    The core C minimises, exactly, the number of pairs that contradict the ideal,

    .. math:: Z(C) = \binom{|C|}{2} + m - \sum_{v \in C} \deg(v)

    over the m tied pairs, ties in either direction; pairs of one from each side are left open.
    The best core of each size takes those with most contacts, so all sizes are tried. Of cores
    with equal Z the smallest is given. The fit is Pearson's correlation between ties and ideal
    over the pairs within core and within periphery.

    An isolate is of the periphery. Where one side has no pair, or all pairs are alike, the
    correlation is not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Asha")])
    >>> network.add_edges_from([("Asha", "Gwen"), ("Ben", "Hal")])
    >>> found = core_periphery(network)
    >>> found.core, found.misfits, found.fit
    (('Asha', 'Ben'), 0, 1.0)

    References
    ----------
    .. [1] Borgatti, S. P., Everett, M. G. (2000). "Models of core/periphery structures". Social
           Networks 21(4), 375-395.
    .. [2] Lip, S. Z. W. (2011). "A fast algorithm for the discrete core/periphery bipartitioning
           problem". arXiv 1102.5511.
    """
    taken = snapshot(network)
    contacts = dict(zip(taken.nodes, np.diff(taken.either.indptr).tolist(), strict=True))
    ranked = sorted(taken.nodes, key=lambda node: (-contacts[node], node))
    pairs = taken.either.nnz // 2
    best, fewest, covered = 0, pairs, 0
    for size, node in enumerate(ranked, start=1):
        covered += contacts[node]
        misfits = size * (size - 1) // 2 + pairs - covered
        if misfits < fewest:
            best, fewest = size, misfits
    core = ranked[:best]
    last = contacts[core[-1]] if core else -1
    inside = set(core)
    within = sum(
        1
        for one, other in taken.network.edges
        if one in inside
        and other in inside
        and (one < other or not taken.network.has_edge(other, one))
    )
    fit, reason = _fit(best, taken.size - best, within, fewest)
    return CorePeriphery(
        core=tuple(core),
        fit=fit,
        reason=reason,
        misfits=fewest,
        interchangeable=tuple(node for node in ranked[best:] if contacts[node] == last),
        method=method_text(
            "Core and periphery (Borgatti and Everett 2000, discrete), fewest misfits, exact "
            "(Lip 2011); fit is Pearson's correlation within core and within periphery",
            version=1,
            direction="none: a tie in either direction joins the two",
            weights="not used",
            isolates="of the periphery",
        ),
    )


def _fit(core: int, periphery: int, within: int, misfits: int) -> tuple[float | None, str | None]:
    """Return the correlation of a table of two by two: in the core or not, tied or not."""
    of_core, of_periphery = core * (core - 1) // 2, periphery * (periphery - 1) // 2
    outside = misfits - (of_core - within)
    tied, untied = within + outside, of_core + of_periphery - within - outside
    if not of_core or not of_periphery:
        return None, "the core or the periphery has fewer than two"
    if not tied or not untied:
        return None, "all pairs within core and periphery are alike"
    product = within * (of_periphery - outside) - (of_core - within) * outside
    return product / sqrt(of_core * of_periphery * tied * untied), None
