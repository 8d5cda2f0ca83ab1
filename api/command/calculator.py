"""The calculator: every measure of any table of nodes and ties, without a map."""

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from graph.exchange.tie_list import read_tie_list
from graph.findings.report.groups import Also
from graph.findings.report.sections import sections
from graph.findings.report.whole_map import LARGEST_SET
from graph.measures import MEASURES, Role, snapshot

NO_GROUPS = "no column of groups was named"


def calculate(nodes: bytes, ties: bytes, groups: str | None) -> dict[str, Any]:
    """All measures of two tables, ready for JSON: doubles unrounded, null with a reason.

    `groups` is the heading of the column in the table of nodes that says who belongs together.
    """
    table = read_tie_list(nodes, ties, groups)
    found = sections(
        snapshot(table.network),
        table.groups,
        no_groups=NO_GROUPS,
        no_group="has no group",
        largest_set=LARGEST_SET,
        also=list(Also),
    )
    rows = []
    for node, measures in found.nodes.items():
        row: dict[str, Any] = {"node": node}
        if table.groups is not None:
            row["group"] = table.groups[node]
        rows.append(row | measures)
    return {
        "method": {"powermap": version("powermap"), "groups": groups, **found.method},
        "map": found.map,
        "nodes": rows,
        "not_computed": found.not_computed,
        "problems": [asdict(problem) for problem in table.problems],
    }


def as_csv(result: Mapping[str, Any]) -> str:
    """The nodes of a calculation as a table: a column each, empty where not defined."""
    parts = ("raw", "expected", "sd", "z")
    titles = [
        "node",
        *(["group"] if any("group" in row for row in result["nodes"]) else []),
        *(f"{role.value}_{part}" for role in Role for part in parts),
        *MEASURES,
        "reasons",
    ]
    written = io.StringIO()
    table = csv.DictWriter(written, titles, lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    for row in result["nodes"]:
        roles = row["brokerage"] or {}
        table.writerow(
            {
                **row,
                **{
                    f"{role}_{part}": scores[part]
                    for role, scores in roles.items()
                    for part in parts
                },
                "reasons": "; ".join(f"{name}: {why}" for name, why in row["reasons"].items()),
            }
        )
    return written.getvalue()
