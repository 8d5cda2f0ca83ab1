"""The ground that each sector stands on, and the sector's name where nothing is in its way."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from visual.cards import CardStyle
from visual.figure.card import RING
from visual.figure.curves import Path, sampled
from visual.figure.shapes import Area, Box, Shape, Text, centred, polygon
from visual.picture import Party
from visual.regions import regions
from visual.routing import Point
from visual.sectors import look_of
from visual.typeface import width_of

HEADING = 14


def ground(
    parties: Sequence[Party], positions: Mapping[str, Point], style: CardStyle
) -> Iterator[Shape]:
    homes = {party.id: party.sectors[0] for party in parties if len(party.sectors) == 1}
    for region in regions(homes, positions, style):
        for shape in region.ground:
            yield Area(path=polygon(shape), fill=look_of(region.sector).tint, edge=16.0)


def headings(
    parties: Sequence[Party],
    positions: Mapping[str, Point],
    style: CardStyle,
    paths: Mapping[str, Path],
    width: float,
) -> Iterator[Shape]:
    """Above or below a member of the region, where no box stands and the fewest lines pass."""
    homes = {party.id: party.sectors[0] for party in parties if len(party.sectors) == 1}
    passing = np.vstack([sampled(path) for path in paths.values()] or [np.zeros((0, 2))])
    taken = [(x, y, style.width / 2 + RING, style.height / 2 + RING) for x, y in positions.values()]
    for region in regions(homes, positions, style):
        if region.heading is None:
            continue
        look = look_of(region.sector)
        half = width_of(look.name, HEADING, "semibold") / 2 + 3, HEADING / 2 + 2
        best: tuple[int, int, float, float] | None = None
        for order, (x, y) in enumerate(_beside(region.members, positions, style, half)):
            inside = half[0] + 2 <= x <= width - half[0] - 2
            if inside and all(
                abs(x - tx) >= w + half[0] or abs(y - ty) >= h + half[1] for tx, ty, w, h in taken
            ):
                near = np.abs(passing - np.array([x, y])) < np.array(half)
                crossed = int(near.all(axis=1).sum())
                if best is None or crossed < best[0]:
                    best = crossed, order, x, y
        if best is None:
            continue
        _, _, x, y = best
        taken.append((x, y, *half))
        yield Box(
            x=x - half[0], y=y - half[1], width=2 * half[0], height=2 * half[1], fill=look.tint
        )
        words = Text(
            x=0, y=y + 0.34 * HEADING, text=look.name, size=HEADING, weight="semibold", ink=look.ink
        )
        yield centred(words, x)


def _beside(
    members: Sequence[str],
    positions: Mapping[str, Point],
    style: CardStyle,
    half: tuple[float, float],
) -> Iterator[Point]:
    by_height = sorted((positions[member] for member in members), key=lambda p: (p[1], p[0]))
    aside = style.width / 2 - half[0]
    for x, y in by_height:
        for shift in (-aside, 0.0, aside):
            yield x + shift, y - style.height / 2 - half[1] - RING - 0.5
    for x, y in reversed(by_height):
        for shift in (-aside, 0.0, aside):
            yield x + shift, y + style.height / 2 + half[1] + RING + 0.5
