"""How near everybody is: closeness, harmonic closeness, and who is reached at all.

`_in` follows the ties towards a leader or organisation, `_out` away from it. All need one pass
over the distances each way, which a snapshot keeps.
"""

from collections.abc import Mapping

from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot

_IN = "along the ties towards this one: from others to it"
_OUT = "along the ties away from this one: from it to others"
_ALONE = "there is nobody else on the map"


def closeness_in(network: Measured) -> Scores:
    r"""Return how few steps lie between each leader or organisation and those who can reach them.

    High for someone whom news reaches in few steps. Read it beside `reached_in`: one near
    neighbour gives 1, however many others cannot reach this person at all.

    .. math::

       C(v) = \frac{|R(v)|}{\sum_{u \in R(v)} d(u, v)},
       \qquad R(v) = \{u : u \rightsquigarrow v\}

    Somebody whom nobody reaches has no distance to average: not defined. So has an isolate.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> closeness_in(network).values
    {'Asha': None, 'Ben': 1.0, 'Dele': 0.6666666666666666, 'Jo': None}
    >>> closeness_in(network).reasons["Asha"]
    'is not reached by anybody'

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 224-226.
    """
    return _closeness(snapshot(network), "in")


def reached_in(network: Measured) -> Scores:
    r"""Return how many others can reach each leader or organisation, in any number of steps.

    Low for someone whom no chain of ties leads to: what is going on elsewhere may not arrive.

    .. math:: r(v) = |\{u : u \rightsquigarrow v\}|

    An isolate has 0.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> reached_in(network).values
    {'Asha': 0, 'Ben': 1, 'Dele': 2, 'Jo': 0}

    References
    ----------
    .. [1] Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press;
           p. 132-133 (reachability).
    """
    taken = snapshot(network)
    return _scores(
        taken,
        taken.by_node(taken.distances_in.reached),
        measure="reached_in",
        title="Can reach this one",
        name="Others with a path, counted",
        direction=_IN,
        isolates="0",
    )


def harmonic_in(network: Measured) -> Scores:
    r"""Return how near the others are to each leader or organisation, those out of reach as 0.

    High for someone whom many can reach in few steps. Unlike closeness it can be compared between
    people on a map that falls into parts.

    .. math:: H(v) = \frac{1}{n - 1} \sum_{u \neq v} \frac{1}{d(u, v)}

    An isolate has 0, and counts in n. Alone on the map there is nobody to be near: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> harmonic_in(network).values
    {'Asha': 0.0, 'Ben': 0.3333333333333333, 'Dele': 0.5, 'Jo': 0.0}

    References
    ----------
    .. [1] Rochat, Y. (2009). "Closeness centrality extended to unconnected graphs: the harmonic
           centrality index". Applications of Social Network Analysis, Zurich.
    .. [2] Boldi, P., Vigna, S. (2014). "Axioms for centrality". Internet Mathematics 10(3-4),
           222-262; p. 230.
    """
    taken = snapshot(network)
    return _share_of_others(
        taken,
        taken.by_node(taken.distances_in.nearness),
        measure="harmonic_in",
        title="Harmonic closeness, in",
        name="Harmonic closeness (Rochat 2009), divided by n - 1",
        direction=_IN,
    )


def two_step_reach_in(network: Measured) -> Scores:
    r"""Return the share of the others who can reach each leader or organisation in two steps.

    High for someone whom most can ask for through one go-between at most.

    .. math:: r_2(v) = \frac{|\{u \neq v : d(u, v) \leq 2\}|}{n - 1}

    An isolate has 0, and counts in n. Alone on the map there is nobody to reach: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> two_step_reach_in(network).values
    {'Asha': 0.0, 'Ben': 0.3333333333333333, 'Dele': 0.6666666666666666, 'Jo': 0.0}

    References
    ----------
    .. [1] Hanneman, R. A., Riddle, M. (2005). Introduction to Social Network Methods. University
           of California, Riverside; chapter 9 (two-step reach).
    """
    taken = snapshot(network)
    return _share_of_others(
        taken,
        taken.by_node(taken.distances_in.within_two),
        measure="two_step_reach_in",
        title="Reach in two steps, in",
        name="Others within two steps, divided by n - 1",
        direction=_IN,
    )


def closeness_out(network: Measured) -> Scores:
    r"""Return how few steps lie between each leader or organisation and those they can reach.

    High for someone whose word reaches others in few steps. Read it beside `reached_out`: one
    near neighbour gives 1, however many others are out of reach.

    .. math::

       C(v) = \frac{|R(v)|}{\sum_{u \in R(v)} d(v, u)},
       \qquad R(v) = \{u : v \rightsquigarrow u\}

    Somebody who reaches nobody has no distance to average: not defined. So has an isolate.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> closeness_out(network).values
    {'Asha': 0.6666666666666666, 'Ben': 1.0, 'Dele': None, 'Jo': None}
    >>> closeness_out(network).reasons["Dele"]
    'reaches nobody'

    References
    ----------
    .. [1] Freeman, L. C. (1979). "Centrality in social networks: conceptual clarification".
           Social Networks 1(3), 215-239; p. 224-226.
    """
    return _closeness(snapshot(network), "out")


