"""Somebody new, a tie mended, and before and after for all that is found and measured."""

from itertools import permutations

import networkx as nx
import pytest

from graph.findings.gaps import gaps
from graph.findings.what_if import (
    what_if_joins,
    what_if_leaves,
    what_if_mended,
    what_if_tie,
)
from graph.findings.what_if.rehearsal import shown_on, with_newcomer, with_tie_mended
from powermap.errors import InvalidValue
from tests.unit.findings.readings import factors
from tests.unit.findings_more.samples import called, sample, told
from tests.unit.findings_more.test_what_if import a_go_between, both
from tests.unit.made_maps import body, leader, made_map, post, tie


def row_of(finding, measure):
    (found,) = [row for row in finding.rows if row.facts.get("measure") == measure]
    return found


def two_islands(*more):
    return made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys", "Dele")],
        body("Trust"),
        body("Council", "local_government"),
        body("Charity", "voluntary"),
        post("a", "Asha", "Trust"),
        post("b", "Ben", "Trust"),
        post("c", "Carys", "Council"),
        post("d", "Dele", "Council"),
        *both("Asha", "Ben"),
        *both("Carys", "Dele"),
        *more,
    )


def test_somebody_new_joins_two_islands():
    found = what_if_joins(two_islands(), "Charity", ["Asha", "Carys"], "Eve")

    assert found.question == "What changes if Eve joins Charity?"
    assert found.sentences[:4] == (
        "If Eve joins Charity with ties to Asha and Carys, Asha and Carys have a link in two "
        "steps that they do not have now.",
        "Eve would be within two steps of four of four people.",
        "Four pairs could reach each other who cannot now by any way.",
        "Two pairs of bodies would have their first tie.",
    )
    assert told(found, "bodies_linked") == [
        "Charity and Council would have their first tie.",
        "Charity and Trust would have their first tie.",
    ]
    assert told(found, "whole_network") == [
        "Four people with four ties would become five people with eight ties, and density 0.400 "
        "instead of 0.333."
    ]
    assert all(
        id in two_islands().records for row in found.rows for id in (*row.parties, *row.records)
    ), "who is made up is on no map"


def test_the_newcomer_is_made_up_with_ties_that_both_sides_see():
    shown = shown_on(two_islands(), None)

    after = with_newcomer(shown, "Eve", "Charity", ["Asha"])

    (eve,) = after.leaders.keys() - shown.leaders.keys()
    new = [after.relationships[id] for id in after.relationships.keys() - shown.relationships]
    assert {(tie.source, tie.target) for tie in new} == {(eve, "Asha"), ("Asha", eve)}
    assert len(two_islands().records) == len(shown.records), "nothing is written"


@pytest.mark.parametrize(
    ("organisation", "tied_to", "name", "field"),
    [
        ("Asha", ["Ben"], None, "organisation"),
        ("Trust", [], None, "tied_to"),
        ("Trust", ["Council"], None, "tied_to"),
        ("Trust", ["Ben"], "x" * 2000, "called"),
    ],
)
def test_who_joins_what_must_make_sense(organisation, tied_to, name, field):
    with pytest.raises(InvalidValue) as refused:
        what_if_joins(two_islands(), organisation, tied_to, name)

    assert refused.value.problems[0].path == (field,)


def strained(*more):
    return two_islands(
        tie("Asha", "Carys", strength=2, factors=factors(frequent_contact=1)),
        tie("Carys", "Asha", "conflicts"),
        *more,
    )


def test_a_tie_that_is_mended():
    found = what_if_mended(strained(), "Carys", "Asha")

    assert found.sentences[0] == (
        "Asha and Carys are recorded as being in conflict; Asha sees the tie as 2 of 5; no view "
        "that Carys has of the tie is recorded. Mended, the tie would be 4 of 5 or more from both "
        "sides, without that."
    )
    assert "One gap would close." in found.sentences
    assert told(found, "gap_closes") == [
        "Would close: The tie between Asha and Carys is recorded as Asha sees it; no view from "
        "the other side is recorded."
    ]
    assert told(found, "answer_changes") == [
        "Who is stuck, and who could be the honest broker? Now: In the recorded map on "
        "1 March 2010 one pair of leaders is stuck. Then: In the recorded map on 1 March 2010 "
        "no pair of leaders is recorded as stuck."
    ]


