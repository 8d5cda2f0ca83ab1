"""Views received and given, and betweenness, against published numbers and R."""

import networkx as nx
import pytest

from graph.measures.centrality import (
    betweenness,
    betweenness_normalised,
    betweenness_weighted,
    views_given,
    views_given_weighted,
    views_received,
    views_received_weighted,
)
from graph.measures.effort import effort
from powermap.errors import TooMuch

KITE = {
    "Andre": 0.023,
    "Beverly": 0.023,
    "Carol": 0.000,
    "Diane": 0.102,
    "Ed": 0.000,
    "Fernando": 0.231,
    "Garth": 0.231,
    "Heather": 0.389,
    "Ike": 0.222,
    "Jane": 0.000,
}
"""Krackhardt, D. (1990), Administrative Science Quarterly 35, 342-369: the kite."""

FLORENTINE = {
    "Acciaiuoli": 0.000,
    "Albizzi": 0.212,
    "Barbadori": 0.093,
    "Bischeri": 0.104,
    "Castellani": 0.055,
    "Ginori": 0.000,
    "Guadagni": 0.255,
    "Lamberteschi": 0.000,
    "Medici": 0.522,
    "Pazzi": 0.000,
    "Peruzzi": 0.022,
    "Ridolfi": 0.114,
    "Salviati": 0.143,
    "Strozzi": 0.103,
    "Tornabuoni": 0.092,
}
"""Padgett's marriages, as published in the tests of NetworkX and in the textbooks."""


def test_counts_the_views_of_others_as_received() -> None:
    network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Dele", "Gwen")])
    network.add_node("Jo")

    assert views_received(network).values == {"Asha": 0, "Dele": 2, "Ben": 0, "Gwen": 1, "Jo": 0}
    assert views_given(network).values == {"Asha": 1, "Dele": 1, "Ben": 1, "Gwen": 0, "Jo": 0}


def test_ranks_the_managers_most_asked_for_advice(managers) -> None:
    asked = views_received(managers.network).values

    assert (asked["2"], asked["18"], asked["21"], asked["7"]) == (18, 15, 15, 13)
    assert sorted(asked.values())[-4:] == [13, 15, 15, 18]
    assert views_received(managers.network).ties == 190


def test_adds_up_the_strengths_of_the_weighted_example(weighted_example) -> None:
    received = views_received_weighted(weighted_example.network)
    given = views_given_weighted(weighted_example.network)

    assert (received.values["Iris"], received.values["Asha"], received.values["Jo"]) == (7, 5, 0)
    assert (given.values["Iris"], given.values["Asha"], given.values["Jo"]) == (0, 9, 0)
    assert (received.ties, received.ties_without_weight) == (18, 0)


def test_counts_a_tie_without_strength_and_leaves_it_out_of_the_sum(weighted_example) -> None:
    weighted_example.network.add_edge("Jo", "Asha")

    received = views_received_weighted(weighted_example.network)
    given = views_given_weighted(weighted_example.network)

    assert (received.values["Asha"], given.values["Jo"]) == (5, 0)
    assert (received.ties, received.ties_without_weight) == (18, 1)
    assert (given.ties, given.ties_without_weight) == (18, 1)
    assert views_given(weighted_example.network).values["Jo"] == 1


@pytest.mark.parametrize("weight", [0, -2, float("nan"), float("inf")])
def test_refuses_a_strength_that_is_not_above_nought(weight) -> None:
    network = nx.DiGraph()
    network.add_edge("Asha", "Ben", weight=weight)

    with pytest.raises(ValueError, match="'Asha' -> 'Ben' has weight"):
        views_given_weighted(network)


def test_finds_the_same_betweenness_as_published_for_the_kite() -> None:
    kite = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(KITE)))

    scores = betweenness_normalised(kite.to_directed())

    assert scores.values == pytest.approx(KITE, abs=5e-4)


def test_finds_the_medici_between_the_other_families() -> None:
    families = nx.florentine_families_graph().to_directed()

    scores = betweenness_normalised(families)

    assert scores.values == pytest.approx(FLORENTINE, abs=5e-4)


def test_follows_the_direction_of_advice(managers) -> None:
    scores = betweenness_normalised(managers.network)

    assert [f"{scores.values[manager]:.4f}" for manager in ("18", "21", "7")] == [
        "0.2340",
        "0.1582",
        "0.0727",
    ]


def test_counts_the_paths_of_the_worked_example(worked_example) -> None:
    scores = betweenness(worked_example.network)

    assert scores.values == pytest.approx(
        {"A1": 3, "A2": 13.5, "A3": 3, "B1": 24, "B2": 10.5, "B3": 11, "C1": 11, "C2": 11}
    )


def test_agrees_with_igraph_and_does_not_read_strength_as_length(weighted_example) -> None:
    raw = betweenness(weighted_example.network)
    normalised = betweenness_normalised(weighted_example.network)

    for row in weighted_example.rows("igraph.csv"):
        paths = float(row["betweenness"])
        assert raw.values[row["node"]] == pytest.approx(paths, rel=0, abs=1e-9)
        assert normalised.values[row["node"]] == pytest.approx(paths / 72, rel=0, abs=1e-9)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_has_no_share_of_paths_on_a_map_of_fewer_than_three(size) -> None:
    network = nx.complete_graph(list("AB"[:size]), nx.DiGraph)

    raw, normalised = betweenness(network), betweenness_normalised(network)

    assert list(raw.values.values()) == [0] * size
    assert list(normalised.values.values()) == [None] * size
    assert set(normalised.reasons.values()) <= {"not defined on a map of fewer than three"}


