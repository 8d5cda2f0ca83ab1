"""Every measure of one network of a map, JSON-ready, with how each was computed beside it."""

from collections.abc import Collection
from importlib.metadata import version
from typing import Any

from graph.findings.brokers import broker_answer
from graph.findings.report.groups import Also
from graph.findings.report.map_told import told_of_map
from graph.findings.report.network_told import about as about
from graph.findings.report.network_told import in_words
from graph.findings.report.sections import sections
from graph.measures import Snapshot, snapshot
from graph.network import GroupBy, Network, Unit
from powermap.model import PowerMap

USUAL_SET = 2
"""How many are in the largest set of key players, unless more or fewer are asked for."""
NO_GROUP = "has no group: no post or seat in a body on this date"
NO_LEVEL = "has no group: no post or seat with a level on this date"


def measured(
    power_map: PowerMap,
    network: Network,
    *,
    largest_set: int = USUAL_SET,
    also: Collection[Also] = (),
) -> dict[str, Any]:
    """All measures of a network, per leader or organisation and for the whole map.

    What is not defined is None, with its reason under `reasons`; what would take too long is
    named under `not_computed`. Doubles are not rounded.
    """
    taken = snapshot(network.graph)
    found = sections(
        taken,
        network.groups,
        no_groups=NO_GROUP,
        no_group=NO_LEVEL if network.group_by is GroupBy.LEVEL else NO_GROUP,
        largest_set=largest_set,
        also=also,
    )
    parties = power_map.leaders if network.unit is Unit.LEADERS else power_map.organisations
    names = {node: parties[node].name for node in found.nodes}
    nodes = []
    for node, measures in found.nodes.items():
        row: dict[str, Any] = {"id": node, "name": names[node]}
        if node in network.groups:
            row["group"] = network.groups[node]
        if node in network.other_groups:
            row["other_groups"] = list(network.other_groups[node])
        nodes.append(row | measures)
    return {
        "network": about(network),
        "in_words": in_words(power_map, network),
        "answer": _answer(power_map, network, taken),
        "map": found.map,
        "map_in_words": told_of_map(network, names, found.map),
        "nodes": nodes,
        "method": {"powermap": version("powermap"), **found.method},
        "not_computed": found.not_computed,
    }


def _answer(power_map: PowerMap, network: Network, taken: Snapshot) -> dict[str, Any]:
    found = broker_answer(power_map, network, taken)
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
