"""Burt's constraint, against R's igraph, exact arithmetic and NetworkX where that is right."""

import math

import networkx as nx
import pytest

from graph.measures.structural_holes import constraint, constraint_weighted


def test_gives_the_constraint_of_the_worked_example_digit_for_digit(worked_example) -> None:
    values = constraint(worked_example.network).values

    assert {node: f"{value:.6f}" for node, value in values.items()} == {
        "A1": "0.598549",
        "A2": "0.452569",
        "A3": "0.750625",
        "B1": "0.408333",
        "B2": "0.468642",
        "B3": "0.500000",
        "C1": "0.333333",
        "C2": "0.500000",
    }


@pytest.mark.parametrize(
    ("source", "plain", "weighted"),
    [
        pytest.param("burt_exact.csv", "constraint", "constraint_weighted", id="exact"),
        pytest.param("igraph.csv", "constraint", "constraint_weighted", id="igraph"),
    ],
)
def test_agrees_on_the_weighted_example(weighted_example, source, plain, weighted) -> None:
    without, with_strength = (
        constraint(weighted_example.network).values,
        constraint_weighted(weighted_example.network).values,
    )

    for row in weighted_example.rows(source):
        for value, expected in (
            (without[row["node"]], float(row[plain])),
            (with_strength[row["node"]], float(row[weighted])),
        ):
            if math.isnan(expected):
                assert value is None
            else:
                assert value == pytest.approx(expected, rel=0, abs=1e-9)


def test_gives_a_number_to_someone_with_incoming_ties_only(weighted_example) -> None:
    assert weighted_example.network.out_degree("Iris") == 0
    assert constraint(weighted_example.network).values["Iris"] == pytest.approx(1 / 3)
    assert constraint_weighted(weighted_example.network).values["Iris"] == pytest.approx(3 / 7)


def test_has_no_number_for_an_isolate_and_says_why(weighted_example) -> None:
    scores = constraint(weighted_example.network)

    assert scores.values["Jo"] is None
    assert scores.reasons == {"Jo": "has no ties"}
    assert constraint_weighted(weighted_example.network).reasons == {"Jo": "has no ties"}


def test_leaves_a_tie_without_strength_out_of_the_weighted_form_only(weighted_example) -> None:
    before = constraint_weighted(weighted_example.network)
    weighted_example.network.add_edge("Jo", "Asha")
    weighted_example.network.add_edge("Iris", "Asha", weight=None)

    after = constraint_weighted(weighted_example.network)

    assert after.values == before.values
    assert (before.ties, before.ties_without_weight) == (18, 0)
    assert (after.ties, after.ties_without_weight) == (18, 2)
    assert after.reasons == {"Jo": "has no ties with a strength"}
    assert constraint(weighted_example.network).values["Jo"] == 1


def test_has_the_same_value_for_plain_and_equal_strengths(managers) -> None:
    nx.set_edge_attributes(managers.network, 3, "weight")

    plain, weighted = constraint(managers.network), constraint_weighted(managers.network)

    assert weighted.values == pytest.approx(plain.values)


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(nx.krackhardt_kite_graph(), id="kite"),
        pytest.param(nx.florentine_families_graph(), id="florentine"),
        pytest.param(nx.les_miserables_graph(), id="les-miserables"),
    ],
)
def test_agrees_with_networkx_where_all_ties_go_both_ways(network) -> None:
    plain = nx.constraint(network, nodes=list(network))

    assert constraint(network.to_directed()).values == pytest.approx(plain, rel=0, abs=1e-9)


def test_agrees_with_networkx_on_strengths_that_go_both_ways() -> None:
    network = nx.les_miserables_graph()

    expected = nx.constraint(network, nodes=list(network), weight="weight")

    values = constraint_weighted(network.to_directed()).values
    assert values == pytest.approx(expected, rel=0, abs=1e-9)


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        pytest.param(nx.DiGraph(), {}, id="empty"),
        pytest.param(nx.empty_graph(["A"], nx.DiGraph), {"A": None}, id="one"),
        pytest.param(nx.DiGraph([("A", "B")]), {"A": 1, "B": 1}, id="two"),
        pytest.param(
            nx.complete_graph(list("ABC"), nx.DiGraph),
            {"A": 1.125, "B": 1.125, "C": 1.125},
            id="three-all-tied",
        ),
    ],
)
def test_gives_the_number_worked_out_by_hand(network, expected) -> None:
    # Three all tied: p = 1/2 each, so (1/2 + 1/2 * 1/2)^2 = 9/16 for each of two contacts.
    assert constraint(network).values == expected
