"""The measures: a network in, one number per leader or organisation out, one file per family.

`MEASURES` lists those that need the network alone, in the order in which they are shown;
`all_scores` takes them together, so that what they share is worked out once. Brokerage also needs
to know who belongs to which group, and stands beside the list.
"""

from collections.abc import Callable, Mapping

from graph.measures.brokerage import Brokerage, RoleScore, brokerage
from graph.measures.brokers import OpenPair, StrongestBroker, open_pairs, strongest_broker
from graph.measures.centrality import (
    betweenness,
    betweenness_normalised,
    betweenness_weighted,
    views_given,
    views_given_weighted,
    views_received,
    views_received_weighted,
)
from graph.measures.closeness import (
    closeness_in,
    closeness_out,
    harmonic_in,
    harmonic_out,
    reached_in,
    reached_out,
    two_step_reach_in,
    two_step_reach_out,
)
from graph.measures.cores import k_core
from graph.measures.divisions import fragmentation_without
from graph.measures.effort import begun
from graph.measures.roles import Role
from graph.measures.sampled import betweenness_sampled
from graph.measures.scores import DirectedNetwork, Scores
from graph.measures.snapshot import Measured, Snapshot, snapshot
from graph.measures.standing import (
    authorities,
    eigenvector,
    hubs,
    katz,
    pagerank,
    pagerank_weighted,
)
from graph.measures.structural_holes import (
    constraint,
    constraint_weighted,
    effective_size,
    effective_size_weighted,
    efficiency,
    efficiency_weighted,
    hierarchy,
    hierarchy_weighted,
)
from powermap.errors import TooMuch

MEASURES: Mapping[str, Callable[[Measured], Scores]] = {
    measure.__name__: measure
    for measure in (
        views_received,
        views_received_weighted,
        views_given,
        views_given_weighted,
        betweenness,
        betweenness_normalised,
        betweenness_weighted,
        closeness_in,
        closeness_out,
        reached_in,
        reached_out,
        harmonic_in,
        harmonic_out,
        two_step_reach_in,
        two_step_reach_out,
        eigenvector,
        pagerank,
        pagerank_weighted,
        katz,
        hubs,
        authorities,
        k_core,
        constraint,
        constraint_weighted,
        effective_size,
        effective_size_weighted,
        efficiency,
        efficiency_weighted,
        hierarchy,
        hierarchy_weighted,
        fragmentation_without,
    )
}


def all_scores(network: Measured) -> tuple[dict[str, Scores], dict[str, str]]:
    """Return every measure of `MEASURES` by name, and why those left out would take too long.

    Where betweenness is left out, `betweenness_sampled` is given in its place, under its own name.
    """
    taken = snapshot(network)
    scores: dict[str, Scores] = {}
    not_computed: dict[str, str] = {}
    for name, measure in MEASURES.items():
        begun(name)
        try:
            scores[name] = measure(taken)
        except TooMuch as error:
            not_computed[name] = str(error)
    if "betweenness" in not_computed:
        begun(betweenness_sampled.__name__)
        try:
            scores["betweenness_sampled"] = betweenness_sampled(taken)
        except TooMuch as error:
            not_computed["betweenness_sampled"] = str(error)
    return scores, not_computed


__all__ = [
    "MEASURES",
    "Brokerage",
    "DirectedNetwork",
    "Measured",
    "OpenPair",
    "Role",
    "RoleScore",
    "Scores",
    "Snapshot",
    "StrongestBroker",
    "all_scores",
    "betweenness",
    "brokerage",
    "open_pairs",
    "snapshot",
    "strongest_broker",
]
