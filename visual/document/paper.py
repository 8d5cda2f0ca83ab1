"""What stands in a board paper, whatever the format: text, tables and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from visual.figure.plan import Plan
from visual.figure.shapes import Sheet
from visual.plain_text import one_line


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture, and what is said of it."""

    sheet: Sheet
    caption: str
    plan: Plan | None = None
    """What the sheet is drawn from, for who draws it with shapes that can be moved; None for a
    sort of figure that is a picture alone."""

    @property
    def alternative(self) -> str:
        """What it shows, for those who do not see it."""
        return self.sheet.description

    @property
    def wide(self) -> bool:
        """Whether it needs a page that lies on its side."""
        return self.sheet.width_mm > 165


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under one row of headings."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    """How wide each column is beside the others; together they fill the page."""
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One question and its answer."""

    heading: str
    lead: str
    """The answer in a sentence."""
    sentences: tuple[str, ...]
    caution: str | None
    """Why the map is too thin to answer surely."""
    table: Table | None
    remark: str | None
    """What the table leaves out."""
    figure: Figure | None = None
    """How the foremost finding looks on the map."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper. All of it is plain text: a writer escapes it."""

    title: str
    subtitle: str
    subject: str
    """What the map is of."""
    marking: str
    notice: str | None
    """What must be known before reading: that people in it are invented."""
    front: tuple[tuple[str, str], ...]
    recommendation: str | None
    key_points: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    evidence: Table | None
    evidence_remark: str | None
    method: tuple[str, ...]
    maker: str
    made_at: datetime
    revision: int

    @property
    def foot(self) -> str:
        """What stands at the foot of every page, before its number."""
        title = one_line(self.title)
        short = title if len(title) <= 70 else f"{title[:69].rstrip()}…"
        return f"{short} · map revision {self.revision}"
