"""Two states of one map side by side: what the second has lost, row by row."""

from collections.abc import Iterable
from functools import cached_property
from itertools import product
from typing import Any

from graph.findings.phrases import by_name, pairs_by_name, post_named
from graph.findings.what_if.network_shape import (
    NetworkShape,
    Pair,
    network_shape,
    only_links,
    pieces,
)
from graph.network import Network, Unit, network
from graph.posts import bodies_of, places_held
from powermap.model import Accountability, PowerMap, Relationship
from powermap.vocabulary import LAYER_KINDS, AccountabilityKind, Layer

LEADING = (
    AccountabilityKind.POST,
    AccountabilityKind.STATUTORY,
    AccountabilityKind.CHAIR,
    AccountabilityKind.PROGRAMME_LEAD,
    AccountabilityKind.SECONDMENT,
)


class Consequences:
    """What differs between a map as it is and as it would be, for people and for bodies."""

    def __init__(
        self,
        before: PowerMap,
        after: PowerMap,
        gone: Iterable[str] = (),
        *,
        unit: Unit = Unit.LEADERS,
    ) -> None:
        self.before, self.after = before, after
        self.gone = frozenset(gone)
        """The leaders who would no longer be there."""
        self.unit = unit
        """Whose network is measured before and after."""

    @cached_property
    def people(self) -> tuple[Network, Network]:
        return network(self.before, on=self.before.on), network(self.after, on=self.before.on)

    @cached_property
    def bodies(self) -> tuple[Network, Network]:
        unit = Unit.ORGANISATIONS
        return (
            network(self.before, on=self.before.on, unit=unit),
            network(self.after, on=self.before.on, unit=unit),
        )

    @property
    def nets(self) -> tuple[Network, Network]:
        """The network that is measured, before and after."""
        return self.people if self.unit is Unit.LEADERS else self.bodies

    @property
    def node(self) -> str:
        """What one of those measured is called."""
        return "person" if self.unit is Unit.LEADERS else "body"

    @property
    def nodes(self) -> str:
        """What several of them are called."""
        return "people" if self.unit is Unit.LEADERS else "bodies"

    @cached_property
    def shapes(self) -> tuple[NetworkShape, NetworkShape]:
        before, after = self.nets
        return network_shape(before), network_shape(after)

    @cached_property
    def lost_links(self) -> list[Pair]:
        """Pairs joined in two steps through those who go alone."""
        return pairs_by_name(self.before, only_links(self.people[0].graph, self.gone))

    @cached_property
    def split(self) -> list[list[frozenset[str]]]:
        """What would fall into pieces that cannot reach each other at all."""
        return pieces(self.people[0].graph, self.gone)

    @cached_property
    def newly_alone(self) -> list[str]:
        before, after = self.shapes
        return by_name(self.before, after.isolated - before.isolated)

    @cached_property
    def unlinked_bodies(self) -> list[Pair]:
        """Pairs of bodies, both still there, that would have no tie left between them."""
        before, after = (found.graph.to_undirected() for found in self.bodies)
        lost = [
            edge
            for edge in before.edges
            if edge[0] in after and edge[1] in after and not after.has_edge(*edge)
        ]
        return pairs_by_name(self.before, lost)

    @cached_property
    def vacated(self) -> list[Accountability]:
        """What those who go hold and nobody would: posts and leads first, then seats."""
        kinds = list(AccountabilityKind)
        found = [
            duty
            for duty in self.before.accountabilities.values()
            if duty.holder in self.gone
            and duty.id in self.after.accountabilities
            and duty.kind is not AccountabilityKind.LINE_MANAGEMENT
        ]

        def order(duty: Accountability) -> tuple[bool, int, str]:
            return (
                duty.kind not in LEADING,
                kinds.index(duty.kind),
                post_named(self.before, duty).casefold(),
            )

        return sorted(found, key=order)

    @cached_property
    def left_leading(self) -> list[Accountability]:
        return [duty for duty in self.vacated if duty.kind in LEADING]

    @cached_property
    def remaining_ties(self) -> list[tuple[Pair, list[Relationship]]]:
        """Recorded ties between the bodies of the pairs that lose their link."""
        places = places_held(self.before)
        of = {
            leader: [body.id for body in bodies_of(self.before, held)]
            for leader, held in places.items()
        }
        between: dict[Pair, list[Relationship]] = {}
        for tie in self.after.relationships.values():
            if tie.kind in LAYER_KINDS[Layer.RELATIONSHIPS]:
                key = (min(tie.source, tie.target), max(tie.source, tie.target))
                between.setdefault(key, []).append(tie)
        wanted = {
            (min(one, other), max(one, other))
            for pair in self.lost_links
            for one, other in product(of.get(pair[0], []), of.get(pair[1], []))
        }
        there = pairs_by_name(self.before, wanted & between.keys())
        return [(pair, between[min(pair), max(pair)]) for pair in there]

    def facts(self) -> dict[str, Any]:
        before, after = self.shapes
        return {"before": before.numbers, "after": after.numbers}
