"""Burt's constraint, against R's igraph, exact arithmetic and NetworkX where that is right."""

import math
from fractions import Fraction
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.measures import MEASURES, snapshot
from graph.measures.structural_holes import (
    constraint,
    constraint_weighted,
    effective_size,
    effective_size_weighted,
    efficiency,
    hierarchy,
    hierarchy_weighted,
)
from tests.unit.measures.exact import exact_holes

HOLES = ["constraint", "effective_size", "efficiency", "hierarchy"]
NAMES = ["Asha", "Ben", "Carys", "Dele", "Erin", "Farid", "Gwen"]


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


@pytest.mark.parametrize("suffix", ["", "_weighted"])
@pytest.mark.parametrize("name", HOLES)
def test_agrees_with_exact_arithmetic_on_the_weighted_example(
    weighted_example, name, suffix
) -> None:
    values = MEASURES[name + suffix](weighted_example.network).values

    for row in weighted_example.rows("burt_exact.csv"):
        expected = float(row[name + suffix])
        if math.isnan(expected):
            assert values[row["node"]] is None
        else:
            assert values[row["node"]] == pytest.approx(expected, rel=0, abs=1e-9)


@st.composite
def ties_with_strength(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    nodes = NAMES[: draw(st.integers(2, len(NAMES)))]
    possible = list(permutations(nodes, 2))
    return draw(
        st.dictionaries(st.sampled_from(possible), st.integers(1, 9), max_size=len(possible))
    )


@given(ties_with_strength())
@settings(max_examples=150, deadline=None)
def test_agrees_with_exact_arithmetic_on_any_small_network(strengths) -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(NAMES)
    network.add_weighted_edges_from((a, b, weight) for (a, b), weight in strengths.items())
    taken = snapshot(network)

    for suffix, weights in (
        ("", dict.fromkeys(strengths, Fraction(1))),
        ("_weighted", {tie: Fraction(weight) for tie, weight in strengths.items()}),
    ):
        exact = exact_holes(NAMES, weights)
        for name in HOLES:
            values = MEASURES[name + suffix](taken).values
            for node in NAMES:
                expected = exact[node][name]
                if expected is None:
                    assert values[node] is None
                else:
                    assert values[node] == pytest.approx(float(expected), rel=0, abs=1e-12)


def test_gives_the_effective_size_of_the_worked_example_digit_for_digit(worked_example) -> None:
    values = effective_size(worked_example.network).values

    assert " ".join(f"{value:.6f}" for value in values.values()) == (
        "1.666667 3.000000 1.000000 3.800000 2.333333 2.000000 3.000000 2.000000"
    )


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(nx.krackhardt_kite_graph(), id="kite"),
        pytest.param(nx.florentine_families_graph(), id="florentine"),
    ],
)
def test_is_contacts_less_twice_their_ties_where_all_go_both_ways(network) -> None:
    values = effective_size(network.to_directed()).values

    for node in network:
        contacts = list(network[node])
        among = network.subgraph(contacts).number_of_edges()
        assert values[node] == pytest.approx(len(contacts) - 2 * among / len(contacts))


def test_divides_by_distinct_contacts_where_a_tie_is_returned() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Asha"), ("Asha", "Dele")])

    assert efficiency(network).values["Asha"] == 1


def test_hierarchy_is_nought_where_all_contacts_constrain_alike() -> None:
    star = nx.DiGraph([("Hub", leaf) for leaf in "ABCD"])

    assert hierarchy(star).values == {"Hub": 0, "A": None, "B": None, "C": None, "D": None}
    assert hierarchy(star).reasons["A"] == "has one contact only, so there is nothing to compare"


def test_hierarchy_rises_with_the_weight_of_one_tie() -> None:
    star = nx.DiGraph()
    star.add_weighted_edges_from([("Hub", "A", 1000), ("Hub", "B", 1), ("Hub", "C", 1)])

    assert hierarchy_weighted(star).values["Hub"] == pytest.approx(1, abs=1e-3)


def test_effective_size_is_the_same_block_by_block(managers, monkeypatch) -> None:
    nx.set_edge_attributes(managers.network, 3, "weight")
    before = effective_size_weighted(managers.network).values
    monkeypatch.setattr("graph.measures.triangles.AT_ONCE", 4)

    assert effective_size_weighted(managers.network).values == pytest.approx(before, rel=1e-14)
    assert effective_size(managers.network).values == pytest.approx(before)
