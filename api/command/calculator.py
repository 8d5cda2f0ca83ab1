"""The calculator: every measure of any table of nodes and ties, without a map."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from graph.exchange.tie_list import TieList, read_tie_list
from graph.measures import MEASURES, Role, all_scores, brokerage, snapshot
from graph.measures.communities import communities
from graph.measures.core_periphery import core_periphery
from graph.measures.divisions import divisions
from graph.measures.key_players import KeyPlayers, furthest_reaching, most_fragmenting
from graph.measures.mixing import mixing
from graph.measures.shuffled import brokerage_shuffled
from graph.measures.snapshot import Snapshot
from graph.measures.whole_map import WHOLE_MAP
from powermap.errors import TooMuch

LARGEST_SET = 3
NO_GROUPS = "no column of groups was named"


def calculate(nodes: bytes, ties: bytes, groups: str | None) -> dict[str, Any]:
    """All measures of two tables, ready for JSON: doubles unrounded, null with a reason.

    `groups` is the heading of the column in the table of nodes that says who belongs together.
    """
    table = read_tie_list(nodes, ties, groups)
    taken = snapshot(table.network)
    scores, not_computed = all_scores(taken)
    method = {name: score.method for name, score in scores.items()}
    whole = _whole_map(taken, method, not_computed)
    roles = _brokerage(taken, table, whole, method, not_computed)
    rows = []
    for node in taken.nodes:
        reasons = {name: s.reasons[node] for name, s in scores.items() if node in s.reasons}
        reasons |= dict(not_computed)
        if roles.get(node) is None:
            reasons["brokerage"] = NO_GROUPS if table.groups is None else "has no group"
        row: dict[str, Any] = {"node": node}
        if table.groups is not None:
            row["group"] = table.groups[node]
        row["brokerage"] = roles.get(node)
        row |= {name: scores[name].values[node] if name in scores else None for name in MEASURES}
        row["reasons"] = {name: why for name, why in reasons.items() if row.get(name, 0) is None}
        rows.append(row)
    return {
        "method": {"powermap": version("powermap"), "groups": groups, **method},
        "map": whole,
        "nodes": rows,
        "not_computed": not_computed,
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


def _whole_map(
    taken: Snapshot, method: dict[str, str], not_computed: dict[str, str]
) -> dict[str, Any]:
    whole: dict[str, Any] = {"nodes": taken.size, "ties": taken.ties}
    whole["ties_without_weight"] = taken.ties - taken.strengths.nnz
    reasons: dict[str, str] = {}
    for name, figure_of in WHOLE_MAP.items():
        figure = _unless_too_much(name, lambda f=figure_of: f(taken), not_computed)  # type: ignore[misc]
        whole[name] = figure.value if figure else None
        if figure:
            method[name] = figure.method
            whole |= {f"{name}_{part}": value for part, value in figure.beside.items()}
            if figure.reason:
                reasons[name] = figure.reason
    further: dict[str, Callable[[], Any]] = {
        "divisions": lambda: divisions(taken),
        "core_periphery": lambda: core_periphery(taken),
        "communities": lambda: communities(taken),
    }
    for name, work in further.items():
        found = _unless_too_much(name, work, not_computed)
        whole[name] = _plain(found) if found else None
        if found:
            method[name] = found.method
    whole["key_players"] = _key_players(taken, method, not_computed)
    whole["reasons"] = reasons
    return whole


def _key_players(
    taken: Snapshot, method: dict[str, str], not_computed: dict[str, str]
) -> dict[str, Any]:
    searches: dict[str, Callable[[int], KeyPlayers]] = {
        "loss_divides_most": lambda size: most_fragmenting(taken, size),
        "together_reach_most": lambda size: furthest_reaching(taken, size),
    }
    sets: dict[str, Any] = {}
    for name, search in searches.items():
        sets[name] = []
        for size in range(1, LARGEST_SET + 1):
            found = _unless_too_much(
                f"{name}_{size}",
                lambda search=search, size=size: search(size),  # type: ignore[misc]
                not_computed,
            )
            if found:
                method[f"{name}_{size}"] = found.method
                sets[name].append({"size": size, **_plain(found)})
    return sets


def _brokerage(
    taken: Snapshot,
    table: TieList,
    whole: dict[str, Any],
    method: dict[str, str],
    not_computed: dict[str, str],
) -> dict[str, Any]:
    """The roles of each node; those of the map, and what else needs groups, go into `whole`."""
    groups = table.groups
    if groups is None:
        whole |= dict.fromkeys(("brokerage", "brokerage_shuffled", "mixing"))
        whole["reasons"] |= dict.fromkeys(("brokerage", "brokerage_shuffled", "mixing"), NO_GROUPS)
        return {}
    found = brokerage(taken, groups)
    method["brokerage"] = found.method
    whole["brokerage"] = {
        role.value: {**_role(score), "p": score.p} for role, score in found.whole_map.items()
    }
    whole["group_sizes"] = dict(found.group_sizes)
    whole["without_group"] = list(found.without_group)
    shuffled = _unless_too_much(
        "brokerage_shuffled", lambda: brokerage_shuffled(taken, groups), not_computed
    )
    whole["brokerage_shuffled"] = None
    if shuffled:
        method["brokerage_shuffled"] = shuffled.method
        whole["brokerage_shuffled"] = {
            "whole_map": {role.value: asdict(one) for role, one in shuffled.whole_map.items()},
            "nodes": {
                node: {role.value: asdict(one) for role, one in roles.items()}
                for node, roles in shuffled.brokers.items()
            },
        }
    mixed = _unless_too_much("mixing", lambda: mixing(taken, groups), not_computed)
    whole["mixing"] = None
    if mixed:
        method["mixing"] = mixed.method
        whole["mixing"] = _plain(mixed)
        whole["mixing"]["table"] = [
            {"from": one, "to": other, "ties": ties, "pairs": pairs}
            for one, other, ties, pairs in mixed.table
        ]
    return {
        node: {role.value: _role(score) for role, score in roles.items()}
        for node, roles in found.brokers.items()
    }


def _role(score: Any) -> dict[str, Any]:
    row = {"raw": score.raw, "expected": score.expected, "sd": score.sd, "z": score.z}
    return row | ({"reason": score.reason} if score.reason else {})


def _plain(found: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(found).items() if name != "method"}


def _unless_too_much(name: str, work: Callable[[], Any], not_computed: dict[str, str]) -> Any:
    try:
        return work()
    except TooMuch as error:
        not_computed[name] = str(error)
        return None
