"""Who stands at the gaps: how far the contacts of a leader or organisation know each other.

Burt's measures, plain and weighted; `holes.py` works them out together.
"""

from collections.abc import Mapping

import numpy as np

from graph.measures.distances import Numbers
from graph.measures.holes import holes
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

_DIRECTION = "both ways added, a_ij + a_ji; contacts are those tied in either direction"


def constraint(network: Measured) -> Scores:
    r"""Return how far each leader's or organisation's contacts are wrapped up in each other.

    Low for someone whose contacts do not deal with each other: freer to broker, and to hear news
    first. High for someone held inside one close circle.

    .. math::

       c_i = \sum_j \Bigl(p_{ij} + \sum_{q \neq i, j} p_{iq} p_{qj}\Bigr)^2,
       \qquad p_{ij} = \frac{a_{ij} + a_{ji}}{\sum_k (a_{ik} + a_{ki})}

    with j and q over the contacts of i, and p over the whole network (not the ego network that
    UCINET uses by default, nor a network made symmetric first: both give other numbers).

    Someone who only receives ties has contacts, and so a number. One contact gives 1; two
    contacts who know each other can give more than 1. An isolate has none: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> constraint(network).values
    {'Asha': 1.0, 'Dele': 0.5, 'Ben': 1.0, 'Jo': None}
    >>> constraint(network).reasons
    {'Jo': 'has no ties'}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 54-55 (equation 2.4).
    .. [2] Burt, R. S. (2004). "Structural holes and good ideas". American Journal of Sociology
           110(2), 349-399.
    """
    return _scores(
        snapshot(network),
        "constraint",
        title="Constraint",
        name="Constraint (Burt 1992), whole-network model",
    )


def constraint_weighted(network: Measured) -> Scores:
    r"""Return constraint with each contact counted by the strength of the tie.

    Low for someone whose effort is spread over contacts who do not deal with each other; higher
    than plain constraint for someone whose strength lies in one or two ties.

    The formula is that of `constraint`, with a_ij the strength of the tie from i to j.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`; whoever has no other tie has no number. An isolate has none either.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 3), ("Dele", "Ben", 1)])
    >>> network.add_edge("Ben", "Gwen")
    >>> constraint_weighted(network).values
    {'Asha': 1.0, 'Dele': 0.625, 'Ben': 1.0, 'Gwen': None}
    >>> constraint_weighted(network).reasons
    {'Gwen': 'has no ties with a strength'}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 54-55 (equation 2.4).
    """
    return _scores(
        snapshot(network),
        "constraint",
        title="Constraint, weighted",
        name="Constraint (Burt 1992), whole-network model, weighted",
        weighted=True,
    )


def effective_size(network: Measured) -> Scores:
    r"""Return how many of the contacts of each leader or organisation lead somewhere different.

    High for someone whose contacts do not deal with each other: many separate sources of news.
    Contacts who know each other count as less than one each.

    .. math::

       ES_i = \sum_j \Bigl(1 - \sum_{q \neq i, j} p_{iq} m_{jq}\Bigr),
       \qquad m_{jq} = \frac{a_{jq} + a_{qj}}{\max_k (a_{jk} + a_{kj})}

    with j over the contacts of i, in either direction, and p as in `constraint`. Where all ties
    go both ways it is n - 2t/n, for n contacts with t ties among them.

    Someone who only receives ties has contacts, and so a number; one contact gives 1. An isolate
    has none: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Asha", "Ben")])
    >>> network.add_node("Jo")
    >>> effective_size(network).values
    {'Asha': 1.0, 'Dele': 1.0, 'Ben': 1.0, 'Jo': None}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 51-52 (equation 2.2).
    .. [2] Borgatti, S. P. (1997). "Structural holes: unpacking Burt's redundancy measures".
           Connections 20(1), 35-38.
    """
    return _scores(
        snapshot(network),
        "effective_size",
        title="Effective size",
        name="Effective size (Burt 1992), whole-network model",
    )


def effective_size_weighted(network: Measured) -> Scores:
    r"""Return effective size with ties counted by their strength.

    Higher than plain effective size where the ties among someone's contacts are weak, or lie
    with contacts to whom little of the effort goes.

    The formula is that of `effective_size`, with a_ij the strength of the tie from i to j.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`; whoever has no other tie has no number. An isolate has none either.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 3), ("Dele", "Ben", 1)])
    >>> network.add_edge("Ben", "Gwen")
    >>> effective_size_weighted(network).values
    {'Asha': 1.0, 'Dele': 2.0, 'Ben': 1.0, 'Gwen': None}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 51-52 (equation 2.2).
    """
    return _scores(
        snapshot(network),
        "effective_size",
        title="Effective size, weighted",
        name="Effective size (Burt 1992), whole-network model, weighted",
        weighted=True,
    )


