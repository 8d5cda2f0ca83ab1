"""The strongest broker of a network, the pairs they join, and the sentence that says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.measures import OpenPair, Snapshot, StrongestBroker, open_pairs, strongest_broker
from graph.network import Network, Unit
from powermap.model import PowerMap

SHOWN_PAIRS = 1000
"""How many pairs are listed; the count in the sentence is of all."""


@dataclass(frozen=True, kw_only=True)
class BrokerAnswer:
    """Who joins most pairs without a tie of their own, and which; `broker` is None for nobody."""

    choice: StrongestBroker
    pairs: tuple[OpenPair, ...]
    sentence: str

    @property
    def broker(self) -> str | None:
        return self.choice.broker


def broker_answer(
    power_map: PowerMap, network: Network, taken: Snapshot | None = None
) -> BrokerAnswer:
    """The first thing to know about a map: through whom others reach each other in it.

    `taken` is the snapshot of the network, where there is one already.
    """
    choice = strongest_broker(taken or network.graph, network.groups)
    people = "people" if network.unit is Unit.LEADERS else "bodies"
    if choice.broker is None:
        return BrokerAnswer(
            choice=choice,
            pairs=(),
            sentence=_nobody(network.graph.number_of_edges(), people),
        )
    pairs = open_pairs(network.graph, choice.broker, network.groups, limit=SHOWN_PAIRS)
    return BrokerAnswer(
        choice=choice,
        pairs=pairs,
        sentence=_somebody(_names(power_map), choice, pairs, people),
    )


def _names(power_map: PowerMap) -> Mapping[str, str]:
    leaders = {leader.id: leader.name for leader in power_map.leaders.values()}
    return leaders | {body.id: body.name for body in power_map.organisations.values()}


def _nobody(ties: int, people: str) -> str:
    if ties == 0:
        return "No tie of this kind is recorded on this date, so nobody joins others."
    return f"Nobody in the recorded map joins two {people} who have no tie of their own."


def _somebody(
    names: Mapping[str, str],
    choice: StrongestBroker,
    pairs: tuple[OpenPair, ...],
    people: str,
) -> str:
    broker = names[choice.broker or ""]
    distinct = list(dict.fromkeys(frozenset((p.source, p.target)) for p in pairs))
    alone = {frozenset((p.source, p.target)) for p in pairs if not p.also_through}
    if choice.joined > len(pairs):
        opening = f"In the recorded map {broker} stands between {choice.joined:,} pairs of {people}"
        return f"{opening} who have no tie of their own, each counted in each direction."
    if len(distinct) == 1:
        link = "the only link in two steps" if alone else "a link"
        ends = [names[pairs[0].source], names[pairs[0].target]]
        if len(pairs) == 2:
            first, second = sorted(ends, key=str.casefold)
            sentence = (
                f"In the recorded map {broker} is {link} between {first} and {second}, "
                "who have no tie of their own."
            )
        else:
            sentence = (
                f"In the recorded map {broker} is {link} by which {ends[0]} can reach {ends[1]}; "
                "there is no direct tie that way."
            )
    else:
        sentence = (
            f"In the recorded map {broker} stands between {len(distinct)} pairs of {people} who "
            f"have no direct tie, and is the only link in two steps for {_count(alone, distinct)}."
        )
    if choice.equals:
        others = _list(sorted(names[id] for id in choice.equals[:3]))
        more = f" and {len(choice.equals) - 3} more" if len(choice.equals) > 3 else ""
        sentence += f" {others}{more} {'joins' if len(choice.equals) == 1 else 'join'} as many."
    return sentence


def _count(alone: set[frozenset[str]], distinct: list[frozenset[str]]) -> str:
    if len(alone) == len(distinct):
        return "all of them" if len(distinct) > 2 else "both"
    return "none of them" if not alone else f"{len(alone)} of them"


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
