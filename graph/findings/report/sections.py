"""The sections of a report: the one list that a map and a table of ties share."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graph.findings.report.groups import SECTION_OF, Also, Groups, by_group
from graph.findings.report.rows import BANDED, node_rows
from graph.findings.report.whole_map import KEY_PLAYERS, LARGEST_SET, SECTIONS, whole_map
from graph.findings.report.work import Work
from graph.measures import MEASURES, Snapshot
from graph.measures.whole_map import WHOLE_MAP

STEPS = (
    *WHOLE_MAP,
    *SECTIONS,
    *(f"{name}_{size}" for name in KEY_PLAYERS for size in range(1, LARGEST_SET + 1)),
    "brokerage",
    *SECTION_OF.values(),
    "mixing",
    *MEASURES,
    *(f"bands_{name}" for name in BANDED),
)
"""What is worked out one after the other, by the names told on the way (`graph.measures.effort`);
some of it is left out where nobody asks for it."""


@dataclass(frozen=True, kw_only=True)
class Sections:
    """What was measured, ready for JSON: null where not defined, with a reason; not rounded."""

    map: dict[str, Any]
    nodes: dict[str, dict[str, Any]]
    method: dict[str, str]
    not_computed: dict[str, str]


def sections(
    taken: Snapshot,
    groups: Groups | None,
    *,
    no_groups: str,
    no_group: str,
    largest_set: int,
    also: Collection[Also] = (),
) -> Sections:
    """Measure a network in full; `no_groups` and `no_group` say why brokerage is null."""
    work = Work(taken=taken)
    whole = whole_map(work, largest_set)
    of_groups, roles = by_group(work, groups, also, no_groups)
    reasons = whole.pop("reasons") | of_groups.pop("reasons", {})
    why = no_groups if groups is None else no_group
    rows = node_rows(work, roles, why)
    return Sections(
        map={**whole, **of_groups, "reasons": reasons},
        nodes=rows,
        method=work.method,
        not_computed=work.not_computed,
    )
