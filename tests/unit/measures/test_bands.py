"""How far ranks move when a tie is left out, against doing it by hand."""

import networkx as nx
import numpy as np
import pytest

from graph.measures import MEASURES
from graph.measures.bands import Band, bands, without_each_tie
from graph.measures.effort import effort
from graph.measures.stacked import STACKED
from powermap.errors import TooMuch
from tests.unit.measures.awkward import awkward


def test_a_rank_runs_from_its_best_to_its_worst() -> None:
    # Dele 2, Ben 2, Gwen 1, Asha 0 views received.
    network = nx.DiGraph(
        [("Asha", "Dele"), ("Ben", "Dele"), ("Asha", "Ben"), ("Dele", "Ben"), ("Asha", "Gwen")]
    )

    found = bands(network, MEASURES["views_received"])

    assert found.bands == {
        "Asha": Band(rank=4, best=3, worst=4),
        "Dele": Band(rank=1, best=1, worst=2),
        "Ben": Band(rank=1, best=1, worst=2),
        "Gwen": Band(rank=3, best=2, worst=3),
    }
    assert not found.apart("Dele", "Ben")
    assert found.apart("Dele", "Asha")
    assert "each of 5 ties left out in turn" in found.method


def test_leaves_the_network_as_it_was(weighted_example) -> None:
    before = nx.DiGraph(weighted_example.network)

    bands(weighted_example.network, MEASURES["betweenness_weighted"])

    assert nx.utils.graphs_equal(before, weighted_example.network)
    assert list(before.edges) == list(weighted_example.network.edges)


def test_the_best_manager_is_ahead_of_most_and_not_of_the_next(managers) -> None:
    found = bands(managers.network, MEASURES["views_received"])

    assert found.bands["2"] == Band(rank=1, best=1, worst=1)
    assert found.bands["18"].rank == found.bands["21"].rank == 2
    assert not found.apart("18", "21")


def test_an_undefined_value_has_no_band(weighted_example) -> None:
    found = bands(weighted_example.network, MEASURES["constraint"])

    assert found.bands["Jo"] == Band(rank=None, best=None, worst=None)
    assert not found.apart("Jo", "Dele")
    assert not found.apart("Dele", "Jo")


@pytest.mark.parametrize("size", [0, 1, 3])
def test_without_ties_the_band_is_the_rank(size) -> None:
    found = bands(nx.empty_graph(list("ABC"[:size]), nx.DiGraph), MEASURES["harmonic_in"])

    assert all(band.rank == band.best == band.worst for band in found.bands.values())


def test_refuses_a_map_on_which_it_would_take_long() -> None:
    network = nx.relabel_nodes(nx.gnm_random_graph(80, 400, seed=1, directed=True), str)

    with effort(0.1), pytest.raises(TooMuch, match="each of 400 ties among 80"):
        bands(network, MEASURES["views_received"])
    with effort(0.1), pytest.raises(TooMuch, match="each of 400 ties among 80"):
        bands(network, MEASURES["pagerank"])


@pytest.mark.parametrize("name", STACKED)
@awkward
def test_many_maps_at_once_have_the_values_of_each(monkeypatch, network, groups, name) -> None:
    if len(network) > 20:
        network = network.subgraph(list(network)[:20]).copy()
    at_once = without_each_tie(network, MEASURES[name])
    monkeypatch.setattr("graph.measures.bands.MOST_STACKED", -1)
    one_by_one = without_each_tie(network, MEASURES[name])

    assert at_once.shape == one_by_one.shape == (network.number_of_edges(), len(network))
    assert np.allclose(at_once, one_by_one, rtol=1e-12, atol=1e-12, equal_nan=True)


def test_bands_are_those_of_leaving_out_each_tie_by_hand(managers) -> None:
    network = managers.network.subgraph(list(managers.network)[:9]).copy()

    found = bands(network, MEASURES["closeness_in"])

    ranks: dict[str, set[int]] = {node: set() for node in network}
    for left_out in [None, *network.edges]:
        rest = nx.DiGraph(network)
        if left_out:
            rest.remove_edge(*left_out)
        values = MEASURES["closeness_in"](rest).values
        for node, value in values.items():
            if value is not None:
                above = [other for other in values.values() if other and other > value + 1e-9]
                ranks[node].add(1 + len(above))
    ranked = {node: band for node, band in found.bands.items() if band.rank is not None}
    assert len(ranked) > 5
    for node, band in ranked.items():
        assert (band.best, band.worst) == (min(ranks[node]), max(ranks[node]))
