"""How large a board figure is, and how much it holds."""

from dataclasses import dataclass
from enum import StrEnum

from visual.cards import CardStyle

UNITS_PER_MM = 2 * 72 / 25.4
"""On paper a unit is half a point."""
SLIDE_UNITS_PER_MM = 96 / 25.4
"""On a slide it is three quarters of one: 1280 to the width of a slide of 16 to 9."""
LEAST_TEXT = 14
"""7 points on paper: smaller text does not survive a photocopier. 10.5 points on a slide."""


class Preset(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    SLIDE = "slide"


@dataclass(frozen=True, kw_only=True)
class Size:
    """The room that a preset gives: lengths in units unless they say millimetres."""

    width_mm: int
    most_names: int
    most_lines: int
    most_height: int
    """Of the map alone, without title, legend and notes: with them it still fits on its page."""
    most_sheet_mm: int
    """Of the whole figure: so high it keeps its size, and its letters theirs, in a document."""
    page_mm: tuple[float, float]
    roomy: CardStyle
    """The cards of a picture of a few; the other, the cards of one that is full."""
    compact: CardStyle
    most_roomy: int = 12
    """Up to so many names the cards are the roomy ones, which also say what their holder does."""
    units_per_mm: float = UNITS_PER_MM

    @property
    def width(self) -> float:
        return self.width_mm * self.units_per_mm


_ROOMY = CardStyle(width=232, height=0, stripe=36, name_size=18, role_size=15)
_COMPACT = CardStyle(width=170, height=0, stripe=34, name_size=15, role_size=0, padding=7)

SIZES = {
    Preset.PORTRAIT: Size(
        width_mm=160,
        most_names=25,
        most_lines=40,
        most_height=920,
        most_sheet_mm=228,
        page_mm=(210, 297),
        roomy=_ROOMY,
        compact=_COMPACT,
    ),
    Preset.LANDSCAPE: Size(
        width_mm=250,
        most_names=40,
        most_lines=60,
        most_height=650,
        most_sheet_mm=172,
        page_mm=(297, 210),
        roomy=_ROOMY,
        compact=_COMPACT,
    ),
    Preset.SLIDE: Size(
        width_mm=320,
        most_names=20,
        most_lines=36,
        most_height=320,
        most_sheet_mm=180,
        page_mm=(338.67, 190.5),
        roomy=_ROOMY,
        compact=_COMPACT,
        most_roomy=7,
        units_per_mm=SLIDE_UNITS_PER_MM,
    ),
}
