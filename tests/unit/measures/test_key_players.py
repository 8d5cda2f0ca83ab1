"""Sets of key players, against Borgatti's definitions, published numbers and brute force."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.measures.effort import effort
from graph.measures.key_players import (
    distance_fragmentation,
    distance_reach,
    fragmentation,
    furthest_reaching,
    most_fragmenting,
)
from powermap.errors import InvalidValue, TooMuch


def by_definition(network, without=()) -> tuple[float, float]:
    """F and D_F, pair by pair."""
    left = network.to_undirected()
    left.remove_nodes_from(without)
    distances = dict(nx.all_pairs_shortest_path_length(left))
    pairs = list(combinations(left, 2))
    apart = sum(other not in distances[one] for one, other in pairs)
    near = sum(1 / distances[one][other] for one, other in pairs if other in distances[one])
    return apart / len(pairs), 1 - near / len(pairs)


def reach_by_definition(network, members) -> float:
    distances = nx.multi_source_dijkstra_path_length(network.to_undirected(), set(members))
    return sum(1 / max(steps, 1) for steps in distances.values()) / len(network)


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("", ".297619"),
        ("A1", ".293651"),
        ("A2", ".333333"),
        ("A3", ".269841"),
        ("B1", ".396825"),
        ("B2", ".301587"),
        ("B3", ".285714"),
        ("C1", ".317460"),
        ("C2", ".269841"),
        ("B1 C1", ".644444"),
        ("A2 B1", ".572222"),
    ],
)
def test_gives_the_fragmentation_of_the_worked_example(worked_example, without, expected) -> None:
    value = distance_fragmentation(worked_example.network, without.split())

    assert f"{value:.6f}" == "0" + expected


def test_the_best_pair_to_lose_is_not_the_two_best_singles(worked_example) -> None:
    network = worked_example.network

    single, pair = most_fragmenting(network), most_fragmenting(network, 2)

    assert single.members == ("B1",)
    assert pair.members == ("B1", "C1")
    assert f"{pair.value:.6f} {pair.whole:.6f}" == "0.644444 0.297619"
    assert (pair.exact, pair.tried, pair.equals) == (True, 28, 0)
    assert "every set tried" in pair.method


@st.composite
def networks(draw: st.DrawFn) -> "nx.DiGraph[str]":
    nodes = "ABCDEFG"[: draw(st.integers(3, 7))]
    possible = [(one, other) for one in nodes for other in nodes if one != other]
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(nodes)
    network.add_edges_from(draw(st.sets(st.sampled_from(possible), max_size=12)))
    return network


@given(networks())
@settings(max_examples=60, deadline=None)
def test_agrees_with_brute_force(network) -> None:
    for without in [(), ("A",)]:
        apart, far = by_definition(network, without)
        assert fragmentation(network, without) == pytest.approx(apart, abs=1e-12)
        assert distance_fragmentation(network, without) == pytest.approx(far, abs=1e-12)
    singles = [(node,) for node in network]
    assert most_fragmenting(network, by_distance=False).value == pytest.approx(
        max(by_definition(network, one)[0] for one in singles)
    )
    assert most_fragmenting(network).value == pytest.approx(
        max(by_definition(network, one)[1] for one in singles)
    )
    pairs = list(combinations(network, 2))
    best = furthest_reaching(network, 2)
    assert best.value == pytest.approx(max(reach_by_definition(network, pair) for pair in pairs))
    assert best.value == pytest.approx(reach_by_definition(network, best.members))
    assert best.value == distance_reach(network, best.members)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_greedy_with_swaps_finds_what_brute_force_finds(managers, monkeypatch, size) -> None:
    reports = nx.florentine_families_graph().to_directed()
    exact = [most_fragmenting(reports, size), furthest_reaching(reports, size)]
    monkeypatch.setattr("graph.measures.key_players.comb", lambda *_: 10**9)

    greedy = [most_fragmenting(reports, size), furthest_reaching(reports, size)]

    for one, other in zip(exact, greedy, strict=True):
        assert one.exact and not other.exact
        assert "greedy with swaps" in other.method
        assert other.value == pytest.approx(one.value)


def test_a_complete_map_is_not_fragmented_and_an_empty_one_wholly() -> None:
    complete = nx.complete_graph(list("ABCD"), nx.DiGraph)
    empty = nx.empty_graph(list("ABCD"), nx.DiGraph)

    assert (fragmentation(complete), distance_fragmentation(complete)) == (0, 0)
    assert (fragmentation(empty), distance_fragmentation(empty)) == (1, 1)
    assert most_fragmenting(complete).equals == 3


def test_members_count_one_and_those_out_of_reach_nothing() -> None:
    network = nx.DiGraph([("A", "B"), ("B", "C")])
    network.add_node("Jo")

    assert distance_reach(network, ["A"]) == (1 + 1 + 1 / 2 + 0) / 4
    assert distance_reach(network, []) == 0
    assert furthest_reaching(network, 2).members == ("B", "Jo")
    assert furthest_reaching(network, 2).value == 1


@pytest.mark.parametrize("nodes", ["", "A", "AB"])
def test_is_not_defined_where_too_few_are_left(nodes) -> None:
    network = nx.complete_graph(list(nodes), nx.DiGraph)

    found = most_fragmenting(network)

    assert (found.members, found.value) == ((), None)
    assert found.reason == "a set of 1 leaves too few on a map this small"


def test_says_who_is_not_on_the_map_and_what_is_too_much(monkeypatch) -> None:
    network = nx.relabel_nodes(nx.gnm_random_graph(400, 1200, seed=1, directed=True), str)

    with pytest.raises(InvalidValue, match="'Zoe' is not on the map"):
        fragmentation(network, ["Zoe"])
    with pytest.raises(InvalidValue, match="at least 1"):
        most_fragmenting(network, 0)
    with effort(0.3), pytest.raises(TooMuch, match="sets of 3 among 400"):
        most_fragmenting(network, 3)
    monkeypatch.setattr("graph.measures.key_players.MOST_NODES", 300)
    with pytest.raises(TooMuch, match="the most is 300"):
        furthest_reaching(network)
