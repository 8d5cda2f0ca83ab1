"""One view of a map, worked out: the picture, the answer, the strip and the rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from api.pages.answer import Answer, answer_of
from api.pages.selection import admitted, focus_highlight, highlight_of, selected
from api.view import Emphasis, Extent, View
from graph.measures import MEASURES, brokerage
from graph.network import GroupBy, Network, Unit, network
from graph.posts import Posts, places_held
from powermap.errors import TooMuch, UnknownRecord
from powermap.model import Organisation, PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Basis, Layer, Sector
from visual.cards import style_for
from visual.layout import Belonging, arrange
from visual.lines import Line, Views, lines_of
from visual.picture import (
    Highlight,
    Party,
    Picture,
    bands,
    belonging,
    compose,
    without_blocked,
)
from visual.routing import Point


@dataclass(frozen=True, kw_only=True)
class MapView:
    """What the page of a map shows."""

    shown: PowerMap
    view: View
    network: Network
    parties: tuple[Party, ...]
    """Everybody on the map on that day."""
    admitted: tuple[Party, ...]
    """Those whom the filters let through; the picture may hold fewer."""
    lines: tuple[Line, ...]
    """Every line between them; the picture may hold fewer."""
    picture: Picture
    answer: Answer
    names: Mapping[str, str]
    positions: Mapping[str, Point]
    """Everybody's place, of the picture and of earlier ones."""
    emphasis_missing: str | None

    @property
    def drawn(self) -> set[str]:
        return {party.id for party in self.picture.parties}

    @property
    def drawn_lines(self) -> list[Line]:
        return [line for line in self.picture.lines if not line.aside]

    def counted(self, views: Views) -> int:
        return sum(line.views is views for line in self.drawn_lines)

    @property
    def sources(self) -> dict[Basis, int]:
        """How many different sources of each kind the records of the picture rest on."""
        ties = (tie for line in self.lines for tie in line.ties)
        return cited(self.shown, [*self.drawn, *ties])


def cited(shown: PowerMap, records: Iterable[str]) -> dict[Basis, int]:
    """How many different sources of each kind some records rest on."""
    found = {
        (evidence.basis, evidence.citation)
        for record_id in records
        for evidence in shown.records[record_id].evidence
    }
    return dict(Counter(basis for basis, _ in found))


def view_of(whole: PowerMap, view: View, previous: Mapping[str, Point]) -> MapView:
    """Work out a view; `previous` are the places kept, and none of them changes.

    Filters by sector, kind and strength only hide: the measures stay those of the whole map.
    """
    permitted = up_to(whole, view.ceiling)
    on = view.on or whole.header.as_at
    shown = permitted.held_on(on)
    of_unit = permitted.leaders if view.unit is Unit.LEADERS else permitted.organisations
    if view.focus is not None and view.focus not in of_unit:
        raise UnknownRecord(view.focus)
    for party in view.mark.parties:
        permitted.party(party)
    measured = network(shown, on=on, layer=view.layer, unit=view.unit)
    by_group = (
        measured
        if view.group_by is GroupBy.SECTOR
        else network(shown, on=on, layer=view.layer, unit=view.unit, group_by=view.group_by)
    )
    values, missing = _values(measured.graph, by_group, view.emphasis)
    parties = parties_of(shown, measured, places_held(shown), bands(values))
    names = {party.id: party.name for party in parties}
    lines = lines_of(shown, measured.graph, view.layer)
    answer = answer_of(shown, by_group, lines, names)
    admitted_parties, admitted_lines = admitted(view, shown, parties, lines)
    highlight = _highlight(view, answer, admitted_lines)
    standing = {id: place for id, place in previous.items() if id in of_unit}
    usual = View(unit=view.unit)
    if not standing and view != usual and parties:
        # Whatever is asked for first, the places follow the view that most will open.
        standing = dict(view_of(whole, usual, {}).positions)
    kept, drawn_lines = selected(
        view, admitted_parties, admitted_lines, values, highlight, standing.keys()
    )
    highlight = highlight.among({party.id for party in kept})
    if not view.mark.parties and highlight.centre is None and answer.broker is not None:
        # Whom the answer is about is left out: nobody stands out in their place.
        highlight = Highlight()
    graph = _to_arrange(kept, drawn_lines, highlight)
    positions = _arranged(graph, parties, standing)
    if view.show is Extent.OPENING:
        drawn_lines = without_blocked(drawn_lines, positions, kept, highlight)
    return MapView(
        shown=shown,
        view=view,
        network=measured,
        parties=tuple(parties),
        admitted=tuple(admitted_parties),
        lines=tuple(admitted_lines),
        picture=compose(
            label="Influence map: " + whole.header.title,
            parties=kept,
            lines=[*drawn_lines, *_aside(shown, view, {party.id for party in kept})],
            positions=positions,
            style=style_for(len(positions)),
            highlight=highlight,
        ),
        answer=answer,
        names=names,
        positions=positions,
        emphasis_missing=missing,
    )


