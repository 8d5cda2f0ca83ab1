"""A board paper as a Word document: real styles, headings, captions and tables, nothing drawn."""

import io

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.section import Section as WordSection
from docx.section import _Footer, _Header
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from visual.document.archive import with_fixed_times
from visual.document.paper import Figure, Paper, Section, Table
from visual.document.parts import (
    add_caption,
    add_field,
    add_logo,
    centred,
    describe_table,
    keep_whole,
    repeat_as_heading,
    set_bullet,
    set_look,
    set_widths,
)
from visual.document.stationery import empty_document
from visual.document.template import Template
from visual.plain_text import one_line, plain_text
from visual.typst_engine import png

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_CAPTION, _HEADING = Mm(9), Mm(13)
"""In our styles; a template's may take more room, and then the caption goes over the page."""
_LYING = {
    "left_margin": Mm(23),
    "right_margin": Mm(23),
    "top_margin": Mm(13),
    "bottom_margin": Mm(12),
    "header_distance": Mm(5),
    "footer_distance": Mm(5),
}
"""The edges of a page on its side: narrow, so that the letters of its figure keep their size."""


def word_document(paper: Paper, template: Template | None = None) -> bytes:
    """The paper as a .docx; the same paper and template give the same bytes."""
    return _Writer(paper, template).written()


