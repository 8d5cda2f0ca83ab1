"""What the cells of a map's tables say; what takes time is worked out once for all rows."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from api.pages.records.kinds import record_address
from graph.posts import Posts, bodies_of, places_held
from powermap.model import (
    Organisation,
    PowerMap,
    Record,
    kind_of,
    name_of,
)
from powermap.vocabulary import Sector
from visual.sectors import SectorLook


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in one cell."""

    text: str = ""
    more: tuple[str, ...] = ()
    """Further lines of the same cell."""
    address: str = ""
    looks: tuple[SectorLook, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Contents:
    """What the cells of one map's tables say; what takes time is worked out once."""

    map_id: str
    shown: PowerMap

    @cached_property
    def places(self) -> Posts:
        """The posts of the day shown, else of the map's own day."""
        at = self.shown
        return places_held(at if at.on else at.held_on(at.header.as_at))

    @cached_property
    def ties(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for tie in self.shown.relationships.values():
            found.update((tie.source, tie.target))
        return found

    @cached_property
    def holders(self) -> Counter[str]:
        """How many people hold something in each body."""
        pairs = {
            (duty.to, duty.holder)
            for duty in self.shown.accountabilities.values()
            if duty.holder in self.shown.leaders
        }
        return Counter(body for body, _ in pairs)

    def name(self, record_id: str | None) -> str:
        record = self.shown.records.get(record_id or "")
        return (name_of(record) or "") if record else ""

    def sectors(self, record: Record) -> list[Sector]:
        """The sector of a body, or those of the bodies where a person has a place."""
        if isinstance(record, Organisation):
            return [record.sector]
        held = self.places.get(record.id, ())
        bodies = [place for place in held if place.to in self.shown.organisations]
        return list(dict.fromkeys(body.sector for body in bodies_of(self.shown, bodies)))

    def of(self, record_id: str | None) -> Cell:
        """The cell of a person or body that a record names."""
        record = self.shown.records.get(record_id or "")
        if record is None:
            return Cell()
        address = record_address(self.map_id, kind_of(record), record.id)
        return Cell(text=name_of(record) or record.id, address=address)

    def itself(self, record: Record, words: str) -> Cell:
        return Cell(text=words, address=record_address(self.map_id, kind_of(record), record.id))
