"""The ground a sector stands on: a faint shape behind its members, with a heading."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from powermap.vocabulary import Sector
from visual.cards import CardStyle
from visual.routing import Floats, Point

HEADING_ROOM = 9.0
ABOVE = 14.0
"""Ground above a card, for the heading, beside the margin that the page draws all round."""

CROWD = 400
"""More than so many cards are too small to stand on a ground of their own."""

Polygon = tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Region:
    """A part of a sector that holds together: the ground of its members, and of those between."""

    sector: Sector
    members: tuple[str, ...]
    ground: tuple[Polygon, ...]
    heading: Point | None


def regions(
    homes: Mapping[str, Sector], positions: Mapping[str, Point], style: CardStyle
) -> list[Region]:
    """The regions of every sector; those cut off from their sector are regions of their own.

    In a crowd a sector is one region without a ground: its cards are seen as its colour.
    """
    by_sector: dict[Sector, list[str]] = defaultdict(list)
    for node in sorted(homes):
        if node in positions:
            by_sector[homes[node]].append(node)
    found = []
    for sector in Sector:
        members = by_sector.get(sector, [])
        if len(positions) > CROWD:
            if members:
                found.append(Region(sector=sector, members=tuple(members), ground=(), heading=None))
            continue
        strangers = np.array(
            [positions[node] for node in positions if homes.get(node) is not sector]
        ).reshape(-1, 2)
        parts = _parts(members, positions, strangers, style)
        longest = max((len(part) for part, _ in parts), default=0)
        for part, ground in parts:
            headed = len(part) == longest or len(part) > 2
            found.append(
                Region(
                    sector=sector,
                    members=tuple(part),
                    ground=tuple(ground),
                    heading=_heading([positions[node] for node in part], style) if headed else None,
                )
            )
    return found


def _parts(
    members: Sequence[str],
    positions: Mapping[str, Point],
    strangers: Floats,
    style: CardStyle,
) -> list[tuple[list[str], list[Polygon]]]:
    """Members joined, nearest first, wherever the ground between them is not somebody else's."""
    pairs = _near_pairs(members, positions, 2.2 * max(style.width, 2.6 * style.height))
    part_of = {node: node for node in members}
    in_part = {node: [node] for node in members}
    ground: list[tuple[str, Polygon]] = []
    alone = set(members)
    for _, a, b in pairs:
        shape = _hull([*_corners(positions[a], style), *_corners(positions[b], style)])
        if _touches(shape, strangers, style):
            continue
        ground.append((a, shape))
        alone -= {a, b}
        if part_of[a] != part_of[b]:
            kept, merged = part_of[a], part_of[b]
            in_part[kept] += in_part[merged]
            part_of |= dict.fromkeys(in_part.pop(merged), kept)
    ground += [(node, _hull(_corners(positions[node], style))) for node in sorted(alone)]
    return [
        (
            [node for node in members if part_of[node] == part],
            [shape for node, shape in ground if part_of[node] == part],
        )
        for part in dict.fromkeys(part_of.values())
    ]


def _near_pairs(
    members: Sequence[str], positions: Mapping[str, Point], reach: float
) -> list[tuple[float, str, str]]:
    """Pairs within reach, nearest first."""
    if len(members) < 2:
        return []
    places = np.array([positions[node] for node in members])
    return sorted(
        (float(np.hypot(*(places[one] - places[other]))), members[one], members[other])
        for one, other in KDTree(places).query_pairs(reach + 1e-9)
    )


def _corners(middle: Point, style: CardStyle) -> list[Point]:
    x, y, across, down = *middle, style.width / 2, style.height / 2
    return [
        (x - across, y - down - ABOVE),
        (x + across, y - down - ABOVE),
        (x + across, y + down),
        (x - across, y + down),
    ]


def _hull(points: Sequence[Point]) -> Polygon:
    """The convex hull, corner by corner (Andrew's monotone chain)."""

    def chain(ordered: Sequence[Point]) -> list[Point]:
        found: list[Point] = []
        for x, y in ordered:
            while len(found) > 1:
                (ax, ay), (bx, by) = found[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                found.pop()
            found.append((x, y))
        return found[:-1]

    ordered = sorted(set(points))
    return tuple(chain(ordered) + chain(ordered[::-1]))


def _touches(shape: Polygon, strangers: Floats, style: CardStyle) -> bool:
    """Whether any stranger's card lies on this ground: no line can be drawn between the two."""
    if len(strangers) == 0:
        return False
    polygon = np.array(shape)
    half = np.array([style.width / 2 + 6, style.height / 2 + 6])
    outside = (strangers < polygon.min(axis=0) - half) | (strangers > polygon.max(axis=0) + half)
    strangers = strangers[~outside.any(axis=1)]
    if len(strangers) == 0:
        return False
    sides = np.roll(polygon, -1, axis=0) - polygon
    axes = np.vstack([np.column_stack([-sides[:, 1], sides[:, 0]]), np.eye(2)])
    low, high = (polygon @ axes.T).min(axis=0), (polygon @ axes.T).max(axis=0)
    middle, spread = strangers @ axes.T, np.abs(axes) @ half
    apart = (middle + spread < low) | (middle - spread > high)
    return bool((~apart.any(axis=1)).any())


def _heading(members: Sequence[Point], style: CardStyle) -> Point:
    """Just above the card that stands highest, and there furthest to the left."""
    x, y = min(members, key=lambda point: (point[1], point[0]))
    return x - style.width / 2, y - style.height / 2 - HEADING_ROOM
