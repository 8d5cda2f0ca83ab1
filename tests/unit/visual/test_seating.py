"""Who sits where: what is kept of the cost while places are exchanged is the cost."""

from random import Random

import networkx as nx
import pytest

from visual.belonging import Belonging
from visual.cards import COMPACT
from visual.lattice import lattice_for
from visual.seating import Seating


def seating_of(count, seed):
    graph = nx.relabel_nodes(nx.gnm_random_graph(count, 2 * count, seed=seed), "{:02}".format)
    for number, (_, _, edge) in enumerate(graph.edges(data=True)):
        edge |= {"matters": 1 + number % 3, "views": 1 + number % 2}
    belonging = Belonging(
        sectors={node: (("left", "right")[int(node) % 2],) for node in graph},
        bodies={node: (str(int(node) // 4),) for node in graph},
    )
    return Seating(graph, belonging, lattice_for(count, COMPACT), COMPACT)


@pytest.mark.parametrize("seed", range(4))
def test_the_cost_that_is_kept_is_the_cost_counted_anew(seed):
    seating, anew = seating_of(20, seed), seating_of(20, seed)
    seating.seat(range(20))
    before = seating.cost()

    for turn in range(5):
        seating.improve(Random(turn), 150, warmest=2.0)
        anew.seat(seating.places)

        assert len(set(seating.places)) == 20
        assert seating.cost() == pytest.approx(anew.cost())

    assert seating.cost() < before


def test_lines_that_need_not_cross_do_not():
    ring = nx.relabel_nodes(nx.cycle_graph(6), str)
    lattice = lattice_for(6, COMPACT)
    seating = Seating(ring, Belonging(), lattice, COMPACT)
    seating.seat([0, 3, 1, 4, 2, 5])

    seating.improve(Random(1), 3000, warmest=2.0)

    lines = [
        tuple(lattice.places[seating.places[int(end)]] for end in sorted(edge))
        for edge in ring.edges
    ]
    assert not any(cross(*one, *other) for one in lines for other in lines)


def cross(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
