"""What is missing, weak or out of date on a map: every gap, ranked, with a next step.

One file per family of gaps; `kinds.py` prints their rules, `reading.py` reads the map once.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from graph.findings.answer import Finding
from graph.findings.gaps.accountability import (
    no_accountability,
    no_holder,
    two_chief_officers,
)
from graph.findings.gaps.avoided import conflict_avoided
from graph.findings.gaps.dependence import dependent_bodies
from graph.findings.gaps.edge import voice_at_the_edge
from graph.findings.gaps.ended import body_abolished, holder_left
from graph.findings.gaps.evidence import evidence_missing, evidence_old, one_sides_word
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import ORDER, RULES, Gap
from graph.findings.gaps.missing_ties import groups_without_tie, shared_accountability
from graph.findings.gaps.paths import PATH_RULE
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.views import gone_cold, one_way, seen_differently
from graph.findings.phrases import counted, on_day
from powermap.errors import InvalidValue
from powermap.model import PowerMap

__all__ = ["RULES", "Gap", "gaps"]

_FAMILIES: Mapping[Gap, Callable[[Reading], Found]] = {
    Gap.SHARED_ACCOUNTABILITY: shared_accountability,
    Gap.DEPENDENT_BODIES: dependent_bodies,
    Gap.GROUPS_WITHOUT_TIE: groups_without_tie,
    Gap.ONE_WAY: one_way,
    Gap.SEEN_DIFFERENTLY: seen_differently,
    Gap.GONE_COLD: gone_cold,
    Gap.CONFLICT_AVOIDED: conflict_avoided,
    Gap.NO_HOLDER: no_holder,
    Gap.TWO_CHIEF_OFFICERS: two_chief_officers,
    Gap.HOLDER_LEFT: holder_left,
    Gap.BODY_ABOLISHED: body_abolished,
    Gap.NO_ACCOUNTABILITY: no_accountability,
    Gap.EVIDENCE_MISSING: evidence_missing,
    Gap.EVIDENCE_OLD: evidence_old,
    Gap.ONE_SIDES_WORD: one_sides_word,
    Gap.VOICE_AT_THE_EDGE: voice_at_the_edge,
}


def gaps(
    power_map: PowerMap, on: date | None = None, *, kinds: Iterable[str] | None = None
) -> Finding:
    """Every gap on a day (the map's as-at date unless given), or those of some kinds.

    Raises `InvalidValue` for a kind that is none.
    """
    wanted = _wanted(kinds)
    reading = Reading(power_map, on)
    found = [_FAMILIES[kind](reading) for kind in Gap if kind in wanted]
    return Finding(
        question="Where is something missing, weak or out of date?",
        sentences=(_opening(reading, found), *(s for part in found for s in part.sentences)),
        rows=tuple(row for part in found for row in part.rows),
        rule="\n".join(
            [ORDER, *(f"{kind}: {RULES[kind]}" for kind in Gap if kind in wanted), PATH_RULE]
        ),
        thin=_thin(reading),
    )


def _wanted(kinds: Iterable[str] | None) -> set[Gap]:
    if kinds is None:
        return set(Gap)
    try:
        return {Gap(kind) for kind in kinds}
    except ValueError:
        raise InvalidValue.at("kinds", f"must be one of {', '.join(Gap)}") from None


def _opening(reading: Reading, found: list[Found]) -> str:
    count = sum(part.count for part in found)
    sorts = sum(1 for part in found if part.count)
    where = f"In the recorded map on {on_day(reading.day)}"
    if not count:
        return f"{where} no gap of {'these kinds' if len(found) > 1 else 'this kind'} is found."
    kinds = f" of {counted(sorts, 'kind')}" if len(found) > 1 else ""
    return f"{where} {'there is' if count == 1 else 'there are'} {counted(count, 'gap')}{kinds}."


def _thin(reading: Reading) -> str | None:
    """Why a tie that is missing here may only be missing from the map."""
    every = len(reading.leaders)
    if every < 2:
        return f"{'One' if every else 'No'} leader is on the map on this day."
    tied = sum(1 for leader in reading.leaders if reading.contacts[leader])
    if not tied:
        return "No tie of any leader is recorded on this day: a missing tie tells nothing here."
    if 2 * tied < every:
        return (
            f"Ties are recorded of {tied} of {every} leaders only: a tie that is missing here may "
            "be missing from the map alone."
        )
    return None