def test_is_nought_for_everyone_who_is_tied_to_everyone() -> None:
    network = nx.complete_graph(list("ABCDE"), nx.DiGraph)

    assert set(betweenness(network).values.values()) == {0}


def test_refuses_betweenness_on_a_map_that_would_take_too_long() -> None:
    network = nx.path_graph(2001, nx.DiGraph)

    with pytest.raises(
        TooMuch, match=r"2,001 leaders or organisations and 2,000 ties.*limit is 10"
    ):
        betweenness(network)
    with pytest.raises(TooMuch):
        betweenness_normalised(network)


def test_measures_a_map_that_is_just_within_the_limit(monkeypatch) -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    monkeypatch.setattr("graph.measures.centrality.BETWEENNESS_SECONDS_PER_STEP", 1.0)

    with effort(30):
        assert betweenness(network).values["Ben"] == 1
        network.add_edge("Dele", "Asha")
        with pytest.raises(TooMuch, match="about 36 seconds; the limit is 30"):
            betweenness(network)


@pytest.mark.parametrize("measure", [betweenness, betweenness_weighted])
def test_betweenness_tells_how_far_it_has_come(measure) -> None:
    network = nx.gnp_random_graph(1000, 0.003, seed=1, directed=True)
    nx.set_edge_attributes(network, 2, "weight")
    shares: list[float] = []

    with effort(60, shares.append):
        measure(network)

    assert shares == sorted(shares)
    assert len({round(share, 1) for share in shares}) > 4


@pytest.mark.parametrize("measure", [views_received, views_given_weighted, betweenness])
@pytest.mark.parametrize(
    ("network", "message"),
    [
        pytest.param(nx.Graph([("Asha", "Ben")]), "directed", id="undirected"),
        pytest.param(nx.MultiDiGraph([("Asha", "Ben")]), "at most one tie", id="parallel"),
        pytest.param(nx.DiGraph([("Asha", "Asha")]), "'Asha' has a tie to itself", id="self-tie"),
    ],
)
def test_refuses_a_network_that_would_be_counted_wrongly(measure, network, message) -> None:
    with pytest.raises(ValueError, match=message):
        measure(network)


def test_a_strong_tie_is_a_short_one() -> None:
    network = nx.DiGraph()
    network.add_weighted_edges_from([("Asha", "Ben", 5), ("Ben", "Dele", 5), ("Asha", "Dele", 2)])

    # 12 + 12 is shorter than 30; with a tie of strength 3 (20) it is not.
    assert betweenness_weighted(network).values["Ben"] == 1
    network.add_edge("Asha", "Dele", weight=3)
    assert betweenness_weighted(network).values["Ben"] == 0


@pytest.mark.parametrize("scale", [1, 7.3])
def test_ways_of_equal_length_share_a_path(scale) -> None:
    # Two ties of strength 4 are as long as one of strength 2; in floating point, 1/3 + 1/6 is
    # not quite 1/2.
    network = nx.DiGraph()
    network.add_weighted_edges_from(
        [("A", "B", 3 * scale), ("B", "C", 6 * scale), ("A", "C", 2 * scale)]
    )

    assert betweenness_weighted(network).values["B"] == 0.5


def test_weighted_betweenness_agrees_with_networkx_on_whole_lengths(weighted_example) -> None:
    lengths = nx.DiGraph()
    lengths.add_nodes_from(weighted_example.network)
    lengths.add_weighted_edges_from(
        (source, target, 60 // weight)
        for source, target, weight in weighted_example.network.edges(data="weight")
    )

    expected = nx.betweenness_centrality(lengths, normalized=False, weight="weight")

    values = betweenness_weighted(weighted_example.network).values
    assert values == pytest.approx(expected, rel=1e-12)


def test_weighted_betweenness_read_as_lengths_agrees_with_igraph(weighted_example) -> None:
    # igraph.csv has strength as length; 60 / strength as strength undoes our convention.
    for _, _, tie in weighted_example.network.edges(data=True):
        tie["weight"] = 60 / tie["weight"]

    values = betweenness_weighted(weighted_example.network).values

    for row in weighted_example.rows("igraph.csv"):
        expected = float(row["betweenness_weighted"])
        assert values[row["node"]] == pytest.approx(expected, rel=0, abs=1e-9)


def test_says_which_lengths_it_used(weighted_example) -> None:
    assert "length 60 // strength" in betweenness_weighted(weighted_example.network).method
    weighted_example.network.add_edge("Jo", "Asha", weight=7)
    weighted_example.network.add_edge("Jo", "Ben")

    scores = betweenness_weighted(weighted_example.network)

    assert "length 1 / strength" in scores.method
    assert (scores.ties, scores.ties_without_weight) == (19, 1)


def test_refuses_weighted_betweenness_on_a_map_that_would_take_too_long(monkeypatch) -> None:
    network = nx.DiGraph()
    network.add_edge("Asha", "Ben", weight=2)
    monkeypatch.setattr("graph.measures.centrality.WEIGHTED_BETWEENNESS_SECONDS_PER_STEP", 100.0)

    with pytest.raises(TooMuch, match="weighted betweenness for 2 leaders or organisations"):
        betweenness_weighted(network)


def test_betweenness_agrees_with_networkx_on_more_nodes_than_fit_into_one_pass() -> None:
    network = nx.relabel_nodes(nx.gnm_random_graph(300, 900, seed=5, directed=True), str)

    expected = nx.betweenness_centrality(network, normalized=False)

    assert betweenness(network).values == pytest.approx(expected, rel=1e-11, abs=1e-9)
