"""Two panels on one sheet: beside each other where it is wide, else one above the other."""

from dataclasses import dataclass, replace

from visual.figure.preset import SIZES, Preset, Size
from visual.routing import Point

MOST_NAMES = {Preset.PORTRAIT: 11, Preset.LANDSCAPE: 12, Preset.SLIDE: 8}
"""In each panel; more would not leave room for names of three lines and for the lines between."""
FEW = 6
"""Up to so many names, the cards are those of a picture of a few."""
GUTTER = 20.0
"""Between the panels."""
HEADING = 52.0
"""For the words above the panels."""
BETWEEN = 90.0
"""For what stands above and below each panel, where one is above the other."""


@dataclass(frozen=True, kw_only=True)
class Panels:
    """The room of one panel, and where the second lies from the first."""

    size: Size
    beside: bool

    def second(self, low: float) -> Point:
        """How far right and down the second begins; `low` is how tall the first is."""
        return (self.size.width + GUTTER, 0.0) if self.beside else (0.0, low + GUTTER)


def panels(preset: Preset, count: int) -> Panels:
    """The panels for so many names."""
    whole = SIZES[preset]
    beside = whole.width > whole.most_height
    if beside:
        width_mm = int((whole.width - GUTTER) / 2 / whole.units_per_mm)
        height = whole.most_height - HEADING
    else:
        width_mm, height = whole.width_mm, (whole.most_height - GUTTER) / 2 - BETWEEN
    size = replace(
        whole,
        width_mm=width_mm,
        most_names=MOST_NAMES[preset],
        most_height=int(height),
        roomy=whole.roomy if count <= FEW and preset is not Preset.SLIDE else whole.compact,
    )
    return Panels(size=size, beside=beside)
