"""What would change if somebody new joined a body, with ties to some who are there."""

from collections.abc import Sequence
from datetime import date

import networkx as nx

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    by_name,
    counted,
    listed,
    names,
    number,
    pair_named,
    pairs_by_name,
    people,
    sentence_case,
)
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gains_told
from graph.findings.what_if.network_shape import SHAPE_RULE, Pair, only_links, pairs_parted, pieces
from graph.findings.what_if.rehearsal import NEWCOMER, body_on, shown_on, with_newcomer
from graph.findings.what_if.rows import SHOWN_PAIRS
from graph.findings.what_if.told import (
    NOTHING_WRITTEN,
    broker_sentence,
    day_told,
    pairs_told,
)
from powermap.errors import InvalidValue
from powermap.model import PowerMap

SOMEBODY = "A new leader"


def what_if_joins(
    power_map: PowerMap,
    organisation: str,
    tied_to: Sequence[str],
    called: str | None = None,
    on: date | None = None,
) -> Finding:
    """What would change if somebody took a post in a body, with ties that both sides see."""
    shown = shown_on(power_map, on)
    body = body_on(shown, organisation)
    contacts = by_name(shown, _leaders_of(shown, tied_to))
    found = Consequences(shown, with_newcomer(shown, called or SOMEBODY, body.id, contacts))
    graph = found.people[1].graph
    links = pairs_by_name(shown, only_links(graph, frozenset({NEWCOMER})))
    united = pairs_parted(pieces(graph, frozenset({NEWCOMER})))
    rows = [
        *_link_rows(found, links),
        *_body_rows(found),
        *difference_rows(found),
    ]
    who = called or "somebody"
    sentences = [
        f"If {who} joins {body.name} with ties to {listed(names(shown, contacts))}, "
        f"{_links_told(shown, links)}.",
        _reach_told(found, who),
        _united_told(united),
        _bodies_told([row.sentence for row in rows if row.kind == "bodies_linked"]),
        broker_sentence(found),
        *gains_told(rows),
    ]
    return Finding(
        question=f"What changes if {who} joins {body.name}?",
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=f"On {day_told(shown)}: {called or 'somebody'} is made up, with one post at "
        f"{body.name} and ties that both sides see. {SHAPE_RULE} {DIFFERENCES_RULE} "
        f"{NOTHING_WRITTEN}",
    )


def _leaders_of(shown: PowerMap, tied_to: Sequence[str]) -> list[str]:
    contacts = list(dict.fromkeys(tied_to))
    if not contacts or any(leader not in shown.leaders for leader in contacts):
        raise InvalidValue.at("tied_to", "must be one or more leaders on the map on this date")
    return contacts


def _link_rows(found: Consequences, links: Sequence[Pair]) -> list[Row]:
    return [
        Row(
            kind="link_gained",
            sentence=f"{pair_named(found.before, pair)} would have a link in two steps.",
            parties=pair,
        )
        for pair in links[:SHOWN_PAIRS]
    ]


def _links_told(shown: PowerMap, links: Sequence[Pair]) -> str:
    if not links:
        return "nobody in the recorded map has a link in two steps that they do not have now"
    if len(links) == 1:
        return f"{pair_named(shown, links[0])} have a link in two steps that they do not have now"
    said = f"{counted(len(links), 'pair')} of people have a link in two steps that they do not have"
    return f"{said} now{pairs_told(shown, links)}"


def _reach_told(found: Consequences, who: str) -> str:
    """How many a newcomer would be near to: ties count as in two-step reach, out."""
    graph = found.people[1].graph
    near = len(nx.single_source_shortest_path_length(graph, NEWCOMER, cutoff=2)) - 1
    others = people(len(graph) - 1)
    return f"{sentence_case(who)} would be within two steps of {number(near)} of {others}."


def _united_told(united: int) -> str | None:
    if not united:
        return None
    count = counted(united, "pair")
    return f"{sentence_case(count)} could reach each other who cannot now by any way."


def _body_rows(found: Consequences) -> list[Row]:
    """Pairs of bodies that would have their first tie."""
    before, after = (net.graph.to_undirected() for net in found.bodies)
    new = [edge for edge in after.edges if not before.has_edge(*edge)]
    return [
        Row(
            kind="bodies_linked",
            sentence=f"{pair_named(found.before, pair)} would have their first tie.",
            parties=pair,
        )
        for pair in pairs_by_name(found.before, new)
    ]


def _bodies_told(told: Sequence[str]) -> str | None:
    if len(told) < 2:
        return told[0] if told else None
    return f"{sentence_case(counted(len(told), 'pair'))} of bodies would have their first tie."
