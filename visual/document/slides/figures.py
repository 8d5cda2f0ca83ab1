"""The slides of a figure: one whose shapes can be moved, and one with the picture."""

import io
from typing import Any

from pptx.slide import Slide

from visual.document.paper import Figure
from visual.document.slides.drawn import Numbers, drawn
from visual.document.slides.native_map import NativeMap
from visual.document.slides.nodes import about, emu, frame, group, node, preset, shape
from visual.document.slides.stationery import WIDTH
from visual.document.slides.wording import Paragraph, body, height_of, plain
from visual.figure.legend import entries, legend
from visual.figure.plan import Plan
from visual.figure.preset import SLIDE_UNITS_PER_MM
from visual.figure.shapes import FAINT, QUIET, Box
from visual.plain_text import one_line
from visual.typst_engine import png

TOP, FOOT, EDGE = 118.0, 684.0, 36.0
NOTE_SIZE = 10.5
KIND_SIZE = 12.0
MOST_OF_THE_NOTES = 96.0
_BETWEEN = 10.0
_APART = 34.0
"""From entry to entry of a legend, whose words may be wider in another typeface."""
_PICTURE = (36.0, 30.0, 1208.0, 658.0)
"""The room of a picture: left, top, width and height."""


def native_figure(plan: Plan, number: Numbers) -> list[Any]:
    """All but the title: what is drawn, the map, its legend and where it is from."""
    width = WIDTH - 2 * EDGE
    told = _notes(plan, width)
    y = FOOT - height_of(told, width)
    notes = _text_box(number(), "Source and method", told, (EDGE, y, width, FOOT - y))
    content = plan.content
    keys = entries(content.parties, content.lines, content.highlight, plan.words.border)
    below = legend(keys, EDGE, 0, width, _APART)[1]
    y -= below + 6
    shapes, _ = legend(keys, EDGE, y, width, _APART)
    rule = Box(x=EDGE, y=y - 4, width=width, height=1, fill=FAINT)
    signs = list(drawn([rule, *shapes], number, "Legend"))
    map_ = NativeMap(plan, number)
    high, low = map_.extent()
    down = TOP + max(0.0, (y - _BETWEEN - TOP - (low - high)) / 2) - high
    across = (WIDTH - plan.size.width) / 2
    kind = plain(plan.words.kind, KIND_SIZE, ink=QUIET)
    return [
        _text_box(number(), "What is drawn", [kind], (EDGE + 12, 90, width - 24, 22)),
        *map_.elements(across, down),
        _legend(number(), signs, (EDGE, y - 4, width, below + 4)),
        notes,
    ]


def _notes(plan: Plan, width: float) -> list[Paragraph]:
    """What is left out, the source and, where there is room, the method; the rest is spoken."""
    notes = list(plan.words.notes)
    told = [plain(note, NOTE_SIZE, ink=QUIET) for note in notes]
    while len(told) > 1 and height_of(told, width) > MOST_OF_THE_NOTES:
        # The last says what the map is from; the one before it, how to read it.
        told.pop(-2)
    return told


def _text_box(
    id: int, name: str, paragraphs: list[Paragraph], box: tuple[float, float, float, float]
) -> Any:
    return shape(
        about(id, name),
        frame(*box),
        preset("rect"),
        node("a:noFill"),
        text=body(paragraphs, anchor="t", shrinks=True),
        box=True,
    )


def _legend(id: int, signs: list[Any], box: tuple[float, float, float, float]) -> Any:
    return group(about(id, "Legend", "What the signs on this map mean."), box, signs)


def add_picture(slide: Slide, figure: Figure) -> None:
    """The sheet as it is, as large as it was drawn if it has the room."""
    sheet = figure.sheet
    width, height = sheet.width_mm * SLIDE_UNITS_PER_MM, sheet.height_mm * SLIDE_UNITS_PER_MM
    left, top, across, down = _PICTURE
    shrink = min(1.0, across / width, down / height)
    width, height = width * shrink, height * shrink
    left, top = left + (across - width) / 2, top + (down - height) / 2
    made = slide.shapes.add_picture(
        io.BytesIO(png(sheet)), emu(left), emu(top), emu(width), emu(height)
    )
    told: Any = made._element.xpath("./p:nvPicPr/p:cNvPr")[0]
    told.set("name", "Picture")
    told.set("descr", one_line(figure.alternative))
