"""What needs groups: brokerage and its companions, and whether ties stay within groups."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from graph.findings.report.work import Work, plain
from graph.measures import Role, RoleScore, brokerage
from graph.measures.effort import begun
from graph.measures.mixing import Mixing, mixing
from graph.measures.partial_credit import PartialCredit, brokerage_partial_credit
from graph.measures.shuffled import ShuffledBrokerage, brokerage_shuffled

Groups = Mapping[str, str | None]

MOST_PAIRS_OF_GROUPS = 2_500
"""Above this, only pairs of groups with a tie have a row."""


class Also(StrEnum):
    """What is worked out on request."""

    PERMUTATION = "permutation"
    PARTIAL_CREDIT = "partial_credit"


SECTION_OF = {
    Also.PERMUTATION: "brokerage_shuffled",
    Also.PARTIAL_CREDIT: "brokerage_partial_credit",
}


def by_group(
    work: Work, groups: Groups | None, also: Collection[Also], no_groups: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The sections of the map, and the roles of each node that has a group.

    Without groups every section is None, for the reason given.
    """
    if groups is None:
        names = ("brokerage", "mixing", *(SECTION_OF[one] for one in also))
        return dict.fromkeys(names) | {"reasons": dict.fromkeys(names, no_groups)}, {}
    begun("brokerage")
    found = brokerage(work.taken, groups)
    work.method["brokerage"] = found.method
    whole: dict[str, Any] = {
        "brokerage": {
            role.value: {**_role(score), "p": score.p} for role, score in found.whole_map.items()
        },
        "group_sizes": dict(found.group_sizes),
        "without_group": list(found.without_group),
    }
    if Also.PERMUTATION in also:
        shuffled = work.section("brokerage_shuffled", brokerage_shuffled, work.taken, groups)
        whole["brokerage_shuffled"] = _shuffled(shuffled) if shuffled else None
    if Also.PARTIAL_CREDIT in also:
        shared = work.section(
            "brokerage_partial_credit", brokerage_partial_credit, work.taken, groups
        )
        whole["brokerage_partial_credit"] = _shares(shared) if shared else None
    mixed = work.section("mixing", mixing, work.taken, groups)
    whole["mixing"] = _mixing(mixed) if mixed else None
    return whole, {
        node: {role.value: _role(roles[role]) for role in Role}
        for node, roles in found.brokers.items()
    }


def _role(score: RoleScore) -> dict[str, Any]:
    row = {"raw": score.raw, "expected": score.expected, "sd": score.sd, "z": score.z}
    return row | ({"reason": score.reason} if score.reason else {})


def _shuffled(found: ShuffledBrokerage) -> dict[str, Any]:
    return {
        "whole_map": {role.value: asdict(one) for role, one in found.whole_map.items()},
        "nodes": {
            node: {role.value: asdict(one) for role, one in roles.items()}
            for node, roles in found.brokers.items()
        },
        "shuffles": found.shuffles,
        "seed": found.seed,
    }


def _shares(found: PartialCredit) -> dict[str, Any]:
    return {
        "whole_map": {role.value: share for role, share in found.whole_map.items()},
        "nodes": {
            node: {role.value: share for role, share in roles.items()}
            for node, roles in found.brokers.items()
        },
    }


def _mixing(found: Mixing) -> dict[str, Any]:
    all_pairs = len(found.table) <= MOST_PAIRS_OF_GROUPS
    return plain(found) | {
        "table_holds": "all pairs of groups" if all_pairs else "pairs of groups with a tie",
        "table": [
            {"from": one, "to": other, "ties": ties, "pairs": pairs}
            for one, other, ties, pairs in found.table
            if all_pairs or ties
        ],
    }
