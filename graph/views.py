"""Whose word makes a tie, and how strong it must be: the analyst's choice, made on a network.

A tie is the view of its source, so two may see the same tie differently, or one not at all.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import networkx as nx

Laid: TypeAlias = "nx.DiGraph[str]"


class ViewRule(StrEnum):
    """Which views make a tie: that of either side, those of both, or the mean of those there."""

    EITHER = "either"
    BOTH = "both"
    MEAN = "mean"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The ties that a rule and a threshold leave, and how many views they rest on or drop."""

    graph: Laid
    one_sided: int
    """Ties left that one side alone names; under `both`, those left out because of it."""
    below: int
    """Left out: a strength is recorded, and it is lower than asked for."""
    strength_unknown: int
    """Left out: no strength is recorded, so that nobody can say whether it is high enough."""
    seen_lower: int
    """Left out under `both`: the other side names the tie, but not at the strength asked for."""


def choose_views(laid: Laid, rule: ViewRule, at_least: int | None = None) -> Chosen:
    """Turn views into ties.

    Either: each view is a tie, in its own direction. Both: a view is a tie where the other side
    names it too; each keeps its own strength. Mean: two are tied, each way, where either names
    the other, at the mean of the strengths there are.

    With `at_least` a view (under `mean`, the mean) must be so strong. What is left keeps its
    strength.
    """
    if rule is ViewRule.EITHER and at_least is None:
        alone = sum(not laid.has_edge(target, source) for source, target in laid.edges)
        return Chosen(graph=laid, one_sided=alone, below=0, strength_unknown=0, seen_lower=0)
    views = _mean(laid) if rule is ViewRule.MEAN else laid
    chosen = _like(laid)
    below = strength_unknown = 0
    for source, target, view in views.edges(data=True):
        strength = view.get("weight")
        if at_least is None or (strength is not None and strength >= at_least):
            chosen.add_edge(source, target, **view)
        elif strength is None:
            strength_unknown += 1
        else:
            below += 1
    one_sided = [
        (one, other)
        for one, other in chosen.edges
        if not (laid.has_edge(one, other) and laid.has_edge(other, one))
    ]
    seen_lower = 0
    if rule is ViewRule.BOTH:
        chosen.remove_edges_from(one_sided)
        lower = [(one, other) for one, other in chosen.edges if not chosen.has_edge(other, one)]
        chosen.remove_edges_from(lower)
        seen_lower = len(lower)
    return Chosen(
        graph=chosen,
        one_sided=len(one_sided),
        below=below,
        strength_unknown=strength_unknown,
        seen_lower=seen_lower,
    )


def _like(laid: Laid) -> Laid:
    """The same nodes in the same order, without ties."""
    empty: Laid = nx.DiGraph()
    empty.add_nodes_from(laid)
    return empty


def _mean(laid: Laid) -> Laid:
    both_ways = _like(laid)
    for source, target in laid.edges:
        if both_ways.has_edge(source, target):
            continue
        views = [
            laid.edges[tie] for tie in ((source, target), (target, source)) if laid.has_edge(*tie)
        ]
        records = tuple(dict.fromkeys(record for view in views for record in view["ties"]))
        strengths = [view["weight"] for view in views if "weight" in view]
        mean = {"weight": sum(strengths) / len(strengths)} if strengths else {}
        both_ways.add_edge(source, target, ties=records, **mean)
        both_ways.add_edge(target, source, ties=records, **mean)
    return both_ways
