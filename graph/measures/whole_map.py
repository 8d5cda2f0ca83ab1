"""What the map is like as a whole: how dense, how mutual, how centred, how far apart.

`WHOLE_MAP` lists those that need the network alone. High or low is neither good nor bad in
itself: in Provan and Milward's four cities the better results went with ties centred on a core
agency, not with many ties.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components

from graph.measures.figures import Figure
from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

_EITHER = "none: a tie in either direction joins the two"
_ONE_WAY = "a tie from a to b and one from b to a are two"
_NO_TIES = "there are no ties"


def density(network: Measured) -> Figure:
    r"""Return the share of possible ties that are there.

    The chance that one person, picked blindly, says they deal with another. Large maps are
    always thinner than small ones: do not compare maps of different size by it.

    .. math:: d = \frac{m}{n (n - 1)}

    Isolates count in n. On a map of fewer than two no tie is possible: not defined.

    >>> import networkx as nx
    >>> density(nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Ben")])).value
    0.5

    References
    ----------
    .. [1] Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press;
           p. 129.
    """
    taken = snapshot(network)
    possible = taken.size * (taken.size - 1)
    return _figure(
        "density",
        "Density",
        taken.ties / possible if possible else None,
        "needs at least two leaders or organisations",
        name="Density, ties / n(n - 1)",
        direction=_ONE_WAY,
        isolates="counted in n",
    )


def reciprocity_arcs(network: Measured) -> Figure:
    r"""Return the share of ties that are returned.

    How often A's word that they deal with B meets B's word that they deal with A. Low also where
    only some people were asked.

    .. math:: \frac{|\{(a, b) : a \to b, b \to a\}|}{m}

    Isolates do not count. Without ties there is nothing to return: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Dele", "Asha"), ("Ben", "Dele")])
    >>> reciprocity_arcs(network).value == 2 / 3, reciprocity_dyads(network).value == 1 / 2
    (True, True)

    References
    ----------
    .. [1] Hanneman, R. A., Riddle, M. (2005). Introduction to Social Network Methods. University
           of California, Riverside; chapter 8 (arc and dyad methods).
    """
    taken = snapshot(network)
    returned = int((taken.mutual.data == 2).sum())
    return _figure(
        "reciprocity_arcs",
        "Reciprocity, share of ties returned",
        returned / taken.ties if taken.ties else None,
        _NO_TIES,
        name="Reciprocity, arc method: returned ties / ties",
        direction=_ONE_WAY,
        isolates="not counted",
    )


def reciprocity_dyads(network: Measured) -> Figure:
    r"""Return the share of tied pairs that are tied both ways.

    Of all who have something to do with each other by either's word: how many by both.

    .. math:: \frac{|\{\{a, b\} : a \to b, b \to a\}|}{|\{\{a, b\} : a \to b \text{ or } b \to a\}|}

    Isolates do not count. Without ties there is no tied pair: not defined.

    >>> import networkx as nx
    >>> reciprocity_dyads(nx.DiGraph([("Asha", "Dele"), ("Dele", "Asha"), ("Ben", "Dele")])).value
    0.5

    References
    ----------
    .. [1] Hanneman, R. A., Riddle, M. (2005). Introduction to Social Network Methods. University
           of California, Riverside; chapter 8 (arc and dyad methods).
    """
    taken = snapshot(network)
    pairs = taken.mutual.nnz
    return _figure(
        "reciprocity_dyads",
        "Reciprocity, share of tied pairs that are mutual",
        int((taken.mutual.data == 2).sum()) / pairs if pairs else None,
        _NO_TIES,
        name="Reciprocity, dyad method: mutual pairs / tied pairs",
        direction="pairs, whichever way the tie goes",
        isolates="not counted",
    )


def centralisation(network: Measured) -> Figure:
    r"""Return how far the contacts gather around one leader or organisation.

    1 where everybody deals with one and with nobody else (a star), 0 where all have as many
    contacts. The centre is often whoever drew the map: look again without that person.

    .. math:: \frac{\sum_v (C^* - C_v)}{(n - 1)(n - 2)}

    with :math:`C_v` the contacts of v, in either direction, and :math:`C^*` the most anybody has.

    Isolates count. On a map of fewer than three there is no star: not defined.

    >>> import networkx as nx
    >>> centralisation(nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Gwen")])).value
    1.0

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 228.
    """
    taken = snapshot(network)
    contacts = np.diff(taken.either.indptr)
    size = taken.size
    return _figure(
        "centralisation",
        "Centralisation, by contacts",
        _gathered(contacts) / ((size - 1) * (size - 2)) if size > 2 else None,
        "needs at least three leaders or organisations",
        name="Degree centralisation (Freeman 1979), divided by (n - 1)(n - 2)",
        direction=_EITHER,
        isolates="counted",
    )


def centralisation_in(network: Measured) -> Figure:
    r"""Return how far the views received gather around one leader or organisation.

    1 where everybody names one and nobody else.

    .. math:: \frac{\sum_v (\deg^-_{max} - \deg^-(v))}{(n - 1)^2}

    Isolates count. On a map of fewer than two there is nobody to gather around: not defined.

    >>> import networkx as nx
    >>> centralisation_in(nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")])).value
    1.0

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; the divisor is that of directed ties, as in R sna.
    """
    taken = snapshot(network)
    return _directed_centralisation(taken, "in", taken.rows.sum(axis=0), "views received")


def centralisation_out(network: Measured) -> Figure:
    r"""Return how far the views given come from one leader or organisation.

    Near 1 where one person was asked about everybody, and nobody else was asked.

    .. math:: \frac{\sum_v (\deg^+_{max} - \deg^+(v))}{(n - 1)^2}

    Isolates count. On a map of fewer than two there is nobody to gather around: not defined.

    >>> import networkx as nx
    >>> centralisation_out(nx.DiGraph([("Dele", "Asha"), ("Dele", "Ben")])).value
    1.0

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; the divisor is that of directed ties, as in R sna.
    """
    taken = snapshot(network)
    return _directed_centralisation(taken, "out", taken.rows.sum(axis=1), "views given")


def components(network: Measured) -> Figure:
    """Return into how many parts the map falls that no tie joins.

    1 where everybody can be reached from everybody by way of somebody, whichever way ties go.

    `largest` is the size of the largest part, `isolates` how many have no tie at all, and
    `strong` into how many parts the map falls when ties lead one way only.

    An isolate is a part of its own. An empty map has 0 parts.

    >>> import networkx as nx
    >>> found = components(nx.DiGraph([("Asha", "Dele"), ("Ben", "Gwen")]))
    >>> found.value, found.beside["strong"]
    (2, 4)

    References
    ----------
    .. [1] Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press;
           p. 109.
    """
    taken = snapshot(network)
    weak = strong = largest = 0
    if taken.size:
        weak, part_of = connected_components(taken.either, directed=False)
        strong, _ = connected_components(taken.rows, directed=True, connection="strong")
        largest = int(np.bincount(part_of).max())
    return _figure(
        "components",
        "Parts",
        int(weak),
        "",
        name="Components, weak; strong ones beside them",
        direction="none for parts; along the ties for strong ones",
        isolates="a part each",
        beside={
            "largest": largest,
            "isolates": int((np.diff(taken.either.indptr) == 0).sum()),
            "strong": int(strong),
        },
    )


def map_fragmentation(network: Measured) -> Figure:
    r"""Return the share of pairs that cannot reach each other at all.

    0 where the map holds together, 1 where there are no ties.

    .. math:: F = 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)}

    with :math:`s_k` the sizes of the parts, ties in either direction.

    An isolate is a part of one. On a map of fewer than two there is no pair: not defined.

    >>> import networkx as nx
    >>> round(map_fragmentation(nx.DiGraph([("Asha", "Dele"), ("Ben", "Gwen")])).value, 6)
    0.666667

    References
    ----------
    .. [1] Borgatti, S. P. (2006). "Identifying sets of key players in a social network".
           Computational & Mathematical Organization Theory 12, 21-34; equation 4.
    """
    taken = snapshot(network)
    pairs = taken.size * (taken.size - 1)
    joined = 0
    if pairs:
        _, part_of = connected_components(taken.either, directed=False)
        sizes = np.bincount(part_of).tolist()
        joined = sum(size * (size - 1) for size in sizes)
    return _figure(
        "fragmentation",
        "Fragmentation",
        1 - joined / pairs if pairs else None,
        "needs at least two leaders or organisations",
        name="Fragmentation F (Borgatti 2006)",
        direction=_EITHER,
        isolates="a part each",
    )


def mean_distance(network: Measured) -> Figure:
    r"""Return how many steps lie between two who can reach each other, on average.

    How often something has to be passed on. Read it beside `pairs_without_a_path`: where many
    cannot reach each other at all, the rest may be close.

    .. math:: \frac{\sum_{(a, b) : a \rightsquigarrow b} d(a, b)}
              {|\{(a, b) : a \rightsquigarrow b\}|}

    over ordered pairs that have a path along the ties; `longest` is the largest distance.

    Isolates reach nobody and add nothing. Without ties there is no path: not defined.

    >>> import networkx as nx
    >>> found = mean_distance(nx.DiGraph([("Asha", "Dele"), ("Dele", "Ben")]))
    >>> found.value == 4 / 3, found.beside
    (True, {'pairs_with_a_path': 3, 'pairs_without_a_path': 3, 'longest': 2})

    References
    ----------
    .. [1] Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press;
           p. 110-111.
    """
    taken = snapshot(network)
    distances = taken.distances_out
    reached = int(distances.reached.sum())
    return _figure(
        "mean_distance",
        "Mean distance",
        int(distances.total.sum()) / reached if reached else None,
        _NO_TIES,
        name="Mean distance over ordered pairs that have a path",
        direction="along the ties",
        isolates="add nothing",
        beside={
            "pairs_with_a_path": reached,
            "pairs_without_a_path": taken.size * (taken.size - 1) - reached,
            "longest": distances.longest if reached else None,
        },
    )


WHOLE_MAP: Mapping[str, Callable[[Measured], Figure]] = {
    "density": density,
    "reciprocity_arcs": reciprocity_arcs,
    "reciprocity_dyads": reciprocity_dyads,
    "centralisation": centralisation,
    "centralisation_in": centralisation_in,
    "centralisation_out": centralisation_out,
    "components": components,
    "fragmentation": map_fragmentation,
    "mean_distance": mean_distance,
}


def _gathered(counts: Any) -> float:
    return float((counts.max() - counts).sum())


def _directed_centralisation(taken: Snapshot, way: str, counts: Any, what: str) -> Figure:
    return _figure(
        f"centralisation_{way}",
        f"Centralisation, by {what}",
        _gathered(counts) / (taken.size - 1) ** 2 if taken.size > 1 else None,
        "needs at least two leaders or organisations",
        name=f"{'In' if way == 'in' else 'Out'}-degree centralisation, divided by (n - 1)²",
        direction=what,
        isolates="counted",
    )


def _figure(
    measure: str,
    title: str,
    value: float | None,
    reason: str,
    *,
    name: str,
    direction: str,
    isolates: str,
    beside: Mapping[str, float | int | str | None] | None = None,
) -> Figure:
    return Figure(
        measure=measure,
        title=title,
        value=value,
        reason=reason if value is None else None,
        method=method_text(
            name, version=1, direction=direction, weights="not used", isolates=isolates
        ),
        beside=beside or {},
    )
