"""Tied pairs and rings of three, against looking at every three."""

from itertools import combinations

import networkx as nx
import pytest

from graph.measures.effort import effort
from graph.measures.snapshot import Snapshot
from powermap.errors import TooMuch
from tests.unit.measures.awkward import awkward


@pytest.mark.parametrize("at_once", [1, 5, 1_000_000])
@awkward
def test_each_ring_of_three_is_found_once(monkeypatch, network, groups, at_once) -> None:
    monkeypatch.setattr("graph.measures.triangles.AT_ONCE", at_once)
    taken = Snapshot(network)
    either = network.to_undirected()

    found = []
    for ab, ac, bc in taken.pairs.triangles():
        first, second = taken.pairs.first, taken.pairs.second
        assert (first[ab] == first[ac]).all()
        assert (second[ab] == first[bc]).all()
        assert (second[ac] == second[bc]).all()
        found += zip(first[ab].tolist(), second[ab].tolist(), second[ac].tolist(), strict=True)

    expected = {
        frozenset(three)
        for three in combinations(network, 3)
        if all(either.has_edge(*two) for two in combinations(three, 2))
    }
    assert len(found) == len(expected)
    assert {frozenset(taken.nodes[place] for place in three) for three in found} == expected


@awkward
def test_a_pair_knows_its_tie_each_way(network, groups) -> None:
    taken = Snapshot(network)
    pairs = taken.pairs

    rows = zip(pairs.first, pairs.second, pairs.onward, pairs.back, strict=True)
    ties = set()
    for first, second, onward, back in rows:
        for source, target, tie in ((first, second, onward), (second, first, back)):
            assert network.has_edge(taken.nodes[source], taken.nodes[target]) == (tie >= 0)
            if tie >= 0:
                assert (taken.sources[tie], taken.targets[tie]) == (source, target)
                ties.add(tie)
    assert ties == set(range(taken.ties))


def test_refuses_more_forks_than_there_is_time_for() -> None:
    pairs = Snapshot(nx.relabel_nodes(nx.complete_graph(30, nx.DiGraph), str)).pairs

    with effort(1e-6), pytest.raises(TooMuch, match="among the contacts of each"):
        next(pairs.triangles())
