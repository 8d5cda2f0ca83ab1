"""What one new tie would bring, in a row."""

import numpy as np

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    by_name,
    counted,
    has_have,
    name,
    number,
    on_day,
    pair_named,
    sentence_case,
)
from graph.findings.what_if.bringing_together import (
    introducers_of,
    ties_through,
    way_told,
    with_tension,
)
from graph.findings.what_if.gain import Gain
from graph.findings.what_if.network_shape import MOST_FOR_STEPS, SHAPE_RULE
from graph.network import Network, Unit
from powermap.model import PowerMap

WORDS = {Unit.LEADERS: ("person", "people"), Unit.ORGANISATIONS: ("body", "bodies")}


def tie_row(shown: PowerMap, gain: Gain, net: Network) -> Row:
    graph = net.graph
    one, many = WORDS[net.unit]
    pair = (gain.one, gain.other)
    said = pair_named(shown, pair)
    now = (
        "have no path to each other now"
        if np.isinf(gain.steps)
        else f"are {counted(int(gain.steps), 'step')} apart now"
    )
    share = gain.closer / gain.closeness if gain.closeness else None
    rise = "" if share is None else f" and bring {many} {100 * share:.1f}% closer on average"
    fall = (
        f" The most pairs that the loss of one {one} could keep apart falls from "
        f"{number(gain.cut_off)} to {_none(gain.cut_off - gain.fewer_cut_off)}."
        if gain.fewer_cut_off
        else ""
    )
    introducers = introducers_of(shown, graph, *pair)
    if introducers:
        step: str | None = f"Ask {name(shown, introducers[0])} to introduce them."
    else:
        step = way_told(shown, graph, pair)
    return Row(
        kind="new_tie",
        sentence=f"{said} {now}; a tie would shorten "
        f"{counted(gain.nearer, 'path')} between {many}{rise}.{fall}",
        parties=tuple(by_name(shown, pair)),
        records=ties_through(graph, pair, introducers[0]) if introducers else (),
        next_step=with_tension(shown, pair, step),
        facts={
            "steps_now": None if np.isinf(gain.steps) else int(gain.steps),
            "mean_harmonic_closeness": gain.closeness,
            "gain": gain.closer,
            "largest_single_point_of_failure": gain.cut_off,
            "fall": gain.fewer_cut_off,
            "paths_shortened": gain.nearer,
            "introducers": introducers[:3],
        },
    )


def _none(count: int) -> str:
    return number(count) if count else "none"


def thin_of(net: Network) -> str | None:
    if net.graph.number_of_edges() == 0:
        many = WORDS[net.unit][1]
        return f"No tie between {many} is recorded on this date, so there is nothing to add to."
    alone = [node for node in net.graph if net.graph.degree(node) == 0]
    if 2 * len(alone) > len(net.graph):
        alike = counted(len(alone), *WORDS[net.unit])
        return f"{sentence_case(alike)} of {len(net.graph)} {has_have(len(alone))} no recorded tie."
    return None


def too_many(net: Network, question: str) -> Finding:
    said = (
        f"What a new tie would bring is worked out for up to {number(MOST_FOR_STEPS)} people or "
        f"bodies; this map has {number(len(net.graph))}."
    )
    return Finding(
        question=question,
        sentences=(said,),
        rows=(),
        rule=f"On {on_day(net.on)}. {SHAPE_RULE}",
        thin=said,
    )
