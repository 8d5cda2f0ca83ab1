"""The sorts of document that a paper is had as."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from api.file_names import file_name
from powermap.errors import InvalidValue
from visual.document import pdf, word
from visual.document.paper import Paper
from visual.document.slides import deck
from visual.document.template import Template
from visual.figure.preset import Preset


class Kind(StrEnum):
    """Which sort of document."""

    WORD = "word"
    PDF = "pdf"
    POWERPOINT = "powerpoint"


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How one sort is made."""

    ending: str
    media_type: str
    presets: tuple[Preset, ...]
    """The sizes of figure that its pages hold, the one to be tried first in front."""
    write: Callable[[Paper], bytes]
    write_like: Callable[[Paper, Template], bytes] | None = None
    """With the look of a template, if it can have one."""


WRITINGS: Mapping[Kind, Writing] = {
    Kind.WORD: Writing(
        ending="docx",
        media_type=word.MEDIA_TYPE,
        presets=(Preset.PORTRAIT, Preset.LANDSCAPE),
        write=word.word_document,
        write_like=word.word_document,
    ),
    Kind.PDF: Writing(
        ending="pdf",
        media_type=pdf.MEDIA_TYPE,
        presets=(Preset.PORTRAIT, Preset.LANDSCAPE),
        write=pdf.pdf_document,
    ),
    Kind.POWERPOINT: Writing(
        ending="pptx",
        media_type=deck.MEDIA_TYPE,
        presets=(Preset.SLIDE,),
        write=deck.slide_deck,
    ),
}


def check_template(kind: Kind, template: Template | None) -> None:
    """Raise `InvalidValue` at `template` for a sort of document that cannot have one."""
    if template and WRITINGS[kind].write_like is None:
        why = f"must be left out for kind={kind}: only a Word document takes the look of a template"
        raise InvalidValue.at("template", why)


def document(paper: Paper, kind: Kind, template: Template | None = None) -> bytes:
    """The paper as a file. Raises `InvalidValue` as `check_template` does."""
    check_template(kind, template)
    writing = WRITINGS[kind]
    if template and writing.write_like:
        return writing.write_like(paper, template)
    return writing.write(paper)


def saved_as(paper: Paper, kind: Kind, held_on: date | None = None) -> str:
    """What the file is called: title, day of the meeting or else of making, and revision."""
    on = held_on or paper.made_at.date()
    return (
        f"{file_name(paper.title, 'board-paper')}-{on.isoformat()}-revision-{paper.revision}"
        f".{WRITINGS[kind].ending}"
    )
