"""The names that share a place on the grid: small cards, one on the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visual.figure.card import CODE_SIZE, DOTTED
from visual.figure.preset import LEAST_TEXT
from visual.figure.shapes import INK, WHITE, Box, Shape, Text, centred
from visual.figure.signs import writable
from visual.picture import Party
from visual.sectors import look_of
from visual.typeface import fit, width_of

SIZE = LEAST_TEXT
PITCH, STRIPE, PADDING, BETWEEN = 16.0, 34.0, 6.0, 3.0
TEXT_WIDTHS = (150.0, 104.0)
"""How wide a name may be: first where there is room, else narrow and in more lines."""
MOST_LINES = 3
HIGHEST = 7
"""So many cards in one pile; more stand in columns."""


@dataclass(frozen=True, kw_only=True)
class Pile:
    """Cards of one width in columns, from the top left on."""

    parties: Sequence[Party]
    lines: Sequence[tuple[str, ...]]
    card_width: float
    columns: int

    @property
    def short(self) -> tuple[str, ...]:
        """Whose name does not stand there in full."""
        return tuple(
            party.id
            for party, lines in zip(self.parties, self.lines, strict=True)
            if lines[-1].endswith("…") and not party.name.endswith("…")
        )

    @property
    def width(self) -> float:
        return self.columns * (self.card_width + BETWEEN) - BETWEEN

    @property
    def height(self) -> float:
        return max(low for _, low in self._places()) if self.parties else 0.0

    def places(self) -> list[tuple[float, float]]:
        """Where each card begins, beside and below the corner of the pile."""
        return [place for place, _ in self._places()]

    def _places(self) -> Iterator[tuple[tuple[float, float], float]]:
        in_column = -(-len(self.parties) // self.columns)
        y = 0.0
        for number, lines in enumerate(self.lines):
            column, row = divmod(number, in_column)
            y = y if row else 0.0
            yield (column * (self.card_width + BETWEEN), y), y + card_height(lines)
            y += card_height(lines) + BETWEEN


def card_height(lines: Sequence[str]) -> float:
    return PITCH * len(lines) + 6


def pile(parties: Sequence[Party], width: float) -> Pile:
    """By name, so that nobody of the same standing stands before another by rank."""
    ordered = sorted(parties, key=lambda party: (party.name.casefold(), party.id))
    lines = [
        fit(_breakable(party.name, width), width, SIZE, "semibold", MOST_LINES) or ("(no name)",)
        for party in ordered
    ]
    text = max(width_of(line, SIZE, "semibold") for each in lines for line in each)
    stripes = max(len(party.sectors[:2] or (None,)) for party in ordered)
    return Pile(
        parties=ordered,
        lines=lines,
        card_width=stripes * STRIPE + 2 * PADDING + text,
        columns=-(-len(ordered) // HIGHEST),
    )


def pile_shapes(one: Pile, left: float, top: float) -> Iterator[Shape]:
    for party, lines, (x, y) in zip(one.parties, one.lines, one.places(), strict=True):
        box = Box(x=left + x, y=top + y, width=one.card_width, height=card_height(lines))
        yield Box(**{**vars(box), "fill": WHITE})
        stripes = party.sectors[:2] or (None,)
        for place, sector in enumerate(stripes):
            look = look_of(sector)
            stripe = Box(
                x=box.x + place * STRIPE,
                y=box.y,
                width=STRIPE - (place < len(stripes) - 1),
                height=box.height,
                fill=look.ink,
            )
            yield stripe
            code = Text(
                x=0,
                y=box.y + box.height / 2 + 0.33 * CODE_SIZE,
                text=look.code,
                size=CODE_SIZE,
                weight="semibold",
                ink=WHITE,
            )
            yield centred(code, stripe.x + stripe.width / 2)
        for place, line in enumerate(lines):
            yield Text(
                x=box.x + len(stripes) * STRIPE + PADDING,
                y=box.y + 3 + PITCH * (place + 0.5) + 0.33 * SIZE,
                text=line,
                size=SIZE,
                weight="semibold",
            )
        dash = DOTTED if party.doubtful else ""
        yield Box(**{**vars(box), "stroke": INK, "stroke_width": 1.2, "dash": dash})


def _breakable(name: str, width: float) -> str:
    """The name with room after its hyphens, where a part of it is too wide for one line."""
    words = [
        word.replace("-", "- ").rstrip() if width_of(word, SIZE, "semibold") > width else word
        for word in writable(name).split()
    ]
    return " ".join(words)
