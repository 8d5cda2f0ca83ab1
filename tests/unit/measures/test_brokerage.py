"""Gould-Fernandez brokerage, against R's sna 2.7-1."""

import math
from itertools import permutations

import networkx as nx
import pytest

from graph.measures import Brokerage, Role, RoleScore, brokerage
from graph.measures.roles import role_of
from tests.unit.measures.awkward import awkward

FIVE = [role for role in Role if role is not Role.TOTAL]

RAW = """
A1 0 1 0 1 0 2
A2 1 0 1 1 1 4
A3 0 0 1 0 0 1
B1 1 1 1 2 0 5
B2 0 0 2 0 0 2
B3 0 0 0 1 0 1
C1 0 0 0 2 0 2
C2 0 0 1 0 0 1
"""
Z = """
A1 -0.273602 1.228163 -0.471140 0.834727 -0.564054 0.260377
A2 3.518139 -0.498312 0.834727 0.834727 0.738778 1.334774
A3 -0.273602 -0.498312 0.834727 -0.471140 -0.564054 -0.276822
B1 3.518139 1.228163 0.834727 2.140595 -0.564054 1.871973
B2 -0.273602 -0.498312 2.140595 -0.471140 -0.564054 0.260377
B3 -0.273602 -0.498312 -0.471140 0.834727 -0.564054 -0.276822
C1 none -0.593648 -0.364944 3.006791 -0.659509 0.260377
C2 none -0.593648 1.320924 -0.364944 -0.659509 -0.276822
"""
EXPECTED_IN_A_GROUP_OF_THREE = "0.072157 0.288630 0.360787 0.360787 0.432945 1.515306"
SD_IN_A_GROUP_OF_THREE = "0.263731 0.579215 0.765775 0.765775 0.767558 1.861508"
EXPECTED_IN_A_GROUP_OF_TWO = "0.000000 0.432945 0.216472 0.216472 0.649417 1.515306"
SD_IN_A_GROUP_OF_TWO = "0.000000 0.729295 0.593166 0.593166 0.984697 1.861508"


def printed(value: float | None) -> str:
    return "none" if value is None else f"{value:.6f}"


def by_symbol(result: Brokerage, node: str | None) -> dict[str, RoleScore]:
    scores = result.whole_map if node is None else result.brokers[node]
    return {role.symbol: score for role, score in scores.items()}


def assert_agrees(score: RoleScore, row: dict[str, str], suffix: str) -> None:
    assert score.raw == int(row[f"raw.{suffix}"])
    assert score.expected == pytest.approx(float(row[f"exp.{suffix}"]), rel=0, abs=1e-9)
    assert score.sd == pytest.approx(float(row[f"sd.{suffix}"]), rel=0, abs=1e-9)
    if math.isnan(float(row[f"z.{suffix}"])):
        assert score.z is None
        assert score.reason
    else:
        assert score.z == pytest.approx(float(row[f"z.{suffix}"]), rel=0, abs=1e-9)
        assert score.reason is None


def test_columns_stand_in_the_order_of_r() -> None:
    assert [role.symbol for role in Role] == ["w_I", "w_O", "b_IO", "b_OI", "b_O", "t"]


def test_counts_the_roles_of_the_worked_example(worked_example) -> None:
    result = brokerage(worked_example.network, worked_example.groups)

    table = [
        " ".join([node, *(str(roles[role].raw) for role in Role)])
        for node, roles in result.brokers.items()
    ]
    assert table == RAW.split("\n")[1:-1]


def test_gives_the_z_scores_of_the_worked_example_digit_for_digit(worked_example) -> None:
    result = brokerage(worked_example.network, worked_example.groups)

    table = [
        " ".join([node, *(printed(roles[role].z) for role in Role)])
        for node, roles in result.brokers.items()
    ]
    assert table == Z.split("\n")[1:-1]


