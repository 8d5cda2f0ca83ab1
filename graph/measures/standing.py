"""Whose ties count because of whose ties they are: eigenvector, Katz, PageRank, hubs, authorities.

Each is the fixed point of "somebody counts by whom they are tied to"; they differ in direction
and in what a tie passes on. On a small map they say little that the number of ties does not.
"""

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import eigs, eigsh

from graph.measures.distances import Numbers
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

DAMPING = 0.85
MOST_STEPS = 2_000
SMALL = 300
"""Up to this size the whole spectrum is worked out; above it, only its end."""

NO_TIES = "there are no ties"


def eigenvector(network: Measured) -> Scores:
    r"""Return how well each leader or organisation is connected to the well connected.

    High for someone in the thick of the largest knot of ties. On a map of a few dozen it mostly
    repeats the number of ties.

    .. math:: \lambda x_v = \sum_u s_{uv} x_u, \qquad \max_v x_v = 1

    for the largest :math:`\lambda`, where s is 1 for a tie in either direction.

    A map that falls into parts has one answer for each part and none for the whole: not defined
    for anybody. An isolate is such a part.

    >>> import networkx as nx
    >>> scores = eigenvector(nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")]))
    >>> {node: round(value, 6) for node, value in scores.values.items()}
    {'Asha': 0.707107, 'Dele': 1.0, 'Ben': 0.707107}

    References
    ----------
    .. [1] Bonacich, P. (1972). "Factoring and weighting approaches to status scores and clique
           identification". Journal of Mathematical Sociology 2(1), 113-120.
    """
    taken = snapshot(network)
    parts = int(connected_components(taken.either, directed=False)[0]) if taken.size else 0
    reason = _no_single_answer(taken, parts)
    return _scores(
        taken,
        None if reason else _largest_one(_leading(taken.either).vector),
        reason,
        measure="eigenvector",
        title="Eigenvector centrality",
        name="Eigenvector centrality (Bonacich 1972), largest entry 1",
        direction="none: a tie in either direction joins the two",
        isolates="not defined, and with one nobody's is",
    )


def _no_single_answer(taken: Snapshot, parts: int) -> str | None:
    if taken.ties == 0:
        return NO_TIES
    return f"the map falls into {parts} parts that no tie joins" if parts > 1 else None


def pagerank(network: Measured) -> Scores:
    r"""Return how often somebody who follows ties at random would be at each of them.

    High for someone named by those who are named often themselves, and who name few others.

    .. math:: x_v = \frac{1 - c}{n} + c \Bigl(\sum_{u \to v} \frac{x_u}{\deg^+(u)}
              + \frac{1}{n} \sum_{u : \deg^+(u) = 0} x_u\Bigr), \qquad c = 0.85

    The numbers add up to 1. Who names nobody passes their share to all alike. An isolate keeps a
    small share; without any ties everybody has 1/n.

    >>> import networkx as nx
    >>> scores = pagerank(nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")]))
    >>> {node: round(value, 6) for node, value in scores.values.items()}
    {'Asha': 0.212766, 'Dele': 0.574468, 'Ben': 0.212766}

    References
    ----------
    .. [1] Brin, S., Page, L. (1998). "The anatomy of a large-scale hypertextual web search
           engine". Computer Networks 30(1-7), 107-117.
    """
    taken = snapshot(network)
    return _scores(
        taken,
        _pagerank(taken.rows),
        None,
        measure="pagerank",
        title="PageRank",
        name=f"PageRank (Brin and Page 1998), damping {DAMPING}",
        direction="along the ties: a tie from a to b counts for b",
        isolates="a small share, as for everybody whom nobody names",
    )


