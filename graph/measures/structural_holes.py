"""Who stands at the gaps: how far the contacts of a leader or organisation know each other."""

from collections.abc import Iterable
from math import fsum

from graph.measures.scores import DirectedNetwork, Scores, method_text, require_plain, weighted_ties

_DIRECTION = "both ways added, a_ij + a_ji; contacts are those tied in either direction"


def constraint(network: DirectedNetwork) -> Scores:
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
    require_plain(network)
    ties = [(source, target, 1.0) for source, target in network.edges]
    values = _constraint(network, ties)
    return Scores(
        measure="constraint",
        title="Constraint",
        values=values,
        reasons={node: "has no ties" for node, value in values.items() if value is None},
        method=method_text(
            "Constraint (Burt 1992), whole-network model",
            version=1,
            direction=_DIRECTION,
            weights="not used, every tie counts 1",
            isolates="not defined",
        ),
        ties=len(ties),
    )


def constraint_weighted(network: DirectedNetwork) -> Scores:
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
    require_plain(network)
    ties = weighted_ties(network)
    values = _constraint(network, ties)
    return Scores(
        measure="constraint_weighted",
        title="Constraint, weighted",
        values=values,
        reasons={
            node: "has no ties with a strength" if network.degree(node) else "has no ties"
            for node, value in values.items()
            if value is None
        },
        method=method_text(
            "Constraint (Burt 1992), whole-network model, weighted",
            version=1,
            direction=_DIRECTION,
            weights="strength; a tie without a strength is left out and counted as such",
            isolates="not defined",
        ),
        ties=len(ties),
        ties_without_weight=network.number_of_edges() - len(ties),
    )


def _constraint(
    network: DirectedNetwork, ties: Iterable[tuple[str, str, float]]
) -> dict[str, float | None]:
    share = _share_of_effort(network, ties)
    # fsum rounds once, so neither the order of the ties nor that of a set can change a digit.
    return {
        node: fsum(
            (
                share[node][contact]
                + fsum(
                    share[node][between] * share[between][contact]
                    for between in share[node].keys() & share[contact].keys()
                )
            )
            ** 2
            for contact in share[node]
        )
        if share[node]
        else None
        for node in network
    }


def _share_of_effort(
    network: DirectedNetwork, ties: Iterable[tuple[str, str, float]]
) -> dict[str, dict[str, float]]:
    """Return p_ij: the part of i's ties, both ways added, that lies with each contact j."""
    mutual: dict[str, dict[str, float]] = {node: {} for node in network}
    for source, target, weight in ties:
        mutual[source][target] = mutual[source].get(target, 0) + weight
        mutual[target][source] = mutual[target].get(source, 0) + weight
    share: dict[str, dict[str, float]] = {}
    for node, contacts in mutual.items():
        total = fsum(contacts.values())
        share[node] = {contact: weight / total for contact, weight in contacts.items()}
    return share
