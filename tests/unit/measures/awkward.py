"""Networks on which formulas and fast ways of counting go wrong, with groups."""

import networkx as nx
import pytest

Grouped = tuple["nx.DiGraph[str]", dict[str, str | None]]


def _named(network: "nx.DiGraph[int]", groups: int) -> Grouped:
    names = {node: f"p{node}" for node in network}
    return nx.relabel_nodes(network, names), {
        name: f"group {node % groups}" for node, name in names.items()
    }


def _two_groups_apart() -> Grouped:
    halves = nx.disjoint_union(
        nx.gnp_random_graph(6, 0.5, seed=2, directed=True),
        nx.gnp_random_graph(7, 0.5, seed=3, directed=True),
    )
    network, _ = _named(halves, 1)
    return network, {node: "first" if int(node[1:]) < 6 else "second" for node in network}


def _some_without_a_group() -> Grouped:
    network, groups = _named(nx.gnp_random_graph(12, 0.3, seed=4, directed=True), 3)
    return network, groups | {"p0": None, "p5": ""}


def _isolates() -> Grouped:
    network = nx.gnp_random_graph(9, 0.3, seed=5, directed=True)
    network.add_nodes_from([20, 21])
    return _named(network, 3)


AWKWARD: dict[str, Grouped] = {
    "empty": _named(nx.empty_graph(0, nx.DiGraph), 1),
    "one": _named(nx.empty_graph(1, nx.DiGraph), 1),
    "without ties": _named(nx.empty_graph(5, nx.DiGraph), 2),
    "complete": _named(nx.complete_graph(6, nx.DiGraph), 3),
    "isolates": _isolates(),
    "groups of one": _named(nx.gnp_random_graph(8, 0.4, seed=6, directed=True), 8),
    "one group": _named(nx.gnp_random_graph(8, 0.4, seed=7, directed=True), 1),
    "two groups": _named(nx.gnp_random_graph(10, 0.3, seed=8, directed=True), 2),
    "a group without outside ties": _two_groups_apart(),
    "some without a group": _some_without_a_group(),
    "mutual only": _named(nx.gnp_random_graph(9, 0.4, seed=9).to_directed(), 3),
    "star": _named(nx.star_graph(6).to_directed(), 2),
    "path": _named(nx.path_graph(7, nx.DiGraph), 2),
    "circle": _named(nx.cycle_graph(6, nx.DiGraph), 3),
    "larger": _named(nx.gnm_random_graph(60, 500, seed=10, directed=True), 4),
}

awkward = pytest.mark.parametrize(
    ("network", "groups"), [pytest.param(*pair, id=name) for name, pair in AWKWARD.items()]
)
