"""From where something counts as a gap, as far as whoever asks may choose."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from powermap.errors import InvalidValue, Problem


class Grouping(StrEnum):
    """What makes people one group."""

    SECTOR = "sector"
    KIND = "kind"
    ORGANISATION = "organisation"


LIMITS = {"cold_days": (1, 3650), "evidence_months": (1, 120), "views_apart": (1, 4)}
"""The lowest and the highest that each may be."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What counts; printed in the rule. Raises `InvalidValue` for what makes no sense."""

    group_by: str = Grouping.SECTOR
    """Between which groups of people a tie is looked for."""
    cold_days: int = 180
    """After how many days a tie without a recorded cadence has gone cold."""
    evidence_months: int = 12
    """After how many months evidence is old."""
    views_apart: int = 2
    """From how many points, of five, two views differ."""

    def __post_init__(self) -> None:
        problems = [
            Problem((name,), f"must be a whole number from {low} to {high}")
            for name, (low, high) in LIMITS.items()
            if not low <= getattr(self, name) <= high
        ]
        if self.group_by not in list(Grouping):
            problems.append(Problem(("group_by",), f"must be one of {', '.join(Grouping)}"))
        if problems:
            raise InvalidValue(*problems)

    @property
    def cold_after(self) -> timedelta:
        return timedelta(days=self.cold_days)
