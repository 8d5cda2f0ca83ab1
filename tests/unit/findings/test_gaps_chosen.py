"""What counts as a gap can be chosen, and is printed."""

from datetime import date

import pytest

from graph.findings.gaps import gaps
from graph.findings.gaps.ties import months_before
from powermap.dates import PartialDate
from powermap.errors import InvalidValue
from tests.unit.findings.readings import said, sentences
from tests.unit.made_maps import leader, made_map, tie

PEOPLE = [leader("Asha"), leader("Ben")]


def test_after_how_many_days_a_tie_has_gone_cold():
    # 59 days before the 1st of March 2010, the day of the map.
    power_map = made_map(*PEOPLE, tie("Asha", "Ben", last_contact=PartialDate("2010-01-01")))

    assert sentences(power_map, "gone_cold") == []
    assert sentences(power_map, "gone_cold", cold_days=59) == []
    assert sentences(power_map, "gone_cold", cold_days=58) == [
        "Asha and Ben were last in contact on 1 January 2010, more than 58 days before "
        "1 March 2010."
    ]
    assert "than 58 days where none" in gaps(power_map, kinds=["gone_cold"], cold_days=58).rule


def test_a_recorded_cadence_goes_before_the_days_chosen():
    monthly = tie("Asha", "Ben", cadence="monthly", last_contact=PartialDate("2010-01-01"))

    assert sentences(made_map(*PEOPLE, monthly), "gone_cold", cold_days=1) == []


def test_after_how_many_months_evidence_is_old():
    power_map = made_map(*PEOPLE, tie("Asha", "Ben", evidence=said(PartialDate("2009-11"))))

    assert sentences(power_map, "evidence_old") == []
    assert sentences(power_map, "evidence_old", evidence_months=3) == [
        "The only view of a tie has no evidence newer than 1 December 2009: Asha's view of Ben."
    ]


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2010, 3, 1), 12, date(2009, 3, 1)),
        (date(2010, 3, 1), 3, date(2009, 12, 1)),
        (date(2010, 5, 31), 1, date(2010, 4, 30)),
        (date(2012, 2, 29), 12, date(2011, 2, 28)),
        (date(2010, 1, 15), 25, date(2007, 12, 15)),
    ],
)
def test_months_before_a_day(day, months, earlier):
    assert months_before(day, months) == earlier


def test_from_how_far_apart_two_views_differ():
    power_map = made_map(*PEOPLE, tie("Asha", "Ben", strength=4), tie("Ben", "Asha", strength=3))

    assert sentences(power_map, "seen_differently") == []
    assert sentences(power_map, "seen_differently", views_apart=1) == [
        "Asha and Ben see their tie differently: strength 4 and 3 (of 5, in that order)."
    ]


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("cold_days", 0, "a whole number from 1 to 3650"),
        ("evidence_months", 121, "a whole number from 1 to 120"),
        ("views_apart", 5, "a whole number from 1 to 4"),
        ("group_by", "level", "one of sector, kind, organisation"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name, value, wanted):
    with pytest.raises(InvalidValue, match=wanted) as refused:
        gaps(made_map(*PEOPLE), **{name: value})

    assert refused.value.problems[0].path == (name,)
