"""The report of all measures: a map and two tables have the same, each part worked out once."""

import json
import re
from importlib import import_module
from itertools import pairwise

import networkx as nx
import pytest

from api.command.calculator import calculate
from graph.findings.measured import measured
from graph.findings.report.groups import Also
from graph.findings.report.network_told import in_words
from graph.findings.report.sections import STEPS
from graph.measures import MEASURES, brokerage, snapshot
from graph.measures.effort import effort
from graph.network import GroupBy, Unit, network
from graph.views import ViewRule
from powermap.vocabulary import Layer
from tests.unit.findings_more.samples import called, sample
from tests.unit.made_maps import body, leader, made_map, post, tie

ALL = ("health-and-care-system", "leading-as-peers", "senior-joint-posts")


def as_tables(net):
    """A network as the two tables that the calculator reads."""
    nodes = ["node,group", *(f"{node},{net.groups.get(node, '')}" for node in net.graph)]
    ties = ["source,target,weight"]
    ties += [f"{a},{b},{edge.get('weight', '')}" for a, b, edge in net.graph.edges(data=True)]
    return "\n".join(nodes).encode(), "\n".join(ties).encode()


@pytest.mark.parametrize("stem", ALL)
@pytest.mark.parametrize("views", list(ViewRule))
def test_a_map_and_its_two_tables_have_one_report(stem, views):
    net = network(sample(stem), views=views)

    of_map = measured(sample(stem), net, largest_set=3, also=list(Also))
    of_tables = calculate(*as_tables(net), "group")

    assert of_map["map"].keys() == of_tables["map"].keys()
    assert json.dumps(of_map["map"]) == json.dumps(of_tables["map"])
    for row, other in zip(of_map["nodes"], of_tables["nodes"], strict=True):
        assert {name: row[name] for name in (*MEASURES, "brokerage", "bands")} == {
            name: other[name] for name in (*MEASURES, "brokerage", "bands")
        }
    assert of_map["method"].items() >= {
        (name, said) for name, said in of_tables["method"].items() if name != "groups"
    }


def test_the_sections_equal_what_networkx_finds():
    power_map = sample("peer-challenge")
    net = network(power_map)
    either = net.graph.to_undirected()

    whole = measured(power_map, net)["map"]

    assert set(whole["divisions"]["cut_points"]) == set(nx.articulation_points(either))
    assert {frozenset(pair) for pair in whole["divisions"]["bridges"]} == {
        frozenset(pair) for pair in nx.bridges(either)
    }
    groups = [set(group) for group in whole["communities"]["groups"]]
    assert whole["communities"]["modularity"] == pytest.approx(
        nx.community.modularity(either, groups, weight=None)
    )
    assert whole["density"] == pytest.approx(nx.density(net.graph))
    assert whole["reciprocity_arcs"] == pytest.approx(nx.overall_reciprocity(net.graph))
    external = sum(
        1
        for one, other in net.graph.edges
        if one in net.groups and other in net.groups and net.groups[one] != net.groups[other]
    )
    assert whole["mixing"]["external"] == external
    assert whole["mixing"]["seed"] == 1


def test_a_mean_of_views_is_measured_as_an_undirected_map():
    power_map = sample("peer-challenge")
    net = network(power_map, views=ViewRule.MEAN)
    either = network(power_map).graph.to_undirected()

    report = measured(power_map, net)

    between = nx.betweenness_centrality(either, normalized=False)
    for row in report["nodes"]:
        # Each way round the same paths: twice what is counted where ties have no direction.
        assert row["betweenness"] == pytest.approx(2 * between[row["id"]])
        assert row["views_received"] == row["views_given"] == either.degree[row["id"]]
    assert report["map"]["reciprocity_arcs"] == 1


@pytest.mark.parametrize("largest", [1, 2, 3])
def test_key_players_are_sets_of_every_size_up_to_the_largest(largest):
    power_map = sample("leading-as-peers")

    sets = measured(power_map, network(power_map), largest_set=largest)["map"]["key_players"]

    assert set(sets) == {"loss_divides_most", "loss_parts_most", "together_reach_most"}
    for found in sets.values():
        assert [(one["size"], len(one["members"])) for one in found] == [
            (size, size) for size in range(1, largest + 1)
        ]
        assert all(one["exact"] for one in found)


