"""Cut points, bridges and fragmentation after each removal, against removing one by one."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.measures.divisions import divisions, fragmentation_without
from graph.measures.key_players import fragmentation

FAMILIES = nx.florentine_families_graph()


def test_finds_the_families_that_hold_others_on() -> None:
    found = divisions(FAMILIES.to_directed())

    assert set(found.cut_points) == {"Medici", "Albizzi", "Guadagni", "Salviati"}
    assert {frozenset(pair) for pair in found.bridges} == {
        frozenset(pair)
        for pair in [
            ("Acciaiuoli", "Medici"),
            ("Medici", "Salviati"),
            ("Salviati", "Pazzi"),
            ("Albizzi", "Ginori"),
            ("Guadagni", "Lamberteschi"),
        ]
    }


def test_the_loss_of_the_medici_would_divide_the_families_most() -> None:
    values = fragmentation_without(FAMILIES.to_directed()).values

    assert max(values, key=lambda family: values[family] or 0) == "Medici"


@st.composite
def networks(draw: st.DrawFn) -> "nx.DiGraph[str]":
    nodes = "ABCDEFGHI"[: draw(st.integers(0, 9))]
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(nodes)
    possible = [(one, other) for one in nodes for other in nodes if one != other]
    if possible:
        network.add_edges_from(draw(st.sets(st.sampled_from(possible), max_size=14)))
    return network


@given(networks())
@settings(max_examples=150, deadline=None)
def test_agrees_with_removing_one_by_one(network) -> None:
    either = nx.Graph(network)

    found, values = divisions(network), fragmentation_without(network).values

    assert set(found.cut_points) == set(nx.articulation_points(either))
    assert {frozenset(pair) for pair in found.bridges} == {
        frozenset(pair) for pair in nx.bridges(either)
    }
    for node in network:
        expected = fragmentation(network, [node])
        assert values[node] == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_walks_a_long_chain_without_running_out_of_depth() -> None:
    chain = nx.relabel_nodes(nx.path_graph(5_000, nx.DiGraph), str)

    assert len(divisions(chain).cut_points) == 4_998
    assert len(divisions(chain).bridges) == 4_999


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_networkx_on_a_larger_map_in_parts(seed) -> None:
    graph = nx.gnm_random_graph(400, 420, seed=seed, directed=True)
    network = nx.relabel_nodes(graph, str)
    either = nx.Graph(network)

    found, values = divisions(network), fragmentation_without(network).values

    assert set(found.cut_points) == set(nx.articulation_points(either))
    assert {frozenset(pair) for pair in found.bridges} == {
        frozenset(pair) for pair in nx.bridges(either)
    }
    for node in list(network)[::40]:
        assert values[node] == pytest.approx(fragmentation(network, [node]), abs=1e-12)