def test_mended_means_both_views_the_strength_and_the_factors_that_are_rated():
    shown = shown_on(strained(), None)

    after = with_tie_mended(shown, "Asha", "Carys", 4)

    between = [r for r in after.relationships.values() if {r.source, r.target} == {"Asha", "Carys"}]
    assert sorted((r.source, r.kind, r.strength) for r in between) == [
        ("Asha", "trusts", 4),
        ("Carys", "trusts", 4),
    ]
    (asha,) = [r for r in between if r.source == "Asha"]
    assert asha.factors == factors(frequent_contact=4), "what is not rated stays unrated"
    assert str(asha.last_contact) == "2010-03-01"


def test_what_is_good_already_and_what_is_not_there_cannot_be_mended():
    good = [tie("Asha", "Dele", strength=5), tie("Dele", "Asha", strength=4)]

    assert what_if_mended(two_islands(*good), "Asha", "Dele").sentences == (
        "The tie between Asha and Dele is recorded as 4 of 5 or more from both sides already, "
        "without conflict or competition.",
    )
    assert what_if_mended(two_islands(), "Asha", "Dele").sentences == (
        "No tie between Asha and Dele is recorded that could be mended; ask what changes if they "
        "build one.",
    )
    for pair, strength in ((("Asha", "Trust"), 4), (("Asha", "Asha"), 4), (("Asha", "Dele"), 9)):
        with pytest.raises(InvalidValue):
            what_if_mended(two_islands(), *pair, strength=strength)


def test_a_tie_between_two_bodies_has_its_numbers_before_and_after():
    found = what_if_tie(two_islands(tie("Trust", "Charity")), "Trust", "Council")

    assert told(found, "whole_network") == [
        "Three bodies with one tie would become three bodies with three ties, and density 0.500 "
        "instead of 0.167."
    ]
    assert row_of(found, "density").facts["unit"] == "organisations"
    assert row_of(found, "density").facts["after"] == 0.5


def test_every_number_before_and_after_is_that_of_another_library():
    found = what_if_leaves(a_go_between(), "Ben")

    before = nx.DiGraph([("Asha", "Ben"), ("Ben", "Asha"), ("Ben", "Carys"), ("Carys", "Ben")])
    after = before.subgraph(["Asha", "Carys"])
    for change in row_of(found, "views_received").facts["changes"]:
        assert change["before"] == before.in_degree(change["id"])
        assert change["after"] == after.in_degree(change["id"])
    assert row_of(found, "density").facts["before"] == pytest.approx(nx.density(before))
    assert row_of(found, "density").facts["after"] == nx.density(after)
    moved = {change["id"] for change in row_of(found, "harmonic_in").facts["changes"]}
    assert moved == {"Asha", "Carys"}, "whoever has gone has no after"


def test_gaps_that_open_and_close_are_those_of_the_two_maps():
    peers = sample("leading-as-peers")
    diane, steven = (called(peers, name) for name in ("Diane Whittingham", "Steven Michael"))

    found = what_if_tie(peers, diane, steven)

    assert told(found, "gap_closes")[0].startswith(
        "Would close: Diane Whittingham and Steven Michael share Joint bid"
    )
    known = {row.sentence for row in gaps(peers).rows}
    for said in told(found, "gap_closes"):
        assert said.removeprefix("Would close: ") in known
    for said in told(found, "gap_opens"):
        assert said.removeprefix("Would open: ") not in known


def test_what_goes_with_somebody_is_not_told_as_mended():
    peers = sample("leading-as-peers")

    for person in peers.leaders:
        for row in what_if_leaves(peers, person).rows:
            assert row.kind != "gap_closes" or person not in row.parties


def test_everybody_tied_to_everybody_gains_nothing_from_a_newcomer():
    people = ["Asha", "Ben", "Carys"]
    everybody = made_map(
        *[leader(name) for name in people],
        body("Trust"),
        *[post(name.lower(), name, "Trust") for name in people],
        *[tie(one, other) for one, other in permutations(people, 2)],
    )

    found = what_if_joins(everybody, "Trust", people)

    assert found.sentences[0] == (
        "If somebody joins Trust with ties to Asha, Ben and Carys, nobody in the recorded map "
        "has a link in two steps that they do not have now."
    )
    assert told(found, "gap_opens") == []
