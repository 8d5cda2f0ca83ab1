"""The parts of a Word document that python-docx has no words for: fields, table rows, language."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from visual.document.logo import Logo
from visual.plain_text import one_line


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word works out again, with what it shows until then."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("", shown)):
        run = paragraph.add_run()
        if kind:
            _mark(run, kind)
        elif text == instruction:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {instruction} "
            run._r.append(told)
        else:
            run.text = text
    _mark(paragraph.add_run(), "end")


def _mark(run: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)


def add_caption(paragraph: Paragraph, label: str, number: int, text: str) -> None:
    """`Figure 1. …` with a number that Word counts, so that a list of figures finds it."""
    paragraph.add_run(f"{label} ")
    add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f". {one_line(text)}")


def add_logo(paragraph: Paragraph, logo: Logo) -> None:
    """At the left, in the size it has."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    picture = paragraph.add_run().add_picture(
        io.BytesIO(logo.png), width=Mm(logo.width_mm), height=Mm(logo.height_mm)
    )
    described = picture._inline.docPr
    described.set("name", "Logo")
    described.set("descr", logo.alternative)


def repeat_as_heading(row: _Row) -> None:
    """The row stands again on top of every page that the table runs over."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """The row is not parted by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_widths(table: WordTable, shares: tuple[float, ...], room: Length) -> None:
    """Fixed columns that fill the page; each cell says so too, which some readers go by."""
    table.autofit = False
    widths = [Mm(round(room.mm * share / sum(shares), 1)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def set_look(table: WordTable, *, first_row: bool, first_column: bool) -> None:
    """Which headings the table has: for its look, and for those who hear it read out."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = OxmlElement("w:tblLook")
    look.set(qn("w:val"), f"{0x0020 * first_row | 0x0080 * first_column | 0x0600:04X}")
    for name, told in (("firstRow", first_row), ("firstColumn", first_column)):
        look.set(qn(f"w:{name}"), str(int(told)))
    for name in ("lastRow", "lastColumn"):
        look.set(qn(f"w:{name}"), "0")
    for name in ("noHBand", "noVBand"):
        look.set(qn(f"w:{name}"), "1")
    properties.append(look)


def describe_table(table: WordTable, title: str) -> None:
    """What the table is about, for those who do not see it; it stands last, as the format asks."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), one_line(title))
    table._tbl.tblPr.append(told)


def set_bullet(paragraph: Paragraph) -> None:
    """The list of our stationery, whatever the style of a template counts by."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = 1


def centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
