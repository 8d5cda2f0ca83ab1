"""Who is central: how many views meet at a leader or organisation, and how many paths cross it."""

import numpy as np

from graph.measures.distances import Numbers
from graph.measures.effort import part, refuse_if_longer
from graph.measures.paths import paths_through, paths_through_with_lengths
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

BETWEENNESS_SECONDS_PER_STEP = 1e-9
"""A step is one starting point, at one distance, at one node or tie."""
WEIGHTED_BETWEENNESS_SECONDS_PER_STEP = 8e-8
"""Here a step is one starting point at one tie: the paths are found tie by tie."""
LENGTH_OF_STRENGTH = 60
"""The smallest number that 1 to 5 all divide, so that lengths are whole and ties compare."""

_RECEIVED = "others' views of me (ties in)"
_GIVEN = "my views of others (ties out)"
_STRENGTH = "sum of strengths; a tie without a strength adds nothing and is counted as such"
_PATHS = "along the ties, one way; a two-way tie is two ties"


def views_received(network: Measured) -> Scores:
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
    taken = snapshot(network)
    return _count(
        taken,
        taken.rows.sum(axis=0).astype(int),
        measure="views_received",
        title="Views received (in-degree)",
        name="In-degree (Freeman 1979)",
        direction=_RECEIVED,
    )


def views_given(network: Measured) -> Scores:
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
    taken = snapshot(network)
    return _count(
        taken,
        taken.rows.sum(axis=1).astype(int),
        measure="views_given",
        title="Views given (out-degree)",
        name="Out-degree (Freeman 1979)",
        direction=_GIVEN,
    )


def views_received_weighted(network: Measured) -> Scores:
    r"""Return the total strength of the views others hold of each leader or organisation.

    High for someone many others deal with closely; two weak ties may count as much as one strong.

    .. math:: s^-(v) = \sum_{u \to v} a_{uv}

    An isolate has 0, and so has someone none of whose incoming ties carries a strength.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 4), ("Ben", "Dele", 1)])
    >>> views_received_weighted(network).values
    {'Asha': 0.0, 'Dele': 5.0, 'Ben': 0.0}

    References
    ----------
    .. [1] Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). "The
           architecture of complex weighted networks". PNAS 101(11), 3747-3752; p. 3748.
    """
    taken = snapshot(network)
    return _count(
        taken,
        taken.strengths.sum(axis=0),
        measure="views_received_weighted",
        title="Strength of views received (weighted in-degree)",
        name="Weighted in-degree (Barrat and others 2004)",
        direction=_RECEIVED,
        weighted=taken.strengths.nnz,
    )


def views_given_weighted(network: Measured) -> Scores:
    r"""Return the total strength of the views each leader or organisation holds of others.

    High for someone who says they deal closely with many. People use a scale differently: a
    generous rater scores higher here than a sparing one with the same contacts.

    .. math:: s^+(v) = \sum_{v \to u} a_{vu}

    An isolate has 0, and so has someone none of whose outgoing ties carries a strength.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 4), ("Asha", "Ben", 1)])
    >>> views_given_weighted(network).values
    {'Asha': 5.0, 'Dele': 0.0, 'Ben': 0.0}

    References
    ----------
    .. [1] Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). "The
           architecture of complex weighted networks". PNAS 101(11), 3747-3752; p. 3748.
    """
    taken = snapshot(network)
    return _count(
        taken,
        taken.strengths.sum(axis=1),
        measure="views_given_weighted",
        title="Strength of views given (weighted out-degree)",
        name="Weighted out-degree (Barrat and others 2004)",
        direction=_GIVEN,
        weighted=taken.strengths.nnz,
    )


