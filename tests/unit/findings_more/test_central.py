"""Who is central in which sense, who reaches everyone, and whose absence breaks the map apart."""

from itertools import combinations

import networkx as nx
import pytest

from graph.findings.central import who_is_central
from graph.findings.key_people import who_holds_it_together, who_reaches_everyone
from graph.network import network
from tests.unit.findings_more.samples import FIXTURES, sample
from tests.unit.made_maps import leader, made_map, tie

STEMS = sorted(path.stem for path in FIXTURES.glob("*.json"))

# Two knots of three, joined by Gill alone.
KNOTS = made_map(
    *map(leader, ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gill")),
    *(
        tie(one, other)
        for knot in (("Ann", "Bob", "Cat"), ("Dan", "Eve", "Fay"))
        for one in knot
        for other in knot
        if one != other
    ),
    *(tie(*ends) for ends in (("Gill", "Ann"), ("Ann", "Gill"), ("Gill", "Dan"), ("Dan", "Gill"))),
)


def test_the_go_between_stands_between_and_others_are_named_by_more():
    rows = {row.kind: row for row in who_is_central(KNOTS).rows}

    assert rows["between_others"].parties == ("Gill",)
    assert rows["named_by_most"].parties == ("Ann", "Dan")
    assert rows["named_by_most"].sentence.startswith(
        "Ann and Dan are named by more others than anybody else: three each."
    )


@pytest.mark.parametrize("stem", STEMS)
def test_the_first_places_are_networkx_s(stem):
    power_map = sample(stem)
    graph = network(power_map).graph
    rows = {row.kind: row for row in who_is_central(power_map).rows}

    received = dict(graph.in_degree())
    most = max(received.values())
    assert set(rows["named_by_most"].parties) == {n for n, d in received.items() if d == most}
    between = nx.betweenness_centrality(graph, normalized=False)
    if max(between.values()) > 0:
        highest = max(between.values())
        first = {n for n, value in between.items() if value == pytest.approx(highest)}
        assert set(rows["between_others"].parties) == first
    ranked = nx.pagerank(graph, weight=None, max_iter=1000)
    assert all(
        ranked[leader] == pytest.approx(max(ranked.values()), rel=1e-3)
        for leader in rows["named_by_the_named"].parties
    )


@pytest.mark.parametrize("stem", STEMS)
def test_who_could_be_first_is_first_without_some_tie(stem):
    power_map = sample(stem)
    graph = network(power_map).graph
    row = next(row for row in who_is_central(power_map).rows if row.kind == "named_by_most")
    firsts = set()
    for edge in list(graph.edges):
        rest = graph.copy()
        rest.remove_edge(*edge)
        received = dict(rest.in_degree())
        most = max(received.values())
        firsts |= {power_map.leaders[n].name for n, d in received.items() if d == most}

    expected = firsts - {power_map.leaders[leader].name for leader in row.parties}
    assert set(row.facts["could_be_first"]) == expected


@pytest.mark.parametrize(("people", "tried"), [(200, True), (201, False)])
def test_no_tie_is_left_out_of_a_map_larger_than_the_rule_says(people, tried):
    # Two are named by two others each: with one tie fewer either could come first alone.
    crowd = [f"p{place:03}" for place in range(people)]
    named = [tie(crowd[n], crowd[n % 2]) for n in range(2, 6)] + [tie(crowd[6], crowd[0])]
    rows = who_is_central(made_map(*map(leader, crowd), *named)).rows

    row = next(row for row in rows if row.kind == "named_by_most")
    assert row.parties == ("p000",)
    assert row.facts["could_be_first"] == (["p001"] if tried else [])


def test_without_ties_nobody_is_central():
    found = who_is_central(made_map(leader("Ann"), leader("Bob")))

    assert found.thin and not found.rows
    assert found.sentences == (found.thin,)


def test_the_loss_of_the_go_between_cuts_the_knots_apart():
    first = who_holds_it_together(KNOTS).rows[0]

    assert first.parties == ("Gill",) or first.parties in (("Ann",), ("Dan",))
    rest = nx.Graph(network(KNOTS).graph.to_undirected())
    rest.remove_nodes_from(first.parties)
    reachable = sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(rest))
    assert first.facts["pairs_now"] - first.facts["pairs_cut_off"] == reachable


def _harm(graph, members):
    """Distance-weighted fragmentation by definition, with NetworkX's distances."""
    rest = graph.subgraph(set(graph) - set(members))
    size = len(rest)
    nearness = sum(
        1 / steps
        for source, found in nx.all_pairs_shortest_path_length(rest)
        for steps in found.values()
        if steps
    )
    return 1 - nearness / (size * (size - 1))


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("stem", ["leading-as-peers", "health-and-care-system"])
def test_no_other_set_does_more_harm(stem, size):
    power_map = sample(stem)
    graph = nx.Graph(network(power_map).graph.to_undirected())
    rows = who_holds_it_together(power_map).rows
    found = next(row for row in rows if row.kind == f"set_of_{size}")

    worst = max(_harm(graph, members) for members in combinations(graph, size))
    assert _harm(graph, found.parties) == pytest.approx(worst)
    assert found.facts["value"] == pytest.approx(worst)


@pytest.mark.parametrize("stem", ["leading-as-peers", "leeds-health-and-wellbeing-board"])
def test_those_within_one_and_two_steps_are_counted(stem):
    power_map = sample(stem)
    graph = nx.Graph(network(power_map).graph.to_undirected())

    for row in who_reaches_everyone(power_map).rows:
        near = set().union(*(graph[member] for member in row.parties)) - set(row.parties)
        further = set().union(*(graph[each] for each in near)) - near - set(row.parties)
        assert row.facts["within_one"] == len(near)
        assert row.facts["within_two"] == len(near) + len(further)


def test_one_person_tied_to_all_is_enough():
    star = made_map(*map(leader, "abcdef"), *(tie("a", other) for other in "bcdef"))

    found = who_reaches_everyone(star)

    assert [row.parties for row in found.rows] == [("a",)]
    assert found.sentences == ("a is tied to all the five people left on the map.",)


@pytest.mark.parametrize("ask", [who_is_central, who_reaches_everyone, who_holds_it_together])
@pytest.mark.parametrize("number", [0, 1, 2, 4])
def test_a_thin_map_says_so(ask, number):
    people = [leader(each) for each in "abcd"[:number]]
    ties = [tie("a", "b")] if number > 1 else []

    found = ask(made_map(*people, *ties))

    assert found.thin
    assert all(sentence.endswith(".") for sentence in found.sentences)
