"""Which gap is the same gap at another revision: a key that outlives its wording."""

from collections.abc import Callable, Iterable, Mapping

from graph.findings.answer import Row
from graph.findings.gaps.kinds import Gap


def gap_key(kind: str, *about: str) -> str:
    """The kind, and what the gap is about in whatever order: ids, or the names of groups."""
    return ":".join((kind, *sorted(about)))


def row_key(row: Row) -> str:
    """What stays of a row while the map changes around it.

    Two people without a tie stay one gap whoever could introduce them; a silent side stays one
    gap however many ties it is silent about.
    """
    return gap_key(row.kind, *_ABOUT[Gap(row.kind)](row))


def _first(row: Row) -> Iterable[str]:
    return row.parties[:1]


def _pair(row: Row) -> Iterable[str]:
    return row.parties[:2]


def _body(row: Row) -> Iterable[str]:
    return row.parties[-1:]


def _groups(row: Row) -> Iterable[str]:
    groups: list[str] = row.facts["groups"]
    return groups


def _record(row: Row) -> Iterable[str]:
    return row.records[:1]


def _sort(row: Row) -> Iterable[str]:
    return (row.facts["sort"],)


def _the_only_one(_: Row) -> Iterable[str]:
    return ()


_ABOUT: Mapping[Gap, Callable[[Row], Iterable[str]]] = {
    Gap.SHARED_ACCOUNTABILITY: _pair,
    Gap.DEPENDENT_BODIES: _pair,
    Gap.GROUPS_WITHOUT_TIE: _groups,
    Gap.ONE_WAY: _first,
    Gap.SEEN_DIFFERENTLY: _pair,
    Gap.GONE_COLD: _pair,
    Gap.CONFLICT_AVOIDED: _pair,
    Gap.NO_HOLDER: _record,
    Gap.TWO_CHIEF_OFFICERS: _body,
    Gap.HOLDER_LEFT: _first,
    Gap.BODY_ABOLISHED: _first,
    Gap.NO_ACCOUNTABILITY: _first,
    Gap.EVIDENCE_MISSING: _sort,
    Gap.EVIDENCE_OLD: _sort,
    Gap.ONE_SIDES_WORD: _the_only_one,
    Gap.VOICE_AT_THE_EDGE: _first,
}
