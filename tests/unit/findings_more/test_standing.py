"""Standing beside position, and who has power over whom."""

import random
from datetime import date

import networkx as nx
import pytest

from graph.findings.position_bands import position_bands
from graph.findings.standing import power_over, standing_beside_position
from graph.measures import MEASURES
from powermap.dates import PartialDate
from powermap.errors import TooMuch
from powermap.model import Assessment
from tests.unit.findings_more.samples import sample, told
from tests.unit.made_maps import body, leader, made_map, post, tie


def judged(who, power, interest, on="2010-02", **values):
    values.setdefault("id", f"judged {who} {on}")
    return Assessment(
        leader=who, power=power, interest=interest, assessed_on=PartialDate(on), **values
    )


def both(one, other):
    return [tie(one, other), tie(other, one)]


def two_circles():
    """Two rings of four, joined by Hub alone; Out has one tie, and Top is in a ring."""
    rings = ["ABCD", "EFGH"]
    ties = []
    for ring in rings:
        for one, other in zip(ring, ring[1:] + ring[0], strict=True):
            ties += both(one, other)
    for end in "ACEG":
        ties += both("Hub", end)
    people = [leader(n) for n in [*"ABCDEFGH", "Hub", "Out"]]
    return [*people, *ties, *both("Out", "B")]


def test_who_stands_above_and_below_their_position():
    scores = {n: (3, 3) for n in "ABCDEFGH"} | {"Hub": (1, 1), "Out": (5, 5)}
    power_map = made_map(*two_circles(), *[judged(n, *s) for n, s in scores.items()])

    found = standing_beside_position(power_map)

    assert found.sentences == (
        "Out has a standing above their position in the recorded map.",
        "Hub has a standing below their position in the recorded map.",
        "This compares 10 people of 10 who are both assessed and tied.",
    )
    assert found.rows[0].sentence == (
        "Out has a standing above position: power and interest judged high, position low "
        "(betweenness 0.0, constraint 1.00)."
    )
    assert found.rows[1].next_step == "Others reach each other through Hub: ask for help there."
    assert "over-rated" not in found.rule


def test_only_the_latest_assessment_up_to_the_day_counts():
    scores = {n: (3, 3) for n in "ABCDEFGH"} | {"Hub": (3, 3)}
    power_map = made_map(
        *two_circles(),
        *[judged(n, *s) for n, s in scores.items()],
        judged("Out", 5, 5),
        judged("Out", 1, 1, "2009"),
        judged("Out", 1, 2, "2011"),
    )

    found = standing_beside_position(power_map)

    row = next(row for row in found.rows if row.parties == ("Out",))
    assert row.facts["power_times_interest"] == 25
    assert row.records == ("judged Out 2010-02",)


def test_too_few_assessments_are_too_thin():
    assert standing_beside_position(made_map(*two_circles())).sentences == (
        "Nobody's power and interest is assessed on this date, so standing is not known.",
    )
    found = standing_beside_position(made_map(*two_circles(), judged("A", 3, 3)))
    assert found.thin == (
        "One person is both assessed and tied; six are needed to tell thirds apart."
    )


def test_the_numbers_of_the_bands_are_those_of_the_measures():
    for seed in range(6):
        graph = nx.gnp_random_graph(12, 0.2, seed=seed, directed=True)
        network = nx.relabel_nodes(graph, {node: f"p{node}" for node in graph})

        bands = position_bands(network)

        between = MEASURES["betweenness"](network).values
        constraint = MEASURES["constraint"](network).values
        assert bands.keys() == {node for node in network if network.degree(node)}
        for node, band in bands.items():
            assert band.betweenness == pytest.approx(between[node])
            assert band.constraint == pytest.approx(constraint[node])
            assert 0 <= band.lowest <= band.highest <= 2


def test_a_band_holds_for_every_tie_dropped():
    rng = random.Random(3)
    graph = nx.gnp_random_graph(10, 0.25, seed=7, directed=True)
    network = nx.relabel_nodes(graph, {node: f"p{node}" for node in graph})
    bands = position_bands(network)
    for edge in rng.sample(list(network.edges), 5):
        less = network.copy()
        less.remove_edge(*edge)
        values = MEASURES["betweenness"](less).values
        tied = list(bands)
        for node in tied:
            below = sum(round(values[o], 9) < round(values[node], 9) for o in tied)
            equal = sum(round(values[o], 9) == round(values[node], 9) for o in tied)
            share = (below + equal / 2) / len(tied)
            third = 0 if values[node] == 0 or share <= 1 / 3 else 1 if share <= 2 / 3 else 2
            assert bands[node].lowest <= third <= bands[node].highest


def test_a_map_too_large_for_bands_says_so():
    network = nx.complete_graph(80, create_using=nx.DiGraph)

    with pytest.raises(TooMuch):
        position_bands(nx.relabel_nodes(network, str))


def room(*more):
    return made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys", "Dele")],
        body("Commissioner"),
        body("Trust"),
        body("Hospital"),
        post("chief", "Asha", "Commissioner", "chief_officer"),
        post("officer", "Ben", "Trust", "chief_officer"),
        post("manager", "Carys", "Trust", "manager", reports_to="officer"),
        post("director", "Dele", "Hospital", "director"),
        *more,
    )


def test_who_commissions_funds_and_manages_whom():
    found = power_over(
        room(
            post("a", "Trust", "Commissioner", kind="commissioning", scope="Beds"),
            post("b", "Hospital", "Commissioner", kind="commissioning"),
        )
    )

    assert found.sentences == (
        "Commissioner commissions Hospital and Trust (Beds). In the room: Asha over Ben, Carys "
        "and Dele.",
        "One person answers to another on the map in a line of accountability.",
    )
    assert found.rows[0].records == ("a", "b")
    assert told(found, "line") == ["Carys answers to Ben in a line of accountability."]


def test_somebody_who_acts_for_a_regulator_is_named():
    found = power_over(
        room(
            body("Regulator"),
            post("a", "Trust", "Regulator", kind="regulation"),
            post("b", "Hospital", "Regulator", kind="regulation"),
            post("c", "Dele", "Regulator", kind="delegation", active_from=PartialDate("2010")),
        )
    )

    assert told(found, "acts_for") == [
        "Dele acts for Regulator, as it may be on this date, to which Trust answers. "
        "In the room: Dele over Ben and Carys."
    ]


def test_nothing_recorded():
    found = power_over(made_map(leader("Asha")))

    assert found.thin == found.sentences[0]


def test_power_in_the_room_of_the_leadership_group():
    found = power_over(sample("health-and-care-system"))

    assert (
        "Northmere City Council holds Northmere leadership group to account by law (No change to "
        "the pooled budget without the council's agreement)."
    ) in " ".join(found.sentences)
    assert "Cordelia Vasquez-Hume acts for National regulator of providers" in " ".join(
        found.sentences
    )


def test_standing_of_fifty_people_is_found_fast():
    found = standing_beside_position(sample("peer-challenge"), date(2018, 2, 28))

    assert found.sentences[0] == (
        "Beatrix Olawale has a standing above their position in the recorded map."
    )
