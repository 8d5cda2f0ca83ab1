"""Text on slides: its paragraphs, and how much room they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from visual.document.slides.nodes import POINTS, emu, fill, node
from visual.figure.shapes import INK
from visual.plain_text import one_line
from visual.typeface import fit

LEADING = 1.3
"""From line to line, in sizes of the text."""
AMPLE, AMPLE_BOLD = 1.15, 1.22
"""Where Source Sans is not installed, what takes its place is wider, and more so in bold."""
_MANY = 400


@dataclass(frozen=True, kw_only=True)
class Words:
    """A stretch of text in one manner."""

    text: str
    bold: bool = False
    ink: str = INK
    italic: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph; `size` in points."""

    words: tuple[Words, ...]
    size: float
    bullet: bool = False
    after: float = 0.0
    """Room below, in points."""
    align: str = "l"
    hanging: float = 0.0
    """Where the text after the first tab stands, in units: a label hangs before it."""

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.words)


def plain(text: str, size: float, *, bold: bool = False, ink: str = INK) -> Paragraph:
    return Paragraph(words=(Words(text=text, bold=bold, ink=ink),), size=size)


def written(paragraph: Paragraph) -> Any:
    """The paragraph as an element."""
    told = node("a:pPr", algn=paragraph.align)
    if paragraph.bullet:
        told.set("marL", str(emu(_indent(paragraph))))
        told.set("indent", str(-emu(_indent(paragraph))))
    elif paragraph.hanging:
        told.set("marL", str(emu(paragraph.hanging)))
        told.set("indent", str(-emu(paragraph.hanging)))
    told.append(node("a:spcAft", node("a:spcPts", val=round(100 * paragraph.after))))
    if paragraph.bullet:
        told.append(node("a:buFont", typeface="Arial"))
        told.append(node("a:buChar", char="•"))
    else:
        told.append(node("a:buNone"))
    if paragraph.hanging:
        told.append(node("a:tabLst", node("a:tab", pos=emu(paragraph.hanging), algn="l")))
    return node("a:p", told, *(_run(one, paragraph.size) for one in paragraph.words))


def _run(words: Words, size: float) -> Any:
    text = node("a:t")
    # A tab is ours, and so is the space between two manners; in what somebody wrote all is space.
    told = "\t".join(one_line(part) for part in words.text.split("\t"))
    text.text = " " * words.text.startswith(" ") + told
    manner = node("a:rPr", fill(words.ink), lang="en-GB", sz=round(100 * size), dirty=0)
    manner.set("b", str(int(words.bold)))
    if words.italic:
        manner.set("i", "1")
    return node("a:r", manner, text)


def body(
    paragraphs: Sequence[Paragraph],
    *,
    insets: tuple[float, float, float, float] = (0, 0, 0, 0),
    anchor: str = "ctr",
    wraps: bool = True,
    shrinks: bool = False,
    tag: str = "p:txBody",
) -> Any:
    """The text of a shape; insets from the left, top, right and bottom in units."""
    sides = dict(zip(("lIns", "tIns", "rIns", "bIns"), map(emu, insets), strict=True))
    properties = node(
        "a:bodyPr",
        node("a:normAutofit") if shrinks else node("a:noAutofit"),
        wrap="square" if wraps else "none",
        **sides,
        rtlCol=0,
        anchor=anchor,
    )
    return node(tag, properties, node("a:lstStyle"), *map(written, paragraphs))


def rows_of(text: str, width: float, size: float, *, bold: bool = False, ample: bool = True) -> int:
    """How many lines a text takes, `size` in points and `width` in units.

    With room to spare where it is `ample`; else in Source Sans itself.
    """
    room = _measured(width, bold) if ample else width * POINTS
    return len(fit(one_line(text), room, size, _weight(bold), _MANY)) or 1


def height_of(paragraphs: Sequence[Paragraph], width: float) -> float:
    """In units."""
    points = 0.0
    for one in paragraphs:
        bold = all(words.bold for words in one.words)
        room = width - (_indent(one) if one.bullet else one.hanging)
        text = one.text.rpartition("\t")[2] if one.hanging else one.text
        rows = rows_of(text, room, one.size, bold=bold)
        points += rows * one.size * LEADING + one.after
    return points / POINTS


def shortened(text: str, width: float, size: float, lines: int, *, bold: bool = False) -> str:
    """The text, or as much of it as so many lines hold, with an ellipsis."""
    text = one_line(text)
    rows = fit(text, _measured(width, bold), size, _weight(bold), lines)
    return " ".join(rows) if rows and rows[-1].endswith("…") else text


def _measured(width: float, bold: bool) -> float:
    """So many points of Source Sans are sure to fit where another typeface takes its place."""
    return width * POINTS / (AMPLE_BOLD if bold else AMPLE)


def _weight(bold: bool) -> str:
    return "semibold" if bold else "regular"


def _indent(paragraph: Paragraph) -> float:
    return paragraph.size * 1.4
