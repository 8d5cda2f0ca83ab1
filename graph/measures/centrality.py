"""Who is central: how many views meet at a leader or organisation, and how many paths cross it."""

from collections.abc import Mapping

import networkx as nx

from graph.measures.scores import DirectedNetwork, Scores, method_text, require_plain, weighted_ties
from powermap.errors import TooMuch

BETWEENNESS_SECONDS_PER_NODE_AND_TIE = 2.5e-6
BETWEENNESS_LIMIT_SECONDS = 10.0

_RECEIVED = "others' views of me (ties in)"
_GIVEN = "my views of others (ties out)"
_STRENGTH = "sum of strengths; a tie without a strength adds nothing and is counted as such"
_PATHS = "along the ties, one way; a two-way tie is two ties"


def views_received(network: DirectedNetwork) -> Scores:
    r"""Return how many others hold a view of each leader or organisation (in-degree).

    High for someone many others say they deal with. It counts other people's word, so it is
    harder to raise by oneself than the number of views given.

    .. math:: \deg^-(v) = |\{u : u \to v\}|

    An isolate has 0. Someone who was not named because nobody was asked also has 0: read it
    beside the coverage of the map.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")])
    >>> views_received(network).values
    {'Asha': 0, 'Dele': 2, 'Ben': 0}

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 219-221.
    """
    require_plain(network)
    return _count(
        network,
        dict(network.in_degree()),
        measure="views_received",
        title="Views received (in-degree)",
        name="In-degree (Freeman 1979)",
        direction=_RECEIVED,
    )


def views_given(network: DirectedNetwork) -> Scores:
    r"""Return of how many others each leader or organisation holds a view (out-degree).

    High for someone who says they deal with many. Often it tells who was interviewed: whoever
    was not asked gives no views.

    .. math:: \deg^+(v) = |\{u : v \to u\}|

    An isolate has 0.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele")])
    >>> views_given(network).values
    {'Asha': 1, 'Dele': 0, 'Ben': 1}

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 219-221.
    """
    require_plain(network)
    return _count(
        network,
        dict(network.out_degree()),
        measure="views_given",
        title="Views given (out-degree)",
        name="Out-degree (Freeman 1979)",
        direction=_GIVEN,
    )


def views_received_weighted(network: DirectedNetwork) -> Scores:
    r"""Return the total strength of the views others hold of each leader or organisation.

    High for someone many others deal with closely; two weak ties may count as much as one strong.

    .. math:: s^-(v) = \sum_{u \to v} a_{uv}

    An isolate has 0, and so has someone none of whose incoming ties carries a strength.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 4), ("Ben", "Dele", 1)])
    >>> views_received_weighted(network).values
    {'Asha': 0, 'Dele': 5, 'Ben': 0}

    References
    ----------
    .. [1] Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). "The
           architecture of complex weighted networks". PNAS 101(11), 3747-3752; p. 3748.
    """
    require_plain(network)
    ties = weighted_ties(network)
    strength: dict[str, float] = dict.fromkeys(network, 0)
    for _, target, weight in ties:
        strength[target] += weight
    return _count(
        network,
        strength,
        measure="views_received_weighted",
        title="Strength of views received (weighted in-degree)",
        name="Weighted in-degree (Barrat and others 2004)",
        direction=_RECEIVED,
        weighted=len(ties),
    )


def views_given_weighted(network: DirectedNetwork) -> Scores:
    r"""Return the total strength of the views each leader or organisation holds of others.

    High for someone who says they deal closely with many. People use a scale differently: a
    generous rater scores higher here than a sparing one with the same contacts.

    .. math:: s^+(v) = \sum_{v \to u} a_{vu}

    An isolate has 0, and so has someone none of whose outgoing ties carries a strength.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 4), ("Asha", "Ben", 1)])
    >>> views_given_weighted(network).values
    {'Asha': 5, 'Dele': 0, 'Ben': 0}

    References
    ----------
    .. [1] Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). "The
           architecture of complex weighted networks". PNAS 101(11), 3747-3752; p. 3748.
    """
    require_plain(network)
    ties = weighted_ties(network)
    strength: dict[str, float] = dict.fromkeys(network, 0)
    for source, _, weight in ties:
        strength[source] += weight
    return _count(
        network,
        strength,
        measure="views_given_weighted",
        title="Strength of views given (weighted out-degree)",
        name="Weighted out-degree (Barrat and others 2004)",
        direction=_GIVEN,
        weighted=len(ties),
    )


