"""A paper as a deck: the answer of each figure and question in a title, the rest to be spoken."""

import io
from collections.abc import Iterable, Iterator, Sequence

from pptx.slide import Slide

from visual.document.archive import with_fixed_times
from visual.document.paper import Figure, Paper, Section, Table
from visual.document.slides.drawn import Numbers
from visual.document.slides.figures import add_picture, native_figure
from visual.document.slides.fitting import one_title, said, sized, slides_of
from visual.document.slides.front import fill_front
from visual.document.slides.placeholders import (
    add_foot,
    fill_text,
    fill_title,
    next_number,
    set_height,
    speak,
)
from visual.document.slides.stationery import (
    FRONT,
    PICTURE,
    TEXT,
    TITLE,
    dress_notes,
    empty_deck,
    layout_of,
)
from visual.document.slides.tables import Fitted, add_table, fitted
from visual.document.slides.wording import Paragraph, height_of
from visual.figure.shapes import INK, QUIET
from visual.plain_text import one_line, plain_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

MOST_SENTENCES = 4
_TEXT_ROOM, _TEXT_TOP = (1184.0, 540.0), 124.0
_TITLES = {
    FRONT: ((1088.0, 150.0), (36.0, 32.0, 28.0, 24.0)),
    TEXT: ((1184.0, 76.0), (26.0, 24.0, 22.0, 20.0)),
    TITLE: ((1184.0, 68.0), (22.0, 20.0, 18.0, 16.0)),
    PICTURE: ((1208.0, 24.0), (12.0,)),
}
"""The room of each layout's title, and its sizes in points."""


def slide_deck(paper: Paper) -> bytes:
    """The paper as a .pptx; the same paper gives the same bytes."""
    return _Writer(paper).written()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._deck = empty_deck()

    def written(self) -> bytes:
        paper = self._paper
        self._describe()
        self._front()
        self._asked()
        for figure in paper.figures:
            self._figure(figure)
        for section in paper.sections:
            self._section(section)
        self._method()
        dress_notes(self._deck)
        saved = io.BytesIO()
        self._deck.save(saved)
        return with_fixed_times(saved.getvalue())

    def _describe(self) -> None:
        paper, told = self._paper, self._deck.core_properties
        told.title, told.author = one_line(paper.title)[:255], one_line(paper.maker)[:255]
        told.subject, told.language = one_line(paper.subject)[:255], "en-GB"
        told.last_modified_by, told.revision = told.author, 1
        told.created = told.modified = paper.made_at.replace(tzinfo=None, microsecond=0)
        told.comments = told.keywords = told.category = ""

    def _front(self) -> None:
        slide = self._slide(FRONT, self._paper.title)
        self._speak(slide, [self._paper.title, *fill_front(slide, self._paper)])

    def _asked(self) -> None:
        """What the board is to do and why: on one slide where it fits, with text of a good size."""
        paper = self._paper
        lines = plain_text(paper.recommendation or "").split("\n")
        recommended = [said(line) for line in lines if line.strip()]
        points = [said(point, bullet=True) for point in paper.key_points]
        together = [*recommended, said("Key points", bold=True), *points]
        if (
            recommended
            and points
            and height_of(sized(together, 18), _TEXT_ROOM[0]) <= _TEXT_ROOM[1]
        ):
            self._text("Recommendation", together)
            return
        if recommended:
            self._text("Recommendation", recommended)
        if points:
            self._text("Key points", points)

    def _text(self, title: str, paragraphs: list[Paragraph], spoken: Sequence[str] = ()) -> None:
        """As many slides as the text needs."""
        parts = list(slides_of(paragraphs, _TEXT_ROOM))
        for place, part in enumerate(parts, 1):
            told = f"{title} ({place} of {len(parts)})" if len(parts) > 1 else title
            slide = self._slide(TEXT, told)
            fill_text(slide, 1, part)
            self._speak(slide, [told, *(spoken or (one.text for one in part))])

    def _section(self, section: Section) -> None:
        """The answer; its figure; its rows, under the answer where there is room for both."""
        paragraphs = [said(section.lead, bold=True)]
        paragraphs += [said(one) for one in section.sentences[:MOST_SENTENCES]]
        if section.caution:
            paragraphs.append(said(section.caution, italic=True))
        spoken = [section.lead, *section.sentences]
        spoken += [one for one in (section.caution, section.remark) if one]
        table = section.table if section.table and section.table.rows else None
        if table and not section.figure:
            top = sized(paragraphs, 18)
            height = height_of(top, _TEXT_ROOM[0]) + 10
            below = fitted(table, _TEXT_ROOM[1] - height)
            if below.height <= _TEXT_ROOM[1] - height and len(below.rows) > len(table.rows):
                slide = self._slide(TEXT, section.heading)
                fill_text(slide, 1, top)
                set_height(slide, 1, height)
                add_table(slide, below, _TEXT_TOP + height)
                self._speak(slide, [section.heading, *spoken, *self._told(table, below)])
                return
        self._text(section.heading, paragraphs, spoken)
        if section.figure:
            self._figure(section.figure)
        if table:
            slide = self._slide(TITLE, section.lead)
            shown = fitted(table)
            add_table(slide, shown)
            self._speak(slide, [section.heading, section.lead, *self._told(table, shown)])

    def _told(self, table: Table, shown: Fitted) -> Iterator[str]:
        """All rows, and what they rest on."""
        if len(shown.rows) <= len(table.rows):
            yield f"The slide shows {len(shown.rows) - 1} of the {len(table.rows)} rows below."
        yield from map(_row_told, table.rows)
        yield from self._evidence(table)

    def _evidence(self, table: Table) -> Iterator[str]:
        """What the rows rest on, of what they cite."""
        cited = {word.strip(",") for row in table.rows for word in row[-1].split()}
        for row in self._paper.evidence.rows if self._paper.evidence else ():
            if row[0] in cited:
                yield _row_told(row)

    def _figure(self, figure: Figure) -> None:
        """With shapes that can be moved, if it has a plan; and as a picture."""
        if plan := figure.plan:
            slide = self._slide(TITLE, plan.words.sentence)
            shapes = native_figure(plan, Numbers(next_number(slide)))
            slide.shapes._spTree.extend(shapes)
            self._speak(slide, [plan.words.sentence, figure.alternative])
        slide = self._slide(PICTURE, figure.caption)
        add_picture(slide, figure)
        self._speak(slide, [figure.caption, figure.alternative])

    def _method(self) -> None:
        """What fits on one slide; from what it was made, and by whom, always does."""
        told = [said(one, bullet=True) for one in self._paper.method]
        while len(told) > 1 and height_of(sized(told, 14), _TEXT_ROOM[0]) > _TEXT_ROOM[1]:
            told.pop(-2)
        self._text("Method and limits", told, self._paper.method)

    def _slide(self, layout: int, title: str) -> Slide:
        slide: Slide = self._deck.slides.add_slide(layout_of(self._deck, layout))
        room, sizes = _TITLES[layout]
        fill_title(slide, one_title(title, room, sizes, QUIET if layout == PICTURE else INK))
        add_foot(slide, self._paper.marking, self._paper.notice, self._paper.foot)
        return slide

    def _speak(self, slide: Slide, sentences: Iterable[str]) -> None:
        """With where it is from: a slide is taken out of its deck and shown alone."""
        paper = self._paper
        told = [paper.marking, *([paper.notice] if paper.notice else []), paper.foot]
        speak(slide, [*sentences, *paper.method[-1:], " · ".join(told)])


def _row_told(row: Sequence[str]) -> str:
    return ". ".join(one_line(cell).rstrip(".") for cell in row) + "."
