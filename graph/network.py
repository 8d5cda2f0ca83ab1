"""From a map to the network that is measured: the only place where that happens.

The rules are those of `docs/measures.md`: which ties count, what merges, who is of which group.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import networkx as nx

from graph.groups import GroupBy as GroupBy
from graph.groups import groups_of_bodies, groups_of_leaders
from graph.posts import Posts, bodies_of, places_held
from graph.views import ViewRule, choose_views
from powermap.errors import InvalidValue, Problem
from powermap.model import Accountability, Leader, Organisation, PowerMap, Record, Relationship
from powermap.vocabulary import LAYER_KINDS, Layer


class Unit(StrEnum):
    """Whether the nodes are people or bodies."""

    LEADERS = "leaders"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True, kw_only=True)
class Network:
    """A directed network without self-ties or parallel ties, and what was done to get it.

    Nodes are ids of leaders or organisations. An edge carries `ties`, the ids of the records it
    stands for, and `weight`, the strongest of their strengths, where any has one (under
    `ViewRule.MEAN` the mean of the two sides').
    """

    graph: "nx.DiGraph[str]"
    layer: Layer
    unit: Unit
    group_by: GroupBy
    on: date
    views: ViewRule
    at_least: int | None
    """How strong a tie must be to count; None where every tie counts."""
    without: tuple[str, ...]
    """The leaders and organisations that were left out, as though they were not on the map."""
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
    of_those_left_out: int
    """Records of the layer that name one of those left out."""
    one_sided: int | None
    """Ties that one side alone names; under `ViewRule.BOTH`, those left out because of it. None
    for accountabilities, which are no views."""
    below: int
    """Ties left out because their strength is lower than `at_least`."""
    strength_unknown: int
    """Ties left out because no strength is recorded to hold against `at_least`."""
    seen_lower: int
    """Ties left out because the other side names them at a lower strength, or at none."""


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
    views: ViewRule = ViewRule.EITHER,
    at_least: int | None = None,
    without: Collection[str] = (),
) -> Network:
    """The network of one layer on a day (the map's own as-at date unless given).

    Ties that may have been held on the day count, and are counted in `doubtful`. Raises
    `InvalidValue` for a choice that means nothing on this layer, or somebody not on the map.
    """
    _require_sense(power_map, layer, unit, group_by, views, at_least, without)
    on = on or power_map.header.as_at
    whole = power_map if power_map.on == on else power_map.held_on(on)
    shown = _leaving_out(whole, frozenset(without)) if without else whole
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
    chosen = choose_views(tally.graph, views, at_least)
    groups = (
        groups_of_leaders(shown, places, group_by)
        if unit is Unit.LEADERS
        else groups_of_bodies(shown, group_by)
    )
    return Network(
        graph=chosen.graph,
        layer=layer,
        unit=unit,
        group_by=group_by,
        on=on,
        views=views,
        at_least=at_least,
        without=tuple(sorted(set(without))),
        groups={node: found[0] for node, found in groups.items()},
        other_groups={node: found[1:] for node, found in groups.items() if len(found) > 1},
        merged=tally.merged,
        inside=tally.inside,
        beside=tally.beside,
        unplaced=tally.unplaced,
        doubtful=tally.doubtful,
        without_strength=sum(
            1 for *_, edge in chosen.graph.edges(data=True) if "weight" not in edge
        ),
        of_those_left_out=_count_of(whole, layer) - _count_of(shown, layer) if without else 0,
        one_sided=None if layer is Layer.ACCOUNTABILITIES else chosen.one_sided,
        below=chosen.below,
        strength_unknown=chosen.strength_unknown,
        seen_lower=chosen.seen_lower,
    )


def _require_sense(
    power_map: PowerMap,
    layer: Layer,
    unit: Unit,
    group_by: GroupBy,
    views: ViewRule,
    at_least: int | None,
    without: Collection[str],
) -> None:
    problems = []
    if layer is Layer.ACCOUNTABILITIES and views is not ViewRule.EITHER:
        why = "must be either: an accountability is recorded once, and is no view of one side"
        problems.append(Problem(("views",), why))
    if layer is Layer.ACCOUNTABILITIES and at_least is not None:
        problems.append(
            Problem(("at_least",), "must be left out: accountabilities have no strength")
        )
    if at_least is not None and not 1 <= at_least <= 5:
        problems.append(Problem(("at_least",), "must be a whole number from 1 to 5"))
    if unit is Unit.ORGANISATIONS and group_by is GroupBy.LEVEL:
        why = "must be sector, kind or organisation: a body has no level"
        problems.append(Problem(("group_by",), why))
    for party in sorted(set(without)):
        if not isinstance(power_map.records.get(party), Leader | Organisation):
            why = f"must be ids of leaders or organisations on this map; {party!r} is none"
            problems.append(Problem(("without",), why))
    if problems:
        raise InvalidValue(*problems)


def _leaving_out(shown: PowerMap, parties: frozenset[str]) -> PowerMap:
    """The map as though some were not on it: without their ties, their posts and their seats."""

    def stays(record: Record) -> bool:
        if isinstance(record, Relationship):
            return record.source not in parties and record.target not in parties
        if isinstance(record, Accountability):
            return record.holder not in parties and record.to not in parties
        return record.id not in parties

    kept = {record.id: record for record in shown.records.values() if stays(record)}
    return replace(shown, records=kept)


def _count_of(shown: PowerMap, layer: Layer) -> int:
    """How many records of the layer there are, whoever they are about."""
    if layer is Layer.ACCOUNTABILITIES:
        return sum(1 for one in shown.accountabilities.values() if one.holder is not None)
    return sum(1 for tie in shown.relationships.values() if tie.kind in LAYER_KINDS[layer])


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
