"""Where everybody stands: no overlap, the same every time, and nobody ever moves."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graph.network import network
from tests.unit.visual.made_up_maps import made_up_map
from visual.cards import style_for
from visual.layout import Belonging, arrange, first_picture

SIZES = [(1, 0), (2, 1), (7, 12), (10, 18), (25, 40), (34, 50), (50, 200)]


def measured(people, ties):
    found = network(made_up_map(people, ties))
    sectors = {
        node: (found.groups[node], *found.other_groups.get(node, ())) for node in found.groups
    }
    return nx.Graph(found.graph), Belonging(sectors=sectors)


def overlaps(positions):
    style = style_for(len(positions))
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(positions.items(), 2)
        if abs(ax - bx) < style.width and abs(ay - by) < style.height
    ]


def share_at_home(positions, belonging):
    """The share of people whose own sector's middle is the nearest, joint posts left out."""
    settled = {node: belonging.home(node) for node in positions if belonging.home(node)}
    middles = {
        sector: np.mean([positions[node] for node in settled if settled[node] == sector], axis=0)
        for sector in set(settled.values())
    }

    def nearest(node):
        return min(middles, key=lambda sector: np.hypot(*(middles[sector] - positions[node])))

    return sum(nearest(node) == sector for node, sector in settled.items()) / len(settled)


@pytest.mark.parametrize(("people", "ties"), SIZES)
def test_no_two_boxes_overlap(people, ties):
    graph, belonging = measured(people, ties)

    positions = arrange(graph, belonging)

    assert set(positions) == set(graph)
    assert overlaps(positions) == []


@pytest.mark.parametrize(("people", "ties"), [(10, 18), (25, 40), (34, 50), (112, 260)])
def test_nine_in_ten_stand_nearest_to_their_own_sector(people, ties):
    graph, belonging = measured(people, ties)

    positions = arrange(graph, belonging)

    assert share_at_home(positions, belonging) >= 0.9


def test_the_same_map_is_arranged_the_same_way():
    graph, belonging = measured(25, 40)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(reversed(list(graph)))
    shuffled.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))

    assert arrange(graph, belonging) == arrange(shuffled, belonging)


def test_a_first_picture_is_worked_out_once_and_given_out_whole():
    graph, belonging = measured(12, 20)
    first = arrange(graph, belonging)
    known = first_picture.cache_info().misses

    first["a stranger"] = (0.0, 0.0)
    again = arrange(graph, belonging)

    assert first_picture.cache_info().misses == known
    assert "a stranger" not in again
    moved = nx.Graph(graph)
    moved.remove_edge(*next(iter(graph.edges)))
    arrange(moved, belonging)
    assert first_picture.cache_info().misses == known + 1


def test_survivors_do_not_move_when_others_come_or_go():
    graph, belonging = measured(50, 120)
    first = sorted(graph)[:20]
    before = arrange(graph.subgraph(first), belonging)

    fewer = arrange(graph.subgraph(first[:5]), belonging, before)
    after = arrange(graph, belonging, before)

    assert fewer == before
    assert {node: after[node] for node in before} == before
    assert overlaps(after) == []


def test_a_newcomer_stands_near_the_only_one_they_know():
    graph, belonging = measured(25, 40)
    before = arrange(graph, belonging)
    friend = sorted(graph)[0]
    graph.add_edge(friend, "newcomer")
    home = Belonging(sectors={**belonging.sectors, "newcomer": belonging.sectors[friend]})

    after = arrange(graph, home, before)

    distance = {
        node: np.hypot(*(np.array(place) - after["newcomer"])) for node, place in before.items()
    }
    assert distance[friend] < np.median(list(distance.values()))


def test_a_joint_post_holder_stands_between_the_two_sectors():
    people = [f"{sector}{n}" for sector in ("left", "right") for n in range(6)]
    graph = nx.Graph(combinations([p for p in people if p.startswith("left")], 2))
    graph.add_edges_from(combinations([p for p in people if p.startswith("right")], 2))
    graph.add_edges_from([("joint", "left0"), ("joint", "right0")])
    sectors = {person: (person[:-1],) for person in people} | {"joint": ("left", "right")}

    positions = arrange(graph, Belonging(sectors=sectors))

    def middle(sector):
        return np.mean([positions[p] for p in people if p.startswith(sector)], axis=0)

    apart = np.hypot(*(middle("left") - middle("right")))
    for sector in ("left", "right"):
        assert np.hypot(*(middle(sector) - positions["joint"])) < apart


def test_five_hundred_people_find_room():
    graph, belonging = measured(500, 1000)

    positions = arrange(graph, belonging)

    assert len(positions) == 500
    assert overlaps(positions) == []
