"""What the rows of a matrix stand for, and in which order they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.pages.naming import labels
from graph.network import GroupBy, Network, Unit, network
from powermap.model import PowerMap
from powermap.vocabulary import Layer, Sector
from visual.sectors import LOOKS


class Rows(StrEnum):
    """What a row stands for."""

    EACH = "each"
    ORGANISATION = "organisation"
    SECTOR = "sector"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row and column of the table."""

    id: str
    name: str
    sector: Sector | None
    unit: Unit | None
    """Whether it is a person or a body; None for a sector."""


@dataclass(frozen=True, kw_only=True)
class Folding:
    """A network, and the rows that it can be folded into."""

    shown: PowerMap
    by_body: Network
    by_sector: Network

    @property
    def unit(self) -> Unit:
        return self.by_body.unit

    def choices(self) -> tuple[Rows, ...]:
        """From the finest; bodies are not folded into themselves."""
        return tuple(
            rows for rows in Rows if rows is not Rows.ORGANISATION or self.unit is Unit.LEADERS
        )

    def member_of(self, rows: Rows) -> Mapping[str, str] | None:
        """The row of each node that has one; None where each has its own."""
        return {Rows.ORGANISATION: self.by_body.groups, Rows.SECTOR: self.by_sector.groups}.get(
            rows
        )

    def stood_for(self, rows: Rows, nodes: Collection[str] | None = None) -> set[str]:
        """The ids of the rows of some nodes, or of all."""
        known = self.by_body.graph if nodes is None else nodes
        groups = self.member_of(rows)
        if groups is None:
            return set(known)
        return {groups[node] for node in known if node in groups}

    def rows(self, rows: Rows, nodes: Collection[str] | None = None) -> list[Row]:
        """The rows sector by sector, within a sector body by body, then by name."""
        found = self.stood_for(rows, nodes)
        sectors = list(Sector)
        if rows is Rows.SECTOR:
            return [
                Row(id=sector, name=LOOKS[sector].name, sector=sector, unit=None)
                for sector in sectors
                if sector in found
            ]
        called = labels(self.shown)
        body_of = self.by_body.groups if rows is Rows.EACH else {}

        def sector_of(id: str) -> Sector | None:
            if rows is Rows.ORGANISATION:
                return self.shown.organisations[id].sector
            group = self.by_sector.groups.get(id)
            return Sector(group) if group else None

        def place(id: str) -> tuple[int, str, str, str]:
            sector = sector_of(id)
            body = called.get(body_of.get(id, ""), "")
            at = sectors.index(sector) if sector else len(sectors)
            return at, body.casefold(), called[id].casefold(), id

        return [
            Row(
                id=id,
                name=called[id],
                sector=sector_of(id),
                unit=Unit.LEADERS if id in self.shown.leaders else Unit.ORGANISATIONS,
            )
            for id in sorted(found, key=place)
        ]


def folding(shown: PowerMap, layer: Layer, unit: Unit) -> Folding:
    """The network of a map as it is shown on its day, ready to be folded."""
    return Folding(
        shown=shown,
        by_body=network(shown, on=shown.on, layer=layer, unit=unit, group_by=GroupBy.ORGANISATION),
        by_sector=network(shown, on=shown.on, layer=layer, unit=unit),
    )
