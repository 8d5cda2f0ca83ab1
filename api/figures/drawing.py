"""Every sort of figure by its name, and the files it is had as."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from api.figures.asked import FigureAsked, Making, Shows
from api.figures.before_after import before_after
from api.figures.ground import Ground
from api.figures.influence_map import influence_map
from api.figures.matrix import matrix
from api.figures.power_interest import power_interest
from powermap.errors import InvalidValue
from visual.document.paper import Figure
from visual.figure.preset import Preset
from visual.figure.shapes import Sheet
from visual.figure.svg import written
from visual.typst_engine import pdf, png

DRAWN: Mapping[Shows, Callable[[FigureAsked, Ground, Making], Figure]] = {
    Shows.MAP: influence_map,
    Shows.BEFORE_AFTER: before_after,
    Shows.MATRIX: matrix,
    Shows.POWER_INTEREST: power_interest,
}


class Format(StrEnum):
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def figure_of(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` for what cannot be drawn, and says what could."""
    return DRAWN[asked.shows](asked, ground, making)


def first_that_holds(
    asked: FigureAsked, ground: Ground, making: Making, presets: Iterable[Preset]
) -> Figure:
    """The figure at the first of these sizes that holds it, else `InvalidValue` of the last."""
    refused: InvalidValue | None = None
    for preset in presets:
        try:
            return figure_of(asked, ground, replace(making, preset=preset))
        except InvalidValue as error:
            refused = error
    assert refused is not None
    raise refused


def file_of(sheet: Sheet, format: Format, made_on: date) -> bytes:
    if format is Format.SVG:
        return written(sheet).encode()
    return png(sheet) if format is Format.PNG else pdf(sheet, made_on)
