"""How deep in the map: the k-core of each leader or organisation."""

import networkx as nx

from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, snapshot


def k_core(network: Measured) -> Scores:
    r"""Return the largest k such that each stands among others with k ties to each other.

    High for someone in the dense middle of the map; 1 for someone at the end of a chain.

    .. math:: k(v) = \max \{k : v \in H_k\}

    where :math:`H_k` is the largest part of the map in which everybody has a tie, in either
    direction, to at least k others of that part.

    An isolate has 0.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Asha"), ("Gwen", "Asha")])
    >>> k_core(network).values
    {'Asha': 2, 'Ben': 2, 'Dele': 2, 'Gwen': 1}

    References
    ----------
    .. [1] Seidman, S. B. (1983). "Network structure and minimum degree". Social Networks 5(3),
           269-287.
    """
    taken = snapshot(network)
    cores: dict[str, int] = nx.core_number(nx.Graph(taken.network.edges))
    return Scores(
        measure="k_core",
        title="k-core",
        values={node: cores.get(node, 0) for node in taken.nodes},
        reasons={},
        method=method_text(
            "Core number (Seidman 1983)",
            version=1,
            direction="none: a tie in either direction joins the two",
            weights="not used",
            isolates="0",
        ),
        ties=taken.ties,
    )
