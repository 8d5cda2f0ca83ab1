"""From a map to the network that is measured: the only place where that happens.

The rules are those of `docs/measures.md`: which ties count, what merges, who is of which group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import networkx as nx

from graph.posts import Posts, bodies_of, places_held
from powermap.model import Accountability, PowerMap, Record
from powermap.vocabulary import LAYER_KINDS, Layer


class Unit(StrEnum):
    """Whether the nodes are people or bodies."""

    LEADERS = "leaders"
    ORGANISATIONS = "organisations"


class GroupBy(StrEnum):
    """What makes two people of one group: their body's sector, its kind, or the body itself."""

    SECTOR = "sector"
    KIND = "kind"
    ORGANISATION = "organisation"


@dataclass(frozen=True, kw_only=True)
class Network:
    """A directed network without self-ties or parallel ties, and what was done to get it.

    Nodes are ids of leaders or organisations. An edge carries `ties`, the ids of the records it
    stands for, and `weight`, the strongest of their strengths, where any has one.
    """

    graph: "nx.DiGraph[str]"
    layer: Layer
    unit: Unit
    group_by: GroupBy
    on: date
    groups: Mapping[str, str]
    """The group of each node that has one."""
    other_groups: Mapping[str, tuple[str, ...]]
    """The further groups of joint post-holders."""
    merged: int
    """Ties that ran beside another in the same direction and were merged with it."""
    inside: int
    """Ties within one body, dropped at the level of organisations."""
    beside: int
    """Ties with an organisation at one end, left out at the level of leaders."""
    unplaced: int
    """Ties of people who hold no place in a body, left out at the level of organisations."""
    doubtful: int
    """Ties that count, but may not have been held on the day."""
    without_strength: int
    """Ties with no strength recorded: they count once, and stay out of weighted measures."""


@dataclass
class _Tally:
    """What is counted while the ties are laid."""

    graph: "nx.DiGraph[str]" = field(default_factory=nx.DiGraph)
    merged: int = 0
    inside: int = 0
    beside: int = 0
    unplaced: int = 0
    doubtful: int = 0

    def lay(self, source: str, target: str, record: Record, weight: int | None) -> None:
        if source == target:
            self.inside += 1
            return
        if self.graph.has_edge(source, target):
            self.merged += 1
            edge = self.graph.edges[source, target]
            edge["ties"] = (*edge["ties"], record.id)
        else:
            self.graph.add_edge(source, target, ties=(record.id,))
            edge = self.graph.edges[source, target]
        if weight is not None:
            edge["weight"] = max(weight, edge.get("weight", 0))


def network(
    power_map: PowerMap,
    *,
    on: date | None = None,
    layer: Layer = Layer.RELATIONSHIPS,
    unit: Unit = Unit.LEADERS,
    group_by: GroupBy = GroupBy.SECTOR,
) -> Network:
    """The network of one layer on a day (the map's own as-at date unless given).

    Ties that may have been held on the day count, and are counted in `doubtful`.
    """
    on = on or power_map.header.as_at
    shown = power_map if power_map.on == on else power_map.held_on(on)
    places = places_held(shown)
    tally = _Tally()
    nodes = shown.leaders if unit is Unit.LEADERS else shown.organisations
    tally.graph.add_nodes_from(sorted(nodes))
    for record, sources, targets, weight in _ties(shown, layer, unit, places):
        if not sources or not targets:
            if unit is Unit.LEADERS:
                tally.beside += 1
            else:
                tally.unplaced += 1
            continue
        if record.id in shown.doubtful:
            tally.doubtful += 1
        for source in sources:
            for target in targets:
                tally.lay(source, target, record, weight)
    groups = _groups(shown, unit, group_by, places)
    return Network(
        graph=tally.graph,
        layer=layer,
        unit=unit,
        group_by=group_by,
        on=on,
        groups={node: found[0] for node, found in groups.items()},
        other_groups={node: found[1:] for node, found in groups.items() if len(found) > 1},
        merged=tally.merged,
        inside=tally.inside,
        beside=tally.beside,
        unplaced=tally.unplaced,
        doubtful=tally.doubtful,
        without_strength=sum(
            1 for *_, edge in tally.graph.edges(data=True) if "weight" not in edge
        ),
    )


Ends = tuple[str, ...]


def _ties(
    shown: PowerMap, layer: Layer, unit: Unit, places: Posts
) -> Iterator[tuple[Record, Ends, Ends, int | None]]:
    """Each record of the layer, with the nodes at its two ends and its strength."""

    def ends(party: str) -> Ends:
        if unit is Unit.LEADERS:
            return (party,) if party in shown.leaders else ()
        if party in shown.organisations:
            return (party,)
        return tuple(body.id for body in bodies_of(shown, places.get(party, ())))

    if layer is Layer.ACCOUNTABILITIES:
        for accountability in sorted(shown.accountabilities.values(), key=lambda a: a.id):
            if accountability.holder is not None:
                answers_to = _answers_to(shown, accountability, unit)
                if answers_to != accountability.holder:
                    yield accountability, ends(accountability.holder), ends(answers_to), None
        return
    for tie in sorted(shown.relationships.values(), key=lambda r: r.id):
        if tie.kind in LAYER_KINDS[layer]:
            yield tie, ends(tie.source), ends(tie.target), tie.strength


def _answers_to(shown: PowerMap, accountability: Accountability, unit: Unit) -> str:
    """Whom the holder answers to: between people the holder of the post above, where named."""
    above = shown.accountabilities.get(accountability.reports_to or "")
    superior = above.holder if above else None
    if unit is Unit.LEADERS and superior is not None and superior in shown.leaders:
        return superior
    return accountability.to


def _groups(
    shown: PowerMap, unit: Unit, group_by: GroupBy, places: Posts
) -> dict[str, tuple[str, ...]]:
    def group(body_id: str) -> str:
        body = shown.organisations[body_id]
        if group_by is GroupBy.ORGANISATION:
            return body.id
        return str(body.sector if group_by is GroupBy.SECTOR else body.kind)

    if unit is Unit.ORGANISATIONS:
        return {body: (group(body),) for body in shown.organisations}
    return {
        leader: tuple(dict.fromkeys(group(place.to) for place in held))
        for leader, held in places.items()
    }
