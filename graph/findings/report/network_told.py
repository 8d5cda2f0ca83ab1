"""Which network was measured, in numbers and in sentences: what must be read beside any result."""

from typing import Any

from graph.findings.phrases import (
    counted,
    is_are,
    listed,
    names,
    number,
    on_day,
    sentence_case,
)
from graph.network import Network, Unit
from graph.views import ViewRule
from powermap.model import PowerMap


def about(network: Network) -> dict[str, Any]:
    """Which network was measured, and what was left out or merged on the way."""
    return {
        "layer": network.layer.value,
        "unit": network.unit.value,
        "group_by": network.group_by.value,
        "on": network.on.isoformat(),
        "views": network.views.value,
        "at_least": network.at_least,
        "without": list(network.without),
        "nodes": network.graph.number_of_nodes(),
        "ties": network.graph.number_of_edges(),
        "one_sided": network.one_sided,
        "merged": network.merged,
        "inside_one_body": network.inside,
        "with_an_organisation_at_one_end": network.beside,
        "of_people_without_a_place": network.unplaced,
        "of_those_left_out": network.of_those_left_out,
        "below_the_strength": network.below,
        "strength_not_known": network.strength_unknown,
        "other_side_lower": network.seen_lower,
        "may_not_have_been_held": network.doubtful,
        "without_strength": network.without_strength,
        "without_group": sum(1 for node in network.graph if node not in network.groups),
    }


def in_words(power_map: PowerMap, network: Network) -> list[str]:
    """The same for people: how many ties, on whose word, from which strength, without whom."""
    said = [
        _how_many(network),
        _on_whose_word(network),
        _from_which_strength(network),
        _without_whom(power_map, network),
    ]
    return [sentence for sentence in said if sentence]


def _how_many(network: Network) -> str:
    ties = counted(network.graph.number_of_edges(), "tie")
    one = "leader" if network.unit is Unit.LEADERS else "organisation"
    nodes = counted(network.graph.number_of_nodes(), one)
    return sentence_case(f"{ties} between {nodes} on {on_day(network.on)} ({network.layer}).")


def _on_whose_word(network: Network) -> str | None:
    alone, ties = network.one_sided, network.graph.number_of_edges()
    if alone is None:
        return None
    if network.views is ViewRule.BOTH:
        told = "Only ties that both sides name count"
        return f"{told}; {number(alone)} that one side alone names {is_are(alone)} left out."
    each_way = ""
    if network.views is ViewRule.MEAN:
        each_way = "Every tie counts in both directions, at the mean of the views there are. "
    if not alone:
        return each_way + "Both sides name every tie." if ties else None
    of_all = f"{sentence_case(number(alone))} of the {number(ties)} ties"
    if alone == ties:
        of_all = "It" if ties == 1 else "All of them"
    return f"{each_way}{of_all} {'rests' if alone == 1 else 'rest'} on one side's word."


def _from_which_strength(network: Network) -> str | None:
    if network.at_least is None:
        return None
    left_out = {
        "weaker": network.below,
        "of which no strength is recorded": network.strength_unknown,
        "that the other side sees as weaker, or gives no strength": network.seen_lower,
    }
    told = f"Only ties of strength {network.at_least} or more count"
    parts = [f"{number(ties)} {which}" for which, ties in left_out.items() if ties]
    return f"{told}; left out: {listed(parts)}." if parts else f"{told}; none is left out."


def _without_whom(power_map: PowerMap, network: Network) -> str | None:
    if not network.without:
        return None
    who = listed(names(power_map, network.without))
    ties = network.of_those_left_out
    with_them = f", and with them {counted(ties, 'tie')}" if ties else ""
    return f"Left out, as though not on the map: {who}{with_them}."
