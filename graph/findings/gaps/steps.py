"""The next step where a tie is missing: who could make the introduction."""

from collections.abc import Iterable
from typing import Any

from graph.findings.gaps.paths import Path, grade
from graph.findings.gaps.reading import Reading
from graph.findings.phrases import counted, listed, sentence_case
from powermap.vocabulary import AccountabilityKind


def introduction(
    reading: Reading, one: str, other: str, path: Path | None, shared: Iterable[str] = ()
) -> str:
    """Who could introduce the two; without a path the chair of what they share; or whom to ask."""
    if path is not None and path.between:
        return by_way_of(reading, path)
    without = [leader for leader in (one, other) if not reading.contacts[leader]]
    if without:
        asked = listed(reading.names(without))
        return f"Ask {asked} whom they work with: no tie of {_theirs(without)} is recorded."
    for body in shared:
        chair = _chair(reading, body, {one, other})
        if chair is not None:
            return (
                f"{reading.name(chair)}, who chairs {reading.name(body)}, could bring "
                f"{reading.name(one)} and {reading.name(other)} together."
            )
    return (
        f"No path of up to four ties joins {reading.name(one)} and {reading.name(other)}: "
        "arrange a first meeting directly."
    )


def _theirs(without: list[str]) -> str:
    return "either" if len(without) > 1 else "theirs"


def by_way_of(reading: Reading, path: Path) -> str:
    """`Asha could introduce Ben to Carys.`, or by way of whom; and how sure that is."""
    doubt = "" if path.from_both_sides else " (a tie on the way is seen from one side only)"
    return f"{way(reading, path)}{doubt}."


def way(reading: Reading, path: Path) -> str:
    first, last = reading.name(path.people[0]), reading.name(path.people[-1])
    between = [reading.name(person) for person in path.between]
    if len(between) == 1:
        return f"{between[0]} could introduce {first} to {last}"
    return (
        f"{first} could go by way of {' and then '.join(between)}, "
        f"who could make the introduction to {last}"
    )


def _chair(reading: Reading, body: str, but: set[str]) -> str | None:
    for duty in reading.shown.accountabilities.values():
        if duty.to == body and duty.kind is AccountabilityKind.CHAIR and duty.holder not in but:
            if duty.holder in reading.shown.leaders:
                return duty.holder
    return None


def go_between(reading: Reading, one: str, other: str) -> str | None:
    """Who is tied to both, and could speak with both: the best by the grade of the weaker tie.

    Ties seen from both sides go first; of equals the first by name.
    """
    best: tuple[bool, int] | None = None
    found = None
    for person in reading.in_order(reading.contacts[one] & reading.contacts[other]):
        ties = [tie for end in (one, other) if (tie := reading.tie(person, end)) is not None]
        grades = [value for tie in ties if (value := grade(tie, reading.day)) is not None]
        if person not in reading.shown.leaders or len(grades) < 2:
            continue
        worth = all(tie.from_both_sides for tie in ties), min(grades)
        if best is None or worth > best:
            best, found = worth, person
    return found


def with_go_between(reading: Reading, step: str, between: str | None, could: str) -> str:
    """The step, and who could help with it, where there is somebody."""
    if between is None:
        return step
    return f"{step} {reading.name(between)}, who has ties with both, could {could}."


def path_facts(path: Path | None) -> dict[str, Any]:
    """The best path between the two, for a table; None where there is none."""
    if path is None:
        return {
            "introducer": None,
            "path": None,
            "path_score": None,
            "path_weakest_strength": None,
            "path_from_both_sides": None,
        }
    return {
        "introducer": path.introducer,
        "path": list(path.people),
        "path_score": path.score,
        "path_weakest_strength": path.weakest_strength,
        "path_from_both_sides": path.from_both_sides,
    }


def share(part: int, whole: int, one: str, many: str) -> str:
    """`All 13 ties`, `The only tie`, `Two ties of 13`, to begin a sentence with."""
    if part == whole == 1:
        return f"The only {one}"
    if part == whole:
        return f"Both {many}" if whole == 2 else f"All {whole:,} {many}"
    return f"{sentence_case(counted(part, one, many))} of {whole:,}"
