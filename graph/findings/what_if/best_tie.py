"""What one new tie would do, and which single new tie would help most."""

from datetime import date

import numpy as np

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    by_name,
    counted,
    listed,
    name,
    names,
    number,
    on_day,
    pair_named,
    people,
    sentence_case,
)
from graph.findings.what_if.bringing_together import (
    introducers_of,
    tension_told,
    ties_through,
    way_told,
    with_tension,
)
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.gain import MOST_CANDIDATES, Gain, candidates_for, gains_of
from graph.findings.what_if.network_shape import MOST_FOR_STEPS, SHAPE_RULE
from graph.findings.what_if.rehearsal import shown_on, with_tie
from graph.findings.what_if.rows import network_row, position_rows
from graph.findings.what_if.told import broker_sentence
from graph.measures.scores import DirectedNetwork
from graph.network import Network, Unit, network
from powermap.errors import InvalidValue
from powermap.model import PowerMap

SHOWN = 5


def what_if_tie(power_map: PowerMap, a: str, b: str, on: date | None = None) -> Finding:
    """What would change if two leaders, or two bodies, had a tie that both see."""
    shown = shown_on(power_map, on)
    one, other = shown.party(a), shown.party(b)
    if type(one) is not type(other) or a == b:
        raise InvalidValue.at(
            "b", "must be another party of the same sort: two people or two bodies"
        )
    unit = Unit.LEADERS if a in shown.leaders else Unit.ORGANISATIONS
    net = network(shown, on=shown.on, unit=unit)
    question = f"What changes if {one.name} and {other.name} have a tie?"
    rule = (
        f"On {on_day(net.on)}: a tie that both see, between these two alone. {SHAPE_RULE} "
        "Nothing is written to the map."
    )
    graph = net.graph
    if len(graph) > MOST_FOR_STEPS:
        return _too_many(net, question)
    if graph.has_edge(a, b) and graph.has_edge(b, a):
        said = f"{one.name} and {other.name} already have a tie, seen from both sides."
        return Finding(question=question, sentences=(said,), rows=(), rule=rule)
    rows = [_tie_row(shown, gains_of(net, [(a, b)])[0], graph)]
    sentences = [rows[0].sentence]
    tension = tension_told(shown, a, b)
    if tension:
        sentences.append(tension)
    if unit is Unit.LEADERS:
        found = Consequences(shown, with_tie(shown, a, b))
        rows += [*position_rows(found), network_row(found)]
        sentences.append(broker_sentence(found) or "")
    return Finding(
        question=question,
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=rule,
        thin=_thin(net),
    )


def best_new_tie(power_map: PowerMap, on: date | None = None) -> Finding:
    """The five missing ties between people that would bring the map closest together."""
    shown = shown_on(power_map, on)
    net = network(shown, on=shown.on)
    if len(net.graph) > MOST_FOR_STEPS:
        return _too_many(net, "Which single new tie would help most?")
    candidates, missing = candidates_for(shown, net)
    gains = gains_of(net, candidates)
    gains.sort(key=lambda g: (*(-part for part in _worth(g)), *names(shown, (g.one, g.other))))
    rows = [_tie_row(shown, gain, net.graph) for gain in gains[:SHOWN]]
    alone = [person for person in net.graph if net.graph.degree(person) == 0]
    sentences = [_headline(shown, gains)]
    sentences += [row.sentence for row in rows[:1]]
    if alone and len(alone) < len(net.graph):
        sentences.append(
            f"{sentence_case(people(len(alone)))} without any recorded tie "
            f"{'is' if len(alone) == 1 else 'are'} set apart: any tie would be their first."
        )
    return Finding(
        question="Which single new tie would help most?",
        sentences=tuple(sentences),
        rows=tuple(rows),
        rule=_best_rule(net, len(candidates), missing),
        thin=_thin(net),
    )


def _too_many(net: Network, question: str) -> Finding:
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


def _best_rule(net: Network, tried: int, missing: int) -> str:
    all_or_some = "all" if tried == missing else "those with the longest path, then most contacts"
    return (
        f"On {on_day(net.on)}, relationships between people. Of {missing:,} pairs with no tie in "
        f"either direction {tried:,} were tried ({all_or_some}; at most {MOST_CANDIDATES}). "
        "Ordered by the gain in mean harmonic closeness, then by how far the largest single "
        "point of failure falls: the most pairs who could not reach each other were any one "
        "person gone. The introducer is tied to both; ranked by ties seen from both sides, then "
        "by the weaker of the two strengths. People without any recorded tie are left out: the "
        f"map cannot tell whether they were asked. The first {SHOWN} are shown."
    )


def _headline(shown: PowerMap, gains: list[Gain]) -> str:
    if not gains:
        return "Every two people with recorded ties already have a tie of their own."
    best = pair_named(shown, (gains[0].one, gains[0].other))
    worth = _worth(gains[0])
    equals = sum(_worth(gain) == worth for gain in gains) - 1
    also = f", as would {counted(equals, 'other tie')}" if equals else ""
    return f"In the recorded map a tie between {best} would bring people closest together{also}."


def _worth(gain: Gain) -> tuple[float, int]:
    return round(gain.closer, 12), gain.fewer_cut_off


def _tie_row(shown: PowerMap, gain: Gain, graph: DirectedNetwork) -> Row:
    pair = (gain.one, gain.other)
    said = pair_named(shown, pair)
    now = (
        "have no path to each other now"
        if np.isinf(gain.steps)
        else f"are {counted(int(gain.steps), 'step')} apart now"
    )
    share = gain.closer / gain.closeness if gain.closeness else None
    rise = "" if share is None else f" and raise mean closeness by {100 * share:.1f}%"
    fall = (
        f" The most pairs that the loss of one person could keep apart falls from "
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
        f"{counted(gain.nearer, 'path')} between people{rise}.{fall}",
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


def _thin(net: Network) -> str | None:
    if net.graph.number_of_edges() == 0:
        return "No tie between people is recorded on this date, so there is nothing to add to."
    alone = [node for node in net.graph if net.graph.degree(node) == 0]
    if 2 * len(alone) > len(net.graph):
        return f"{listed([people(len(alone))])} of {len(net.graph)} have no recorded tie."
    return None
