"""Mixing of given groups, core and periphery, and communities, against brute force and hand."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.measures.communities import communities
from graph.measures.core_periphery import core_periphery
from graph.measures.effort import effort
from graph.measures.mixing import mixing
from powermap.errors import TooMuch


def test_counts_the_ties_within_and_between_groups(worked_example) -> None:
    found = mixing(worked_example.network, worked_example.groups, shuffles=99)

    # Within: A1A2, A2A3, B1B2, B3B1, C1C2.
    assert (found.internal, found.external) == (5, 7)
    assert found.index == pytest.approx(2 / 12)
    assert ("acute", "acute", 2, 6) in found.table
    assert ("icb", "acute", 2, 9) in found.table
    assert sum(ties for _, _, ties, _ in found.table) == 12
    # Acute: A3B1, A1B1, B1A2, A2C1, B2A1 lead out; two ties within.
    assert found.by_group["acute"] == pytest.approx((5 - 2) / 7)


def test_the_shuffled_index_has_the_mean_that_sizes_alone_give(managers) -> None:
    found = mixing(managers.network, managers.groups)
    sizes = np.unique(list(managers.groups.values()), return_counts=True)[1]

    within = sum(size * (size - 1) for size in sizes) / (21 * 20)

    assert found.expected == pytest.approx(1 - 2 * within, abs=0.005)
    assert 0 < found.p_low <= 1
    assert found == mixing(managers.network, managers.groups)
    assert "9,999 times, group sizes fixed, seed 1" in found.method


def test_separate_groups_are_as_inward_as_can_be() -> None:
    network = nx.relabel_nodes(
        nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4)), str
    ).to_directed()

    found = mixing(network, {node: "near" if int(node) < 4 else "far" for node in network})

    assert found.index == -1
    # Two of the 70 ways to deal the labels are like this one.
    assert found.p_low == pytest.approx(2 / 70, abs=0.006)
    assert found.p_high == 1


@pytest.mark.parametrize("network", [nx.DiGraph(), nx.empty_graph("AB", nx.DiGraph)])
def test_has_no_index_without_ties(network) -> None:
    found = mixing(network, dict.fromkeys(network, "trust"))

    assert (found.index, found.p_low) == (None, None)
    assert found.reason == "there are no ties between those who have a group"


def test_leaves_out_those_without_a_group_and_refuses_what_is_too_much(worked_example) -> None:
    found = mixing(worked_example.network, worked_example.groups | {"C1": None}, shuffles=9)

    assert found.without_group == ("C1",)
    assert found.internal + found.external == 9
    with effort(0), pytest.raises(TooMuch, match="over 12 ties"):
        mixing(worked_example.network, worked_example.groups)


@st.composite
def networks(draw: st.DrawFn) -> "nx.DiGraph[str]":
    nodes = "ABCDEFG"[: draw(st.integers(1, 7))]
    possible = [(one, other) for one in nodes for other in nodes if one != other]
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(nodes)
    if possible:
        network.add_edges_from(draw(st.sets(st.sampled_from(possible), max_size=20)))
    return network


@given(networks())
@settings(max_examples=100, deadline=None)
def test_no_other_core_has_fewer_misfits(network) -> None:
    either = nx.Graph(network)

    def misfits(core: tuple[str, ...]) -> int:
        outside = set(either) - set(core)
        missing = sum(not either.has_edge(*pair) for pair in combinations(core, 2))
        return missing + either.subgraph(outside).number_of_edges()

    found = core_periphery(network)

    every = [core for size in range(len(either) + 1) for core in combinations(either, size)]
    assert found.misfits == min(misfits(core) for core in every) == misfits(found.core)
    if found.fit is not None:
        inside = set(found.core)
        pairs = [
            (either.has_edge(one, other), one in inside)
            for one, other in combinations(either, 2)
            if (one in inside) == (other in inside)
        ]
        assert found.fit == pytest.approx(np.corrcoef(np.array(pairs, dtype=float).T)[0, 1])


def test_names_those_who_could_stand_in_for_the_last_of_the_core() -> None:
    # A ring of four: any two neighbours make as good a core.
    network = nx.DiGraph([("A", "B"), ("B", "C"), ("C", "D"), ("D", "A")])

    found = core_periphery(network)

    assert (found.core, found.misfits) == (("A", "B"), 1)
    assert found.interchangeable == ("C", "D")


@pytest.mark.parametrize(
    "network", [nx.DiGraph(), nx.empty_graph("AB", nx.DiGraph), nx.DiGraph([("A", "B")])]
)
def test_a_map_without_enough_pairs_has_no_fit(network) -> None:
    found = core_periphery(network)

    assert found.fit is None
    assert found.reason == "the core or the periphery has fewer than two"


def test_finds_two_knots_and_says_how_sure_it_is() -> None:
    knots = nx.relabel_nodes(nx.barbell_graph(5, 0), str).to_directed()

    found = communities(knots)

    assert found.groups == (("0", "1", "2", "3", "4"), ("5", "6", "7", "8", "9"))
    assert found.modularity == pytest.approx(20 / 21 - 2 * (21 / 42) ** 2)
    assert found.steadiness == 1
    assert "seed 1;" in found.method


def test_communities_do_not_depend_on_the_order_of_the_records(managers) -> None:
    backwards: nx.DiGraph[str] = nx.DiGraph()
    backwards.add_nodes_from(reversed(list(managers.network)))
    backwards.add_edges_from(reversed(list(managers.network.edges)))

    assert communities(managers.network) == communities(backwards)


def test_without_ties_everybody_is_a_group_of_their_own() -> None:
    found = communities(nx.empty_graph("AB", nx.DiGraph))

    assert found.groups == (("A",), ("B",))
    assert (found.modularity, found.reason) == (None, "there are no ties")
    assert communities(nx.DiGraph()).groups == ()
    with effort(0), pytest.raises(TooMuch, match="with 10 seeds among 1 ties"):
        communities(nx.DiGraph([("A", "B")]))
