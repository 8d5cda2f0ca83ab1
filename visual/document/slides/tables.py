"""A table of a paper on a slide: its foremost rows, as far as they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.slide import Slide

from visual.document.paper import Table
from visual.document.slides.nodes import POINTS, emu, fill, node
from visual.document.slides.wording import LEADING, body, plain, rows_of, shortened
from visual.figure.shapes import FAINT, INK
from visual.plain_text import one_line

MOST_ROWS = 7
SIZES = (16.0, 14.0, 12.0)
"""Of the text in points: the largest at which the rows fit."""
LEFT, TOP, WIDTH, BOTTOM = 48.0, 112.0, 1184.0, 655.0
_SIDE, _ABOVE = 7.0, 5.0
_MOST_LINES = 7
"""Of one cell; the speaker notes hold the rest."""
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style without lines or colours, which every programme knows."""
_TINT = "#f2f4f5"


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The rows of a table that a slide holds, its headings first, and the size of their text."""

    caption: str
    rows: list[tuple[str, ...]]
    widths: list[float]
    size: float

    @property
    def heights(self) -> list[float]:
        """In Source Sans: a row whose text needs more, in another typeface, grows by itself."""
        return self._heights(ample=False)

    @property
    def height(self) -> float:
        """What it may grow to."""
        return sum(self._heights(ample=True))

    def _heights(self, *, ample: bool) -> list[float]:
        return [
            _height(row, self.widths, self.size, bold=not place, ample=ample)
            for place, row in enumerate(self.rows)
        ]


def fitted(table: Table, room: float = BOTTOM - TOP) -> Fitted:
    """The foremost rows as large as they fit; of cells that are too long the beginning."""
    widths = [WIDTH * share / sum(table.widths) for share in table.widths]
    for size in SIZES:
        rows = [table.headings, *_rows(table, widths, size)]
        found = Fitted(caption=table.caption, rows=rows, widths=widths, size=size)
        if found.height <= room:
            return found
    while len(found.rows) > 2 and found.height > room:
        found.rows.pop()
    return found


def add_table(slide: Slide, table: Fitted, top: float = TOP) -> None:
    made = slide.shapes.add_table(
        len(table.rows),
        len(table.widths),
        emu(LEFT),
        emu(top),
        emu(WIDTH),
        emu(sum(table.heights)),
    )
    told: Any = made._element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0]
    told.set("name", "Table")
    told.set("descr", one_line(table.caption))
    _look(made._element)
    for place, width in enumerate(table.widths):
        made.table.columns[place].width = emu(width)
    for place, (row, height) in enumerate(zip(table.rows, table.heights, strict=True)):
        made.table.rows[place].height = emu(height)
        for cell, text in zip(made.table.rows[place].cells, row, strict=True):
            _write(cell._tc, text, table.size, heading=not place)


def _rows(table: Table, widths: Sequence[float], size: float) -> list[tuple[str, ...]]:
    return [
        tuple(
            shortened(cell, width - 2 * _SIDE, size, _MOST_LINES)
            for cell, width in zip(row, widths, strict=True)
        )
        for row in table.rows[:MOST_ROWS]
    ]


def _height(
    cells: Sequence[str], widths: Sequence[float], size: float, *, bold: bool, ample: bool
) -> float:
    lines = max(
        rows_of(cell, width - 2 * _SIDE, size, bold=bold, ample=ample)
        for cell, width in zip(cells, widths, strict=True)
    )
    return lines * size * LEADING / POINTS + 2 * _ABOVE


def _look(frame: Any) -> None:
    properties = frame.graphic.graphicData.tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    style = properties.find("{*}tableStyleId")
    if style is not None:
        style.text = _PLAIN


def _write(cell: Any, text: str, size: float, *, heading: bool) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.append(body([plain(text, size, bold=heading)], tag="a:txBody"))
    below = node("a:lnB", fill(INK if heading else FAINT), w=emu(1.4 if heading else 0.8))
    cell.append(
        node(
            "a:tcPr",
            below,
            fill(_TINT) if heading else node("a:noFill"),
            marL=emu(_SIDE),
            marR=emu(_SIDE),
            marT=emu(_ABOVE),
            marB=emu(_ABOVE),
            anchor="t",
        )
    )
