"""What the typeface can write, and its signs as outlines."""

import unicodedata
from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from visual.figure.shapes import number
from visual.typeface import font_file

SUBSTITUTE = "☐"
"""Stands for a sign that the typeface does not have; a note says so."""
_LONGEST_RUN = 6


@cache
def _font(weight: str) -> Any:
    return TTFont(font_file(weight))


@cache
def _glyphs(weight: str) -> dict[int, str]:
    found: dict[int, str] = _font(weight).getBestCmap()
    return found


def writable(text: str, besides: frozenset[int] = frozenset()) -> str:
    """The text with a box for every sign that no font here has; marks without a letter go.

    What is drawn with other fonts too has the signs `besides`.
    """
    known = _glyphs("regular")
    signs: list[str] = []
    run = 0
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        if ord(sign) in known or ord(sign) in besides:
            signs.append(sign)
            run = 0
        elif unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cc", "Cs"):
            run += 1
            if run <= _LONGEST_RUN:
                signs.append(SUBSTITUTE)
    return "".join(signs)


def is_whole(text: str) -> bool:
    """Whether the typeface has every sign of the text that anybody would see."""
    known = _glyphs("regular")
    return all(
        ord(sign) in known or unicodedata.category(sign) in ("Cf", "Cc", "Cs")
        for sign in unicodedata.normalize("NFC", " ".join(text.split()))
    )


def outline(text: str, x: float, y: float, size: float, weight: str) -> str:
    """The text as the `d` of an SVG path, from `x` along the baseline `y`."""
    steps: list[str] = []
    for sign in text:
        shape, width = _outline(sign, size, weight)
        if shape:
            steps.append(f"M{number(x)} {number(y)}{shape}")
        x += width
    return "".join(steps)


@cache
def _outline(sign: str, size: float, weight: str) -> tuple[str, float]:
    """One sign, drawn from its own origin on, and how far the next one is."""
    font = _font(weight)
    scale = size / font["head"].unitsPerEm
    shapes, name = font.getGlyphSet(), _glyphs(weight).get(ord(sign))
    if name is None:
        return "", 0.0
    pen = _Path(shapes, scale)
    shapes[name].draw(pen)
    return "".join(pen.steps), font["hmtx"][name][0] * scale


class _Path(BasePen):  # type: ignore[misc]  # fontTools carries no types
    """Writes a glyph as steps from point to point, y downwards."""

    def __init__(self, shapes: Any, scale: float) -> None:
        super().__init__(shapes)
        self.steps: list[str] = []
        self._scale = scale
        self._here = self._begun = (0.0, 0.0)

    def _step(self, letter: str, *points: tuple[float, float]) -> None:
        moves = [
            number((across - here) * scale)
            for point in points
            for across, here, scale in zip(
                point, self._here, (self._scale, -self._scale), strict=True
            )
        ]
        self.steps.append(letter + " ".join(moves).replace(" -", "-"))
        self._here = points[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._here = self._begun
        self._step("m", pt)
        self._begun = pt

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._step("l", pt)

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._step("c", pt1, pt2, pt3)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        self._step("q", pt1, pt2)

    def _closePath(self) -> None:
        self.steps.append("z")
