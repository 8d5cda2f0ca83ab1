"""What must hold on every network, whatever its numbers are."""

import math
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.measures import MEASURES, Role, brokerage, open_pairs, strongest_broker
from graph.measures.centrality import views_given, views_received

NAMES = ["Asha", "Ben", "Carys", "Dele", "Erin", "Farid", "Gwen"]
FIVE = [role for role in Role if role is not Role.TOTAL]


@st.composite
def networks(draw: st.DrawFn) -> "nx.DiGraph[str]":
    nodes = NAMES[: draw(st.integers(0, len(NAMES)))]
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(nodes)
    possible = list(permutations(nodes, 2))
    if possible:
        ties = st.dictionaries(
            st.sampled_from(possible), st.none() | st.integers(1, 5), max_size=len(possible)
        )
        for (source, target), strength in draw(ties).items():
            network.add_edge(source, target)
            if strength is not None:
                network.edges[source, target]["weight"] = strength
    return network


@st.composite
def grouped_networks(draw: st.DrawFn) -> "tuple[nx.DiGraph[str], dict[str, str]]":
    network = draw(networks())
    return network, {node: draw(st.sampled_from(["nhs", "council", "charity"])) for node in network}


@given(networks(), st.permutations(NAMES))
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("name", MEASURES)
def test_scores_stay_with_the_node_when_all_are_renamed(name, network, others) -> None:
    renamed = dict(zip(NAMES, others, strict=True))

    before = MEASURES[name](network)
    after = MEASURES[name](nx.relabel_nodes(network, renamed))

    assert {renamed[node]: why for node, why in before.reasons.items()} == after.reasons
    for node, value in before.values.items():
        assert after.values[renamed[node]] == (
            None if value is None else pytest.approx(value, rel=1e-12, abs=1e-12)
        )


@given(grouped_networks(), st.permutations(NAMES))
def test_brokerage_stays_with_the_node_when_all_are_renamed(grouped, others) -> None:
    network, groups = grouped
    renamed = dict(zip(NAMES, others, strict=True))

    before = brokerage(network, groups)
    after = brokerage(
        nx.relabel_nodes(network, renamed),
        {renamed[node]: group for node, group in groups.items()},
    )

    assert {renamed[node]: roles for node, roles in before.brokers.items()} == after.brokers
    assert before.whole_map == after.whole_map


@given(grouped_networks())
def test_reversing_all_ties_swaps_representative_and_gatekeeper(grouped) -> None:
    network, groups = grouped
    swapped = {
        Role.REPRESENTATIVE: Role.GATEKEEPER,
        Role.GATEKEEPER: Role.REPRESENTATIVE,
    }

    forward, backward = brokerage(network, groups), brokerage(network.reverse(), groups)

    for node, roles in forward.brokers.items():
        for role, score in roles.items():
            assert backward.brokers[node][swapped.get(role, role)].raw == score.raw


@given(networks())
def test_reversing_all_ties_swaps_views_received_and_given(network) -> None:
    assert views_received(network.reverse()).values == views_given(network).values


@given(grouped_networks())
def test_the_five_roles_add_up_to_the_total(grouped) -> None:
    result = brokerage(*grouped)

    for roles in [*result.brokers.values(), result.whole_map]:
        assert sum(roles[role].raw for role in FIVE) == roles[Role.TOTAL].raw
        assert math.isclose(
            sum(roles[role].expected for role in FIVE), roles[Role.TOTAL].expected, abs_tol=1e-12
        )


@given(grouped_networks())
def test_the_totals_add_up_to_the_open_triples(grouped) -> None:
    network, groups = grouped
    open_triples = sum(
        network.has_edge(a, v) and network.has_edge(v, b) and not network.has_edge(a, b)
        for a, v, b in permutations(network, 3)
    )

    result = brokerage(network, groups)

    assert sum(roles[Role.TOTAL].raw for roles in result.brokers.values()) == open_triples
    assert result.whole_map[Role.TOTAL].raw == open_triples


@given(grouped_networks())
def test_every_role_is_counted_as_it_is_defined(grouped) -> None:
    network, groups = grouped

    result = brokerage(network, groups)

    for broker in network:
        found = dict.fromkeys(FIVE, 0)
        for a, b in permutations(set(network) - {broker}, 2):
            if network.has_edge(a, broker) and network.has_edge(broker, b):
                if not network.has_edge(a, b):
                    found[role_by_definition(groups[a], groups[broker], groups[b])] += 1
        assert {role: result.brokers[broker][role].raw for role in FIVE} == found
        assert len(open_pairs(network, broker, groups)) == sum(found.values())


def role_by_definition(a: str, v: str, b: str) -> Role:
    return {
        (True, True, True): Role.COORDINATOR,
        (False, False, True): Role.ITINERANT,
        (True, False, False): Role.REPRESENTATIVE,
        (False, True, False): Role.GATEKEEPER,
        (False, False, False): Role.LIAISON,
    }[a == v, v == b, a == b]


@given(grouped_networks())
def test_the_strongest_broker_does_not_depend_on_the_order_of_the_records(grouped) -> None:
    network, groups = grouped
    backwards: nx.DiGraph[str] = nx.DiGraph()
    backwards.add_nodes_from(reversed(list(network)))
    backwards.add_edges_from(reversed(list(network.edges)))

    assert strongest_broker(network, groups) == strongest_broker(backwards, groups)


@given(networks())
def test_betweenness_counts_the_shortest_paths_one_by_one(network) -> None:
    through = dict.fromkeys(network, 0.0)
    for source, target in permutations(network, 2):
        if nx.has_path(network, source, target):
            paths = list(nx.all_shortest_paths(network, source, target))
            for path in paths:
                for node in path[1:-1]:
                    through[node] += 1 / len(paths)

    assert MEASURES["betweenness"](network).values == pytest.approx(through)
