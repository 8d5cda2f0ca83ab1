"""What would be lost, and what would remain: rehearsed on made maps and on the samples."""

from datetime import date
from itertools import combinations

import networkx as nx
import pytest

from graph.findings.what_if import (
    best_new_tie,
    what_if_abolished,
    what_if_leaves,
    what_if_merge,
    what_if_tie,
)
from graph.findings.what_if.network_shape import mean_closeness, pairs_cut_off, steps_between
from powermap.dates import PartialDate
from powermap.errors import InvalidValue, UnknownRecord
from powermap.vocabulary import Level
from tests.unit.findings_more.samples import called, kinds, sample, told
from tests.unit.made_maps import body, leader, made_map, post, tie


def both(one, other, **values):
    return [tie(one, other, **values), tie(other, one, **values)]


def a_go_between(*more):
    return made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys")],
        body("Trust"),
        body("Council", "local_government"),
        post("chief", "Asha", "Trust"),
        post("director", "Ben", "Council"),
        post("leader", "Carys", "Council"),
        *both("Asha", "Ben"),
        *both("Ben", "Carys"),
        *more,
    )


def test_who_loses_their_only_link_comes_first():
    found = what_if_leaves(a_go_between(), "Ben")

    assert found.question == "What changes if Ben leaves?"
    assert found.sentences == (
        "If Ben leaves, Asha and Carys lose their only link in two steps in the recorded map.",
        "One post or task would be left without a holder: director of Council.",
        "Asha and Carys could no longer reach each other by any way.",
        "Council and Trust would have no tie left between them.",
        "Nobody would join two others who have no tie of their own, as Ben does now.",
    )
    assert found.rows[0].next_step == (
        "Bring Asha and Carys together while Ben can still introduce them."
    )
    assert set(found.rows[0].records) == {
        "Asha>Ben:trusts",
        "Ben>Asha:trusts",
        "Ben>Carys:trusts",
        "Carys>Ben:trusts",
    }
    assert found.thin is None


def test_a_tie_between_the_bodies_remains():
    power_map = a_go_between(tie("Trust", "Council", "collaborates"))

    found = what_if_leaves(power_map, "Ben")

    assert found.sentences[1] == (
        "What remains is the tie recorded between their bodies: Council and Trust."
    )
    assert told(found, "bodies_unlinked") == []


def test_a_line_to_the_post_left_is_named():
    power_map = a_go_between(
        leader("Dele"), post("deputy", "Dele", "Council", reports_to="director")
    )

    found = what_if_leaves(power_map, "Ben")

    assert told(found, "line_without_head") == [
        "Deputy of Council would answer to a vacant post: director of Council."
    ]


def test_a_joint_post_ends_with_its_holder_and_a_map_without_ties_is_thin():
    power_map = made_map(
        leader("Asha"),
        body("Trust"),
        body("Council", "local_government"),
        post("chief", "Asha", "Trust"),
        post("director", "Asha", "Council", active_from=PartialDate("2010")),
    )

    found = what_if_leaves(power_map, "Asha")

    assert found.sentences == (
        "If Asha leaves, no tie between people is lost, for none of Asha is recorded.",
        "The joint post of Asha, between Council and Trust, would end.",
        "Two posts or tasks would be left without a holder: chief of Trust and "
        "director of Council.",
    )
    assert "Director of Council would be left without a holder (may be held now)." in told(
        found, "left_without_holder"
    )
    assert found.thin is not None


def test_only_who_is_there_on_the_day_can_leave():
    with pytest.raises(UnknownRecord):
        what_if_leaves(a_go_between(), "nobody")
    with pytest.raises(InvalidValue):
        what_if_leaves(a_go_between(), "Trust")


def abolition_map():
    return a_go_between(
        body("Hospital", succeeded_by=()),
        post("services", "Hospital", "Council", kind="commissioning", scope="Beds"),
    )


def test_an_abolished_body_takes_posts_and_people_with_it():
    found = what_if_abolished(abolition_map(), "Council")

    assert found.sentences[0] == (
        "If Council is abolished, two people lose their only post: Ben and Carys."
    )
    assert "One duty held to it needs another home: that of Hospital." in found.sentences
    assert "No successor is recorded." in found.sentences
    assert told(found, "answers_to_it") == ["Council commissions Hospital (Beds)."]


def test_who_has_a_later_post_is_not_taken_to_leave():
    power_map = a_go_between(post("later", "Ben", "Trust", active_from=PartialDate("2011-04")))

    found = what_if_abolished(power_map, "Council")

    assert "Ben is recorded as later of Trust from April 2011." in found.sentences
    assert "If Carys goes too, nobody in the recorded map loses their only link." in found.sentences


def test_with_a_successor_everything_passes_on():
    found = what_if_abolished(abolition_map(), "Council", "Trust")

    assert found.sentences == (
        "If Council is abolished and Trust takes over, its posts, duties and ties pass on.",
        "The ties between people stay as they are.",
        "One duty held to it would pass on.",
        "One gap would open and one would close.",
    )
    with pytest.raises(InvalidValue):
        what_if_abolished(abolition_map(), "Council", "Council")


