"""Whose word makes a tie, how strong it must be, and looking again without somebody."""

import random

import networkx as nx
import pytest

from graph.network import GroupBy, Unit, network
from graph.views import ViewRule, choose_views
from powermap.errors import InvalidValue
from powermap.vocabulary import Layer
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele")]
SEEN = made_map(
    *PEOPLE,
    tie("Asha", "Ben", strength=5),
    tie("Ben", "Asha", strength=2),
    tie("Ben", "Carys", strength=4),
    tie("Carys", "Dele"),
    tie("Dele", "Carys", strength=3),
    tie("Dele", "Asha"),
)


def weights(net):
    return {(a, b): edge.get("weight") for a, b, edge in net.graph.edges(data=True)}


def test_either_side_is_the_directed_network_as_it_is_recorded():
    net = network(SEEN)

    assert weights(net) == {
        ("Asha", "Ben"): 5,
        ("Ben", "Asha"): 2,
        ("Ben", "Carys"): 4,
        ("Carys", "Dele"): None,
        ("Dele", "Carys"): 3,
        ("Dele", "Asha"): None,
    }
    assert (net.one_sided, net.without_strength) == (2, 2)


def test_both_sides_must_name_the_tie_and_each_keeps_its_strength():
    net = network(SEEN, views=ViewRule.BOTH)

    assert weights(net) == {
        ("Asha", "Ben"): 5,
        ("Ben", "Asha"): 2,
        ("Carys", "Dele"): None,
        ("Dele", "Carys"): 3,
    }
    assert net.one_sided == 2, "Ben on Carys, and Dele on Asha"
    assert set(net.graph) == {"Asha", "Ben", "Carys", "Dele"}


def test_the_mean_of_the_views_there_are_holds_each_way():
    net = network(SEEN, views=ViewRule.MEAN)

    assert weights(net) == {
        ("Asha", "Ben"): 3.5,
        ("Ben", "Asha"): 3.5,
        ("Ben", "Carys"): 4,
        ("Carys", "Ben"): 4,
        ("Carys", "Dele"): 3,
        ("Dele", "Carys"): 3,
        ("Asha", "Dele"): None,
        ("Dele", "Asha"): None,
    }
    assert net.one_sided == 4, "two ties, each way"
    assert net.graph.edges["Ben", "Asha"]["ties"] == ("Asha>Ben:trusts", "Ben>Asha:trusts")


def test_at_a_threshold_weaker_ties_and_those_of_unknown_strength_are_left_out_and_counted():
    net = network(SEEN, at_least=3)

    assert set(weights(net)) == {("Asha", "Ben"), ("Ben", "Carys"), ("Dele", "Carys")}
    assert (net.below, net.strength_unknown, net.without_strength) == (1, 2, 0)
    assert net.one_sided == 1, "Ben names Asha too, if less strongly; Carys is silent about Ben"


def test_both_sides_must_reach_the_threshold():
    net = network(SEEN, views=ViewRule.BOTH, at_least=2)

    assert set(weights(net)) == {("Asha", "Ben"), ("Ben", "Asha")}
    assert net.one_sided == 1, "Ben on Carys"
    assert net.seen_lower == 1, "Dele on Carys, who names no strength"
    assert network(SEEN, views=ViewRule.BOTH, at_least=3).graph.number_of_edges() == 0


def test_it_is_the_mean_that_must_reach_the_threshold():
    net = network(SEEN, views=ViewRule.MEAN, at_least=4)

    assert set(weights(net)) == {("Ben", "Carys"), ("Carys", "Ben")}
    assert (net.below, net.strength_unknown) == (4, 2)


