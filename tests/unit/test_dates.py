"""Partial dates and periods, checked against every reading they may have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.dates import Held, PartialDate, Period
from powermap.errors import InvalidValue

# Few years and months, so that two dates often meet; leap years and month ends among them.
FIRST, LAST = date(2007, 1, 1), date(2009, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(DAYS)).isoformat()
    return text[: draw(st.sampled_from([4, 7, 10]))]


def days_meant(text: str) -> list[date]:
    """Every day that a written date may mean: those whose ISO form begins with it."""
    return [day for day in DAYS if day.isoformat().startswith(text)]


def readings(start: str | None, end: str | None) -> list[tuple[date, date]]:
    """Every first and last day that the two may mean, in order; unknown is as far as it goes."""
    starts = days_meant(start) if start else [date.min]
    ends = days_meant(end) if end else [date.max]
    return [(first, last) for first in starts for last in ends if first <= last]


def held_by_every_reading(found: list[tuple[date, date]], day: date) -> Held:
    says = {first <= day <= last for first, last in found}
    return {frozenset({True}): Held.YES, frozenset({False}): Held.NO}.get(
        frozenset(says), Held.MAYBE
    )


@given(text=written_dates())
def test_a_date_means_the_days_that_begin_like_it(text: str) -> None:
    meant = PartialDate(text)

    assert (meant.earliest, meant.latest) == (days_meant(text)[0], days_meant(text)[-1])
    assert str(meant) == text


# Two years have 66,000 readings: counting them takes its time.
@settings(deadline=None)
@given(
    start=st.none() | written_dates(), end=st.none() | written_dates(), day=st.sampled_from(DAYS)
)
def test_held_is_what_every_reading_says_and_may_be_held_what_some_say(
    start: str | None, end: str | None, day: date
) -> None:
    found = readings(start, end)
    dates = [None if text is None else PartialDate(text) for text in (start, end)]

    if not found:
        with pytest.raises(InvalidValue):
            Period(*dates)
        return
    period = Period(*dates)

    assert period.held_on(day) is held_by_every_reading(found, day)
    bounds = (
        min(first for first, _ in found) if start else None,
        max(first for first, _ in found) if start else None,
        min(last for _, last in found) if end else None,
        max(last for _, last in found) if end else None,
    )
    assert period.bounds == bounds


@given(
    start=st.none() | written_dates(), end=st.none() | written_dates(), day=st.sampled_from(DAYS)
)
def test_saying_more_never_turns_yes_into_no(start: str | None, end: str | None, day: date) -> None:
    """A date written more exactly may settle a doubt, but not contradict what was sure."""
    if start and end and days_meant(start)[0] > days_meant(end)[-1]:
        return
    vague = Period(
        PartialDate(start[:4]) if start else None, PartialDate(end[:4]) if end else None
    ).held_on(day)
    exact = Period(
        PartialDate(start) if start else None, PartialDate(end) if end else None
    ).held_on(day)

    assert vague is exact or vague is Held.MAYBE


@pytest.mark.parametrize(
    ("start", "end", "day", "held"),
    [
        ("2009-05", None, date(2009, 6, 1), Held.YES),
        ("2009-05", None, date(2009, 5, 31), Held.YES),
        ("2009-05", None, date(2009, 5, 10), Held.MAYBE),
        ("2009-05", None, date(2009, 4, 30), Held.NO),
        (None, "2010", date(2010, 3, 1), Held.MAYBE),
        (None, "2010", date(2009, 12, 31), Held.YES),
        (None, "2010", date(2010, 1, 1), Held.YES),
        (None, "2010", date(2011, 1, 1), Held.NO),
        (None, None, date(2010, 3, 1), Held.YES),
        ("2010-03-01", "2010-03-01", date(2010, 3, 1), Held.YES),
        ("2010-03-01", "2010-03-01", date(2010, 3, 2), Held.NO),
        # Ended in March, so it cannot have begun in June.
        ("2009", "2009-03", date(2009, 6, 1), Held.NO),
        ("2009", "2009", date(2009, 6, 1), Held.MAYBE),
        ("2008-02", None, date(2008, 2, 29), Held.YES),
    ],
)
def test_examples_a_person_would_give(
    start: str | None, end: str | None, day: date, held: Held
) -> None:
    period = Period(PartialDate(start) if start else None, PartialDate(end) if end else None)

    assert period.held_on(day) is held


@pytest.mark.parametrize(
    "text",
    [
        "",
        "09",
        "2009-5",
        "2009-13",
        "2009-00",
        "2009-02-30",
        "2009-05-00",
        "2009-5-1",
        "2009/05",
        "20090501",
        "2009-05-14T00:00",
        " 2009",
        "2009 ",
        "2009\n",
        "-2009",
        "0000",
        "10000",
        "٢٠٠٩",
        "May 2009",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="must be a date such as 2007, 2009-05 or 2009-05-14"):
        PartialDate(text)


@pytest.mark.parametrize("value", [2009, None, 2009.5, date(2009, 5, 1), b"2009"])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        PartialDate(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end"), [("2010", "2009"), ("2009-05", "2009-04"), ("2009-05-14", "2009-05-13")]
)
def test_an_end_before_the_start_is_refused_by_its_name(start: str, end: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Period(PartialDate(start), PartialDate(end))

    (problem,) = refused.value.problems
    assert problem.path == ("active_to",)
    assert start in problem.message and end in problem.message
