"""What a layout provides and a slide fills: title, text, foot and the notes of the speaker."""

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.oxml.ns import qn
from pptx.slide import Slide

from visual.document.slides.nodes import about, emu, node
from visual.document.slides.wording import Paragraph, Words, body, rows_of, written
from visual.figure.shapes import QUIET
from visual.plain_text import plain_text

FOOT_SIZE = 10.5
_FOOT_WIDTH = 1104.0
_SLIDE_NUMBER = "{5B1D4C0A-6E2F-4C53-9A57-0D2E8F7B3C11}"


def next_number(slide: Slide) -> int:
    """The first number that nothing on the slide has."""
    return max(int(id) for id in slide.shapes._spTree.xpath("//p:cNvPr/@id")) + 1


def fill_title(slide: Slide, title: Paragraph) -> None:
    found = slide.shapes.title
    assert found is not None
    _write(found._element, [title])


def fill_text(slide: Slide, place: int, paragraphs: Sequence[Paragraph]) -> None:
    """The text of the placeholder with this number; without text it would show a prompt."""
    found: Any = _placeholder_at(slide, place)
    if paragraphs:
        _write(found._element, paragraphs)
    else:
        found._element.getparent().remove(found._element)


def set_height(slide: Slide, place: int, height: float) -> None:
    """Of a placeholder that is to leave room below it."""
    found = _placeholder_at(slide, place)
    left, top, width = found.left, found.top, found.width
    found.left, found.top, found.width, found.height = left, top, width, emu(height)


def _placeholder_at(slide: Slide, place: int) -> Any:
    return next(one for one in slide.placeholders if one.placeholder_format.idx == place)


def add_foot(slide: Slide, marking: str, notice: str | None, foot: str) -> None:
    """Marking, what must be known before reading, and the number of the slide."""
    told = [marking, *([notice] if notice else []), foot]
    while len(told) > 1 and rows_of(" · ".join(told), _FOOT_WIDTH, FOOT_SIZE) > 1:
        told.pop()
    words = [
        Words(text=f" · {text}" if place else text, bold=not place, ink=QUIET)
        for place, text in enumerate(told)
    ]
    tree = slide.shapes._spTree
    paragraph = Paragraph(words=tuple(words), size=FOOT_SIZE)
    tree.append(_placeholder(next_number(slide), "Marking", "ftr", 11, written(paragraph)))
    field = node("a:fld", node("a:rPr", lang="en-GB"), id=_SLIDE_NUMBER, type="slidenum")
    shown = node("a:t")
    shown.text = "‹#›"
    field.append(shown)
    number = node("a:p", field)
    tree.append(_placeholder(next_number(slide), "Slide number", "sldNum", 12, number))


def speak(slide: Slide, sentences: Iterable[str]) -> None:
    """The notes of the speaker: a paragraph each."""
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    told = [plain_text(one).strip() for one in sentences]
    frame.text = "\n".join(one for one in dict.fromkeys(told) if one)
    for run in frame._txBody.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", "en-GB")


def _write(element: Any, paragraphs: Sequence[Paragraph]) -> None:
    old = element.txBody
    new = body(paragraphs)
    properties = new.find("{*}bodyPr")
    # Where it stands in its box is told by the layout.
    properties.attrib.clear()
    element.replace(old, new)


def _placeholder(id: int, name: str, kind: str, place: int, paragraph: Any) -> Any:
    return node(
        "p:sp",
        node(
            "p:nvSpPr",
            about(id, name),
            node("p:cNvSpPr", node("a:spLocks", noGrp=1)),
            node("p:nvPr", node("p:ph", type=kind, sz="quarter", idx=place)),
        ),
        node("p:spPr"),
        node("p:txBody", node("a:bodyPr"), node("a:lstStyle"), paragraph),
    )
