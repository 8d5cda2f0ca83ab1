"""What changed between two days, or between two states of knowledge."""

import dataclasses
from datetime import date

import pytest

from graph.findings.comparison import what_changed, what_changed_since
from powermap.dates import PartialDate
from powermap.errors import InvalidValue
from tests.unit.findings_more.samples import sample, told
from tests.unit.made_maps import body, leader, made_map, post, tie

JANUARY, MARCH = date(2010, 1, 1), date(2010, 3, 1)
PEOPLE = [leader("Asha"), leader("Ben")]


def ended(day="2010-01-31"):
    return PartialDate(day)


def begun(day="2010-02-01"):
    return PartialDate(day)


def test_a_tie_that_ends_and_another_that_begins_is_one_that_turned():
    power_map = made_map(
        *PEOPLE,
        tie("Asha", "Ben", "competes", active_to=ended()),
        tie("Ben", "Asha", "competes", active_to=ended()),
        tie("Asha", "Ben", "collaborates", active_from=begun()),
        tie("Ben", "Asha", "collaborates", active_from=begun()),
    )

    found = what_changed(power_map, JANUARY, MARCH)

    assert found.question == "What changed between 1 January 2010 and 1 March 2010?"
    assert found.sentences[:2] == (
        "Between 1 January 2010 and 1 March 2010, in the recorded map, one tie turned.",
        "Asha and Ben turned from competing to collaborating.",
    )
    assert len(found.rows[0].records) == 4


def test_one_view_that_turned_is_told_as_that_view():
    power_map = made_map(
        *PEOPLE,
        tie("Asha", "Ben", "trusts", active_to=ended()),
        tie("Asha", "Ben", "conflicts", active_from=begun()),
    )

    (row,) = what_changed(power_map, JANUARY, MARCH).rows[:1]

    assert row.sentence == (
        "In the view of Asha, the tie with Ben turned from trusting to being in conflict."
    )
    assert row.next_step == "Ask Asha and Ben what has come between them."


def test_partial_dates_are_told_as_may_have():
    power_map = made_map(
        *PEOPLE,
        tie("Asha", "Ben", "competes", active_to=ended("2010")),
        tie("Asha", "Ben", "collaborates", active_from=begun("2010")),
        body("Trust"),
        post("chief", "Ben", "Trust", active_from=begun("2010-03")),
    )

    found = what_changed(power_map, JANUARY, MARCH)

    assert told(found, "turned") == [
        "In the view of Asha, the tie with Ben may have turned from competing to collaborating."
    ]
    assert told(found, "post_begun") == ["Ben may have become chief of Trust (from March 2010)."]
    assert found.sentences[0].endswith(
        "Two changes may lie outside these days, as far as the dates tell."
    )


def test_ties_strengthen_open_and_close():
    power_map = made_map(
        *PEOPLE,
        leader("Carys"),
        tie("Asha", "Ben", strength=2, active_to=ended(), id="before"),
        tie("Asha", "Ben", strength=4, active_from=begun(), id="after"),
        tie("Ben", "Carys", "advises", active_from=begun()),
        tie("Carys", "Asha", "collaborates", active_to=ended()),
    )

    found = what_changed(power_map, JANUARY, MARCH)

    assert [row.sentence for row in found.rows[:3]] == [
        "The tie between Asha and Ben strengthened from 2 to 4 in the view of Asha.",
        "Ben began advising Carys.",
        "Carys stopped collaborating with Asha.",
    ]
    assert found.rows[2].next_step == "Ask whether Asha and Carys still need the tie."


@pytest.mark.parametrize("both", [False, True])
def test_braces_in_a_name_are_part_of_the_name(both):
    odd = "As}ha {0.__class__} {}"
    ties = [tie(odd, "Ben", active_from=begun()), tie("Ben", odd, active_from=begun())]
    power_map = made_map(leader(odd), leader("Ben"), *ties[: 1 + both])

    row = what_changed(power_map, JANUARY, MARCH).rows[0]

    assert row.sentence == (
        f"{odd} and Ben began trusting each other." if both else f"{odd} began trusting Ben."
    )


def test_bodies_people_and_joint_posts_come_and_go():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Council", "local_government", active_from=begun()),
        body("Old trust", active_to=ended(), succeeded_by=("Trust",)),
        post("chief", "Asha", "Trust"),
        post("director", "Asha", "Council"),
        post("officer", "Ben", "Old trust"),
        post("visit", "Ben", "Trust", active_from=begun(), active_to=PartialDate("2010-02-03")),
    )

    found = what_changed(power_map, JANUARY, MARCH)

    assert found.sentences == (
        "Between 1 January 2010 and 1 March 2010, in the recorded map, one joint post began, "
        "one body began, one body ended, one person went, one post or task was taken up and "
        "one post or task was given up.",
        "Asha began to hold posts in both Council and Trust.",
        "Old trust was abolished (last day 31 January 2010). Recorded as taking over: Trust.",
        "Council came into being (1 February 2010).",
        "Ben no longer holds any recorded post or seat.",
        "One post, seat or duty came and went between the two days.",
    )