def betweenness(network: Measured) -> Scores:
    r"""Return how many shortest paths run through each leader or organisation.

    High for someone others must go through to reach each other. Low constraint is another sense
    of the same word "broker", and the two may point at different people: show both.

    .. math:: b(v) = \sum_{s \neq v \neq t} \frac{\sigma_{st}(v)}{\sigma_{st}}

    where :math:`\sigma_{st}` counts the shortest directed paths from s to t, and
    :math:`\sigma_{st}(v)` those through v. Exact, over all ordered pairs that have a path.

    An isolate has 0, and so has everyone on a map of fewer than three. A map so large that the
    exact count would take longer than is allowed (`graph.measures.effort`) raises `TooMuch`.

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
    taken = snapshot(network)
    return Scores(
        measure="betweenness",
        title="Betweenness",
        values=taken.by_node(_paths_through(taken)),
        reasons={},
        method=method_text(
            "Betweenness (Freeman 1977), exact, raw count",
            version=1,
            direction=_PATHS,
            weights="not used, every tie is one step",
            isolates="0",
        ),
        ties=taken.ties,
    )


def betweenness_normalised(network: Measured) -> Scores:
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
    taken = snapshot(network)
    pairs = (taken.size - 1) * (taken.size - 2)
    values: dict[str, float | None] = {
        node: count / pairs if pairs > 0 else None
        for node, count in taken.by_node(_paths_through(taken)).items()
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
        ties=taken.ties,
    )


def betweenness_weighted(network: Measured) -> Scores:
    r"""Return betweenness where a strong tie is a short one.

    High for someone on the easiest ways between others, when people go through those they deal
    with closely: two strong ties may be an easier way than one weak tie.

    The formula is that of `betweenness`, over paths of the least total length. A tie of strength
    1, 2, 3, 4 or 5 has length 60, 30, 20, 15 or 12: whole numbers, so that equal paths are seen
    to be equal. On a map with any other strengths each length is 1 / strength, and lengths that
    differ by less than a billionth part are taken as equal.

    A tie without a strength is left out, as if it were not there, and counted in
    `ties_without_weight`. An isolate has 0. Raises `TooMuch` on a large map.

    >>> import networkx as nx
    >>> network = nx.DiGraph()
    >>> network.add_weighted_edges_from([("Asha", "Dele", 5), ("Dele", "Ben", 5)])
    >>> network.add_edge("Asha", "Ben", weight=1)
    >>> betweenness_weighted(network).values
    {'Asha': 0.0, 'Dele': 1.0, 'Ben': 0.0}

    References
    ----------
    .. [1] Brandes, U. (2001). "A faster algorithm for betweenness centrality". Journal of
           Mathematical Sociology 25(2), 163-177.
    .. [2] Opsahl, T., Agneessens, F., Skvoretz, J. (2010). "Node centrality in weighted
           networks". Social Networks 32(3), 245-251; p. 247 (length as inverse strength).
    """
    taken = snapshot(network)
    lengths = taken.strengths.copy()
    whole = bool(np.isin(lengths.data, (1, 2, 3, 4, 5)).all())
    lengths.data = (LENGTH_OF_STRENGTH if whole else 1) / lengths.data
    _refuse_if_long(
        WEIGHTED_BETWEENNESS_SECONDS_PER_STEP * taken.size * lengths.nnz,
        "weighted betweenness",
        taken.size,
        lengths.nnz,
    )
    return Scores(
        measure="betweenness_weighted",
        title="Betweenness, weighted",
        values=taken.by_node(paths_through_with_lengths(lengths)),
        reasons={},
        method=method_text(
            "Betweenness (Freeman 1977; Brandes 2001), exact, raw count, along shortest lengths",
            version=1,
            direction=_PATHS,
            weights=(
                ("length 60 // strength" if whole else "length 1 / strength, equal within 1e-9")
                + "; a tie without a strength is left out and counted as such"
            ),
            isolates="0",
        ),
        ties=lengths.nnz,
        ties_without_weight=taken.ties - lengths.nnz,
    )


def _count(
    taken: Snapshot,
    values: Numbers,
    *,
    measure: str,
    title: str,
    name: str,
    direction: str,
    weighted: int | None = None,
) -> Scores:
    return Scores(
        measure=measure,
        title=title,
        values=taken.by_node(values),
        reasons={},
        method=method_text(
            name,
            version=1,
            direction=direction,
            weights="not used" if weighted is None else _STRENGTH,
            isolates="0",
        ),
        ties=taken.ties if weighted is None else weighted,
        ties_without_weight=0 if weighted is None else taken.ties - weighted,
    )


def _paths_through(taken: Snapshot) -> Numbers:
    if "betweenness" not in taken.kept:
        with part(0, 0.1):
            longest = taken.distances_in.longest
        steps = taken.size * (taken.size + taken.ties) * longest
        _refuse_if_long(BETWEENNESS_SECONDS_PER_STEP * steps, "betweenness", taken.size, taken.ties)
        with part(0.1, 1):
            taken.kept["betweenness"] = paths_through(taken.rows)
    paths: Numbers = taken.kept["betweenness"]
    return paths


def _refuse_if_long(seconds: float, what: str, nodes: int, ties: int) -> None:
    refuse_if_longer(
        seconds,
        f"Exact {what} for {nodes:,} leaders or organisations and {ties:,} ties",
        "Choose a part of the map, or measure organisations instead of leaders.",
    )
