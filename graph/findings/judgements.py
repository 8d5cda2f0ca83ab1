"""Whose judgement of whom counts: the latest of each assessor, up to a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from powermap.model import Assessment, PowerMap


def judgements(shown: PowerMap, on: date) -> dict[str, list[Assessment]]:
    """The latest assessment of each leader by each assessor that says both power and interest."""
    latest: dict[tuple[str, str], Assessment] = {}
    for assessment in shown.assessments.values():
        if assessment.power is None or assessment.interest is None:
            continue
        if assessment.assessed_on.earliest > on:
            continue
        key = assessment.leader, assessor(assessment)
        known = latest.get(key)
        if known is None or known.assessed_on.latest < assessment.assessed_on.latest:
            latest[key] = assessment
    found: dict[str, list[Assessment]] = defaultdict(list)
    for (leader, _), assessment in sorted(latest.items(), key=lambda item: item[0]):
        found[leader].append(assessment)
    return found


def assessor(assessment: Assessment) -> str:
    """Who judged: whoever is said to have said it, else whoever recorded it."""
    return said_by(assessment) or assessment.author


def said_by(assessment: Assessment) -> str | None:
    """Whose words they are, where the evidence says so."""
    return next((proof.said_by for proof in assessment.evidence if proof.said_by), None)


class Quadrant(StrEnum):
    """What a place on the power–interest grid is commonly taken to ask for (Mendelow 1991)."""

    MANAGE_CLOSELY = "manage_closely"
    KEEP_SATISFIED = "keep_satisfied"
    KEEP_INFORMED = "keep_informed"
    MONITOR = "monitor"


MIDDLE = 3
"""Of a scale of 1 to 5: whoever is judged so lies between two quadrants, and in neither."""
QUADRANTS = {
    (True, True): Quadrant.MANAGE_CLOSELY,
    (True, False): Quadrant.KEEP_SATISFIED,
    (False, True): Quadrant.KEEP_INFORMED,
    (False, False): Quadrant.MONITOR,
}
"""By whether power, and whether interest, is above the middle."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The power and interest of a leader as they are judged, on average."""

    power: float
    interest: float
    assessments: tuple[Assessment, ...]

    @property
    def quadrant(self) -> Quadrant | None:
        """None on a line between two."""
        if MIDDLE in (self.power, self.interest):
            return None
        return QUADRANTS[self.power > MIDDLE, self.interest > MIDDLE]


def standings(shown: PowerMap, on: date) -> dict[str, Standing]:
    """Of each leader who is judged, the mean of the latest assessment of every assessor."""
    return {
        leader: Standing(
            power=fmean(one.power or 0 for one in found),
            interest=fmean(one.interest or 0 for one in found),
            assessments=tuple(found),
        )
        for leader, found in judgements(shown, on).items()
    }
