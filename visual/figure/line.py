"""A tie on paper: its weight, its dash, its arrowhead, and the number or letter on it."""

from collections.abc import Iterator, Sequence

from powermap.vocabulary import Layer
from visual.cards import CardStyle
from visual.figure.curves import Path, arrowhead, sampled, shortened
from visual.figure.shapes import (
    ACCENT,
    FAINT,
    LINE,
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
from visual.lines import Line, Views
from visual.routing import Floats, Point
from visual.typeface import width_of

DASH = "9 5"
DOTS = "1.6 4"
GAP_DOTS = "0.1 8"
BADGE_SIZE = 14
BADGE_HEIGHT = 20.0


def width_for(strength: int | None) -> float:
    """Three weights: 4 or 5, 3, and the rest."""
    return 3.2 if (strength or 0) >= 4 else 2.2 if strength == 3 else 1.4


def line(line: Line, path: Path, *, strong: bool, accent: bool) -> Iterator[Shape]:
    """The shapes of one line along its path, which ends where the boxes begin."""
    structure = line.layer is Layer.ACCOUNTABILITIES
    ink = ACCENT if accent else LINE if strong else FAINT
    width = 4.4 if structure else width_for(line.strength) + (1.2 if accent else 0.0)
    dash = DOTS if line.doubtful else DASH if line.layer is Layer.TENSIONS else ""
    drawn = path
    if line.views is not Views.AGREED:
        length = 9 + 2 * (2.2 if structure else width)
        head = arrowhead(path, length)
        drawn = shortened(path, 0.75 * length)
    yield Stroke(path=path_of(drawn), ink=ink, width=width, dash=dash)
    if structure:
        yield Stroke(path=path_of(drawn), ink=WHITE, width=2.0)
    if line.views is not Views.AGREED:
        yield Area(path=polygon(head), fill=ink)


def gap(path: Path) -> Stroke:
    """The tie that is not there."""
    return Stroke(path=path_of(path), ink=ACCENT, width=3.0, dash=GAP_DOTS, cap="round")


def badge(text: str, middle: Point) -> Iterator[Shape]:
    """A number or letter in a pill."""
    yield pill(text, middle)
    y = middle[1] + 0.34 * BADGE_SIZE
    words = Text(x=0, y=y, text=text, size=BADGE_SIZE, weight="semibold", ink=ACCENT)
    yield centred(words, middle[0])


def pill(text: str, middle: Point) -> Box:
    width = badge_width(text)
    return Box(
        x=middle[0] - width / 2,
        y=middle[1] - BADGE_HEIGHT / 2,
        width=width,
        height=BADGE_HEIGHT,
        radius=BADGE_HEIGHT / 2,
        fill=WHITE,
        stroke=ACCENT,
        stroke_width=2.2,
    )


def badge_width(text: str) -> float:
    return max(BADGE_HEIGHT, width_of(text, BADGE_SIZE, "semibold") + 12)


def badge_place(
    text: str, path: Path, boxes: Floats, style: CardStyle, taken: Sequence[tuple[Point, float]]
) -> Point:
    """Where on the line it stands free of boxes and other badges, near the middle if it can."""
    points = sampled(path, 2.0)
    half = badge_width(text) / 2 + 3, BADGE_HEIGHT / 2 + 3
    best: tuple[float, Point] | None = None
    for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.15):
        x, y = (float(value) for value in points[int(share * (len(points) - 1))])
        apart = [
            max(abs(x - bx) - style.width / 2 - half[0], abs(y - by) - style.height / 2 - half[1])
            for bx, by in boxes
        ]
        apart += [
            max(abs(x - tx) - width / 2 - half[0], abs(y - ty) - BADGE_HEIGHT - 3)
            for (tx, ty), width in taken
        ]
        room = min([*apart, 0.0])
        if best is None or room > best[0]:
            best = room, (x, y)
        if room == 0.0:
            break
    assert best is not None
    return best[1]