def betweenness(network: DirectedNetwork) -> Scores:
    r"""Return how many shortest paths run through each leader or organisation.

    High for someone others must go through to reach each other. Low constraint is another sense
    of the same word "broker", and the two may point at different people: show both.

    .. math:: b(v) = \sum_{s \neq v \neq t} \frac{\sigma_{st}(v)}{\sigma_{st}}

    where :math:`\sigma_{st}` counts the shortest directed paths from s to t, and
    :math:`\sigma_{st}(v)` those through v. Exact, over all ordered pairs that have a path.

    An isolate has 0, and so has everyone on a map of fewer than three. A map so large that the
    exact count would take longer than `BETWEENNESS_LIMIT_SECONDS` raises `TooMuch`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Gwen")])
    >>> betweenness(network).values
    {'Asha': 0.0, 'Dele': 2.0, 'Ben': 0.0, 'Gwen': 0.0}

    References
    ----------
    .. [1] Freeman, L. C. (1977). "A set of measures of centrality based on betweenness".
           Sociometry 40(1), 35-41.
    .. [2] Brandes, U. (2001). "A faster algorithm for betweenness centrality". Journal of
           Mathematical Sociology 25(2), 163-177.
    """
    return Scores(
        measure="betweenness",
        title="Betweenness",
        values=_paths_through(network),
        reasons={},
        method=method_text(
            "Betweenness (Freeman 1977), exact, raw count",
            version=1,
            direction=_PATHS,
            weights="not used, every tie is one step",
            isolates="0",
        ),
        ties=network.number_of_edges(),
    )


def betweenness_normalised(network: DirectedNetwork) -> Scores:
    r"""Return betweenness as a share of the pairs each leader or organisation could stand between.

    The same ranking as `betweenness`, on a scale from 0 to 1 that allows a rough comparison of
    maps of different size.

    .. math:: b'(v) = \frac{b(v)}{(n - 1)(n - 2)}

    An isolate has 0 and counts in n. On a map of fewer than three there is no pair to stand
    between, so the share is not defined. Raises `TooMuch` where `betweenness` does.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Gwen")])
    >>> round(betweenness_normalised(network).values["Dele"], 4)
    0.3333
    >>> betweenness_normalised(nx.DiGraph([("Asha", "Dele")])).reasons["Asha"]
    'not defined on a map of fewer than three'

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 224. The divisor here is that of directed ties.
    """
    size = network.number_of_nodes()
    pairs = (size - 1) * (size - 2)
    values: dict[str, float | None] = {
        node: count / pairs if pairs > 0 else None
        for node, count in _paths_through(network).items()
    }
    return Scores(
        measure="betweenness_normalised",
        title="Betweenness, normalised",
        values=values,
        reasons={
            node: "not defined on a map of fewer than three"
            for node, value in values.items()
            if value is None
        },
        method=method_text(
            "Betweenness (Freeman 1977), exact, divided by (n - 1)(n - 2)",
            version=1,
            direction=_PATHS,
            weights="not used, every tie is one step",
            isolates="0, and counted in n",
        ),
        ties=network.number_of_edges(),
    )


def _count(
    network: DirectedNetwork,
    values: Mapping[str, float],
    *,
    measure: str,
    title: str,
    name: str,
    direction: str,
    weighted: int | None = None,
) -> Scores:
    every = network.number_of_edges()
    return Scores(
        measure=measure,
        title=title,
        values=values,
        reasons={},
        method=method_text(
            name,
            version=1,
            direction=direction,
            weights="not used" if weighted is None else _STRENGTH,
            isolates="0",
        ),
        ties=every if weighted is None else weighted,
        ties_without_weight=0 if weighted is None else every - weighted,
    )


def _paths_through(network: DirectedNetwork) -> dict[str, float]:
    require_plain(network)
    nodes, ties = network.number_of_nodes(), network.number_of_edges()
    seconds = BETWEENNESS_SECONDS_PER_NODE_AND_TIE * nodes * ties
    if seconds > BETWEENNESS_LIMIT_SECONDS:
        raise TooMuch(
            f"Exact betweenness for {nodes:,} leaders or organisations and {ties:,} ties would "
            f"take about {seconds:,.0f} seconds; the limit is {BETWEENNESS_LIMIT_SECONDS:g}. "
            "Choose a part of the map, or measure organisations instead of leaders."
        )
    # NetworkX reads a weight as a length, which would turn a strong tie into a long one.
    paths: dict[str, float] = nx.betweenness_centrality(network, normalized=False, weight=None)
    return paths
