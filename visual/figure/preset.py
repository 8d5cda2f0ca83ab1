"""How large a board figure is, and how much it holds."""

from dataclasses import dataclass
from enum import StrEnum

from visual.cards import CardStyle

UNITS_PER_MM = 2 * 72 / 25.4
"""A unit is half a point."""
LEAST_TEXT = 14
"""7 points: smaller text does not survive a photocopier."""


class Preset(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, kw_only=True)
class Size:
    """The room that a preset gives: lengths in units unless they say millimetres."""

    width_mm: int
    most_names: int
    most_lines: int
    most_height: int
    """Of the map alone, without title, legend and notes: with them it still fits on A4."""
    page_mm: tuple[int, int]
    roomy: CardStyle
    """The cards of a picture of a few; the other, the cards of one that is full."""
    compact: CardStyle

    @property
    def width(self) -> float:
        return self.width_mm * UNITS_PER_MM


_ROOMY = CardStyle(width=232, height=0, stripe=36, name_size=18, role_size=15)
_COMPACT = CardStyle(width=170, height=0, stripe=34, name_size=15, role_size=0, padding=7)

SIZES = {
    Preset.PORTRAIT: Size(
        width_mm=160,
        most_names=25,
        most_lines=40,
        most_height=920,
        page_mm=(210, 297),
        roomy=_ROOMY,
        compact=_COMPACT,
    ),
    Preset.LANDSCAPE: Size(
        width_mm=250,
        most_names=40,
        most_lines=60,
        most_height=650,
        page_mm=(297, 210),
        roomy=_ROOMY,
        compact=_COMPACT,
    ),
}
