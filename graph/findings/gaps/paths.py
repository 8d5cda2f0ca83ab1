"""The best way from one leader to another over recorded ties: whom to ask for an introduction.

Found for all leaders at once from one start, in four sweeps over the ties seen from both sides
and four over all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.findings.gaps.ties import WEAK, Ends, Tie, ends

MOST_TIES = 4
NO_PATH = -1
START = 127

PATH_RULE = (
    "best path: of the paths of up to four ties of the relationships layer those whose ties are "
    "all seen from both sides go first; of these the shortest; of these the one whose weakest tie "
    "is strongest; then by name. A tie is as strong as its weaker view has it (unrated counts as "
    "2); of equals, contact in the 12 months before the day goes first. Ties that are stuck (in "
    "conflict, or of strength 2 or less in both views) are left out."
)

Widths = NDArray[np.int8]
Sweeps = tuple[Widths, ...]


@dataclass(frozen=True, kw_only=True)
class Path:
    """The people from the first to the last, and the ties between them."""

    people: tuple[str, ...]
    ties: tuple[Tie, ...]
    score: int
    """By the printed rule: higher is stronger."""

    @property
    def between(self) -> tuple[str, ...]:
        return self.people[1:-1]

    @property
    def introducer(self) -> str | None:
        """Who knows the last one and can make the introduction; None for a direct tie."""
        return self.people[-2] if len(self.people) > 2 else None

    @property
    def from_both_sides(self) -> bool:
        return all(tie.from_both_sides for tie in self.ties)

    @property
    def weakest_strength(self) -> int | None:
        """As the weakest view on the way has it; None where no tie on it is rated."""
        return min((s for tie in self.ties for s in tie.strengths), default=None)

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(view.id for tie in self.ties for view in tie.relationships)


def grade(tie: Tie, day: date) -> int | None:
    """How well an introduction travels over a tie; None where it should not be tried."""
    if not tie.relationships or tie.stuck:
        return None
    strength = tie.strengths[0] if tie.strengths else WEAK
    return 2 * strength + tie.recent(day)


class Paths:
    """Best paths between the leaders of one map on one day."""

    def __init__(self, ties: Mapping[Ends, Tie], leaders: Iterable[str], day: date) -> None:
        self._people = list(leaders)
        self._place = {leader: place for place, leader in enumerate(self._people)}
        self._ties = ties
        graded: list[tuple[int, int, int, bool]] = []
        for (one, other), tie in ties.items():
            value = grade(tie, day)
            if value is not None and one in self._place and other in self._place:
                here, there = self._place[one], self._place[other]
                both = tie.from_both_sides
                graded += [(there, here, value, both), (here, there, value, both)]
        graded.sort()
        size = len(self._people)
        self._ways = {
            True: _Ways([(to, before, value) for to, before, value, both in graded if both], size),
            False: _Ways([arc[:3] for arc in graded], size),
        }

    def score(self, source: str, target: str) -> int:
        """How strong the best path is; `NO_PATH` where there is none."""
        here, there = self._place[source], self._place[target]
        for both, ways in self._ways.items():
            reached = ways.reached(here, there)
            if reached is not None:
                return _score(both, *reached)
        return NO_PATH

    def best(self, source: str, target: str) -> Path | None:
        here, there = self._place[source], self._place[target]
        for both, ways in self._ways.items():
            places = ways.path(ways.sweeps(here), there)
            if places is not None:
                return self._named(places, both)
        return None

    def routes(self, source: str, target: str) -> list[Path]:
        """For each person with a tie to the target the best path by way of them, best first."""
        here, last = self._place[source], self._place[target]
        found: dict[int, Path] = {}
        for both, ways in self._ways.items():
            sweeps = ways.sweeps(here, barred=last)[:-1]
            for before, _ in ways.into(last):
                places = ways.path(sweeps, before)
                if places is not None and before not in found:
                    found[before] = self._named([*places, last], both)
        return sorted(found.values(), key=lambda path: -path.score)

    def _named(self, places: list[int], both: bool) -> Path:
        people = tuple(self._people[place] for place in places)
        pairs = list(zip(places, places[1:], strict=False))
        values = [dict(self._ways[both].into(there))[here] for here, there in pairs]
        return Path(
            people=people,
            ties=tuple(
                self._ties[ends(self._people[here], self._people[there])] for here, there in pairs
            ),
            score=_score(both, len(values), min(values, default=START)),
        )


class _Ways:
    """Ties as arcs between places, and how far and how well they lead from each."""

    def __init__(self, arcs: list[tuple[int, int, int]], size: int) -> None:
        table = np.array(arcs, dtype=np.int64).reshape(-1, 3)
        self._size = size
        self._from = table[:, 1]
        self._grades = table[:, 2].astype(np.int8)
        self._reached, self._starts = np.unique(table[:, 0], return_index=True)
        self._into: dict[int, list[tuple[int, int]]] = {}
        for to, before, value in arcs:
            self._into.setdefault(to, []).append((before, value))
        self.sweeps = lru_cache(maxsize=4096)(self._sweeps)

    def into(self, place: int) -> list[tuple[int, int]]:
        """Who has a tie to a place, and how good it is."""
        return self._into.get(place, [])

    def reached(self, source: int, last: int) -> tuple[int, int] | None:
        """In how many ties, and how good the weakest of them is at best."""
        for ties, widths in enumerate(self.sweeps(source)):
            if widths[last] != NO_PATH:
                return ties, int(widths[last])
        return None

    def path(self, sweeps: Sweeps, last: int) -> list[int] | None:
        """The shortest path, and of these the one whose weakest tie is strongest."""
        ties = next((k for k, widths in enumerate(sweeps) if widths[last] != NO_PATH), None)
        if ties is None:
            return None
        width = sweeps[ties][last]
        places = [last]
        for k in range(ties - 1, -1, -1):
            able = [
                (-value, before)
                for before, value in self.into(places[-1])
                if value >= width and sweeps[k][before] >= width
            ]
            places.append(min(able)[1])
        return places[::-1]

    def _sweeps(self, source: int, barred: int | None = None) -> Sweeps:
        """The grade of the weakest tie on the best path of up to 0, 1, … ties to each place."""
        widths = np.full(self._size, NO_PATH, dtype=np.int8)
        widths[source] = START
        sweeps = [widths]
        for _ in range(MOST_TIES if len(self._starts) else 0):
            through = np.minimum(widths[self._from], self._grades)
            best = np.maximum.reduceat(through, self._starts)
            widths = widths.copy()
            widths[self._reached] = np.maximum(widths[self._reached], best)
            if barred is not None:
                widths[barred] = NO_PATH
            sweeps.append(widths)
        return tuple(sweeps)


def _score(both: bool, ties: int, value: int) -> int:
    return 10_000 * both + 1_000 * (MOST_TIES - ties) + value