def pagerank_weighted(network: Measured) -> Scores:
    r"""Return PageRank where strong ties are followed more often.

    High for someone named as a strong tie by those who are themselves named so.

    The formula is that of `pagerank`, with the strength of the tie from u to v, divided by the
    sum of the strengths of u's ties, in place of :math:`1 / \deg^+(u)`.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`. An isolate keeps a small share.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 3), ("Asha", "Ben", 1)])
    >>> {node: round(x, 6) for node, x in pagerank_weighted(network).values.items()}
    {'Asha': 0.25974, 'Dele': 0.425325, 'Ben': 0.314935}

    References
    ----------
    .. [1] Brin, S., Page, L. (1998). "The anatomy of a large-scale hypertextual web search
           engine". Computer Networks 30(1-7), 107-117.
    """
    taken = snapshot(network)
    return _scores(
        taken,
        _pagerank(taken.strengths),
        None,
        measure="pagerank_weighted",
        title="PageRank, weighted",
        name=f"PageRank (Brin and Page 1998), damping {DAMPING}, weighted",
        direction="along the ties: a tie from a to b counts for b",
        isolates="a small share, as for everybody whom nobody names",
        weighted=taken.strengths.nnz,
    )


def katz(network: Measured) -> Scores:
    r"""Return how much comes in along all chains of ties, long ones counting less.

    High for someone named by many who are named by many; everybody starts with 1.

    .. math:: x_v = 1 + \alpha \sum_{u \to v} x_u, \qquad \alpha = 0.85 / \lambda_{max}

    with :math:`\lambda_{max}` the largest eigenvalue of the ties, which must be there: a map
    whose ties never lead back has none, and the number is then not defined. An isolate has 1.

    >>> import networkx as nx
    >>> scores = katz(nx.DiGraph([("Asha", "Dele"), ("Dele", "Asha"), ("Ben", "Dele")]))
    >>> {node: round(value, 6) for node, value in scores.values.items()}
    {'Asha': 9.27027, 'Dele': 9.72973, 'Ben': 1.0}

    References
    ----------
    .. [1] Katz, L. (1953). "A new status index derived from sociometric analysis".
           Psychometrika 18(1), 39-43.
    """
    taken = snapshot(network)
    largest = _spectral_radius(taken.rows) if taken.ties else 0.0
    reason = None
    if not largest:
        reason = "no chain of ties leads back to where it began" if taken.ties else NO_TIES
    return _scores(
        taken,
        None if reason else _katz(taken.rows, DAMPING / largest),
        reason,
        measure="katz",
        title="Katz status",
        name=f"Katz status (Katz 1953), alpha = {DAMPING} / largest eigenvalue, everybody adds 1",
        direction="along the ties: a tie from a to b counts for b",
        isolates="1",
    )


def hubs(network: Measured) -> Scores:
    r"""Return how far each leader or organisation names those whom other such hubs name.

    High for someone who knows the right people: a good place to begin asking.

    .. math:: h_v \propto \sum_{v \to u} a_u, \qquad a_v \propto \sum_{u \to v} h_u,
              \qquad \max_v h_v = 1

    Hubs and authorities are the first singular vectors of the ties. Where two knots of ties are
    exactly as dense, there is more than one answer: not defined. An isolate has 0.

    >>> import networkx as nx
    >>> hubs(nx.DiGraph([("Asha", "Dele"), ("Asha", "Ben"), ("Gwen", "Ben")])).values["Asha"]
    1.0

    References
    ----------
    .. [1] Kleinberg, J. M. (1999). "Authoritative sources in a hyperlinked environment". Journal
           of the ACM 46(5), 604-632; p. 611.
    """
    return _singular(snapshot(network), "hubs", "Hubs", along=False)


def authorities(network: Measured) -> Scores:
    r"""Return how far each leader or organisation is named by those who name the right people.

    High for someone whom the well informed point to.

    .. math:: a_v \propto \sum_{u \to v} h_u, \qquad h_v \propto \sum_{v \to u} a_u,
              \qquad \max_v a_v = 1

    Hubs and authorities are the first singular vectors of the ties. Where two knots of ties are
    exactly as dense, there is more than one answer: not defined. An isolate has 0.

    >>> import networkx as nx
    >>> authorities(nx.DiGraph([("Asha", "Dele"), ("Asha", "Ben"), ("Gwen", "Ben")])).values["Ben"]
    1.0

    References
    ----------
    .. [1] Kleinberg, J. M. (1999). "Authoritative sources in a hyperlinked environment". Journal
           of the ACM 46(5), 604-632; p. 611.
    """
    return _singular(snapshot(network), "authorities", "Authorities", along=True)


