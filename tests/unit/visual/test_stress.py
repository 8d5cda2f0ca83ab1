"""Places of least stress, beside the layout of Kamada and Kawai in NetworkX."""

import networkx as nx
import numpy as np
import pytest

from visual.stress import places_of_least_stress


def lengths_of(graph):
    return np.array(nx.floyd_warshall_numpy(graph))


def stress(places, lengths):
    """As Kamada and Kawai have it, at the scale that suits the places best."""
    one, other = np.triu_indices(len(lengths), 1)
    apart = np.hypot(*(places[one] - places[other]).T) / lengths[one, other]
    return float(((apart * apart.sum() / (apart**2).sum() - 1) ** 2).sum())


@pytest.mark.parametrize("seed", range(6))
def test_the_stress_is_about_that_of_networkx(seed):
    graph = nx.connected_watts_strogatz_graph(30, 4, 0.3, seed=seed)
    lengths = lengths_of(graph)
    theirs = nx.kamada_kawai_layout(graph)

    ours = places_of_least_stress(lengths)

    assert stress(ours, lengths) <= 1.1 * stress(np.array([theirs[n] for n in graph]), lengths)


@pytest.mark.parametrize("graph", [nx.path_graph(2), nx.cycle_graph(3)])
def test_what_fits_on_a_plane_is_laid_out_to_measure(graph):
    lengths = lengths_of(graph)

    places = places_of_least_stress(lengths)

    for one, other in graph.edges:
        assert np.hypot(*(places[one] - places[other])) == pytest.approx(1.0, abs=1e-6)


def test_one_alone_has_a_place():
    assert places_of_least_stress(np.zeros((1, 1))).tolist() == [[0.0, 0.0]]


def test_the_same_lengths_give_the_same_places():
    lengths = lengths_of(nx.karate_club_graph())

    assert (places_of_least_stress(lengths) == places_of_least_stress(lengths)).all()
