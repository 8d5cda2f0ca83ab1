"""The permutation test of the roles, against every possible shuffle of small maps."""

from collections import Counter
from itertools import permutations

import networkx as nx
import pytest

from graph.measures import Role, brokerage
from graph.measures.effort import effort
from graph.measures.shuffled import brokerage_shuffled
from powermap.errors import TooMuch

FIVE = [role for role in Role if role is not Role.TOTAL]


def test_comes_near_the_mean_and_p_of_all_shuffles(worked_example) -> None:
    network = worked_example.network.subgraph(["A1", "A2", "A3", "B1", "B2", "C1"]).copy()
    groups = {node: worked_example.groups[node] for node in network}
    every = [
        brokerage(network, dict(zip(network, dealt, strict=True)))
        for dealt in sorted(set(permutations(groups.values())))
    ]

    shuffled = brokerage_shuffled(network, groups)

    for node in [*network, None]:
        roles = shuffled.whole_map if node is None else shuffled.brokers[node]
        for role in FIVE:
            counts = Counter(
                (one.whole_map if node is None else one.brokers[node])[role].raw for one in every
            )
            found = roles[role]
            mean = sum(count * times for count, times in counts.items()) / len(every)
            assert found.mean == pytest.approx(mean, abs=0.06)
            if found.p_high is not None:
                exact = sum(times for count, times in counts.items() if count >= found.raw)
                assert found.p_high == pytest.approx(exact / len(every), abs=0.02)
                exact = sum(times for count, times in counts.items() if count <= found.raw)
                assert found.p_low == pytest.approx(exact / len(every), abs=0.02)


def test_counts_what_brokerage_counts_and_leaves_the_total_alone(weighted_example) -> None:
    plain = brokerage(weighted_example.network, weighted_example.groups)
    shuffled = brokerage_shuffled(weighted_example.network, weighted_example.groups, shuffles=50)

    for node, roles in shuffled.brokers.items():
        assert {role: one.raw for role, one in roles.items()} == {
            role: one.raw for role, one in plain.brokers[node].items()
        }
        assert roles[Role.TOTAL].p_high is None
        assert "cannot move" in (roles[Role.TOTAL].reason or "")
    assert shuffled.brokers["Jo"][Role.LIAISON].reason == "joins nobody, whatever the groups"


def test_gives_the_same_numbers_for_the_same_seed_and_prints_it(weighted_example) -> None:
    network, groups = weighted_example.network, weighted_example.groups

    first, again, other = (
        brokerage_shuffled(network, groups, shuffles=99, seed=seed) for seed in (1, 1, 2)
    )

    assert first == again
    assert first.whole_map != other.whole_map
    assert "99 times, group sizes fixed, seed 1" in first.method


def test_does_not_depend_on_the_order_of_the_records(weighted_example) -> None:
    network, groups = weighted_example.network, weighted_example.groups
    backwards: nx.DiGraph[str] = nx.DiGraph()
    backwards.add_nodes_from(reversed(list(network)))
    backwards.add_edges_from(reversed(list(network.edges)))

    assert brokerage_shuffled(network, groups, shuffles=99) == brokerage_shuffled(
        backwards, groups, shuffles=99
    )


@pytest.mark.parametrize(
    "network", [nx.DiGraph(), nx.empty_graph("AB", nx.DiGraph), nx.DiGraph([("A", "B")])]
)
def test_has_nothing_to_shuffle_on_a_map_without_open_pairs(network) -> None:
    shuffled = brokerage_shuffled(network, dict.fromkeys(network, "trust"), shuffles=9)

    assert all(role.p_high is None for role in shuffled.whole_map.values())


def test_refuses_a_map_with_too_many_open_pairs(worked_example) -> None:
    with effort(0.001), pytest.raises(TooMuch, match="9,999 times over 18 open pairs"):
        brokerage_shuffled(worked_example.network, worked_example.groups)