def _singular(taken: Snapshot, measure: str, title: str, *, along: bool) -> Scores:
    reason = None if taken.ties else NO_TIES
    values = None
    if reason is None:
        ties = taken.rows.T.tocsr() if along else taken.rows
        found = _leading(ties @ ties.T.tocsr())
        if found.shared:
            reason = "two separate knots of ties are equally dense, so there is no one answer"
        else:
            values = _largest_one(found.vector)
    return _scores(
        taken,
        values,
        reason,
        measure=measure,
        title=title,
        name=f"{title} (Kleinberg 1999), largest entry 1",
        direction="along the ties: hubs name, authorities are named",
        isolates="0",
    )


class _Leading(NamedTuple):
    """The largest eigenvalue's vector, and whether another vector belongs to it too."""

    vector: Numbers
    shared: bool


def _leading(symmetric: Any) -> _Leading:
    size: int = symmetric.shape[0]
    if size <= SMALL:
        values, vectors = np.linalg.eigh(symmetric.toarray())
    else:
        values, vectors = eigsh(symmetric, k=2, which="LA", v0=np.ones(size))
    order = np.argsort(values)
    largest = values[order[-1]]
    shared = size > 1 and largest - values[order[-2]] <= 1e-9 * largest
    return _Leading(np.abs(vectors[:, order[-1]]), bool(shared))


def _largest_one(vector: Numbers) -> Numbers:
    scaled: Numbers = vector / vector.max()
    return np.where(scaled < 1e-12, 0.0, scaled)


def _spectral_radius(rows: Any) -> float:
    """Return the largest eigenvalue, or 0 where no chain of ties leads back.

    Part by part, of those in which everybody reaches everybody: taken together, chains that lead
    nowhere would spoil the digits.
    """
    _, part_of = connected_components(rows, directed=True, connection="strong")
    largest = 0.0
    for part in np.flatnonzero(np.bincount(part_of) > 1):
        members = np.flatnonzero(part_of == part)
        inside = rows[members][:, members]
        if len(members) <= SMALL:
            value = np.linalg.eigvals(inside.toarray()).real.max()
        else:
            value = eigs(
                inside, k=1, which="LR", v0=np.ones(len(members)), return_eigenvectors=False
            ).real[0]
        largest = max(largest, float(value))
    return largest


def _katz(rows: Any, alpha: float) -> Numbers:
    columns = rows.T.tocsr()
    status = np.ones(rows.shape[0])
    for _ in range(MOST_STEPS):
        following = 1 + alpha * (columns @ status)
        if np.abs(following - status).max() <= 1e-15 * following.max():
            break
        status = following
    return status


def _pagerank(weights: Any) -> Numbers:
    size: int = weights.shape[0]
    if not size:
        return np.zeros(0)
    given = np.asarray(weights.sum(axis=1)).ravel()
    names_nobody = given == 0
    share = sparse.diags_array(np.divide(1, given, out=np.zeros(size), where=~names_nobody))
    columns = (share @ weights).T.tocsr()
    rank: Numbers = np.full(size, 1 / size)
    for _ in range(MOST_STEPS):
        passed_on = columns @ rank + rank[names_nobody].sum() / size
        following = (1 - DAMPING) / size + DAMPING * passed_on
        if np.abs(following - rank).sum() <= 1e-15:
            break
        rank = following
    rank /= rank.sum()
    return rank


def _scores(
    taken: Snapshot,
    values: Numbers | None,
    reason: str | None,
    *,
    measure: str,
    title: str,
    name: str,
    direction: str,
    isolates: str,
    weighted: int | None = None,
) -> Scores:
    return Scores(
        measure=measure,
        title=title,
        values=dict.fromkeys(taken.nodes) if values is None else taken.by_node(values),
        reasons={} if reason is None else dict.fromkeys(taken.nodes, reason),
        method=method_text(
            name,
            version=1,
            direction=direction,
            weights=(
                "not used"
                if weighted is None
                else "strength; a tie without a strength is left out and counted as such"
            ),
            isolates=isolates,
        ),
        ties=taken.ties if weighted is None else weighted,
        ties_without_weight=0 if weighted is None else taken.ties - weighted,
    )
