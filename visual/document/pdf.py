"""A board paper as PDF: tagged as PDF/UA-1 asks for, with bookmarks, fonts and vectors inside."""

from pathlib import Path
from typing import Any

from visual.document.paper import Figure, Paper, Section, Table
from visual.document.typesetting import Typesetter
from visual.figure.svg import written
from visual.plain_text import one_line
from visual.typst_engine import compiled, with_density

MEDIA_TYPE = "application/pdf"

_LOOK = Path(__file__).parent / "look" / "paper.typ"
_TEXT_MM = 160.0
_CELL_MARGINS_MM = 4.0
_SIZES = {"title": 21.0, "heading": 15.0, "question": 12.5, "body": 10.5, "cell": 9.5}
"""In points; 7 is the least that survives a photocopier."""
_LONGEST_WHOLE = 1_000
"""Signs in a cell that surely fit on one page."""


def pdf_document(paper: Paper) -> bytes:
    """The paper on A4; the same paper gives the same bytes."""
    return compiled(
        _LOOK.read_text("utf-8"),
        _Content(paper).given(),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(paper.made_at.timestamp()),
    )[0]


def page_pictures(paper: Paper, dots_per_inch: int = 96, most: int | None = None) -> list[bytes]:
    """The pages of that PDF as PNG, for who wants to see them before; the first so many."""
    pages = compiled(
        _LOOK.read_text("utf-8"), _Content(paper).given(), format="png", ppi=float(dots_per_inch)
    )
    return [with_density(page, dots_per_inch) for page in pages[:most]]


class _Content:
    """All that the look is filled with."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._set = Typesetter()

    def given(self) -> dict[str, Any]:
        paper = self._paper
        given: dict[str, Any] = {
            "about": {
                "title": one_line(paper.title) or "Board paper",
                "author": one_line(paper.maker),
                "subject": one_line(paper.subject),
            },
            "sizes": _SIZES,
            "longest_whole": _LONGEST_WHOLE,
            "marking": self._line(paper.marking),
            "notice": self._line(paper.notice),
            "foot": self._line(paper.foot),
            "title": self._line(paper.title, "title"),
            "subtitle": self._line(paper.subtitle, "title"),
            "front": [
                [self._cell(label, 0.2), self._cell(value, 0.8)] for label, value in paper.front
            ],
            "recommendation": self._set.lines(paper.recommendation or "", _TEXT_MM, 12),
            "points": [self._line(point) for point in paper.key_points],
            "figures": [self._figure(figure) for figure in paper.figures],
            "sections": [self._section(section) for section in paper.sections],
            "evidence": self._table(paper.evidence),
            "evidence_remark": self._line(paper.evidence_remark),
            "method": [self._line(sentence) for sentence in paper.method],
        }
        if self._set.note:
            given["method"].append(self._set.note)
        return given

    def _line(self, text: str | None, size: str = "body") -> str | None:
        return None if text is None else self._set.line(text, _TEXT_MM - 10, _SIZES[size])

    def _cell(self, text: str, share: float) -> str:
        room = _TEXT_MM * share - _CELL_MARGINS_MM
        return "\n".join(self._set.lines(text, room, _SIZES["cell"]))

    def _section(self, section: Section) -> dict[str, Any]:
        return {
            "heading": self._line(section.heading, "question"),
            "lead": self._line(section.lead),
            "sentences": [self._line(sentence) for sentence in section.sentences],
            "caution": self._line(section.caution),
            "figure": self._figure(section.figure) if section.figure else None,
            "table": self._table(section.table),
            "remark": self._line(section.remark),
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        return {
            "svg": written(figure.sheet, outlined=False),
            "alt": one_line(figure.alternative),
            "caption": self._line(figure.caption),
            "width": figure.sheet.width_mm,
            "height": figure.sheet.height_mm,
            "wide": figure.wide,
        }

    def _table(self, table: Table | None) -> dict[str, Any] | None:
        if table is None:
            return None
        shares = [width / sum(table.widths) for width in table.widths]
        return {
            "caption": self._line(table.caption),
            "headings": [
                self._cell(heading, share)
                for heading, share in zip(table.headings, shares, strict=True)
            ],
            "widths": table.widths,
            "rows": [
                [self._cell(value, share) for value, share in zip(row, shares, strict=True)]
                for row in table.rows
            ],
        }