def test_the_permutation_test_and_partial_credit_are_there_on_request_alone():
    power_map = sample("leading-as-peers")
    net = network(power_map)
    webster = called(power_map, "Rob Webster")

    usual = measured(power_map, net)
    asked = measured(power_map, net, also=[Also.PERMUTATION, Also.PARTIAL_CREDIT])

    assert {name for name in asked["map"] if name not in usual["map"]} == {
        "brokerage_shuffled",
        "brokerage_partial_credit",
    }
    assert asked["map"]["brokerage_shuffled"]["seed"] == 1
    assert "shuffled 9,999 times" in asked["method"]["brokerage_shuffled"]
    # The only link of both his pairs: all the credit is his.
    assert asked["map"]["brokerage_partial_credit"]["nodes"][webster]["total"] == 2.0


def counting(module, name, counted):
    work = getattr(import_module(module), name)

    def count(*given):
        counted.append(name)
        return work(*given)

    return count


def test_nothing_is_worked_out_twice(monkeypatch):
    power_map = sample("peer-challenge")
    net = network(power_map)
    counted = []
    for module, name in (
        ("graph.findings.measured", "snapshot"),
        ("graph.measures.brokerage", "whole_map_chance"),
        ("graph.measures.divisions", "_depth_first"),
    ):
        monkeypatch.setattr(import_module(module), name, counting(module, name, counted))

    measured(power_map, net, also=list(Also))

    assert sorted(counted) == ["_depth_first", "snapshot", "whole_map_chance"]


def test_every_step_is_named_before_it_is_begun():
    power_map = sample("leading-as-peers")
    begun = []

    with effort(10, name=begun.append):
        measured(power_map, network(power_map), largest_set=3, also=list(Also))

    assert tuple(begun) == STEPS


def test_brokerage_kept_for_some_groups_is_not_given_for_others():
    taken = snapshot(nx.DiGraph([("A", "B"), ("B", "C")]))

    one_group = brokerage(taken, dict.fromkeys("ABC", "x"))
    two_groups = brokerage(taken, {"A": "x", "B": "x", "C": "y"})

    assert one_group.group_sizes == {"x": 3}
    assert two_groups.group_sizes == {"x": 2, "y": 1}


def test_somebody_without_a_level_is_told_why_they_have_no_role():
    power_map = made_map(
        leader("Asha"), leader("Ben"), body("Trust"), post("p", "Asha", "Trust", "director")
    )

    report = measured(power_map, network(power_map, group_by=GroupBy.LEVEL))

    assert report["nodes"][0]["group"] == "director"
    assert report["nodes"][1]["reasons"]["brokerage"] == (
        "has no group: no post or seat with a level on this date"
    )


SEEN = made_map(
    *[leader(name) for name in ("Asha", "Ben", "Carys", "Dele")],
    tie("Asha", "Ben", strength=5),
    tie("Ben", "Asha", strength=2),
    tie("Ben", "Carys", strength=4),
    tie("Carys", "Dele"),
    tie("Dele", "Carys", strength=3),
    tie("Dele", "Asha"),
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {},
            "Six ties between four leaders on 1 March 2010 (relationships). "
            "Two of the six ties rest on one side's word.",
        ),
        (
            {"views": ViewRule.BOTH},
            "Four ties between four leaders on 1 March 2010 (relationships). "
            "Only ties that both sides name count; two that one side alone names are left out.",
        ),
        (
            {"views": ViewRule.MEAN},
            "Eight ties between four leaders on 1 March 2010 (relationships). "
            "Every tie counts in both directions, at the mean of the views there are. "
            "Four of the eight ties rest on one side's word.",
        ),
        (
            {"at_least": 3},
            "Three ties between four leaders on 1 March 2010 (relationships). "
            "One of the three ties rests on one side's word. "
            "Only ties of strength 3 or more count; left out: one weaker and two of which no "
            "strength is recorded.",
        ),
        (
            {"at_least": 2, "views": ViewRule.BOTH},
            "Two ties between four leaders on 1 March 2010 (relationships). "
            "Only ties that both sides name count; one that one side alone names is left out. "
            "Only ties of strength 2 or more count; left out: two of which no strength is recorded "
            "and one that the other side sees as weaker, or gives no strength.",
        ),
        (
            {"without": ["Asha", "Dele"]},
            "One tie between two leaders on 1 March 2010 (relationships). "
            "It rests on one side's word. "
            "Left out, as though not on the map: Asha and Dele, and with them five ties.",
        ),
        (
            {"without": ["Asha"], "views": ViewRule.MEAN},
            "Four ties between three leaders on 1 March 2010 (relationships). "
            "Every tie counts in both directions, at the mean of the views there are. "
            "Two of the four ties rest on one side's word. "
            "Left out, as though not on the map: Asha, and with them three ties.",
        ),
        (
            {"without": ["Asha", "Carys"], "at_least": 1},
            "No ties between two leaders on 1 March 2010 (relationships). "
            "Only ties of strength 1 or more count; none is left out. "
            "Left out, as though not on the map: Asha and Carys, and with them six ties.",
        ),
        (
            {"layer": Layer.ACCOUNTABILITIES},
            "No ties between four leaders on 1 March 2010 (accountabilities).",
        ),
        (
            {"unit": Unit.ORGANISATIONS},
            "No ties between no organisations on 1 March 2010 (relationships).",
        ),
    ],
)
def test_what_was_measured_is_told_in_sentences(asked, said):
    assert " ".join(in_words(SEEN, network(SEEN, **asked))) == said


