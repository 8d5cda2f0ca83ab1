"""Which single new tie would help most."""

from datetime import date

from graph.findings.answer import Finding
from graph.findings.phrases import (
    counted,
    names,
    on_day,
    pair_named,
    people,
    sentence_case,
)
from graph.findings.what_if.gain import MOST_CANDIDATES, Gain, candidates_for, gains_of
from graph.findings.what_if.network_shape import MOST_FOR_STEPS
from graph.findings.what_if.new_tie import thin_of, tie_row, too_many
from graph.findings.what_if.rehearsal import shown_on
from graph.network import Network, network
from powermap.model import PowerMap

SHOWN = 5


def best_new_tie(power_map: PowerMap, on: date | None = None) -> Finding:
    """The five missing ties between people that would bring the map closest together."""
    shown = shown_on(power_map, on)
    net = network(shown, on=shown.on)
    if len(net.graph) > MOST_FOR_STEPS:
        return too_many(net, "Which single new tie would help most?")
    candidates, missing = candidates_for(shown, net)
    gains = gains_of(net, candidates)
    gains.sort(key=lambda g: (*(-part for part in _worth(g)), *names(shown, (g.one, g.other))))
    rows = [tie_row(shown, gain, net) for gain in gains[:SHOWN]]
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
        thin=thin_of(net),
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