class _Writer:
    def __init__(self, paper: Paper, template: Template | None) -> None:
        self._paper = paper
        self._document: WordDocument = empty_document(template)
        self._logo = template.logo if template else None
        self._tables = self._figures = 0
        self._edges = {name: getattr(self._document.sections[0], name) for name in _LYING}

    def written(self) -> bytes:
        paper = self._paper
        self._describe()
        self._say_on_every_page()
        self._text(paper.title, "Title")
        self._text(paper.subtitle, "Subtitle")
        if paper.notice:
            self._text(paper.notice, "Paper Notice")
        self._front_sheet()
        if paper.recommendation:
            self._text("Recommendation", "Heading 1")
            for part in plain_text(paper.recommendation).split("\n"):
                if part.strip():
                    self._text(part, "Normal")
        if paper.key_points:
            self._text("Key points", "Heading 1")
            for point in paper.key_points:
                set_bullet(self._text(point, "List Bullet"))
        for place, figure in enumerate(paper.figures):
            self._figure(figure, "" if place else "The map")
        self._upright()
        if paper.sections:
            self._text("Findings", "Heading 1")
        for section in paper.sections:
            self._section(section)
        self._text("Evidence", "Heading 1")
        if paper.evidence:
            self._table(paper.evidence)
        if paper.evidence_remark:
            self._text(paper.evidence_remark, "Normal")
        self._text("Method and limits", "Heading 1")
        for sentence in paper.method:
            set_bullet(self._text(sentence, "Paper Note"))
        saved = io.BytesIO()
        self._document.save(saved)
        return with_fixed_times(saved.getvalue())

    def _describe(self) -> None:
        paper, about = self._paper, self._document.core_properties
        about.title, about.author = one_line(paper.title)[:255], one_line(paper.maker)[:255]
        about.subject, about.language = one_line(paper.subject)[:255], "en-GB"
        about.last_modified_by, about.revision = about.author, 1
        about.created = about.modified = paper.made_at.replace(tzinfo=None, microsecond=0)
        about.comments = about.keywords = ""

    def _say_on_every_page(self) -> None:
        section = self._document.sections[0]
        self._say_above(section.header)
        self._say_below(section.footer)
        if self._logo:
            # On the first page alone: on the others its height is needed for the figures.
            section.different_first_page_header_footer = True
            above = section.first_page_header
            add_logo(self._styled(above.paragraphs[0], "Header"), self._logo)
            above.add_paragraph()
            self._say_above(above)
            above.paragraphs[-1].paragraph_format.space_after = Mm(4)
            self._say_below(section.first_page_footer)

    def _say_above(self, header: _Header) -> None:
        marking = centred(self._styled(header.paragraphs[-1], "Header"))
        marking.add_run(one_line(self._paper.marking)).bold = True
        if self._paper.notice:
            notice = centred(self._styled(header.add_paragraph(), "Header"))
            notice.add_run(one_line(self._paper.notice))

    def _say_below(self, footer: _Footer) -> None:
        marking = centred(self._styled(footer.paragraphs[0], "Footer"))
        marking.add_run(one_line(self._paper.marking)).bold = True
        last = centred(self._styled(footer.add_paragraph(), "Footer"))
        last.add_run(f"{self._paper.foot} · page ")
        add_field(last, "PAGE", "1")
        last.add_run(" of ")
        add_field(last, "NUMPAGES", "1")

    def _front_sheet(self) -> None:
        rows = self._paper.front
        table = self._document.add_table(rows=len(rows), cols=2)
        self._dress(table, (3.2, 12.8), first_row=False, first_column=True)
        describe_table(table, "Front sheet")
        for row, (label, value) in zip(table.rows, rows, strict=True):
            keep_whole(row)
            self._cell(row.cells[0].paragraphs[0], label)
            self._cell(row.cells[1].paragraphs[0], value)

    def _figure(self, figure: Figure, heading: str = "") -> None:
        """A picture under its heading, if it has one; its caption stands below it."""
        self._figures += 1
        follows = figure.wide and self._lies
        if figure.wide and not follows:
            self._turn(WD_ORIENT.LANDSCAPE)
        elif not figure.wide:
            self._upright()
        if heading:
            above = self._text(heading, "Heading 1")
            if figure.wide:
                above.paragraph_format.space_after = Mm(1)
            # A figure is half a page or more: what would stand before it is better on the page
            # before.
            above.paragraph_format.page_break_before = not figure.wide
            above.paragraph_format.space_before = Mm(0)
        sheet = figure.sheet
        shrink = min(
            1.0, self._room.mm / sheet.width_mm, self._height(heading).mm / sheet.height_mm
        )
        paragraph = centred(self._styled(self._document.add_paragraph(), "Normal"))
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = follows
        paragraph.paragraph_format.line_spacing = 1.0
        picture = paragraph.add_run().add_picture(
            io.BytesIO(png(sheet)), width=Mm(sheet.width_mm * shrink)
        )
        described = picture._inline.docPr
        described.set("name", f"Figure {self._figures}")
        described.set("descr", one_line(figure.alternative))
        caption = self._styled(self._document.add_paragraph(), "Caption")
        add_caption(caption, "Figure", self._figures, figure.caption)

    @property
    def _lies(self) -> bool:
        """Whether the page lies on its side."""
        return self._document.sections[-1].orientation is WD_ORIENT.LANDSCAPE

    def _upright(self) -> None:
        if self._lies:
            self._turn(WD_ORIENT.PORTRAIT)

    def _turn(self, orientation: WD_ORIENT) -> None:
        """A page that lies on its side, or stands again."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        if section.orientation is not orientation:
            section.page_width, section.page_height = section.page_height, section.page_width
            section.orientation = orientation
        edges = _LYING if orientation is WD_ORIENT.LANDSCAPE else self._edges
        for name, length in edges.items():
            setattr(section, name, length)

    def _section(self, section: Section) -> None:
        self._text(section.heading, "Heading 2")
        lead = self._styled(self._document.add_paragraph(), "Normal")
        lead.add_run(one_line(section.lead)).bold = True
        lead.paragraph_format.keep_with_next = bool(section.sentences or section.table)
        for sentence in section.sentences:
            self._text(sentence, "Normal")
        if section.caution:
            self._text(section.caution, "Paper Caution")
        if section.figure:
            self._figure(section.figure)
            self._upright()
        if section.table:
            self._table(section.table)
        if section.remark:
            self._text(section.remark, "Normal")

    def _table(self, content: Table) -> None:
        self._tables += 1
        caption = self._styled(self._document.add_paragraph(), "Caption")
        caption.paragraph_format.keep_with_next = True
        add_caption(caption, "Table", self._tables, content.caption)
        table = self._document.add_table(rows=1, cols=len(content.headings))
        for cell, heading in zip(table.rows[0].cells, content.headings, strict=True):
            self._cell(cell.paragraphs[0], heading)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        repeat_as_heading(table.rows[0])
        for values in content.rows:
            row = table.add_row()
            keep_whole(row)
            for cell, value in zip(row.cells, values, strict=True):
                self._cell(cell.paragraphs[0], value)
        self._dress(table, content.widths, first_row=True, first_column=False)
        describe_table(table, content.caption)
        after = self._styled(self._document.add_paragraph(), "Normal")
        after.paragraph_format.space_after = Mm(1)

    def _dress(
        self, table: WordTable, widths: tuple[float, ...], *, first_row: bool, first_column: bool
    ) -> None:
        table.style = self._document.styles["Paper Table"]
        set_widths(table, widths, self._room)
        set_look(table, first_row=first_row, first_column=first_column)

    @property
    def _room(self) -> Length:
        section: WordSection = self._document.sections[-1]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        assert width is not None and left is not None and right is not None
        return Length(width - left - right)

    def _height(self, heading: str) -> Length:
        """What a page has for a picture beside its caption, and its heading if it has one."""
        section: WordSection = self._document.sections[-1]
        height, top, bottom = section.page_height, section.top_margin, section.bottom_margin
        assert height is not None and top is not None and bottom is not None
        return Length(height - top - bottom - _CAPTION - (_HEADING if heading else 0))

    def _text(self, text: str, style: str) -> Paragraph:
        paragraph = self._styled(self._document.add_paragraph(), style)
        paragraph.add_run(one_line(text))
        return paragraph

    def _cell(self, paragraph: Paragraph, text: str) -> None:
        self._styled(paragraph, "Paper Cell").add_run(plain_text(text))

    def _styled(self, paragraph: Paragraph, name: str) -> Paragraph:
        kind = WD_STYLE_TYPE.PARAGRAPH
        sought = name.casefold()
        paragraph.style = next(
            style
            for style in self._document.styles
            if style.type is kind and (style.name or "").casefold() == sought
        )
        return paragraph