def reached_out(network: Measured) -> Scores:
    r"""Return how many others each leader or organisation can reach, in any number of steps.

    Low for someone from whom no chain of ties leads on: their word stays close to them.

    .. math:: r(v) = |\{u : v \rightsquigarrow u\}|

    An isolate has 0.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> reached_out(network).values
    {'Asha': 2, 'Ben': 1, 'Dele': 0, 'Jo': 0}

    References
    ----------
    .. [1] Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press;
           p. 132-133 (reachability).
    """
    taken = snapshot(network)
    return _scores(
        taken,
        taken.by_node(taken.distances_out.reached),
        measure="reached_out",
        title="Within reach",
        name="Others with a path, counted",
        direction=_OUT,
        isolates="0",
    )


def harmonic_out(network: Measured) -> Scores:
    r"""Return how near each leader or organisation is to the others, those out of reach as 0.

    High for someone who can reach many in few steps. Unlike closeness it can be compared between
    people on a map that falls into parts.

    .. math:: H(v) = \frac{1}{n - 1} \sum_{u \neq v} \frac{1}{d(v, u)}

    An isolate has 0, and counts in n. Alone on the map there is nobody to be near: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> harmonic_out(network).values
    {'Asha': 0.5, 'Ben': 0.3333333333333333, 'Dele': 0.0, 'Jo': 0.0}

    References
    ----------
    .. [1] Rochat, Y. (2009). "Closeness centrality extended to unconnected graphs: the harmonic
           centrality index". Applications of Social Network Analysis, Zurich.
    .. [2] Boldi, P., Vigna, S. (2014). "Axioms for centrality". Internet Mathematics 10(3-4),
           222-262; p. 230.
    """
    taken = snapshot(network)
    return _share_of_others(
        taken,
        taken.by_node(taken.distances_out.nearness),
        measure="harmonic_out",
        title="Harmonic closeness, out",
        name="Harmonic closeness (Rochat 2009), divided by n - 1",
        direction=_OUT,
    )


def two_step_reach_out(network: Measured) -> Scores:
    r"""Return the share of the others whom each leader or organisation can reach in two steps.

    High for someone who can be introduced to most others by somebody they deal with already.

    .. math:: r_2(v) = \frac{|\{u \neq v : d(v, u) \leq 2\}|}{n - 1}

    An isolate has 0, and counts in n. Alone on the map there is nobody to reach: not defined.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> network.add_node("Jo")
    >>> two_step_reach_out(network).values
    {'Asha': 0.6666666666666666, 'Ben': 0.3333333333333333, 'Dele': 0.0, 'Jo': 0.0}

    References
    ----------
    .. [1] Hanneman, R. A., Riddle, M. (2005). Introduction to Social Network Methods. University
           of California, Riverside; chapter 9 (two-step reach).
    """
    taken = snapshot(network)
    return _share_of_others(
        taken,
        taken.by_node(taken.distances_out.within_two),
        measure="two_step_reach_out",
        title="Reach in two steps, out",
        name="Others within two steps, divided by n - 1",
        direction=_OUT,
    )


def _closeness(taken: Snapshot, way: str) -> Scores:
    distances = taken.distances_in if way == "in" else taken.distances_out
    reached, total = distances.reached.tolist(), distances.total.tolist()
    values = {
        node: count / steps if count else None
        for node, count, steps in zip(taken.nodes, reached, total, strict=True)
    }
    nobody = "is not reached by anybody" if way == "in" else "reaches nobody"
    return _scores(
        taken,
        values,
        measure=f"closeness_{way}",
        title=f"Closeness, {way}",
        name="Closeness (Freeman 1979), reached / sum of distances, over those reached only",
        direction=_IN if way == "in" else _OUT,
        isolates="not defined",
        reason=nobody,
    )


def _share_of_others(
    taken: Snapshot,
    sums: Mapping[str, float],
    *,
    measure: str,
    title: str,
    name: str,
    direction: str,
) -> Scores:
    others = taken.size - 1
    return _scores(
        taken,
        {node: value / others if others else None for node, value in sums.items()},
        measure=measure,
        title=title,
        name=name,
        direction=direction,
        isolates="0, and counted in n",
        reason=_ALONE,
    )


def _scores(
    taken: Snapshot,
    values: Mapping[str, float | None],
    *,
    measure: str,
    title: str,
    name: str,
    direction: str,
    isolates: str,
    reason: str = "",
) -> Scores:
    return Scores(
        measure=measure,
        title=title,
        values=values,
        reasons={node: reason for node, value in values.items() if value is None},
        method=method_text(
            name,
            version=1,
            direction=direction,
            weights="not used, every tie is one step",
            isolates=isolates,
        ),
        ties=taken.ties,
    )
