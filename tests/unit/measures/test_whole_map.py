"""What a map is like as a whole, against published numbers, R and NetworkX."""

import networkx as nx
import pytest

from graph.measures.whole_map import WHOLE_MAP, centralisation, centralisation_in, components


def values(network) -> dict[str, float | None]:
    return {name: measure(network).value for name, measure in WHOLE_MAP.items()}


def test_gives_the_published_numbers_of_the_managers(managers) -> None:
    found = values(managers.network)

    assert f"{found['density']:.4f}" == "0.4524"
    assert f"{found['reciprocity_arcs']:.4f}" == "0.4737"
    assert found["components"] == 1
    assert found["fragmentation"] == 0


def test_agrees_with_r_on_the_weighted_example(weighted_example) -> None:
    found = values(weighted_example.network)

    # R sna 2.7-1: gden, grecip(measure = "edgewise"), centralization(degree, cmode = ...),
    # grecip(measure = "dyadic.nonnull"); igraph 1.3.5: mean_distance(unconnected = TRUE).
    assert found["density"] == pytest.approx(0.2, abs=1e-12)
    assert found["reciprocity_arcs"] == pytest.approx(1 / 3, abs=1e-12)
    assert found["reciprocity_dyads"] == pytest.approx(0.2, abs=1e-12)
    assert found["centralisation_in"] == pytest.approx(4 / 27, abs=1e-9)
    assert found["centralisation_out"] == pytest.approx(4 / 27, abs=1e-9)
    assert found["mean_distance"] == pytest.approx(2.109375, abs=1e-9)


def test_agrees_with_networkx(managers) -> None:
    network = managers.network
    either = nx.Graph(network)
    most = max(degree for _, degree in either.degree)

    assert values(network)["density"] == nx.density(network)
    assert values(network)["reciprocity_arcs"] == nx.overall_reciprocity(network)
    assert values(network)["centralisation"] == pytest.approx(
        sum(most - degree for _, degree in either.degree) / (20 * 19)
    )
    strong = nx.number_strongly_connected_components(network)
    assert components(network).beside["strong"] == strong


def test_the_families_are_as_centred_as_published() -> None:
    # Wasserman and Faust (1994), p. 180-182, with the isolate Pucci: C_D = 0.267.
    families = nx.florentine_families_graph().to_directed()
    families.add_node("Pucci")

    assert f"{centralisation(families).value:.3f}" == "0.267"


def test_a_star_is_wholly_centred() -> None:
    star = nx.DiGraph([(leaf, "Hub") for leaf in "ABCD"])

    assert centralisation(star).value == 1
    assert centralisation_in(star).value == 1


def test_a_complete_map_is_dense_mutual_and_not_centred() -> None:
    assert values(nx.complete_graph(list("ABCD"), nx.DiGraph)) == {
        "density": 1,
        "reciprocity_arcs": 1,
        "reciprocity_dyads": 1,
        "centralisation": 0,
        "centralisation_in": 0,
        "centralisation_out": 0,
        "components": 1,
        "fragmentation": 0,
        "mean_distance": 1,
    }


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_says_why_a_small_or_empty_map_has_no_number(size) -> None:
    network = nx.empty_graph(list("ABC"[:size]), nx.DiGraph)

    figures = {name: measure(network) for name, measure in WHOLE_MAP.items()}

    assert figures["components"].value == size
    assert figures["mean_distance"].reason == "there are no ties"
    assert (figures["density"].value is None) == (size < 2)
    assert (figures["centralisation"].value is None) == (size < 3)
    assert (figures["fragmentation"].value is None) == (size < 2)


@pytest.mark.parametrize("name", WHOLE_MAP)
def test_a_figure_is_listed_under_its_own_name(name, managers) -> None:
    figure = WHOLE_MAP[name](managers.network)

    assert figure.measure == name
    assert ". Direction: " in figure.method
