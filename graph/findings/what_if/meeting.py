"""What would change if two people, or two bodies, built a tie."""

from datetime import date

from graph.findings.answer import Finding
from graph.findings.what_if.bringing_together import tension_told
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gains_told
from graph.findings.what_if.gain import gains_of
from graph.findings.what_if.network_shape import MOST_FOR_STEPS, SHAPE_RULE
from graph.findings.what_if.new_tie import thin_of, tie_row, too_many
from graph.findings.what_if.rehearsal import shown_on, unit_of, with_tie
from graph.findings.what_if.told import NOTHING_WRITTEN, broker_sentence, day_told
from graph.network import network
from powermap.model import PowerMap


def what_if_tie(power_map: PowerMap, a: str, b: str, on: date | None = None) -> Finding:
    """What would change if two leaders, or two bodies, had a tie that both see."""
    shown = shown_on(power_map, on)
    unit = unit_of(shown, a, b)
    one, other = shown.party(a), shown.party(b)
    net = network(shown, on=shown.on, unit=unit)
    question = f"What changes if {one.name} and {other.name} have a tie?"
    rule = (
        f"On {day_told(shown)}: a tie that both see, between these two alone. {SHAPE_RULE} "
        f"{DIFFERENCES_RULE} {NOTHING_WRITTEN}"
    )
    if len(net.graph) > MOST_FOR_STEPS:
        return too_many(net, question)
    if net.graph.has_edge(a, b) and net.graph.has_edge(b, a):
        said = f"{one.name} and {other.name} already have a tie, seen from both sides."
        return Finding(question=question, sentences=(said,), rows=(), rule=rule)
    found = Consequences(shown, with_tie(shown, a, b), unit=unit)
    rows = [tie_row(shown, gains_of(net, [(a, b)])[0], net), *difference_rows(found)]
    sentences = [
        rows[0].sentence,
        tension_told(shown, a, b),
        broker_sentence(found),
        *gains_told(rows),
    ]
    return Finding(
        question=question,
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=rule,
        thin=thin_of(net),
    )
