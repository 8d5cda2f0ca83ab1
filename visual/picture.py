"""What is drawn, as plain values: which parties, which lines, where, and what stands out."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from powermap.vocabulary import Layer, Sector
from visual.cards import CardStyle, style_for
from visual.layout import Belonging
from visual.lines import Line
from visual.regions import Region, regions
from visual.routing import CLEARANCE, Course, Point, bend_lines

MOST_NAMES = 34
MOST_LINES = 50
MOST_HIGHLIGHTED = 12
MOST_DRAWN = 2000
LEAST_KEPT = 0.75


@dataclass(frozen=True, kw_only=True)
class Party:
    """A leader or an organisation, as far as a picture shows it."""

    id: str
    name: str
    role: str
    person: bool
    sectors: tuple[Sector, ...] = ()
    bodies: tuple[str, ...] = ()
    band: int | None = None
    """1 (low), 2 or 3 (high) by the chosen measure; None where that is not defined."""
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """What stands out: who, and which lines, with what is written on them."""

    centre: str | None = None
    parties: frozenset[str] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    """For each line that stands out, what is written on it: a step's number, letters of pairs."""
    accented: frozenset[str] = frozenset()
    """Whose boxes have the accent: the centre alone, if nobody is named."""
    gap: tuple[str, str] | None = None
    """Two who have no line, and between whom the lack of one is drawn."""

    def among(self, drawn: AbstractSet[str]) -> "Highlight":
        """The same without those who are not drawn."""
        return replace(
            self,
            centre=self.centre if self.centre in drawn else None,
            parties=self.parties & drawn,
            accented=self.accented & drawn,
            gap=self.gap if self.gap and set(self.gap) <= drawn else None,
        )


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything the page needs to draw; nothing is worked out in the browser."""

    label: str
    parties: tuple[Party, ...]
    lines: tuple[Line, ...]
    positions: Mapping[str, Point]
    courses: Mapping[str, Course]
    regions: tuple[Region, ...]
    style: CardStyle
    highlight: Highlight


def belonging(parties: Sequence[Party]) -> Belonging:
    """What the layout has to know of them."""
    return Belonging(
        sectors={party.id: tuple(map(str, party.sectors)) or ("",) for party in parties},
        bodies={party.id: party.bodies for party in parties},
    )


def choose(
    parties: Sequence[Party],
    lines: Sequence[Line],
    first: AbstractSet[str],
    standing: AbstractSet[str] = frozenset(),
    most_names: int = MOST_NAMES,
    most_lines: int = MOST_LINES,
) -> tuple[list[Party], list[Line]]:
    """The parties and lines of an opening picture: those that stand out, then the most tied.

    Among equals those who have a place already come first: the picture stays where it was. In
    the other layers, where ties are few, those without any would only stand in the way.
    """
    weight = {party.id: 0 for party in parties}
    for line in lines:
        for end in (line.source, line.target):
            weight[end] += 1
    ranked = sorted(
        parties,
        key=lambda p: (p.id not in first, -weight[p.id], p.id not in standing, p.name, p.id),
    )
    if lines and all(line.layer is not Layer.RELATIONSHIPS for line in lines):
        ranked = [party for party in ranked if weight[party.id]]
    kept = {party.id for party in ranked[:most_names]}
    inside = [line for line in lines if line.source in kept and line.target in kept]
    if len(inside) > most_lines:
        inside.sort(key=lambda line: _rank(line, first, weight))
        inside = inside[:most_lines]
    ids = {line.id for line in inside}
    return [p for p in parties if p.id in kept], [line for line in lines if line.id in ids]


def _rank(
    line: Line, first: AbstractSet[str], weight: Mapping[str, int]
) -> tuple[bool, int, int, str]:
    aside = not (line.source in first and line.target in first)
    return aside, -(line.strength or 0), -weight[line.source] - weight[line.target], line.id


def without_blocked(
    lines: Sequence[Line],
    positions: Mapping[str, Point],
    parties: Sequence[Party],
    highlight: Highlight,
) -> list[Line]:
    """The lines, without the few that no bend leads clear of the boxes.

    Both views of a tie go together: one alone would tell another story. Where many are in the
    way they all stay: a line behind a box misleads less than a picture without lines.
    """
    style = style_for(len(positions))
    drawn = {party.id: positions[party.id] for party in parties}
    courses = bend_lines(lines, drawn, style.width, style.height)
    blocked = {
        frozenset((line.source, line.target))
        for line in lines
        if courses[line.id].clearance < CLEARANCE and line.id not in highlight.letters
    }
    clear = [line for line in lines if frozenset((line.source, line.target)) not in blocked]
    return clear if len(clear) >= LEAST_KEPT * len(lines) else list(lines)


def compose(
    *,
    label: str,
    parties: Sequence[Party],
    lines: Sequence[Line],
    positions: Mapping[str, Point],
    style: CardStyle,
    highlight: Highlight,
) -> Picture:
    """The picture of these parties and lines at places already found."""
    drawn = {party.id: positions[party.id] for party in parties}
    homes = {party.id: party.sectors[0] for party in parties if len(party.sectors) == 1}
    return Picture(
        label=label,
        parties=tuple(parties),
        lines=tuple(lines),
        positions=drawn,
        courses=bend_lines(lines, drawn, style.width, style.height, wide=True),
        regions=tuple(regions(homes, drawn, style)),
        style=style,
        highlight=highlight,
    )


def bands(values: Mapping[str, float | None]) -> dict[str, int | None]:
    """Three bands by thirds of the highest value: equal values are never told apart."""
    highest = max((value for value in values.values() if value is not None), default=0.0)
    if highest <= 0:
        return {node: None if value is None else 1 for node, value in values.items()}
    return {
        node: None if value is None else 1 + (value > highest / 3) + (value > 2 * highest / 3)
        for node, value in values.items()
    }
