"""The first slide: what the paper is, and for which meeting."""

from pptx.slide import Slide

from visual.document.paper import Paper
from visual.document.slides.fitting import fitting
from visual.document.slides.placeholders import fill_text
from visual.document.slides.wording import Paragraph, Words, shortened
from visual.figure.shapes import QUIET

_ROOM = (1088.0, 320.0)
_SIZES = (16.0, 14.0, 12.0)
_LABELS = 220.0
"""How wide the labels are."""
_MOST_LINES = 4
"""Of one value: with one line for each of the other eight, the sheet is full."""


def fill_front(slide: Slide, paper: Paper) -> list[str]:
    """Everything below the title; and all of it in full, to be spoken."""
    under = [paper.subtitle, *([paper.notice] if paper.notice else [])]
    told = [Paragraph(words=(Words(text=one, ink=QUIET),), size=16, after=3) for one in under]
    fill_text(slide, 1, told)
    rows = [_row(label, value) for label, value in paper.front]
    fill_text(slide, 13, fitting(rows, _ROOM, _SIZES))
    return [*under, *(f"{label}: {value}" for label, value in paper.front)]


def _row(label: str, value: str) -> Paragraph:
    value = shortened(value, _ROOM[0] - _LABELS, _SIZES[-1], _MOST_LINES)
    words = Words(text=f"{label}\t", bold=True), Words(text=value)
    return Paragraph(words=words, size=_SIZES[0], hanging=_LABELS)