def test_whoever_drew_the_map_can_be_left_out_and_the_rest_is_measured_again():
    power_map = sample("leading-as-peers")
    broker = called(power_map, "Rob Webster")

    report = measured(power_map, network(power_map, without=[broker]))

    assert report["network"]["without"] == [broker]
    assert broker not in {row["id"] for row in report["nodes"]}
    assert report["answer"]["broker"] != broker
    assert any("Rob Webster" in sentence for sentence in report["in_words"])


def test_the_map_as_a_whole_is_told_in_sentences():
    # A chain of five: everything said of it can be worked out by hand.
    chain = ("Asha", "Ben", "Carys", "Dele", "Edwin")
    neighbours = list(pairwise(chain))
    power_map = made_map(
        *[leader(name) for name in chain],
        body("Trust"),
        body("Council", "local_government"),
        *[post(f"of {one}", one, "Trust" if one in "Asha Ben" else "Council") for one in chain],
        *[tie(*pair) for one, other in neighbours for pair in ((one, other), (other, one))],
    )

    said = measured(power_map, network(power_map))["map_in_words"]

    assert said[:4] == [
        "Whose loss would divide the map most: Carys; as a pair, Ben and Dele.",
        "Who is nearest to everybody: Carys; as a pair, Asha and Dele (or two others).",
        "Ben, Carys and Dele each hold parts of the map together alone; four pairs are the only "
        "link between two sides.",
        "The core is Ben and Carys (fit 0.58 of 1).",
    ]
    assert said[4].startswith("By their ties they fall into two knots of three and two")
    mixing = re.fullmatch(
        "Two of eight ties lead from one group to another: E-I index -0.50; with the groups "
        r"shuffled (0\.\d\d) on average, and so low in (\d\d)% of 9,999 shuffles\.",
        said[5],
    )
    # Of the ten ways to deal two of one group, two have a single tie between the groups.
    assert mixing
    assert float(mixing[1]) == pytest.approx(0.2, abs=0.02)
    assert int(mixing[2]) == pytest.approx(20, abs=2)


def test_nothing_is_told_of_a_map_without_ties():
    power_map = made_map(leader("Asha"), leader("Ben"))

    report = measured(power_map, network(power_map))

    assert report["map_in_words"] == []
    assert report["in_words"] == ["No ties between two leaders on 1 March 2010 (relationships)."]


ONE_TIE = [leader("Asha"), leader("Ben"), tie("Asha", "Ben", strength=2)]


@pytest.mark.parametrize("records", [[], ONE_TIE[:1], ONE_TIE[:2], ONE_TIE])
@pytest.mark.parametrize(
    "asked", [{}, {"at_least": 5}, {"views": ViewRule.BOTH}, {"unit": Unit.ORGANISATIONS}]
)
def test_the_smallest_maps_are_measured_too(records, asked):
    power_map = made_map(*records)

    report = measured(power_map, network(power_map, **asked), largest_set=3, also=list(Also))

    assert json.dumps(report, allow_nan=False)
    assert report["not_computed"] == {}
