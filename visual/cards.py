"""The boxes that names stand in: their fixed sizes, and the lines of text that fit in them."""

from dataclasses import dataclass
from typing import NamedTuple

from visual.typeface import fit

FULL_CARDS = 12
"""Up to so many on a map, a card also says what its holder does."""


@dataclass(frozen=True, kw_only=True)
class CardStyle:
    """One size of card; all cards of a picture share it, so a changed role moves nothing."""

    width: int
    height: int
    stripe: int
    name_size: int
    role_size: int
    """0 where the card holds the name alone."""
    padding: int = 9

    @property
    def text_width(self) -> float:
        # Two pixels to spare: the browser kerns, the sum of advances does not.
        return self.width - self.stripe - 2 * self.padding - 2


FULL = CardStyle(width=226, height=68, stripe=36, name_size=16, role_size=13)
COMPACT = CardStyle(width=152, height=40, stripe=32, name_size=14, role_size=0)
PHONE = CardStyle(width=100, height=62, stripe=7, name_size=14, role_size=12, padding=6)


class Lettering(NamedTuple):
    """What is written on a card."""

    name: tuple[str, ...]
    role: tuple[str, ...]


def style_for(arranged: int) -> CardStyle:
    """The size of card for a picture with so many places; places are only ever added."""
    return FULL if arranged <= FULL_CARDS else COMPACT


def lettering(name: str, role: str, style: CardStyle) -> Lettering:
    """The name in two lines at most; the role below it has what is left of three."""
    lines = fit(name, style.text_width, style.name_size, "semibold", 2) or ("(no name)",)
    if style.role_size == 0:
        return Lettering(lines, ())
    shorter = role.replace("Foundation Trust", "FT")
    return Lettering(
        lines, fit(shorter, style.text_width, style.role_size, "regular", 3 - len(lines))
    )