@pytest.mark.parametrize(
    ("broker", "expected", "sd"),
    [
        ("A1", EXPECTED_IN_A_GROUP_OF_THREE, SD_IN_A_GROUP_OF_THREE),
        ("B3", EXPECTED_IN_A_GROUP_OF_THREE, SD_IN_A_GROUP_OF_THREE),
        ("C1", EXPECTED_IN_A_GROUP_OF_TWO, SD_IN_A_GROUP_OF_TWO),
    ],
)
def test_expects_by_the_size_of_the_group(worked_example, broker, expected, sd) -> None:
    roles = brokerage(worked_example.network, worked_example.groups).brokers[broker]

    assert " ".join(printed(roles[role].expected) for role in Role) == expected
    assert " ".join(printed(roles[role].sd) for role in Role) == sd


def test_gives_the_whole_map_of_the_worked_example_digit_for_digit(worked_example) -> None:
    whole = brokerage(worked_example.network, worked_example.groups).whole_map

    assert [whole[role].raw for role in Role] == [2, 2, 6, 7, 1, 18]
    assert " ".join(printed(whole[role].z) for role in Role) == (
        "2.148725 -0.287265 1.651646 2.137091 -1.089434 0.943404"
    )


def test_turns_z_into_a_two_sided_probability() -> None:
    at_the_five_percent_mark = RoleScore(
        raw=0, expected=0.0, sd=1.0, z=-1.959963984540054, reason=None
    )
    impossible = RoleScore(raw=0, expected=0.0, sd=0.0, z=None, reason="no ties")

    assert at_the_five_percent_mark.p == pytest.approx(0.05, abs=1e-12)
    assert impossible.p is None


def test_agrees_with_r_on_the_weighted_example(weighted_example) -> None:
    result = brokerage(weighted_example.network, weighted_example.groups)

    rows = weighted_example.rows("brokerage.csv")
    assert [row["node"] for row in rows] == list(result.brokers)
    for row in rows:
        for symbol, score in by_symbol(result, row["node"]).items():
            assert_agrees(score, row, f"nli.{symbol}")
    for row in weighted_example.rows("brokerage_global.csv"):
        assert_agrees(by_symbol(result, None)[row["role"]], row, "gli")


def test_agrees_with_r_on_the_managers_by_department(managers) -> None:
    result = brokerage(managers.network, managers.groups)

    rows = managers.rows("brokerage-by-department.csv")
    assert [row["node"] for row in rows] == list(result.brokers)
    for row in rows:
        for symbol, score in by_symbol(result, row["node"]).items():
            assert_agrees(score, row, f"nli.{symbol}")
    for row in managers.rows("brokerage-by-department-whole-map.csv"):
        assert_agrees(by_symbol(result, None)[row["role"]], row, "gli")


def test_leaves_out_those_without_a_group_and_says_who(worked_example) -> None:
    result = brokerage(
        worked_example.network,
        {node: group for node, group in worked_example.groups.items() if node not in {"C1", "C2"}}
        | {"C1": None, "C2": ""},
    )
    without = brokerage(
        worked_example.network.subgraph(["A1", "A2", "A3", "B1", "B2", "B3"]),
        worked_example.groups,
    )

    assert result.without_group == ("C1", "C2")
    assert (result.ties, result.ties_left_out) == (8, 4)
    assert result.density == 8 / 30
    assert result.brokers == without.brokers
    assert result.whole_map == without.whole_map


def test_lists_those_without_a_group_as_undefined_among_the_scores() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Jo")])

    scores = brokerage(network, dict.fromkeys(["Asha", "Ben", "Dele"], "trust")).scores()

    assert scores.values == {"Asha": 0, "Ben": 1, "Dele": 0, "Jo": None}
    assert scores.reasons == {"Jo": "has no group"}
    assert scores.title == "Brokerage: total (t)"


def test_counts_isolates_in_the_size_of_the_map(worked_example) -> None:
    worked_example.network.add_node("Jo")

    result = brokerage(worked_example.network, worked_example.groups | {"Jo": "council"})

    assert result.density == 12 / 72
    assert [result.brokers["Jo"][role].raw for role in Role] == [0] * 6
    total = result.brokers["Jo"][Role.TOTAL]
    assert total.expected == pytest.approx((1 / 6) ** 2 * (5 / 6) * 8 * 7)
    assert total.z == pytest.approx(-total.expected / total.sd)