@pytest.mark.parametrize("seed", range(20))
def test_every_rule_and_threshold_counts_as_a_plain_loop_does(seed):
    dice = random.Random(seed)
    names = "ABCDEFG"
    laid = nx.DiGraph()
    laid.add_nodes_from(names)
    for one in names:
        for other in names:
            if one != other and dice.random() < 0.4:
                strength = dice.choice([None, 1, 2, 3, 4, 5])
                laid.add_edge(one, other, ties=(one + other,))
                if strength:
                    laid.edges[one, other]["weight"] = strength
    strengths = {(a, b): edge.get("weight") for a, b, edge in laid.edges(data=True)}
    for at_least in (None, 1, 2, 3, 4, 5):
        for rule in ViewRule:
            expected = set()
            for one in names:
                for other in names:
                    here, back = (one, other) in strengths, (other, one) in strengths
                    seen = [strengths.get((one, other)), strengths.get((other, one))]
                    known = [strength for strength in seen if strength is not None]
                    if rule is ViewRule.EITHER:
                        holds = here and (at_least is None or (seen[0] or 0) >= at_least)
                    elif rule is ViewRule.BOTH:
                        enough = len(known) == 2 and min(known) >= (at_least or 0)
                        holds = here and back and (at_least is None or enough)
                    else:
                        enough = bool(known) and sum(known) / len(known) >= (at_least or 0)
                        holds = (here or back) and (at_least is None or enough)
                    if holds:
                        expected.add((one, other))

            found = choose_views(laid, rule, at_least)

            assert set(found.graph.edges) == expected
            assert list(found.graph) == list(names)
            dropped = found.below + found.strength_unknown + found.seen_lower
            if rule is ViewRule.BOTH:
                dropped += found.one_sided
            before = laid.number_of_edges()
            if rule is ViewRule.MEAN:
                before = 2 * laid.to_undirected().number_of_edges()
            assert before - dropped == len(expected), "every view is a tie, or counted"
    assert strengths == {(a, b): edge.get("weight") for a, b, edge in laid.edges(data=True)}


def test_without_a_person_their_ties_and_posts_are_gone_and_nobody_else_is():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        post("top", "Asha", "Trust"),
        post("below", "Ben", "Trust", reports_to="top"),
        tie("Asha", "Ben"),
        tie("Asha", "Carys"),
        tie("Asha", "Trust", "supports"),
        tie("Ben", "Carys"),
    )

    net = network(power_map, without=["Asha"])
    lines = network(power_map, layer=Layer.ACCOUNTABILITIES, without=["Asha"])

    assert list(net.graph.edges) == [("Ben", "Carys")]
    assert set(net.graph) == {"Ben", "Carys", "Dele"}
    assert (net.without, net.of_those_left_out, net.beside) == (("Asha",), 3, 0)
    assert lines.graph.number_of_edges() == 0, "the post above Ben's is empty: to the trust"
    assert lines.beside == 1


def test_without_a_body_its_people_stay_and_go_by_their_other_places():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Council", "local_government"),
        post("high", "Asha", "Trust", "chief_officer"),
        post("low", "Asha", "Council", "director"),
        post("only", "Ben", "Trust"),
        tie("Asha", "Ben"),
        tie("Trust", "Council", "supports"),
    )

    people = network(power_map, without=["Trust"])
    bodies = network(power_map, unit=Unit.ORGANISATIONS, without=["Trust"])

    assert list(people.graph.edges) == [("Asha", "Ben")]
    assert people.groups == {"Asha": "local_government"}
    assert set(bodies.graph) == {"Council"}
    assert bodies.of_those_left_out == 1
    assert bodies.unplaced == 1, "Ben has no other place"


def test_a_group_can_be_the_level_of_the_first_place():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Council", "local_government"),
        post("high", "Asha", "Trust", "chief_officer"),
        post("low", "Asha", "Council", "director"),
        post("seat", "Ben", "Council", "elected_member", kind="board_member"),
        post("unknown", "Carys", "Trust"),
    )

    net = network(power_map, group_by=GroupBy.LEVEL)

    assert net.groups == {"Asha": "chief_officer", "Ben": "elected_member"}
    assert net.other_groups == {"Asha": ("director",)}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"at_least": 0}, "at_least"),
        ({"at_least": 6}, "at_least"),
        ({"at_least": 3, "layer": Layer.ACCOUNTABILITIES}, "at_least"),
        ({"views": ViewRule.BOTH, "layer": Layer.ACCOUNTABILITIES}, "views"),
        ({"group_by": GroupBy.LEVEL, "unit": Unit.ORGANISATIONS}, "group_by"),
        ({"without": ["nobody"]}, "without"),
        ({"without": ["Asha>Ben:trusts"]}, "without"),
    ],
)
def test_what_means_nothing_is_refused_by_name(asked, field):
    with pytest.raises(InvalidValue) as refused:
        network(SEEN, **asked)

    assert [problem.path for problem in refused.value.problems] == [(field,)]


def test_an_accountability_is_no_view_so_none_is_one_sided():
    power_map = made_map(*PEOPLE, post("line", "Asha", "Ben", kind="line_management"))

    assert network(power_map, layer=Layer.ACCOUNTABILITIES).one_sided is None
