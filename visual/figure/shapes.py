"""The plain shapes that a sheet is made of; all lengths in units of the preset."""

from collections.abc import Iterator
from dataclasses import dataclass

from visual.figure.curves import Path
from visual.routing import Point
from visual.typeface import width_of

INK = "#26303a"
QUIET = "#4a545e"
LINE = "#5a6570"
FAINT = "#8b949c"
ACCENT = "#c2003e"
WHITE = "#ffffff"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One line of text along a baseline; `x` is its left end."""

    x: float
    y: float
    text: str
    size: int
    weight: str = "regular"
    ink: str = INK

    @property
    def width(self) -> float:
        return width_of(self.text, self.size, self.weight)


@dataclass(frozen=True, kw_only=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 0.0
    dash: str = ""


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A drawn line."""

    path: str
    ink: str
    width: float
    dash: str = ""
    cap: str = "butt"


@dataclass(frozen=True, kw_only=True)
class Area:
    """A filled shape; its edge, drawn in the same colour, makes it larger all round."""

    path: str
    fill: str
    edge: float = 0.0


Shape = Text | Box | Stroke | Area


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A figure ready to be written."""

    width: float
    height: float
    width_mm: float
    height_mm: float
    page_mm: tuple[float, float]
    shapes: tuple[Shape, ...]
    title: str
    description: str
    """The whole content in words, for who cannot see it: every name in full, every tie."""
    maker: str


def centred(text: Text, middle: float) -> Text:
    return Text(
        x=middle - text.width / 2,
        y=text.y,
        text=text.text,
        size=text.size,
        weight=text.weight,
        ink=text.ink,
    )


def path_of(path: Path) -> str:
    """A course as the `d` of an SVG path."""
    start = path[0][0]
    steps = [f"M{_pair(start)}"]
    steps += [f"Q{_pair(pull)} {_pair(end)}" for _, pull, end in path]
    return "".join(steps)


def polygon(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(map(_pair, points)) + "Z"


def left_rounded(box: Box) -> str:
    """A box whose two left corners are round: the stripe of a rounded card."""
    x, y, radius = box.x, box.y, box.radius
    right, low = x + box.width, y + box.height
    return "".join(
        _written(
            ("M", (x + radius, y), (right, y), (right, low), (x + radius, low)),
            ("Q", (x, low), (x, low - radius)),
            ("L", (x, y + radius)),
            ("Q", (x, y), (x + radius, y)),
        )
    )


def _written(*steps: tuple[str | Point, ...]) -> Iterator[str]:
    for sign, *points in steps:
        yield f"{sign}{' '.join(_pair(point) for point in points if not isinstance(point, str))}"
    yield "Z"


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """At most two decimals: a hundredth of a unit is 2 micrometres."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
