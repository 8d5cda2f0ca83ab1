"""A cell of a matrix: its grey, what is written on it, and the mark of whose word it is."""

from collections.abc import Iterator, Sequence

from visual.figure.preset import LEAST_TEXT
from visual.figure.shapes import (
    FAINT,
    INK,
    WHITE,
    Area,
    Box,
    Shape,
    Stroke,
    Text,
    centred,
    path_of,
    polygon,
)
from visual.lines import Views

SHADES = ("#ffffff", "#e9edf0", "#cbd3d9", "#a3aeb7", "#66737e", "#26303a")
"""By strength; the first where none is recorded. Each differs from the next on a photocopy."""
DARK = 4
"""From this shade on, what is written is white."""
CORNER = 8.0
DOT = 4.2
PITCH = 15.0


def cell(box: Box, lines: Sequence[str], shade: int, views: Views | None = None) -> Iterator[Shape]:
    """A cell with lines of text; an empty one is a dot: a tie of which no strength is recorded.

    A corner is cut where one side alone says so; a frame stands where the two differ.
    """
    ink = WHITE if shade >= DARK else INK
    yield Box(**{**vars(box), "fill": SHADES[shade]})
    right, low = box.x + box.width, box.y + box.height
    if views is Views.ONE_SIDED:
        corner = ((right, low - CORNER), (right, low), (right - CORNER, low))
        yield Area(path=polygon(corner), fill=ink)
    if views is Views.DIFFERING:
        yield Box(
            x=box.x + 2.2,
            y=box.y + 2.2,
            width=box.width - 4.4,
            height=box.height - 4.4,
            stroke=ink,
            stroke_width=1.5,
        )
    middle = box.y + box.height / 2
    for place, line in enumerate(lines):
        y = middle + (place - (len(lines) - 1) / 2) * PITCH
        if not line:
            yield _dot(box.x + box.width / 2, y)
            continue
        text = Text(
            x=0,
            y=y + 0.33 * LEAST_TEXT,
            text=line,
            size=LEAST_TEXT,
            weight="regular" if place else "semibold",
            ink=ink,
        )
        yield centred(text, box.x + box.width / 2)


def _dot(x: float, y: float) -> Box:
    return Box(x=x - DOT, y=y - DOT, width=2 * DOT, height=2 * DOT, radius=DOT, fill=INK)


def on_the_diagonal(box: Box) -> Stroke:
    """A bar through the cell where somebody would name themselves."""
    start, end = (box.x + 2, box.y + 2), (box.x + box.width - 2, box.y + box.height - 2)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return Stroke(path=path_of(((start, middle, end),)), ink=FAINT, width=1.2)
