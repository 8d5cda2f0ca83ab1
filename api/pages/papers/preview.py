"""What a paper would look like, before it is saved: its pages as pictures, or its slides told."""

import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from api.paper.writing import Kind, document
from visual.document.paper import Paper
from visual.document.pdf import page_pictures

DOTS_PER_INCH = 96
MOST_PAGES = 24
"""More make the page too large to load; whoever wants to read on saves the PDF."""
MOST_PICTURES = 8
"""Of a deck; the others are told by their titles."""


@dataclass(frozen=True)
class Slide:
    """One slide of a deck."""

    title: str
    holds: str
    """What is on it beside text, in a few words."""
    picture: str = ""
    """The picture on it, as an address that holds it."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What is shown of a paper: its first pages, as addresses that hold them, or its slides."""

    revision: int
    of: int
    pages: tuple[str, ...] = ()
    slides: tuple[Slide, ...] = ()


def preview_of(paper: Paper) -> Preview:
    """The paper as its PDF looks."""
    pictures = page_pictures(paper, DOTS_PER_INCH)
    return Preview(
        revision=paper.revision,
        of=len(pictures),
        pages=tuple(map(_address, pictures[:MOST_PAGES])),
    )


def deck_of(paper: Paper) -> Preview:
    """The slides that the deck of this paper holds."""
    slides = tuple(_slides(document(paper, Kind.POWERPOINT)))
    return Preview(revision=paper.revision, of=len(slides), slides=slides)


def _slides(content: bytes) -> Iterator[Slide]:
    shown = 0
    for slide in Presentation(io.BytesIO(content)).slides:
        sorts = {shape.shape_type for shape in slide.shapes}
        pictures = [shape for shape in slide.shapes if shape.shape_type is MSO_SHAPE_TYPE.PICTURE]
        title = slide.shapes.title
        picture = ""
        if pictures and shown < MOST_PICTURES:
            picture, shown = _address(pictures[0].image.blob), shown + 1
        if pictures:
            holds = "as a picture"
        elif MSO_SHAPE_TYPE.GROUP in sorts:
            holds = "as shapes that can be moved, with their lines"
        else:
            holds = "with a table" if MSO_SHAPE_TYPE.TABLE in sorts else ""
        yield Slide(title.text_frame.text if title else "", holds, picture)


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"
