"""A name on paper: a box, the stripe of its sector, a border for its band, a ring for accent."""

from collections.abc import Iterator

from visual.cards import CardStyle, Lettering
from visual.figure.lettering import pitch
from visual.figure.shapes import (
    ACCENT,
    FAINT,
    INK,
    QUIET,
    WHITE,
    Area,
    Box,
    Shape,
    Text,
    centred,
    left_rounded,
)
from visual.picture import Party
from visual.routing import Point
from visual.sectors import look_of

CODE_SIZE = 14
BORDERS = {None: 1.2, 1: 1.2, 2: 2.8, 3: 4.6}
"""By band."""
RING = 5.0
RADIUS = 9.0
DOTTED = "2.5 3.5"


def card(
    party: Party, written: Lettering, middle: Point, style: CardStyle, *, ring: bool, strong: bool
) -> Iterator[Shape]:
    """The shapes of one card. `strong`: not one of those that stand back behind a highlight."""
    outer = outline(middle, style, RADIUS if party.person else 0.0)
    if ring:
        yield Box(
            x=outer.x - RING,
            y=outer.y - RING,
            width=outer.width + 2 * RING,
            height=outer.height + 2 * RING,
            radius=outer.radius + RING if party.person else 0.0,
            fill=WHITE,
            stroke=ACCENT,
            stroke_width=2.6,
        )
    yield Box(**{**vars(outer), "fill": WHITE})
    yield from stripe(party, outer, style.stripe)
    yield from lettered(written, outer, middle, style, INK if strong else QUIET)
    yield Box(
        **{
            **vars(outer),
            "stroke": ACCENT if ring else INK if strong else FAINT,
            "stroke_width": BORDERS[party.band],
            "dash": DOTTED if party.doubtful else "",
        }
    )


def stripe(party: Party, outer: Box, width: float) -> Iterator[Shape]:
    """One colour and code for a sector; two for a joint post."""
    looks = [look_of(sector) for sector in party.sectors[:2]] or [look_of(None)]
    yield Area(path=left_rounded(Box(**{**vars(outer), "width": width})), fill=looks[0].ink)
    if len(looks) == 2:
        half = outer.height / 2
        if outer.radius:
            low = Box(x=outer.x, y=outer.y + half, width=width, height=half, radius=outer.radius)
            yield Area(path=left_rounded(low), fill=looks[1].ink)
            yield Box(x=outer.x, y=outer.y + half, width=width, height=half / 2, fill=looks[1].ink)
        else:
            yield Box(x=outer.x, y=outer.y + half, width=width, height=half, fill=looks[1].ink)
        yield Box(x=outer.x, y=outer.y + half - 0.8, width=width, height=1.6, fill=WHITE)
    for place, look in enumerate(looks):
        middle = outer.y + outer.height * (place + 0.5) / len(looks)
        text = Text(
            x=0,
            y=middle + 0.34 * CODE_SIZE,
            text=look.code,
            size=CODE_SIZE,
            weight="semibold",
            ink=WHITE,
        )
        yield centred(text, outer.x + width / 2)


def outline(middle: Point, style: CardStyle, radius: float) -> Box:
    return Box(
        x=middle[0] - style.width / 2,
        y=middle[1] - style.height / 2,
        width=style.width,
        height=style.height,
        radius=radius,
    )


def lettered(
    written: Lettering, outer: Box, middle: Point, style: CardStyle, ink: str
) -> Iterator[Text]:
    rows = [(line, style.name_size, "semibold", ink) for line in written.name]
    rows += [(line, style.role_size, "regular", QUIET) for line in written.role]
    for place, (line, size, weight, colour) in enumerate(rows):
        yield Text(
            x=outer.x + style.stripe + style.padding,
            y=middle[1] + (place - (len(rows) - 1) / 2) * pitch(style) + 0.34 * size,
            text=line,
            size=size,
            weight=weight,
            ink=colour,
        )
