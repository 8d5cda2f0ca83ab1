"""The places on a sheet where boxes may stand: rows set off like bricks, sized to the picture."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product
from math import ceil

import numpy as np

from visual.cards import FULL, CardStyle
from visual.fan import Floats, fan
from visual.routing import BENDS, CLEARANCE

SHEETS = {True: (1060.0, 640.0), False: (1150.0, 700.0)}
"""The room for a picture of full and of compact cards: with it all text is 12 pixels or more at
1024 by 768."""

GAP = (34.0, 34.0)
"""The least room between boxes: a line passes through, and a region's heading fits."""


@dataclass(frozen=True)
class Lattice:
    """Rows of places, every other one set off by half a step."""

    rows: int
    columns: int
    across: float
    down: float

    @cached_property
    def places(self) -> Floats:
        middle = (self.rows - 1) / 2, (self.columns - 1) / 2
        places = [
            (
                (column - middle[1] + (0.5 if row % 2 else 0)) * self.across,
                (row - middle[0]) * self.down,
            )
            for row in range(self.rows)
            for column in range(self.columns - row % 2)
        ]
        return np.array(places).round(1)


def lattice_for(count: int, style: CardStyle) -> Lattice:
    """Somewhat more places than boxes, spread over the sheet, each step wider than high."""
    width, height = SHEETS[style is FULL]
    for room in (1.7, 1.5, 1.35, 1.2, 1.1, 1.0):
        wanted = ceil(count * room)
        fitting = [
            (abs(width / columns / (height / rows) - 1.75), rows * columns, rows, columns)
            for rows, columns in product(range(1, 13), range(1, 10))
            if width / columns >= style.width + GAP[0]
            and height / rows >= style.height + GAP[1]
            and rows * columns - rows // 2 >= wanted
        ]
        if fitting:
            _, _, rows, columns = min(fitting)
            return _laid(rows, columns, width / columns, height / rows)
    columns = ceil((count / 1.5) ** 0.5)
    rows = ceil(count / (columns - 0.5)) + 1
    return _laid(rows, columns, style.width + GAP[0], style.height + GAP[1])


def _laid(rows: int, columns: int, across: float, down: float) -> Lattice:
    return Lattice(rows, columns, min(across, 330.0), min(down, 190.0))


@lru_cache(maxsize=32)
def hits(lattice: Lattice, style: CardStyle) -> dict[tuple[int, int], tuple[int, ...]]:
    """For each two places and each bend, the places the curve would run behind, as bits."""
    places = lattice.places
    across, down = places[:, 0, None, None], places[:, 1, None, None]
    room = style.width / 2 + CLEARANCE, style.height / 2 + CLEARANCE
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for i, j in combinations(range(len(places)), 2):
        points = fan(tuple(places[i]), tuple(places[j]), BENDS, step=16.0)
        behind = np.abs(points[:, :, 0] - across) < room[0]
        behind &= np.abs(points[:, :, 1] - down) < room[1]
        behind[[i, j]] = False
        bits = np.packbits(behind.any(axis=2), axis=0, bitorder="little").T
        masks = [int.from_bytes(each.tobytes(), "little") for each in bits]
        straight, left, right, far_left, far_right = masks
        found[i, j] = straight, left, right, far_left, far_right
        # Seen from the other end left is right; that the curves lean a little is let pass here.
        found[j, i] = straight, right, left, far_right, far_left
    return found
