"""Eigenvector, PageRank, Katz, hubs and authorities, and cores: against igraph and NetworkX."""

import networkx as nx
import numpy as np
import pytest

from graph.measures.cores import k_core
from graph.measures.standing import (
    authorities,
    eigenvector,
    hubs,
    katz,
    pagerank,
    pagerank_weighted,
)


@pytest.mark.parametrize("measure", [pagerank, pagerank_weighted])
def test_pagerank_agrees_with_igraph(weighted_example, measure) -> None:
    values = measure(weighted_example.network).values

    assert sum(values.values()) == pytest.approx(1, abs=1e-12)
    for row in weighted_example.rows("igraph.csv"):
        expected = float(row[measure.__name__])
        assert values[row["node"]] == pytest.approx(expected, rel=0, abs=1e-9)


def test_eigenvector_agrees_with_igraph_where_the_map_holds_together(weighted_example) -> None:
    weighted_example.network.remove_node("Jo")

    values = eigenvector(weighted_example.network).values

    for row in weighted_example.rows("igraph.csv"):
        if row["node"] != "Jo":
            expected = float(row["eigenvector_undirected"])
            assert values[row["node"]] == pytest.approx(expected, rel=0, abs=1e-9)


def test_has_no_eigenvector_on_a_map_in_parts(weighted_example) -> None:
    scores = eigenvector(weighted_example.network)

    assert set(scores.values.values()) == {None}
    assert set(scores.reasons.values()) == {"the map falls into 2 parts that no tie joins"}


def test_ranks_the_families_by_eigenvector_as_published() -> None:
    # Jackson, M. O. (2008), Social and Economic Networks, table 2.1: relative to the Medici.
    families = nx.florentine_families_graph()

    values = eigenvector(families.to_directed()).values

    expected = nx.eigenvector_centrality_numpy(families)
    assert max(values, key=lambda family: values[family] or 0) == "Medici"
    assert values == pytest.approx(
        {family: value / expected["Medici"] for family, value in expected.items()}
    )


def test_a_star_has_the_numbers_worked_out_by_hand() -> None:
    star = nx.DiGraph([(leaf, "Hub") for leaf in "ABCD"])

    assert eigenvector(star).values == pytest.approx(dict.fromkeys("ABCD", 0.5) | {"Hub": 1})
    assert hubs(star).values == pytest.approx(dict.fromkeys("ABCD", 1) | {"Hub": 0})
    assert authorities(star).values == dict.fromkeys("ABCD", 0) | {"Hub": 1}
    assert k_core(star).values == dict.fromkeys("ABCD", 1) | {"Hub": 1}


def test_a_star_has_no_katz_because_nothing_leads_back() -> None:
    scores = katz(nx.DiGraph([(leaf, "Hub") for leaf in "ABCD"]))

    assert set(scores.values.values()) == {None}
    assert scores.reasons["Hub"] == "no chain of ties leads back to where it began"


def test_katz_agrees_with_networkx(managers) -> None:
    network = managers.network
    largest = max(abs(np.linalg.eigvals(nx.to_numpy_array(network))))

    expected = nx.katz_centrality_numpy(network, alpha=0.85 / largest, normalized=False)

    assert katz(network).values == pytest.approx(expected, rel=1e-9)


def test_katz_is_not_misled_by_chains_that_lead_nowhere() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Asha")])
    nx.add_path(network, ["Asha", *(f"after {step}" for step in range(30))])

    values = katz(network).values

    # The circle of two has the eigenvalue 1, so x = 1 + 0.85 x along the chain.
    assert values["Asha"] == pytest.approx(1 / 0.15)
    assert values["after 29"] == pytest.approx(1 / 0.15)


@pytest.mark.parametrize("measure", [hubs, authorities])
def test_hubs_and_authorities_are_the_singular_vectors(managers, measure) -> None:
    left, _, right = np.linalg.svd(nx.to_numpy_array(managers.network))
    vector = np.abs(left[:, 0] if measure is hubs else right[0])

    values = list(measure(managers.network).values.values())

    assert values == pytest.approx(list(vector / vector.max()), rel=1e-9)


def test_has_no_hubs_where_two_parts_are_equally_dense() -> None:
    scores = hubs(nx.DiGraph([("Asha", "Ben"), ("Dele", "Gwen")]))

    assert set(scores.values.values()) == {None}
    assert "equally dense" in scores.reasons["Asha"]


@pytest.mark.parametrize("measure", [eigenvector, katz, hubs, authorities])
def test_is_not_defined_without_ties(measure) -> None:
    assert measure(nx.empty_graph("AB", nx.DiGraph)).reasons == dict.fromkeys(
        "AB", "there are no ties"
    )
    assert measure(nx.DiGraph()).values == {}


def test_pagerank_is_even_without_ties() -> None:
    assert pagerank(nx.empty_graph("ABCD", nx.DiGraph)).values == dict.fromkeys("ABCD", 0.25)
    assert pagerank(nx.DiGraph()).values == {}


def test_gives_the_same_numbers_above_the_size_of_a_whole_spectrum(monkeypatch, managers) -> None:
    measures = (eigenvector, katz, hubs, authorities)
    before = [measure(managers.network).values for measure in measures]
    monkeypatch.setattr("graph.measures.standing.SMALL", 5)

    after = [measure(managers.network).values for measure in measures]

    for one, other in zip(before, after, strict=True):
        assert other == pytest.approx(one, rel=1e-9, abs=1e-9)


def test_cores_agree_with_networkx(managers) -> None:
    managers.network.add_node("nobody's")

    expected = nx.core_number(managers.network.to_undirected())

    assert k_core(managers.network).values == expected
