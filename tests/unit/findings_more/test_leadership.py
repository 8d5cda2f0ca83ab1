"""How evenly chairs and leads are shared."""

import dataclasses

import pytest

from graph.findings.leadership import spread_of_leadership
from powermap.dates import PartialDate
from powermap.errors import InvalidValue
from tests.unit.findings_more.samples import called, sample, told
from tests.unit.made_maps import body, leader, made_map, post


def lead(id, holder, **values):
    return post(id, holder, "Board", kind="programme_lead", **values)


def board(*records):
    people = [leader(name) for name in ("Asha", "Ben", "Carys")]
    return made_map(*people, body("Board"), *records)


def test_the_effective_number_of_leaders():
    power_map = board(
        *[lead(f"task {n}", "Asha") for n in range(3)],
        lead("task 3", "Ben"),
        post("chair", "Ben", "Board", kind="chair"),
        post("seat", "Carys", "Board", kind="board_member"),
        lead("task 5", None),
    )

    found = spread_of_leadership(power_map)

    assert found.sentences == (
        "Five chairs and leads on the recorded map are shared by two leaders: as evenly as by "
        "1.9 with the same share each.",
        "Asha carries the most: three of five, or 60%.",
        "One of three people with a post or seat leads none: Carys.",
        "Not counted: one without a holder.",
    )
    assert found.rows[0].facts == {"carries": 3, "share": 0.6}
    assert told(found, "without_holder") == ["Task 5 of Board has no holder."]


def test_what_two_hold_together_is_split():
    shared = [
        dataclasses.replace(lead(f"joint {name}", name), title="Joint lead")
        for name in ("Asha", "Ben")
    ]
    power_map = board(*shared, *[lead(f"task {n}", "Carys") for n in range(4)])

    found = spread_of_leadership(power_map)

    assert found.sentences[0].startswith("Five chairs and leads")
    assert found.sentences[1] == "Carys carries the most: four of five, or 80%."
    assert [row.facts["carries"] for row in found.rows] == [4, 0.5, 0.5]


def test_what_may_not_have_been_held_is_told_apart():
    power_map = board(
        *[lead(f"task {n}", "Asha") for n in range(4)],
        lead("task 4", "Ben", active_from=PartialDate("2010")),
    )

    found = spread_of_leadership(power_map)

    assert found.sentences[-1] == ("One of those counted may not have been held on the date.")
    assert told(found, "leads")[1] == "Ben is task 4 of Board (may have been held)."


def test_fewer_than_five_are_too_few():
    found = spread_of_leadership(board(lead("task", "Asha")))

    assert found.sentences == (
        "Too little is recorded to say: one chair or lead with a named holder on the recorded "
        "map, where five are needed.",
    )
    assert found.thin == found.sentences[0]
    with pytest.raises(InvalidValue):
        spread_of_leadership(board(), body="Asha")


def test_how_evenly_the_leeds_board_shares_its_tasks():
    leeds = sample("leeds-health-and-wellbeing-board")

    whole = spread_of_leadership(leeds)
    programme = called(leeds, "Nine visits to drug and alcohol services")
    visits = spread_of_leadership(leeds, body=programme)

    assert whole.sentences[:2] == (
        "20 chairs and leads on the recorded map are shared by 14 leaders: as evenly as by 11.1 "
        "with the same share each.",
        "Dr Anneliese Mukherjee-Stott and Verity Osei-Lund carry the most: three of 20 each, "
        "or 15%.",
    )
    assert visits.sentences[1] == (
        "Dr Anneliese Mukherjee-Stott carries the most: two of nine, or 22%."
    )