def test_merging_doubles_chief_officers_and_ends_joint_posts():
    power_map = made_map(
        leader("Asha"),
        leader("Ben"),
        body("North"),
        body("South"),
        body("Hospital"),
        post("chief", "Asha", "North", Level.CHIEF_OFFICER),
        post("officer", "Ben", "South", Level.CHIEF_OFFICER),
        post("adviser", "Ben", "North"),
        post("a", "Hospital", "North", kind="commissioning"),
        post("b", "Hospital", "South", kind="commissioning"),
        tie("North", "South", "competes"),
    )

    found = what_if_merge(power_map, ["North", "South"])

    assert found.sentences == (
        "Asha and Ben would each be chief officer of the one body.",
        "The joint post of Ben, between North and South, would lie within one body.",
        "Hospital would answer to one body instead of two (commissioning).",
        "One recorded tie or duty between them would become internal.",
        "The ties between bodies and between people would stay as they are.",
        "One gap would open.",
    )
    with pytest.raises(InvalidValue):
        what_if_merge(power_map, ["North", "North"])


def test_a_new_tie_says_who_comes_nearer_and_who_could_introduce_them():
    found = what_if_tie(a_go_between(), "Asha", "Carys")

    assert found.sentences[0] == (
        "Asha and Carys are two steps apart now; a tie would shorten two paths between people "
        "and bring people 20.0% closer on average. The most pairs that the loss of one person "
        "could keep apart falls from one to none."
    )
    assert found.rows[0].next_step == "Ask Ben to introduce them."


def test_a_tie_that_is_there_changes_nothing():
    found = what_if_tie(a_go_between(), "Asha", "Ben")

    assert found.sentences == ("Asha and Ben already have a tie, seen from both sides.",)
    with pytest.raises(InvalidValue):
        what_if_tie(a_go_between(), "Asha", "Trust")


def test_the_best_tie_is_the_best_of_all_tried_one_by_one():
    people = "ABCDEFG"
    pairs = ["AB", "BC", "CD", "DE", "EF", "FG", "BD"]
    ties = [record for pair in pairs for record in both(*pair)]
    power_map = made_map(*[leader(name) for name in [*people, "Zoe"]], *ties)

    found = best_new_tie(power_map)

    def closeness(graph):
        return mean_closeness(steps_between(graph, list(graph)))

    graph = nx.DiGraph([(t.source, t.target) for t in ties])
    graph.add_node("Zoe")
    gains = {}
    for one, other in combinations(people, 2):
        if not graph.has_edge(one, other):
            more = graph.copy()
            more.add_edges_from([(one, other), (other, one)])
            gains[one, other] = closeness(more) - closeness(graph)
    best = sorted(gains, key=lambda pair: -round(gains[pair], 12))[:5]
    assert [row.facts["gain"] for row in found.rows] == pytest.approx([gains[p] for p in best])
    assert found.sentences[-1] == (
        "One person without any recorded tie is set apart: any tie would be their first."
    )


def test_pairs_cut_off_are_those_of_taking_each_person_out():
    for seed in range(20):
        graph = nx.gnp_random_graph(11, 0.18, seed=seed)
        graph = nx.relabel_nodes(graph, {node: f"p{node}" for node in graph})
        neighbours = {node: set(graph[node]) for node in graph}

        cut = pairs_cut_off(neighbours)

        for node in graph:
            left = graph.subgraph(set(graph) - {node})
            apart = sum(1 for a, b in combinations(left, 2) if not nx.has_path(left, a, b))
            assert cut[node] == apart


def test_what_remains_if_the_broker_of_the_bid_leaves():
    peers = sample("leading-as-peers")

    found = what_if_leaves(peers, called(peers, "Rob Webster"))

    assert found.sentences[:2] == (
        "If Rob Webster leaves, Diane Whittingham and Steven Michael lose their only link in "
        "two steps in the recorded map.",
        "What remains is the tie recorded between their bodies: Calderdale and Huddersfield "
        "NHS Foundation Trust and South West Yorkshire Partnership NHS Foundation Trust.",
    )


def test_what_goes_with_the_primary_care_trust_and_the_strategic_health_authority():
    leeds = sample("leeds-health-and-wellbeing-board")
    going = ["NHS Leeds (Leeds Primary Care Trust)", "NHS Yorkshire and the Humber"]

    found = what_if_abolished(leeds, [called(leeds, name) for name in going])

    assert found.sentences[1] == (
        "Dr Anneliese Mukherjee-Stott is recorded as consultant in public health of "
        "Leeds City Council from 1 April 2013."
    )
    assert "17 pairs of people in the recorded map lose their only link" in found.sentences[2]
    assert kinds(found)[0] == "goes_on_elsewhere"


def test_every_record_named_is_on_the_map():
    challenge = sample("peer-challenge")

    for person in list(challenge.leaders)[:10]:
        found = what_if_leaves(challenge, person, date(2017, 10, 2))
        for row in found.rows:
            assert all(id in challenge.records for id in (*row.parties, *row.records))


def test_a_tie_that_one_side_names_already_is_no_dead_end():
    found = what_if_tie(made_map(leader("Asha"), leader("Ben"), tie("Asha", "Ben")), "Asha", "Ben")

    assert found.rows[0].next_step is None
