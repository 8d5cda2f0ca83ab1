"""Shared brokerage, against dividing each pair among those who join it by hand."""

from fractions import Fraction
from itertools import permutations

import networkx as nx
import pytest

from graph.measures import Role, brokerage
from graph.measures.effort import effort
from graph.measures.partial_credit import brokerage_partial_credit
from graph.measures.roles import role_of
from powermap.errors import TooMuch
from tests.unit.measures.awkward import awkward


@pytest.mark.parametrize("at_once", [1, 7, 1_000_000])
@awkward
def test_each_pair_is_shared_among_those_who_join_it(monkeypatch, network, groups, at_once) -> None:
    monkeypatch.setattr("graph.measures.open_ways.AT_ONCE", at_once)

    found = brokerage_partial_credit(network, groups)

    grouped = [node for node in network if groups[node]]
    expected = {node: dict.fromkeys(Role, Fraction()) for node in grouped}
    for source, target in permutations(grouped, 2):
        if network.has_edge(source, target):
            continue
        joining = [
            node
            for node in grouped
            if network.has_edge(source, node) and network.has_edge(node, target)
        ]
        for node in joining:
            role = role_of(groups[source], groups[node], groups[target])
            expected[node][role] += Fraction(1, len(joining))
            expected[node][Role.TOTAL] += Fraction(1, len(joining))
    assert list(found.brokers) == grouped
    for node, roles in expected.items():
        assert found.brokers[node] == pytest.approx(
            {role: float(share) for role, share in roles.items()}, rel=1e-12
        )
    for role in Role:
        whole = float(sum(roles[role] for roles in expected.values()))
        assert found.whole_map[role] == pytest.approx(whole, rel=1e-12)
    assert found.whole_map[Role.TOTAL] == pytest.approx(round(found.whole_map[Role.TOTAL]))


def test_is_the_plain_count_where_each_pair_has_one_who_joins_it(worked_example) -> None:
    network = nx.DiGraph([("A1", "B1"), ("B1", "A2"), ("B1", "C1")])

    found = brokerage_partial_credit(network, worked_example.groups)

    plain = brokerage(network, worked_example.groups)
    assert found.brokers["B1"] == {role: plain.brokers["B1"][role].raw for role in Role}


def test_lists_those_without_a_group_as_undefined_among_the_scores() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])

    scores = brokerage_partial_credit(network, {"Asha": "nhs", "Ben": "nhs"}).scores()

    assert scores.values == {"Asha": 0, "Ben": 0, "Dele": None}
    assert scores.reasons == {"Dele": "has no group"}


def test_refuses_more_ways_than_there_is_time_for(worked_example) -> None:
    with effort(1e-6), pytest.raises(TooMuch, match="19 ways of two steps"):
        brokerage_partial_credit(worked_example.network, worked_example.groups)
