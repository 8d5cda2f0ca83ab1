"""Closeness, harmonic closeness and reach, against R's igraph, NetworkX and counting by hand."""

import math

import networkx as nx
import pytest

from graph.measures import MEASURES, snapshot
from graph.measures.closeness import (
    closeness_in,
    closeness_out,
    harmonic_in,
    harmonic_out,
    reached_in,
    reached_out,
    two_step_reach_in,
    two_step_reach_out,
)
from graph.measures.effort import effort
from powermap.errors import TooMuch
from tests.unit.measures.awkward import awkward


@pytest.mark.parametrize("measure", [closeness_in, closeness_out, harmonic_in, harmonic_out])
def test_agrees_with_igraph(weighted_example, measure) -> None:
    values = measure(weighted_example.network).values

    for row in weighted_example.rows("igraph.csv"):
        expected = float(row[measure.__name__])
        if math.isnan(expected):
            assert values[row["node"]] is None
        else:
            assert values[row["node"]] == pytest.approx(expected, rel=0, abs=1e-9)


def test_says_why_someone_has_no_closeness(weighted_example) -> None:
    assert closeness_out(weighted_example.network).reasons == {
        "Iris": "reaches nobody",
        "Jo": "reaches nobody",
    }
    assert closeness_in(weighted_example.network).reasons == {"Jo": "is not reached by anybody"}


def test_averages_over_those_reached_only() -> None:
    # Without `reached` beside it, the pair apart would look better placed than the chain.
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Gwen", "Hal")])

    assert closeness_out(network).values["Gwen"] == 1
    assert closeness_out(network).values["Asha"] == pytest.approx(2 / 3)
    assert reached_out(network).values == {"Asha": 2, "Ben": 1, "Dele": 0, "Gwen": 1, "Hal": 0}
    assert reached_in(network).values["Dele"] == 2


def test_agrees_with_networkx_on_the_managers(managers) -> None:
    network = managers.network
    others = len(network) - 1

    expected = nx.harmonic_centrality(network)
    near = nx.closeness_centrality(network, wf_improved=False)

    assert harmonic_in(network).values == pytest.approx(
        {node: value / others for node, value in expected.items()}
    )
    assert closeness_in(network).values == pytest.approx(near)
    assert harmonic_out(network).values == pytest.approx(harmonic_in(network.reverse()).values)


def test_agrees_with_networkx_on_more_nodes_than_fit_into_one_pass() -> None:
    network = nx.relabel_nodes(nx.gnm_random_graph(700, 1500, seed=3, directed=True), str)
    taken = snapshot(network)

    expected = nx.harmonic_centrality(network)
    distances = dict(nx.all_pairs_shortest_path_length(network))

    assert harmonic_in(taken).values == pytest.approx(
        {node: value / 699 for node, value in expected.items()}, rel=1e-12
    )
    for node, reached in distances.items():
        assert reached_out(taken).values[node] == len(reached) - 1
        assert two_step_reach_out(taken).values[node] == pytest.approx(
            sum(1 for steps in reached.values() if 0 < steps <= 2) / 699
        )


def test_counts_those_within_two_steps(worked_example) -> None:
    reach = two_step_reach_out(worked_example.network).values

    # A3 -> B1 -> A2, B2; nobody else within two steps of seven others.
    assert reach["A3"] == pytest.approx(3 / 7)
    assert two_step_reach_in(worked_example.network.reverse()).values == reach


@pytest.mark.parametrize("name", ["harmonic_in", "two_step_reach_out"])
def test_has_no_share_of_others_for_someone_alone(name) -> None:
    scores = MEASURES[name](nx.empty_graph(["Jo"], nx.DiGraph))

    assert scores.values == {"Jo": None}
    assert scores.reasons == {"Jo": "there is nobody else on the map"}


def test_is_one_for_everybody_on_a_complete_map() -> None:
    network = nx.complete_graph(list("ABCDE"), nx.DiGraph)

    for measure in (closeness_in, closeness_out, harmonic_in, harmonic_out, two_step_reach_in):
        assert set(measure(network).values.values()) == {1}


def test_refuses_distances_that_would_take_too_long() -> None:
    with (
        effort(0),
        pytest.raises(TooMuch, match="Distances between 4 leaders or organisations over 3 ties"),
    ):
        closeness_in(nx.path_graph(list("ABCD"), nx.DiGraph))


@pytest.mark.parametrize("few", [1, 8, 10_000])
@pytest.mark.parametrize("columns", [1, 32])
@awkward
def test_distances_agree_with_networkx_however_the_ties_are_laid_out(
    monkeypatch, network, groups, columns, few
) -> None:
    monkeypatch.setattr("graph.measures.distances.COLUMNS", columns)
    monkeypatch.setattr("graph.measures.distances.FEW", few)
    monkeypatch.setattr("graph.measures.distances.LANES", 5)

    found = snapshot(network).distances_in

    lengths = dict(nx.all_pairs_shortest_path_length(network.reverse()))
    for place, node in enumerate(network):
        others = [length for other, length in lengths[node].items() if other != node]
        assert found.reached[place] == len(others)
        assert found.total[place] == sum(others)
        assert found.nearness[place] == pytest.approx(sum(1 / length for length in others))
        assert found.within_two[place] == sum(length <= 2 for length in others)
    assert found.longest == max((max(one.values()) for one in lengths.values()), default=0)
