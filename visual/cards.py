"""The boxes that names stand in: their fixed sizes, and the lines of text that fit in them."""

import re
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
COMPACT = CardStyle(width=156, height=40, stripe=31, name_size=15, role_size=0, padding=7)
PHONE = CardStyle(width=98, height=62, stripe=7, name_size=14, role_size=12, padding=6)


class Lettering(NamedTuple):
    """What is written on a card."""

    name: tuple[str, ...]
    role: tuple[str, ...]


def style_for(arranged: int) -> CardStyle:
    """The size of card for a picture with so many places; places are only ever added."""
    return FULL if arranged <= FULL_CARDS else COMPACT


_SHORTER = (
    ("Foundation Trust", "FT"),
    ("Primary Care Trust", "PCT"),
    ("Clinical Commissioning Group", "CCG"),
    ("Integrated Care Board", "ICB"),
    ("Health and Wellbeing Board", "HWB"),
)
"""What everybody in the field says for short; used only where the full words do not fit."""


def lettering(name: str, role: str, style: CardStyle, *, of_body: bool = False) -> Lettering:
    """The name in two lines at most; the role below it has what is left of three."""
    lines = _fitted(name, style, style.name_size, "semibold", 2, shorten=of_body)
    if style.role_size == 0:
        return Lettering(lines or ("(no name)",), ())
    below = _fitted(role, style, style.role_size, "regular", 3 - len(lines), shorten=True)
    return Lettering(lines or ("(no name)",), below)


def _fitted(
    text: str, style: CardStyle, size: int, weight: str, lines: int, *, shorten: bool
) -> tuple[str, ...]:
    fitted = fit(text, style.text_width, size, weight, lines)
    if not shorten or not fitted or not fitted[-1].endswith("…"):
        return fitted
    for words, initials in _SHORTER:
        text = re.sub(re.escape(words), initials, text, flags=re.IGNORECASE)
    return fit(text, style.text_width, size, weight, lines)
