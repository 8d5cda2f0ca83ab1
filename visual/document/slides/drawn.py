"""The shapes of a sheet as shapes of a slide: a legend or a stripe looks the same on both."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from visual.document.slides.nodes import (
    POINTS,
    about,
    border,
    emu,
    fill,
    frame,
    node,
    preset,
    shape,
)
from visual.document.slides.wording import AMPLE, Paragraph, body
from visual.document.slides.wording import Words as Stretch
from visual.figure.shapes import Area, Box, Shape, Text
from visual.routing import Point

DASHES = {"9 5": "dash", "1.6 4": "sysDot", "0.1 8": "sysDot", "2.5 3.5": "sysDot", "": ""}
"""What a figure's dashes are called here."""
_STEP = re.compile(r"([MLQZ])([^MLQZ]*)")


class Numbers:
    """The numbers that a slide gives to what stands on it; each is used once."""

    def __init__(self, first: int) -> None:
        self._next = count(first)

    def __call__(self) -> int:
        return next(self._next)


def drawn(shapes: Sequence[Shape], number: Numbers, name: str) -> Iterator[Any]:
    """Each shape by itself: parts of a group that says in words what they mean."""
    for one in shapes:
        told = about(number(), name, decorative=not isinstance(one, Text))
        if isinstance(one, Text):
            yield _lettering(one, told)
        elif isinstance(one, Box):
            yield box(one, told)
        elif isinstance(one, Area):
            yield _outlined(one.path, told, fill(one.fill), border("none", 0))
        else:
            line = border(one.ink, one.width, dash=DASHES[one.dash], round_=one.cap == "round")
            yield _outlined(one.path, told, node("a:noFill"), line)


def box(one: Box, told: Any, text: Any = None) -> Any:
    return shape(
        told,
        frame(one.x, one.y, one.width, one.height),
        corners(one),
        fill(one.fill),
        border(one.stroke, one.stroke_width, dash=DASHES[one.dash]),
        text=text,
    )


def corners(one: Box) -> Any:
    if not one.radius:
        return preset("rect")
    share = min(0.5, one.radius / min(one.width, one.height))
    return preset("roundRect", adj=round(share * 100_000))


def _lettering(one: Text, told: Any) -> Any:
    """A line of text in a box of its own, round the middle of its capitals."""
    height, width = 1.5 * one.size, one.width * AMPLE + 2
    # A code stands in the middle of its stripe; what explains a sign begins beside it.
    heavy = one.weight == "semibold"
    left = one.x - (width - one.width) / 2 if heavy else one.x
    words = Stretch(text=one.text, bold=heavy, ink=one.ink)
    paragraph = Paragraph(words=(words,), size=one.size * POINTS, align="ctr" if heavy else "l")
    return shape(
        told,
        frame(left, one.y - 0.34 * one.size - height / 2, width, height),
        preset("rect"),
        node("a:noFill"),
        text=body([paragraph], wraps=False),
        box=True,
    )


def _outlined(path: str, told: Any, filled: Any, line: Any) -> Any:
    """A shape of any form; `path` as in SVG, with the steps M, L, Q and Z."""
    steps = list(_steps(path))
    points = [point for _, given in steps for point in given]
    x, y = (min(point[axis] for point in points) for axis in (0, 1))
    width, height = (max(point[axis] for point in points) - low for axis, low in ((0, x), (1, y)))
    names = {"M": "a:moveTo", "L": "a:lnTo", "Q": "a:quadBezTo", "Z": "a:close"}
    drawn_path = node("a:path", w=emu(width), h=emu(height))
    for step, given in steps:
        drawn_path.append(
            node(names[step], *(node("a:pt", x=emu(px - x), y=emu(py - y)) for px, py in given))
        )
    return shape(told, frame(x, y, width, height), outline(drawn_path), filled, line)


def outline(path: Any, sites: Sequence[tuple[Point, int]] = ()) -> Any:
    """A form of its own; `sites` are where connectors can be glued to it, and how they leave."""
    places = [node("a:cxn", node("a:pos", x=emu(x), y=emu(y)), ang=ang) for (x, y), ang in sites]
    return node(
        "a:custGeom",
        node("a:avLst"),
        node("a:gdLst"),
        node("a:ahLst"),
        node("a:cxnLst", *places),
        node("a:rect", l="0", t="0", r="r", b="b"),
        node("a:pathLst", path),
    )


def _steps(path: str) -> Iterator[tuple[str, list[Point]]]:
    for letter, numbers in _STEP.findall(path):
        values = [float(value) for value in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "M":
            yield "M", points[:1]
            # What follows the first point of a step M is drawn, as in SVG.
            yield from (("L", [point]) for point in points[1:])
        elif letter == "L":
            yield from (("L", [point]) for point in points)
        else:
            yield letter, points
