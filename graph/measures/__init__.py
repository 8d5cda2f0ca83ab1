"""The measures: a network in, one number per leader or organisation out, one file per family.

`MEASURES` lists those that need the network alone. Brokerage also needs to know who belongs to
which group, and stands beside the list.
"""

from collections.abc import Callable, Mapping

from graph.measures.brokerage import Brokerage, RoleScore, brokerage
from graph.measures.brokers import OpenPair, StrongestBroker, open_pairs, strongest_broker
from graph.measures.centrality import (
    betweenness,
    betweenness_normalised,
    views_given,
    views_given_weighted,
    views_received,
    views_received_weighted,
)
from graph.measures.roles import Role
from graph.measures.scores import DirectedNetwork, Scores
from graph.measures.structural_holes import constraint, constraint_weighted

MEASURES: Mapping[str, Callable[[DirectedNetwork], Scores]] = {
    "views_received": views_received,
    "views_received_weighted": views_received_weighted,
    "views_given": views_given,
    "views_given_weighted": views_given_weighted,
    "betweenness": betweenness,
    "betweenness_normalised": betweenness_normalised,
    "constraint": constraint,
    "constraint_weighted": constraint_weighted,
}

__all__ = [
    "MEASURES",
    "Brokerage",
    "DirectedNetwork",
    "OpenPair",
    "Role",
    "RoleScore",
    "Scores",
    "StrongestBroker",
    "brokerage",
    "open_pairs",
    "strongest_broker",
]
