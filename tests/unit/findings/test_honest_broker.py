"""Who is stuck, and who could be the honest broker between the two."""

import pytest

from graph.findings.introductions import honest_broker, stuck_pairs
from powermap.dates import PartialDate
from powermap.errors import InvalidValue
from tests.unit.made_maps import body, leader, made_map, post, tie

RECENT = PartialDate("2010-01")
PEOPLE = [
    *(leader(name) for name in ("Asha", "Ben", "Carys", "Dele")),
    body("Trust"),
    body("Council", "local_government"),
    body("Board"),
    post("Chief", "Asha", "Trust"),
    post("Leader", "Ben", "Council"),
    post("seat Asha", "Asha", "Board", kind="board_member"),
    post("seat Ben", "Ben", "Board", kind="board_member"),
    tie("Asha", "Ben", "conflicts"),
]


def good(one, other, strength=4, contact=RECENT, **values):
    return tie(one, other, strength=strength, last_contact=contact, **values)


def brokers(*more):
    return honest_broker(made_map(*PEOPLE, *more), "Asha", "Ben")


def named(finding):
    return [row.facts["name"] for row in finding.rows]


def test_good_ties_with_both_and_no_accountability_to_either():
    finding = brokers(good("Carys", "Asha"), good("Ben", "Carys", 3))

    assert finding.sentences == (
        "Carys could be the honest broker between Asha and Ben: Carys has ties of strength 4 with "
        "Asha and 3 with Ben (last contact January 2010 and January 2010) and answers to neither "
        "of them nor to their bodies.",
    )
    assert finding.rows[0].parties == ("Carys", "Asha", "Ben")
    assert finding.rows[0].next_step == "Ask Carys to bring Asha and Ben together."


def test_a_tie_too_weak_or_too_long_ago_is_not_enough():
    assert named(brokers(good("Carys", "Asha"), good("Carys", "Ben", 2))) == []
    assert named(brokers(good("Carys", "Asha"), good("Carys", "Ben", None))) == []
    old = good("Carys", "Ben", contact=PartialDate("2009-02-28"))
    assert named(brokers(good("Carys", "Asha"), old)) == []


def test_either_view_is_enough():
    assert named(brokers(good("Carys", "Asha"), good("Carys", "Ben"), good("Ben", "Carys", 1))) == [
        "Carys"
    ]


@pytest.mark.parametrize(
    "duty",
    [
        post("x", "Carys", "Trust"),
        post("x", "Carys", "Council", kind="board_member"),
        post("x", "Carys", "Ben", kind="line_management"),
        post("x", "Asha", "Carys", kind="line_management"),
        post("x", "Carys", "Board", reports_to="Chief"),
    ],
    ids=["their body", "a seat", "to one", "of one", "in the line"],
)
def test_whoever_answers_to_either_or_their_bodies_is_no_honest_broker(duty):
    assert named(brokers(good("Carys", "Asha"), good("Carys", "Ben"), duty)) == []


def test_a_board_on_which_both_sit_is_not_a_body_of_theirs():
    chair = post("chair", "Carys", "Board", kind="chair")

    assert named(brokers(good("Carys", "Asha"), good("Carys", "Ben"), chair)) == ["Carys"]


def test_ranked_by_the_weaker_tie_then_by_balance():
    finding = brokers(
        leader("Eve"),
        *(good("Carys", end, strength) for end, strength in (("Asha", 5), ("Ben", 3))),
        *(good("Dele", end, strength) for end, strength in (("Asha", 4), ("Ben", 4))),
        *(good("Eve", end, strength) for end, strength in (("Asha", 3), ("Ben", 4))),
    )

    assert named(finding) == ["Dele", "Eve", "Carys"]
    assert finding.sentences[1] == "Eve and Carys could be too."


def test_says_when_nobody_meets_the_rule():
    assert brokers().sentences == (
        "Nobody in the recorded map meets the rule for an honest broker between Asha and Ben.",
    )


def test_two_people_are_needed():
    with pytest.raises(InvalidValue):
        honest_broker(made_map(*PEOPLE), "Asha", "Asha")


def test_stuck_by_a_conflict_or_by_two_weak_views():
    power_map = made_map(
        *PEOPLE,
        tie("Carys", "Dele", strength=2),
        tie("Dele", "Carys", strength=1),
        tie("Asha", "Dele", strength=1),
        tie("Asha", "Carys", strength=2),
        tie("Carys", "Asha", strength=3),
    )

    finding = stuck_pairs(power_map)

    assert finding.sentences[0] == (
        "In the recorded map on 1 March 2010 two pairs of leaders are stuck."
    )
    assert [row.sentence for row in finding.rows] == [
        "Asha and Ben are stuck, since Asha records a conflict.",
        "Carys and Dele are stuck, since both call their tie weak (strength 1 and 2 of 5).",
    ]
    assert finding.rows[0].next_step == (
        "Nobody in the recorded map meets the rule for an honest broker."
    )


def test_says_when_nothing_could_show_who_is_stuck():
    finding = stuck_pairs(made_map(leader("Asha"), leader("Ben"), tie("Asha", "Ben")))

    assert finding.sentences == (
        "In the recorded map on 1 March 2010 no pair of leaders is recorded as stuck.",
    )
    assert finding.thin == "No strength and no conflict is recorded between leaders."
