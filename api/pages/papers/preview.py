"""The pages of a paper as pictures, before it is saved."""

from base64 import b64encode
from dataclasses import dataclass

from visual.document.paper import Paper
from visual.document.pdf import page_pictures

DOTS_PER_INCH = 96
MOST_PAGES = 24
"""More make the page too large to load; whoever wants to read on saves the PDF."""


@dataclass(frozen=True)
class Preview:
    """What is shown of a paper: the first pages, each as an address that holds the picture."""

    pages: tuple[str, ...]
    of: int
    revision: int


def preview_of(paper: Paper) -> Preview:
    """The paper as its PDF looks."""
    pictures = page_pictures(paper, DOTS_PER_INCH)
    shown = (f"data:image/png;base64,{b64encode(png).decode()}" for png in pictures[:MOST_PAGES])
    return Preview(pages=tuple(shown), of=len(pictures), revision=paper.revision)
