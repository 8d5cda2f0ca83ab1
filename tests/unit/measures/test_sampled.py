"""Estimated betweenness, against the exact values of NetworkX and the error it states."""

import networkx as nx
import numpy as np
import pytest

from graph.measures import all_scores
from graph.measures.centrality import BETWEENNESS_SECONDS_PER_STEP
from graph.measures.effort import effort
from graph.measures.sampled import LEVELS, betweenness_sampled
from powermap.errors import TooMuch
from tests.unit.measures.awkward import awkward

UNEVEN = nx.relabel_nodes(
    nx.DiGraph(nx.scale_free_graph(300, alpha=0.2, beta=0.6, gamma=0.2, seed=4)), str
)
UNEVEN.remove_edges_from(list(nx.selfloop_edges(UNEVEN)))
EVEN = nx.relabel_nodes(nx.gnm_random_graph(300, 1_500, seed=5, directed=True), str)


@awkward
def test_all_starting_points_give_the_exact_count(network, groups) -> None:
    found = betweenness_sampled(network)

    expected = nx.betweenness_centrality(network, normalized=False)
    assert found.values == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert set(found.standard_errors.values()) <= {0.0}


@pytest.mark.parametrize("network", [EVEN, UNEVEN], ids=["even", "uneven"])
def test_estimates_scatter_about_the_exact_values_by_the_error_they_state(network) -> None:
    exact = nx.betweenness_centrality(network, normalized=False)
    nodes = sorted(exact, key=lambda node: -exact[node])[:15]
    true = np.array([exact[node] for node in nodes])
    estimates, errors = [], []
    for seed in range(60):
        found = betweenness_sampled(network, starts=100, seed=seed)
        estimates.append([found.values[node] for node in nodes])
        errors.append([found.standard_errors[node] for node in nodes])

    scatter = np.sqrt(((np.array(estimates) - true) ** 2).mean(axis=0))
    stated = np.sqrt((np.array(errors) ** 2).mean(axis=0))
    assert np.median(scatter / stated) == pytest.approx(1, abs=0.1)
    assert ((scatter / stated) < 1.5).all()
    # No bias: the mean of 60 draws is as near as the mean of 60 may be.
    assert (np.abs(np.mean(estimates, axis=0) - true) < 4 * scatter / np.sqrt(60)).all()


def test_the_seed_and_the_starting_points_are_printed_and_repeat_the_draw() -> None:
    first, again = (betweenness_sampled(EVEN, starts=40, seed=7) for _ in range(2))

    assert first.values == again.values
    assert first.values != betweenness_sampled(EVEN, starts=40, seed=8).values
    assert "from 40 of 300 starting points" in first.method
    assert "seed 7" in first.method
    assert f"standard error {max(first.standard_errors.values()):,.0f}" in first.method


def test_fewer_starting_points_are_drawn_where_there_is_less_time_and_none_for_too_few() -> None:
    each = BETWEENNESS_SECONDS_PER_STEP * 1_800 * LEVELS
    with effort(50.5 * each):
        assert "from 50 of 300" in betweenness_sampled(EVEN).method
    with effort(10 * each), pytest.raises(TooMuch, match="Estimating betweenness for 300"):
        betweenness_sampled(EVEN)


def test_an_estimate_stands_in_for_the_exact_count_where_that_would_take_too_long() -> None:
    with effort(0.002):
        scores, not_computed = all_scores(EVEN)
    assert "betweenness" in not_computed
    assert "betweenness" not in scores
    assert scores["betweenness_sampled"].measure == "betweenness_sampled"

    scores, not_computed = all_scores(EVEN)
    assert "betweenness_sampled" not in scores
    assert not not_computed
