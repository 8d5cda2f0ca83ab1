"""Which function finds the gaps of each kind, in the order they are listed."""

from collections.abc import Callable, Iterable, Mapping

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
from graph.findings.gaps.found import Found, FoundGaps
from graph.findings.gaps.groups import groups_without_tie
from graph.findings.gaps.kinds import Gap
from graph.findings.gaps.missing_ties import shared_accountability
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.views import gone_cold, one_way, seen_differently

FAMILIES: Mapping[Gap, Callable[[Reading], Found]] = {
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


def find_gaps(reading: Reading, kinds: Iterable[Gap]) -> FoundGaps:
    return FoundGaps(kinds=tuple(FAMILIES[kind](reading) for kind in kinds))
