"""The picture of a paper, drawn from the part of the map that the paper may show."""

from dataclasses import replace
from datetime import date

from api.board_figure import Wanted, content_of
from api.figure_words import words_of
from api.pages.map_view import view_of
from api.paper.asked import PaperAsked
from api.view import View
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity
from visual.document.paper import Figure
from visual.figure.drawing import draw
from visual.figure.preset import Preset
from visual.figure.shapes import Sheet
from visual.figure.words import Words
from visual.typst_engine import png


def figure_of(
    asked: PaperAsked, view: View, whole: PowerMap, shown: PowerMap, *, maker: str, made_on: date
) -> Figure:
    """The view at 300 dots to the inch: 16 cm wide, or on its side where it holds more names.

    Raises `InvalidValue` at `view` for one too full to be read, with what could be done.
    """
    try:
        sheet, words = _sheet(asked, view, whole, shown, maker, made_on, Preset.PORTRAIT)
    except InvalidValue:
        try:
            sheet, words = _sheet(asked, view, whole, shown, maker, made_on, Preset.LANDSCAPE)
        except InvalidValue as error:
            raise InvalidValue.at("view", error.problems[0].message) from None
    return Figure(
        png=png(sheet),
        width_mm=sheet.width_mm,
        height_mm=sheet.height_mm,
        # What the reader should see stands on the face of the figure.
        caption=words.kind,
        alternative=sheet.description,
    )


def _sheet(
    asked: PaperAsked,
    view: View,
    whole: PowerMap,
    shown: PowerMap,
    maker: str,
    made_on: date,
    preset: Preset,
) -> tuple[Sheet, Words]:
    wanted = Wanted(maker=maker, made_on=made_on, preset=preset, ceiling=asked.ceiling.sensitivity)
    try:
        # Places are found anew, so that gaps betray nobody who is left out.
        found = view_of(shown, replace(view, arrangement=None, ceiling=Sensitivity.PRIVATE), {})
    except UnknownRecord:
        why = "names somebody who is not on the map as far as the ceiling allows"
        raise InvalidValue.at("view", why) from None
    content = content_of(found, wanted)
    # Of the whole map only its numbers are told; what it says of itself is as the paper says it.
    counted = replace(whole, header=shown.header)
    words = words_of(
        counted, shown, found, content, wanted.ceiling, asked.marking_told, maker, made_on
    )
    return draw(content, words, preset), words
