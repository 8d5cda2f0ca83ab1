"""The five factors of a pair, of a body and of a map."""

import pytest

from graph.findings.factors import five_factors
from powermap.errors import InvalidValue
from powermap.model import FiveFactors
from tests.unit.findings_more.samples import called, sample, told
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele")]


def view(source, target, **ratings):
    return tie(source, target, factors=FiveFactors(**ratings))


def test_a_pair_shows_both_views_and_where_they_differ():
    power_map = made_map(
        *PEOPLE,
        view("Asha", "Ben", shared_purpose=4, long_term=5),
        view("Ben", "Asha", shared_purpose=3, long_term=2, altruism=3),
    )

    found = five_factors(power_map, "Asha", "Ben")

    assert found.sentences == (
        "Committing for the longer term is rated 5 by Asha and 2 by Ben.",
        "The lowest rating between Asha and Ben is 2 of 5, for committing for the longer term.",
    )
    assert [row.sentence for row in found.rows] == [
        "Shared purpose is rated 4 by Asha and 3 by Ben.",
        "Frequent personal contact was not asked.",
        "Surfacing and resolving conflict was not asked.",
        "Behaving altruistically is rated 3 by Ben; the other side not asked.",
        "Committing for the longer term is rated 5 by Asha and 2 by Ben.",
    ]
    assert found.rows[4].next_step == "Ask Asha and Ben what each has in mind."
    assert found.rows[4].facts["difference"] == 3


def test_one_side_only_is_said():
    found = five_factors(made_map(*PEOPLE, view("Asha", "Ben", shared_purpose=4)), "Asha", "Ben")

    assert found.thin == "Only one side is recorded: Ben was not asked, or did not answer."


def test_a_mean_of_fewer_than_three_people_is_not_shown():
    power_map = made_map(
        *PEOPLE, view("Asha", "Ben", shared_purpose=4), view("Ben", "Asha", shared_purpose=2)
    )

    found = five_factors(power_map)

    assert found.sentences == (
        "Two of four people rated the five factors across the map; a mean is shown from three.",
    )
    assert found.thin is not None
    assert found.rows[0].facts["mean"] is None
    assert found.rows[0].records == ()
    assert found.rows[0].sentence == (
        "Shared purpose has ratings from too few people for a mean (two)."
    )


def test_a_body_has_the_views_of_its_own_people():
    power_map = made_map(
        *PEOPLE,
        body("Board"),
        *[post(f"seat {n}", n, "Board", kind="board_member") for n in ("Asha", "Ben", "Carys")],
        view("Asha", "Ben", shared_purpose=4, long_term=4),
        view("Ben", "Carys", shared_purpose=5, long_term=2),
        view("Carys", "Asha", shared_purpose=3, long_term=1),
        view("Dele", "Asha", shared_purpose=1, long_term=1),
    )

    found = five_factors(power_map, group="Board")

    assert found.sentences == (
        "In the recorded map committing for the longer term is the weakest factor among the "
        "people of Board, at 2.3 of 5; shared purpose is highest, at 4.0.",
        "One of three views calls its tie long-term (4 or 5), and two rate it 2 or less.",
        "This rests on three views given by three of three people.",
    )


def test_a_pair_or_a_group_not_half_a_pair():
    with pytest.raises(InvalidValue):
        five_factors(made_map(*PEOPLE), one="Asha")
    with pytest.raises(InvalidValue):
        five_factors(made_map(*PEOPLE), group="Asha")


def test_the_profile_of_a_leadership_group():
    system = sample("health-and-care-system")

    found = five_factors(system, group=called(system, "Northmere leadership group"))

    assert found.sentences == (
        "In the recorded map surfacing and resolving conflict is the weakest factor among the "
        "people of Northmere leadership group, at 2.5 of 5; shared purpose is highest, at 3.7.",
        "23 of 50 views call their tie long-term (4 or 5), and 14 rate it 2 or less.",
        "One pair sees a factor of their tie differently by 2 points or more: "
        "Jolyon Achebe-Smart and Ysolde Bramhall-Eze.",
        "This rests on 50 views given by eight of eight people.",
    )
    assert told(found, "seen_differently") == [
        "Committing for the longer term is rated 2 by Jolyon Achebe-Smart and 4 by "
        "Ysolde Bramhall-Eze."
    ]


def test_a_map_of_facts_alone_is_too_thin():
    assert five_factors(sample("leading-as-peers")).sentences == (
        "None of seven people rated the five factors across the map; a mean is shown from three.",
    )