def test_says_why_a_role_is_impossible_with_two_groups_only() -> None:
    network = nx.DiGraph([("A1", "A2"), ("A2", "B1"), ("A1", "A3")])
    groups = {"A1": "acute", "A2": "acute", "A3": "acute", "B1": "icb"}

    result = brokerage(network, groups)

    assert undefined(result.brokers["A2"]) == {
        Role.ITINERANT: "no other group has two members",
        Role.LIAISON: "needs at least three groups",
    }
    assert undefined(result.brokers["B1"]) == {
        Role.COORDINATOR: "not possible in a group this small",
        Role.REPRESENTATIVE: "not possible in a group this small",
        Role.GATEKEEPER: "not possible in a group this small",
        Role.LIAISON: "needs at least three groups",
    }
    assert undefined(result.whole_map) == {Role.LIAISON: "needs at least three groups"}


def test_leaves_only_the_liaison_possible_in_groups_of_one() -> None:
    network = nx.DiGraph([("A", "B"), ("B", "C")])

    result = brokerage(network, {"A": "acute", "B": "icb", "C": "council"})

    assert result.brokers["B"][Role.LIAISON].raw == 1
    assert undefined(result.brokers["B"]).keys() == set(FIVE) - {Role.LIAISON}
    assert undefined(result.whole_map) == {
        Role.COORDINATOR: "no group has three members",
        Role.ITINERANT: "no group has two members",
        Role.REPRESENTATIVE: "no group has two members",
        Role.GATEKEEPER: "no group has two members",
    }


def test_leaves_only_the_coordinator_possible_in_a_single_group() -> None:
    network = nx.DiGraph([("A", "B"), ("B", "C")])

    result = brokerage(network, dict.fromkeys("ABC", "acute"))

    assert result.brokers["B"][Role.COORDINATOR].raw == 1
    assert undefined(result.brokers["B"]) == {
        Role.ITINERANT: "needs at least two groups",
        Role.REPRESENTATIVE: "needs at least two groups",
        Role.GATEKEEPER: "needs at least two groups",
        Role.LIAISON: "needs at least three groups",
    }


def test_gives_no_z_where_every_tie_is_there() -> None:
    network = nx.complete_graph(list("ABCDE"), nx.DiGraph)

    result = brokerage(network, dict.fromkeys("ABCDE", "acute"))

    total = result.whole_map[Role.TOTAL]
    assert (total.raw, total.expected, total.sd, total.z) == (0, 0.0, 0.0, None)
    assert total.reason == "every tie is there, so no pair is open"


def test_gives_no_z_where_there_are_no_ties() -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from("ABCDE")

    result = brokerage(network, dict.fromkeys("ABCDE", "acute"))

    total = result.brokers["A"][Role.TOTAL]
    assert (total.raw, total.expected, total.sd, total.z) == (0, 0.0, 0.0, None)
    assert total.reason == "there are no ties"


@pytest.mark.parametrize("size", [0, 1, 2])
def test_has_no_role_to_play_on_a_map_of_fewer_than_three(size) -> None:
    network = nx.complete_graph(list("AB"[:size]), nx.DiGraph)

    result = brokerage(network, dict.fromkeys(network, "acute"))

    assert len(result.brokers) == size
    for roles in [*result.brokers.values(), result.whole_map]:
        assert all((score.raw, score.expected, score.sd) == (0, 0, 0) for score in roles.values())
        assert undefined(roles).keys() == set(Role)
        assert roles[Role.TOTAL].reason == "needs at least three leaders or organisations"


def undefined(roles: dict[Role, RoleScore]) -> dict[Role, str | None]:
    return {role: score.reason for role, score in roles.items() if score.z is None}


@awkward
def test_agrees_with_asking_every_three_of_an_awkward_network(network, groups) -> None:
    result = brokerage(network, groups)

    expected = {node: dict.fromkeys(Role, 0) for node in network if groups[node]}
    for source, broker, target in permutations(expected, 3):
        if (
            network.has_edge(source, broker)
            and network.has_edge(broker, target)
            and not network.has_edge(source, target)
        ):
            role = role_of(groups[source], groups[broker], groups[target])
            expected[broker][role] += 1
            expected[broker][Role.TOTAL] += 1
    assert {
        node: {role: score.raw for role, score in roles.items()}
        for node, roles in result.brokers.items()
    } == expected
