"""Dates as people know them: a year, a month or a day, kept as written."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from powermap.errors import InvalidValue, Problem

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """`2007`, `2009-05` or `2009-05-14`, and the earliest and latest day it may mean."""

    text: str

    def __post_init__(self) -> None:
        try:
            _ = self.earliest, self.latest
        except (ValueError, TypeError):
            raise InvalidValue(
                Problem((), "must be a date such as 2007, 2009-05 or 2009-05-14")
            ) from None

    @cached_property
    def earliest(self) -> date:
        year, month, day = self._parts
        return date(year, 1 if month is None else month, 1 if day is None else day)

    @cached_property
    def latest(self) -> date:
        year, month, day = self._parts
        month = 12 if month is None else month
        return date(year, month, monthrange(year, month)[1] if day is None else day)

    @cached_property
    def _parts(self) -> tuple[int, int | None, int | None]:
        found = _WRITTEN.fullmatch(self.text)
        if found is None:
            raise ValueError(self.text)
        year, month, day = found.groups()
        return int(year), _number(month), _number(day)

    def __str__(self) -> str:
        return self.text


class Held(StrEnum):
    """Whether something was so on a day: every reading of its dates says so, some do, or none."""

    YES = "held"
    MAYBE = "may_be_held"
    NO = "not_held"


@dataclass(frozen=True)
class Period:
    """From the first day held to the last day held; either end may be unknown or partial.

    No start means since before we know; no end means still so.
    """

    start: PartialDate | None
    end: PartialDate | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start.earliest > self.end.latest:
            raise InvalidValue.at(
                "active_to", f"must not be before active_from ({self.start}); it is {self.end}"
            )

    @property
    def bounds(self) -> tuple[date | None, date | None, date | None, date | None]:
        """The earliest and latest start, then the earliest and latest end, of any reading.

        A reading is a start and an end that are in order, so each end narrows the other:
        from `2009` to `2009-03` cannot have begun in June.
        """
        start, end = self.start, self.end
        return (
            start.earliest if start else None,
            (min(start.latest, end.latest) if end else start.latest) if start else None,
            (max(end.earliest, start.earliest) if start else end.earliest) if end else None,
            end.latest if end else None,
        )

    def held_on(self, day: date) -> Held:
        earliest_start, latest_start, earliest_end, latest_end = self.bounds
        if (earliest_start and day < earliest_start) or (latest_end and day > latest_end):
            return Held.NO
        if (latest_start and day < latest_start) or (earliest_end and day > earliest_end):
            return Held.MAYBE
        return Held.YES


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