def test_a_post_that_falls_vacant_asks_for_a_holder():
    power_map = made_map(body("Trust"), post("nurse", None, "Trust", active_from=begun()))

    (row, _) = what_changed(power_map, JANUARY, MARCH).rows

    assert row.sentence == "Nurse of Trust is vacant (from 1 February 2010)."
    assert row.next_step == "Agree who takes it on."


def test_nothing_changed_and_days_the_wrong_way_round():
    found = what_changed(made_map(*PEOPLE, tie("Asha", "Ben")), JANUARY, MARCH)

    assert found.sentences == ("Nothing recorded changed between 1 January 2010 and 1 March 2010.",)
    with pytest.raises(InvalidValue):
        what_changed(made_map(), MARCH, JANUARY)


def test_two_revisions_are_told_as_what_is_recorded():
    earlier = made_map(
        *PEOPLE, body("Trust"), tie("Asha", "Ben", strength=2), post("chief", "Asha", "Trust")
    )
    later = made_map(
        *PEOPLE,
        body("Trust", kind="foundation_trust"),
        leader("Carys"),
        tie("Asha", "Ben", strength=4),
        tie("Carys", "Ben", "advises"),
        post("chief", "Ben", "Trust"),
    )
    later = dataclasses.replace(later, revision=3)

    found = what_changed_since(earlier, later)

    assert found.question == "What has changed in the record since revision 1?"
    assert [row.sentence for row in found.rows[:-1]] == [
        "The tie between Asha and Ben is now recorded as strengthened from 2 to 4 "
        "in the view of Asha.",
        "Carys is now recorded as advising Ben.",
        "Carys is now on the map.",
        "Ben is now recorded as chief of Trust.",
        "Asha is no longer recorded as chief of Trust.",
        "One record was changed in other ways: names, dates, evidence or how a tie is described.",
    ]
    with pytest.raises(InvalidValue):
        what_changed_since(later, earlier)


def test_which_tie_turned_among_the_peers():
    found = what_changed(sample("leading-as-peers"), date(2008, 12, 31), date(2010, 3, 1))

    assert told(found, "turned") == [
        "Calderdale and Huddersfield NHS Foundation Trust and South West Yorkshire Partnership "
        "NHS Foundation Trust turned from competing to collaborating."
    ]


def test_what_the_joint_posts_were_a_year_earlier():
    found = what_changed(sample("senior-joint-posts"), date(2009, 3, 1), date(2010, 3, 1))

    assert found.sentences == (
        "Between 1 March 2009 and 1 March 2010, in the recorded map, two joint posts began and "
        "two posts or tasks were taken up.",
        "Geoff Alltimes began to hold posts in both London Borough of Hammersmith and Fulham "
        "and NHS Hammersmith and Fulham. Rhona MacDonald began to hold posts in both Bath and "
        "North East Somerset Council and NHS Bath and North East Somerset.",
    )


def test_before_and_after_the_peer_challenge():
    found = what_changed(sample("peer-challenge"), date(2017, 10, 2), date(2018, 2, 28))

    assert len(told(found, "turned")) == 3
    assert (
        "The tie between Marguerite Achterberg and Nerys Gopalakrishnan strengthened from 2 to 4 "
        "in both views."
    ) in told(found, "strengthened")
    assert found.sentences[-2] == (
        "The network of relationships went from 222 ties to 238 and from four people without "
        "any tie to three."
    )


def test_a_rank_moves_only_where_no_single_tie_could_have_moved_it():
    names = ["Asha", *(f"P{n}" for n in range(6))]
    start = PartialDate("2010-02-01")
    new = [tie(name, "Asha", active_from=start) for name in names[1:6]]
    old = [tie(names[n], names[(n % 6) + 1]) for n in range(1, 7)]
    power_map = made_map(*[leader(name) for name in names], *old, *new)

    found = what_changed(power_map, JANUARY, MARCH)

    # Last of seven without anybody naming her, first with five: one tie less leaves her first.
    asha = [r for r in found.rows if r.kind == "rank_moved" and r.parties == ("Asha",)]
    views = next(r for r in asha if r.facts["measure"] == "views_received")
    assert views.sentence == (
        "Asha moved up from rank 7 to 1 by how many name them, by more than any one tie could "
        "account for."
    )
    assert views.facts["after"] == {"rank": 1, "best": 1, "worst": 1}
    one_more = made_map(*[leader(name) for name in names], *old, new[0])
    assert told(what_changed(one_more, JANUARY, MARCH), "rank_moved") == []
