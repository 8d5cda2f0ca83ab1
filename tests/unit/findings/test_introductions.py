"""Who can bring me to whom: by ties seen from both sides, strong and recent."""

import pytest

from graph.findings.introductions import introductions
from powermap.dates import PartialDate
from powermap.errors import InvalidValue, UnknownRecord
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele", "Eve", "Flo")]


def both(one, other, strength=4, contact="2010-02", **values):
    values["last_contact"] = PartialDate(contact) if contact else None
    return [
        tie(one, other, strength=strength, **values),
        tie(other, one, strength=strength, **values),
    ]


def ways(*ties, me="Asha", target="Carys"):
    return introductions(made_map(*PEOPLE, *ties), me, target)


def test_one_person_could_introduce_me():
    finding = ways(*both("Asha", "Ben"), *both("Ben", "Carys", 3))

    assert finding.question == "How does Asha get to Carys?"
    assert finding.sentences == (
        "Ben could introduce Asha to Carys: every tie is seen from both sides, the weakest of "
        "strength 3, with contact in the 12 months before.",
    )
    (way,) = finding.rows
    assert way.parties == ("Asha", "Ben", "Carys")
    assert way.next_step == "Ask Ben."
    assert len(way.records) == 4
    assert finding.thin is None


def test_the_path_whose_weakest_tie_is_strongest_goes_first():
    finding = ways(
        *both("Asha", "Ben", 5),
        *both("Ben", "Carys", 3),
        *both("Asha", "Dele"),
        *both("Dele", "Carys"),
    )

    assert [row.facts["introducer"] for row in finding.rows] == ["Dele", "Ben"]
    assert finding.sentences[1] == "One other person could make the introduction: Ben."


def test_ties_seen_from_both_sides_go_before_stronger_and_shorter_ones():
    finding = ways(
        tie("Asha", "Ben", strength=5),
        *both("Ben", "Carys", 5),
        *both("Asha", "Dele", 3),
        *both("Dele", "Eve", 3),
        *both("Eve", "Carys", 3),
    )

    assert [row.facts["introducer"] for row in finding.rows] == ["Eve", "Ben"]
    assert finding.rows[0].sentence.startswith(
        "Asha could go by way of Dele and then Eve, who could make the introduction to Carys:"
    )
    assert finding.rows[1].sentence == (
        "Ben could introduce Asha to Carys: a tie is seen from one side only, the weakest of "
        "strength 5, and no contact in the 12 months before is recorded between Asha and Ben."
    )


def test_recent_contact_decides_between_equals():
    finding = ways(
        *both("Asha", "Ben"),
        *both("Ben", "Carys", contact="2008"),
        *both("Asha", "Dele"),
        *both("Dele", "Carys"),
    )

    assert finding.rows[0].facts["introducer"] == "Dele"


def test_a_direct_tie_goes_first():
    finding = ways(*both("Asha", "Carys"), *both("Asha", "Ben"), *both("Ben", "Carys"))

    assert finding.sentences[0] == (
        "Asha has a tie with Carys already: it is seen from both sides, of strength 4, with "
        "contact in the 12 months before."
    )
    assert [row.kind for row in finding.rows] == ["direct", "introduction"]


def test_no_introduction_travels_over_a_tie_that_is_stuck():
    finding = ways(*both("Asha", "Ben", 2), *both("Ben", "Carys"))

    assert finding.rows == ()
    assert finding.sentences == (
        "In the recorded map no path of up to four ties leads from Asha to Carys on 1 March 2010.",
    )


def test_a_stuck_tie_between_the_two_is_said_first():
    finding = ways(tie("Asha", "Carys", "conflicts"), *both("Asha", "Ben"), *both("Ben", "Carys"))

    assert finding.sentences[0] == (
        "The tie between Asha and Carys is stuck: Asha records a conflict."
    )
    assert len(finding.rows) == 1


def test_five_ties_are_too_many():
    chain = ("Asha", "Ben", "Dele", "Eve", "Carys")
    steps = [both(*pair) for pair in zip(chain, chain[1:], strict=False)]
    ties = [one for step in steps for one in step]

    assert len(ways(*ties).rows) == 1
    assert ways(*ties, *both("Carys", "Flo"), target="Flo").rows == ()


def test_says_when_no_tie_is_recorded():
    finding = ways(*both("Asha", "Ben"))

    assert finding.thin == "No tie of Carys is recorded on this day."


def test_a_body_is_reached_through_its_people():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Empty"),
        post("Chief", "Carys", "Trust"),
        *both("Asha", "Ben"),
        *both("Ben", "Carys"),
    )

    assert introductions(power_map, "Asha", "Trust").rows[0].parties == ("Asha", "Ben", "Carys")
    assert introductions(power_map, "Asha", "Empty").thin == (
        "Nobody on the map acts for Empty on this day."
    )


def test_a_tie_that_may_be_over_is_told():
    finding = ways(*both("Asha", "Ben", active_to=PartialDate("2010")), *both("Ben", "Carys"))

    assert finding.rows[0].sentence.endswith(
        " It may be that not every tie was held on 1 March 2010."
    )


def test_asks_between_two_people_of_the_map():
    with pytest.raises(UnknownRecord):
        ways(target="Nobody")
    with pytest.raises(InvalidValue):
        ways(target="Asha")
    with pytest.raises(InvalidValue):
        introductions(made_map(*PEOPLE, body("Trust")), "Trust", "Asha")
