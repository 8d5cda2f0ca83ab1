"""The tie between two parties on a day: every view either side has of it, read as one."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from powermap.dates import PartialDate
from powermap.model import Relationship
from powermap.vocabulary import LAYER_KINDS, Cadence, Layer, RelationshipKind

WEAK = 2
"""A view of this strength or less is weak; a tie nobody rated is taken to be as strong."""

Ends = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Tie:
    """All that the two ends say of each other; the ends in order of id."""

    ends: Ends
    views: tuple[Relationship, ...]
    """Of every kind but introduced, which is history."""

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """The views that bind: collaborates, trusts, influences, advises, supports."""
        return tuple(v for v in self.views if v.kind in LAYER_KINDS[Layer.RELATIONSHIPS])

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(view.id for view in self.views)

    def views_of(self, end: str) -> tuple[Relationship, ...]:
        return tuple(view for view in self.relationships if view.source == end)

    @cached_property
    def from_both_sides(self) -> bool:
        return len({view.source for view in self.relationships}) == 2

    def strength_of(self, end: str) -> int | None:
        """The strongest view that one end has of the tie."""
        rated = [view.strength for view in self.views_of(end) if view.strength is not None]
        return max(rated, default=None)

    @cached_property
    def strengths(self) -> tuple[int, ...]:
        """As each end sees it, where rated; the weaker first."""
        return tuple(sorted(s for s in map(self.strength_of, self.ends) if s is not None))

    @cached_property
    def last_contact(self) -> PartialDate | None:
        dates = [view.last_contact for view in self.views if view.last_contact is not None]
        return max(dates, key=lambda day: (day.latest, day.earliest), default=None)

    @cached_property
    def cadence(self) -> Cadence | None:
        """The rarer of the two, where they differ."""
        told = [v.cadence for v in self.relationships or self.views if v.cadence is not None]
        return max(told, key=list(Cadence).index, default=None)

    def has(self, *kinds: RelationshipKind) -> bool:
        return any(view.kind in kinds for view in self.views)

    @cached_property
    def stuck(self) -> bool:
        """A tie of kind conflicts, or both views weak."""
        both_weak = len(self.strengths) == 2 and self.strengths[-1] <= WEAK
        return both_weak or self.has(RelationshipKind.CONFLICTS)

    def recent(self, day: date) -> bool:
        """Whether contact within the 12 months before the day is recorded."""
        return self.last_contact is not None and self.last_contact.latest >= year_before(day)

    def other(self, end: str) -> str:
        return self.ends[1] if end == self.ends[0] else self.ends[0]


def ties_between(views: Iterable[Relationship]) -> Mapping[Ends, Tie]:
    """Every tie, by its two ends in order."""
    found: dict[Ends, list[Relationship]] = defaultdict(list)
    for view in views:
        if view.kind is not RelationshipKind.INTRODUCED:
            found[ends(view.source, view.target)].append(view)
    return {
        pair: Tie(ends=pair, views=tuple(sorted(told, key=lambda view: view.id)))
        for pair, told in found.items()
    }


def ends(one: str, other: str) -> Ends:
    return (one, other) if one <= other else (other, one)


def year_before(day: date) -> date:
    return months_before(day, 12)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where it is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
