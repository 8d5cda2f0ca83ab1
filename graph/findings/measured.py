"""Every measure of one network as JSON-ready rows, with how each was computed beside it."""

from typing import Any

from graph.findings.brokers import broker_answer
from graph.measures import Role, RoleScore, all_scores, brokerage, snapshot
from graph.measures.effort import begun
from graph.measures.figures import Figure
from graph.measures.whole_map import WHOLE_MAP
from graph.network import Network, Unit
from powermap.errors import TooMuch
from powermap.model import PowerMap


def measured(power_map: PowerMap, network: Network) -> dict[str, Any]:
    """All measures of a network, per leader or organisation and for the whole map.

    What is not defined is None, with its reason under `reasons`; what would take too long is
    named under `not_computed`. Doubles are not rounded.
    """
    taken = snapshot(network.graph)
    scores, not_computed = all_scores(taken)
    figures: dict[str, Figure] = {}
    for name, figure_of in WHOLE_MAP.items():
        begun(name)
        try:
            figures[name] = figure_of(taken)
        except TooMuch as error:
            not_computed[name] = str(error)
    begun("brokerage")
    roles = brokerage(network.graph, network.groups)
    parties = power_map.leaders if network.unit is Unit.LEADERS else power_map.organisations
    nodes = []
    for node in network.graph:
        row: dict[str, Any] = {"id": node, "name": parties[node].name}
        if node in network.groups:
            row["group"] = network.groups[node]
        if node in network.other_groups:
            row["other_groups"] = list(network.other_groups[node])
        reasons = {name: s.reasons[node] for name, s in scores.items() if node in s.reasons}
        row.update({name: score.values[node] for name, score in scores.items()})
        if node in roles.brokers:
            row["brokerage"] = _roles(roles.brokers[node])
        else:
            row["brokerage"] = None
            reasons["brokerage"] = "has no group: no post or seat in a body on this date"
        row["reasons"] = reasons
        nodes.append(row)
    return {
        "network": about(network),
        "answer": _answer(power_map, network),
        "map": {
            **{name: figure.value for name, figure in figures.items()},
            "brokerage": _roles(roles.whole_map),
            "reasons": {name: f.reason for name, f in figures.items() if f.reason},
        },
        "nodes": nodes,
        "methods": {
            **{name: score.method for name, score in scores.items()},
            **{name: figure.method for name, figure in figures.items()},
            "brokerage": roles.method,
        },
        "not_computed": not_computed,
    }


def about(network: Network) -> dict[str, Any]:
    """Which network was measured, and what was left out or merged on the way."""
    return {
        "layer": network.layer.value,
        "unit": network.unit.value,
        "group_by": network.group_by.value,
        "on": network.on.isoformat(),
        "nodes": network.graph.number_of_nodes(),
        "ties": network.graph.number_of_edges(),
        "merged": network.merged,
        "inside_one_body": network.inside,
        "with_an_organisation_at_one_end": network.beside,
        "of_people_without_a_place": network.unplaced,
        "may_not_have_been_held": network.doubtful,
        "without_strength": network.without_strength,
        "without_group": sum(1 for node in network.graph if node not in network.groups),
    }


def _roles(roles: Any) -> dict[str, Any]:
    return {role.value: _role(roles[role]) for role in Role}


def _role(score: RoleScore) -> dict[str, Any]:
    row: dict[str, Any] = {
        "raw": score.raw,
        "expected": score.expected,
        "sd": score.sd,
        "z": score.z,
    }
    if score.reason is not None:
        row["reason"] = score.reason
    return row


def _answer(power_map: PowerMap, network: Network) -> dict[str, Any]:
    found = broker_answer(power_map, network)
    return {
        "sentence": found.sentence,
        "broker": found.broker,
        "joined": found.choice.joined,
        "equals": list(found.choice.equals),
        "rule": found.choice.rule,
        "pairs": [
            {
                "source": pair.source,
                "target": pair.target,
                "role": pair.role.value,
                "also_through": list(pair.also_through),
            }
            for pair in found.pairs
        ],
    }