def efficiency(network: Measured) -> Scores:
    r"""Return what share of the contacts of each leader or organisation lead somewhere different.

    1 where no two contacts deal with each other; low for someone who keeps up many ties to
    people who know each other anyway.

    .. math:: \frac{ES_i}{n_i}

    with :math:`n_i` the number of distinct contacts: a tie that is returned is one contact.

    An isolate has no contacts: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Asha", "Ben")])
    >>> network.add_node("Jo")
    >>> efficiency(network).values
    {'Asha': 0.5, 'Dele': 0.5, 'Ben': 0.5, 'Jo': None}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 53.
    """
    return _scores(
        snapshot(network),
        "efficiency",
        title="Efficiency",
        name="Efficiency (Burt 1992): effective size / distinct contacts",
    )


def efficiency_weighted(network: Measured) -> Scores:
    r"""Return efficiency with ties counted by their strength.

    High where the strong ties lead to contacts who do not deal with each other.

    The formula is that of `efficiency`, with the weighted effective size, over the distinct
    contacts that have a strength.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`; whoever has no other tie has no number. An isolate has none either.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 3), ("Dele", "Ben", 1)])
    >>> network.add_edge("Ben", "Gwen")
    >>> efficiency_weighted(network).values
    {'Asha': 1.0, 'Dele': 1.0, 'Ben': 1.0, 'Gwen': None}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 53.
    """
    return _scores(
        snapshot(network),
        "efficiency",
        title="Efficiency, weighted",
        name="Efficiency (Burt 1992): weighted effective size / distinct contacts",
        weighted=True,
    )


def hierarchy(network: Measured) -> Scores:
    r"""Return how far the constraint on each leader or organisation comes from one contact.

    0 where all contacts hold them alike; near 1 where a single contact does: to move, that one
    has to be won over.

    .. math::

       H_i = \frac{\sum_j \frac{c_{ij}}{\bar c_i} \ln \frac{c_{ij}}{\bar c_i}}{n_i \ln n_i},
       \qquad \bar c_i = \frac{c_i}{n_i}

    with :math:`c_{ij}` the part of the constraint that comes from contact j (`constraint`).

    With one contact there is nothing to compare, and an isolate has none: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Asha", "Ben")])
    >>> network.add_node("Jo")
    >>> hierarchy(network).values
    {'Asha': 0.0, 'Dele': 0.0, 'Ben': 0.0, 'Jo': None}

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 70-71 (equation 2.9).
    """
    return _scores(
        snapshot(network),
        "hierarchy",
        title="Hierarchy",
        name="Hierarchy of constraint (Burt 1992, after Coleman and Theil)",
    )


def hierarchy_weighted(network: Measured) -> Scores:
    r"""Return hierarchy with ties counted by their strength.

    High for someone whose strength lies in one tie, on whom that contact therefore has a hold.

    The formula is that of `hierarchy`, with the parts of the weighted constraint.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`; whoever has no other tie has no number. An isolate has none either.
    With one contact there is nothing to compare: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 3), ("Dele", "Ben", 1)])
    >>> network.add_edge("Ben", "Gwen")
    >>> round(hierarchy_weighted(network).values["Dele"], 6)
    0.531004
    >>> hierarchy_weighted(network).reasons["Asha"]
    'has one contact only, so there is nothing to compare'

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard
           University Press; p. 70-71 (equation 2.9).
    """
    return _scores(
        snapshot(network),
        "hierarchy",
        title="Hierarchy, weighted",
        name="Hierarchy of constraint (Burt 1992, after Coleman and Theil), weighted",
        weighted=True,
    )


def _holes(taken: Snapshot, *, weighted: bool) -> Mapping[str, Numbers]:
    kept = "holes_weighted" if weighted else "holes"
    if kept not in taken.kept:
        strengths = np.nan_to_num(taken.strength_of_tie) if weighted else np.ones(taken.ties)
        taken.kept[kept] = holes(taken.pairs, strengths)
    found: Mapping[str, Numbers] = taken.kept[kept]
    return found


def _scores(taken: Snapshot, part: str, *, title: str, name: str, weighted: bool = False) -> Scores:
    found = _holes(taken, weighted=weighted)
    values = {
        node: None if np.isnan(value) else value
        for node, value in taken.by_node(found[part]).items()
    }
    contacts = taken.by_node(found["contacts"])
    ties = taken.strengths.nnz if weighted else taken.ties
    return Scores(
        measure=part + ("_weighted" if weighted else ""),
        title=title,
        values=values,
        reasons={
            node: _reason(taken, node, contacts[node])
            for node, value in values.items()
            if value is None
        },
        method=method_text(
            name,
            version=1,
            direction=_DIRECTION,
            weights=(
                "strength; a tie without a strength is left out and counted as such"
                if weighted
                else "not used, every tie counts 1"
            ),
            isolates="not defined",
        ),
        ties=ties,
        ties_without_weight=taken.ties - ties,
    )


def _reason(taken: Snapshot, node: str, contacts: float) -> str:
    if contacts:
        return "has one contact only, so there is nothing to compare"
    return "has no ties with a strength" if taken.network.degree(node) else "has no ties"
