"""What is drawn side by side: a picture before and after, and what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from visual.figure.changes import PartyChange, Place, TieChange
from visual.lines import Line
from visual.picture import Party
from visual.routing import Point


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two."""

    heading: str
    parties: Sequence[Party]
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Both, with places for everybody who is in either."""

    before: Side
    after: Side
    screen: Mapping[str, Point]
    parties: Mapping[str, PartyChange]
    ties: Mapping[Place, TieChange]
    tags: Mapping[str, str] = field(default_factory=dict)
    """A word or two for what became of somebody, where more is known than that they changed."""

    @property
    def everybody(self) -> list[Party]:
        """Each once, as they are afterwards if they are there then."""
        found = {party.id: party for party in (*self.before.parties, *self.after.parties)}
        return list(found.values())

    @property
    def every_line(self) -> list[Line]:
        """Each once, as it is afterwards if it is there then."""
        found = {line.id: line for line in (*self.before.lines, *self.after.lines)}
        return list(found.values())

    def among(self, kept: set[str]) -> "Sides":
        """The same without all others."""
        return replace(
            self,
            before=_among(self.before, kept),
            after=_among(self.after, kept),
            screen={id: place for id, place in self.screen.items() if id in kept},
            parties={id: change for id, change in self.parties.items() if id in kept},
            ties={place: change for place, change in self.ties.items() if place[0] <= kept},
            tags={id: tag for id, tag in self.tags.items() if id in kept},
        )

    def by_name(self) -> "Sides":
        """The same with everybody called by their place among the names: on ids, which are minted
        by chance, no figure may hang."""
        everybody = sorted(self.everybody, key=lambda party: (party.name, party.role, party.id))
        key = {party.id: f"{place:04}" for place, party in enumerate(everybody)}
        return Sides(
            before=_renamed(self.before, key),
            after=_renamed(self.after, key),
            screen={key[id]: self.screen[id] for id in sorted(key, key=key.__getitem__)},
            parties={key[id]: change for id, change in self.parties.items()},
            ties={
                (frozenset(key[end] for end in ends), layer): change
                for (ends, layer), change in self.ties.items()
            },
            tags={key[id]: tag for id, tag in self.tags.items()},
        )


def _among(side: Side, kept: set[str]) -> Side:
    return replace(
        side,
        parties=[party for party in side.parties if party.id in kept],
        lines=[line for line in side.lines if {line.source, line.target} <= kept],
    )


def _renamed(side: Side, key: Mapping[str, str]) -> Side:
    lines = [
        replace(
            line,
            id=f"{key[line.source]}.{key[line.target]}.{line.layer}",
            source=key[line.source],
            target=key[line.target],
        )
        for line in side.lines
    ]
    parties = [replace(party, id=key[party.id]) for party in side.parties]
    return replace(
        side,
        parties=sorted(parties, key=lambda party: party.id),
        lines=sorted(lines, key=lambda line: (line.source, line.target, line.layer)),
    )
