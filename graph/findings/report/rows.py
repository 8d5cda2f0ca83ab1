"""A row for each node: every measure, how far its ranks are to be trusted, and why one is null."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph.findings.report.work import Work
from graph.measures import MEASURES, all_scores
from graph.measures.bands import Bands, bands

BANDED = ("views_received", "betweenness", "harmonic_in", "constraint")
"""The measures people are ranked by; for each, the ranks with any one tie left out."""


def node_rows(work: Work, roles: Mapping[str, Any], no_role: str) -> dict[str, dict[str, Any]]:
    """The row of each node; `no_role` says why those without brokerage have none."""
    scores, too_long = all_scores(work.taken)
    work.not_computed |= too_long
    work.method |= {name: score.method for name, score in scores.items()}
    banded = _banded(work)
    rows = {}
    for node in work.taken.nodes:
        row: dict[str, Any] = {"brokerage": roles.get(node)}
        reasons = dict(too_long)
        for name in dict.fromkeys((*MEASURES, *scores)):
            score = scores.get(name)
            row[name] = score.values[node] if score else None
            if score and node in score.reasons:
                reasons[name] = score.reasons[node]
        if row["brokerage"] is None:
            reasons["brokerage"] = no_role
        row["bands"] = {name: asdict(one.bands[node]) for name, one in banded.items()} or None
        errors = {
            name: score.standard_errors[node]
            for name, score in scores.items()
            if score.standard_errors
        }
        if errors:
            row["standard_errors"] = errors
        rows[node] = row | {"reasons": reasons}
    return rows


def _banded(work: Work) -> dict[str, Bands]:
    """The bands of each measure that is quick enough to take again without each tie."""
    found = {
        name: work.section(f"bands_{name}", bands, work.taken, MEASURES[name]) for name in BANDED
    }
    return {name: one for name, one in found.items() if one}
