"""Bodies that depend on each other, and what joins them."""

import pytest

from graph.findings.gaps import gaps
from powermap.dates import PartialDate
from tests.unit.findings.readings import row, sentences
from tests.unit.made_maps import body, leader, made_map, post, tie

KIND = "dependent_bodies"
BODIES = [
    body("Trust"),
    body("Council", "local_government"),
    leader("Asha"),
    leader("Ben"),
    post("a", "Asha", "Trust"),
    post("b", "Ben", "Council"),
]
CONTRACT = post("contract", "Trust", "Council", kind="commissioning")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("commissioning", "is commissioned by"),
        ("regulation", "is regulated by"),
        ("funding", "is funded by"),
        ("delegation", "answers for delegated functions to"),
        ("partnership_member", "is a member of"),
    ],
)
def test_nobody_joins_the_two(kind, said):
    power_map = made_map(*BODIES, post("contract", "Trust", "Council", kind=kind))

    assert sentences(power_map, KIND) == [
        f"Trust {said} Council, and nobody is recorded as joining the two."
    ]


def test_a_statutory_duty_is_no_dependence():
    duty = post("duty", "Trust", "Council", kind="statutory")

    assert sentences(made_map(*BODIES, duty), KIND) == []


def test_one_tie_is_all_that_joins_them():
    found = row(made_map(*BODIES, CONTRACT, tie("Asha", "Ben")), KIND)

    assert found.sentence == (
        "Trust is commissioned by Council, and the tie between Asha and Ben is all that joins them "
        "(nobody else of either body is on the map)."
    )
    assert found.records == ("contract", "Asha>Ben:trusts")
    assert found.facts["rests_on"] == ["Asha", "Ben"]


def test_the_ties_of_one_person_are_all_that_joins_them():
    power_map = made_map(
        *BODIES,
        CONTRACT,
        leader("Carys"),
        post("c", "Carys", "Council"),
        tie("Asha", "Ben"),
        tie("Carys", "Asha"),
    )

    assert sentences(power_map, KIND) == [
        "Trust is commissioned by Council, and no tie between their people is recorded in which "
        "Asha has no part."
    ]


def test_a_joint_post_holder_is_all_that_joins_them():
    found = row(made_map(*BODIES, CONTRACT, post("joint", "Asha", "Council")), KIND)

    assert found.sentence == (
        "Trust is commissioned by Council, and Asha, who answers to both, is the only person who "
        "joins them."
    )
    assert found.next_step == (
        "Agree a second tie between the two, so that it does not rest on Asha alone."
    )


def test_two_links_without_a_common_person_or_a_tie_of_the_bodies_is_no_gap():
    second = [
        leader("Carys"),
        leader("Dele"),
        post("c", "Carys", "Trust"),
        post("d", "Dele", "Council"),
        tie("Carys", "Dele"),
    ]

    assert sentences(made_map(*BODIES, CONTRACT, tie("Asha", "Ben"), *second), KIND) == []
    assert sentences(made_map(*BODIES, CONTRACT, tie("Trust", "Council")), KIND) == []


def test_what_may_be_held_is_said_as_may():
    ending = post("c", "Trust", "Council", kind="funding", active_to=PartialDate("2010"))

    assert sentences(made_map(*BODIES, ending), KIND) == [
        "Trust may be funded by Council, and nobody is recorded as joining the two."
    ]


def test_a_body_nobody_acts_for_on_the_map_is_told_apart():
    regulated = post("r", "Trust", "Regulator", kind="regulation")

    finding = gaps(made_map(*BODIES, body("Regulator"), regulated), kinds=[KIND])

    assert finding.rows == ()
    assert finding.sentences[1] == (
        "What joins one pair of bodies cannot be told, since nobody on the map acts for one "
        "of the two: Regulator (one pair)."
    )