def _highlight(view: View, answer: Answer, lines: Sequence[Line]) -> Highlight:
    """What was asked for stands out; else the one in focus; else what the map opens on."""
    if view.mark.parties:
        return highlight_of(view.mark, lines)
    if view.focus is not None:
        return focus_highlight(view.focus, lines)
    return answer.highlight


def _arranged(
    graph: "nx.Graph[str]", parties: Sequence[Party], standing: Mapping[str, Point]
) -> dict[str, Point]:
    """Everybody's place; found in the order of names, so that new ids do not change a picture."""
    in_order = sorted(parties, key=lambda party: (party.name, party.id))
    key = {party.id: f"{place:07}" for place, party in enumerate(in_order)}
    key |= {gone: f"gone {gone}" for gone in standing if gone not in key}
    by_key = {name: id for id, name in key.items()}
    known = belonging(parties)
    found = arrange(
        nx.relabel_nodes(graph, key),
        Belonging(
            sectors={key[id]: sectors for id, sectors in known.sectors.items()},
            bodies={key[id]: bodies for id, bodies in known.bodies.items()},
        ),
        {key[id]: place for id, place in standing.items()},
    )
    return {by_key[name]: place for name, place in found.items()}


def _to_arrange(
    kept: Sequence[Party], lines: Sequence[Line], highlight: Highlight
) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(party.id for party in kept)
    for line in lines:
        graph.add_edge(
            line.source,
            line.target,
            matters=8 if line.id in highlight.letters else 1,
            views=2 if line.views is Views.DIFFERING else 1,
        )
    return graph


def _values(
    graph: "nx.DiGraph[str]", by_group: Network, emphasis: Emphasis
) -> tuple[Mapping[str, float | None], str | None]:
    grouped = tuple(by_group.groups.items()) if emphasis is Emphasis.BROKERAGE else ()
    try:
        return _scores(emphasis, tuple(graph), tuple(graph.edges), grouped), None
    except TooMuch as error:
        return {}, str(error)


@lru_cache(maxsize=32)
def _scores(
    emphasis: Emphasis,
    nodes: tuple[str, ...],
    ties: tuple[tuple[str, str], ...],
    groups: tuple[tuple[str, str], ...],
) -> Mapping[str, float | None]:
    """The values of a measure, kept: the next view of a map mostly has the same ties.

    None of these measures reads the strength of a tie.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(ties)
    if emphasis is Emphasis.BROKERAGE:
        return brokerage(graph, dict(groups)).scores().values
    return MEASURES[emphasis](graph).values


def parties_of(
    shown: PowerMap, measured: Network, places: Posts, band: Mapping[str, int | None]
) -> list[Party]:
    return [
        Party(
            id=node,
            name=shown.party(node).name,
            role=_role(shown, node, places),
            person=node in shown.leaders,
            sectors=tuple(
                Sector(group)
                for group in (measured.groups.get(node), *measured.other_groups.get(node, ()))
                if group
            ),
            bodies=tuple(dict.fromkeys(place.to for place in places.get(node, ()))),
            band=band.get(node),
            doubtful=node in shown.doubtful,
        )
        for node in measured.graph
    ]


def _role(shown: PowerMap, node: str, places: Posts) -> str:
    party = shown.party(node)
    if isinstance(party, Organisation):
        return party.kind.replace("_", " ").capitalize()
    held = places.get(node, ())
    if not held:
        return ""
    return f"{held[0].title}, {shown.organisations[held[0].to].name}"


def _aside(shown: PowerMap, view: View, drawn: set[str]) -> list[Line]:
    """The accountabilities among those drawn: they appear for the one in focus."""
    if view.layer is Layer.ACCOUNTABILITIES:
        return []
    structure = network(
        shown, on=shown.on, layer=Layer.ACCOUNTABILITIES, unit=view.unit
    ).graph.subgraph(drawn)
    return lines_of(shown, structure, Layer.ACCOUNTABILITIES, aside=True)
