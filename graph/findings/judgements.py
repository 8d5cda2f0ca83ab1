"""Whose judgement of whom counts: the latest of each assessor, up to a day."""

from collections import defaultdict
from datetime import date

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
