"""The pairs that a broker joins, held against counting by hand; and those with joint posts."""

from datetime import date

import pytest

from graph.findings.broker_pairs import broker_pairs
from graph.findings.joint_post_holders import joint_post_holders
from graph.network import network
from powermap.dates import PartialDate
from powermap.errors import InvalidValue, UnknownRecord
from tests.unit.findings_more.samples import FIXTURES, called, sample
from tests.unit.made_maps import body, leader, made_map, post, tie

STEMS = sorted(path.stem for path in FIXTURES.glob("*.json"))


def a_go_between(*more):
    """Ben reaches Asha and Carys both ways; these two have no tie."""
    return made_map(
        *[leader(name) for name in ("Asha", "Ben", "Carys", "Dele")],
        body("Trust"),
        body("Council", "local_government"),
        *[post(f"post of {name}", name, "Trust") for name in ("Asha", "Ben")],
        *[post(f"post of {name}", name, "Council") for name in ("Carys", "Dele")],
        tie("Asha", "Ben"),
        tie("Ben", "Asha"),
        tie("Ben", "Carys"),
        tie("Carys", "Ben"),
        *more,
    )


def test_names_the_pair_the_way_and_the_role():
    found = broker_pairs(a_go_between())

    (row,) = found.rows
    assert row.sentence == (
        "Asha and Carys reach each other through Ben; nobody else joins them in two steps. "
        "Ben is gatekeeper and representative here (the NHS – the NHS – local government)."
    )
    assert row.parties == ("Asha", "Ben", "Carys")
    assert len(row.records) == 4
    assert found.sentences[0].startswith("In the recorded map Ben is the only link in two steps")


def test_says_who_else_joins_them():
    found = broker_pairs(
        a_go_between(*[tie(*ends) for ends in (("Asha", "Dele"), ("Dele", "Carys"))]), "Ben"
    )

    row = next(row for row in found.rows if row.parties == ("Asha", "Ben", "Carys"))
    assert "Dele" not in row.parties
    assert row.facts["also_through"] == ["Dele"]


@pytest.mark.parametrize("stem", STEMS)
def test_finds_each_pair_that_counting_finds_for_everybody(stem):
    power_map = sample(stem)
    measured = network(power_map)
    ties, groups = set(measured.graph.edges), measured.groups

    for broker in measured.graph:
        expected = {
            frozenset((a, b))
            for a, middle in ties
            for again, b in ties
            if middle == again == broker and a != b and (a, b) not in ties
            if a in groups and b in groups and broker in groups
        }
        rows = [row for row in broker_pairs(power_map, broker).rows if row.kind != "other_broker"]
        assert {frozenset(row.parties[::2]) for row in rows} == expected
        assert len(rows) == len(expected)
        for row in rows:
            assert row.facts["path"][1] == broker
            one, _, other = row.facts["path"]
            joining = {m for a, m in ties if a == one and (m, other) in ties}
            joining |= {m for a, m in ties if a == other and (m, one) in ties}
            assert set(row.facts["also_through"]) <= joining - {broker}


@pytest.mark.parametrize("stem", STEMS)
def test_both_answers_are_sentences(stem):
    power_map = sample(stem)

    for found in (broker_pairs(power_map), joint_post_holders(power_map)):
        assert found.question.endswith("?")
        for said in (*found.sentences, *(row.sentence for row in found.rows)):
            assert said.endswith(".")
            assert "  " not in said and "None" not in said


def test_a_body_is_no_broker_and_nobody_is_unknown():
    power_map = a_go_between()

    with pytest.raises(InvalidValue, match="leader"):
        broker_pairs(power_map, "Trust")
    with pytest.raises(UnknownRecord):
        broker_pairs(power_map, "nobody")


def test_without_ties_the_map_is_too_thin():
    found = broker_pairs(made_map(leader("Asha"), leader("Ben")))

    assert found.rows == ()
    assert found.thin


def test_joint_posts_on_a_day_beside_the_year_before():
    found = joint_post_holders(sample("senior-joint-posts"), date(2010, 3, 1))

    # Who held what is in the PCT Network's paper of March 2010: two of the seven began in May 2009.
    assert found.sentences == (
        "On 1 March 2010 seven people hold posts in two bodies or more.",
        "Three of them have a higher rank in one body than in the other: Anthony Farnsworth, "
        "Rhona MacDonald and Anita Marsland.",
        "A year earlier, on 1 March 2009, five people did; new since then: Geoff Alltimes and "
        "Rhona MacDonald.",
    )
    coulter = called(sample("senior-joint-posts"), "Jan Coulter")
    row = next(row for row in found.rows if row.parties[0] == coulter)
    assert "The line above: Anita Marsland, Chief executive, in Knowsley" in row.sentence


def test_a_leap_day_has_a_year_before():
    found = joint_post_holders(
        made_map(
            leader("Asha"),
            body("Trust"),
            body("Council"),
            post("one", "Asha", "Trust"),
            post("two", "Asha", "Council", active_from=PartialDate("2008-02-29")),
        ),
        date(2008, 2, 29),
    )

    assert "on 28 February 2007, nobody did; new since then: Asha" in found.sentences[-1]
