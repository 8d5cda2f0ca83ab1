"""Text that fits its slide: smaller if it must be, and on further slides rather than too small."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from visual.document.slides.nodes import POINTS
from visual.document.slides.wording import LEADING, Paragraph, Words, height_of, shortened
from visual.figure.shapes import INK

SIZES = (20.0, 18.0, 16.0, 14.0)
"""Of text, in points."""
AFTER = 0.55
"""Room below a paragraph, in sizes of its text."""


def said(text: str, *, bold: bool = False, italic: bool = False, bullet: bool = False) -> Paragraph:
    words = Words(text=text, bold=bold, italic=italic)
    return Paragraph(words=(words,), size=SIZES[0], bullet=bullet)


def sized(paragraphs: Sequence[Paragraph], size: float) -> list[Paragraph]:
    return [replace(one, size=size, after=round(AFTER * size, 1)) for one in paragraphs]


def fitting(
    paragraphs: Sequence[Paragraph], room: tuple[float, float], sizes: Sequence[float]
) -> list[Paragraph]:
    """At the largest of the sizes at which they fit, else at the last."""
    for size in sizes:
        found = sized(paragraphs, size)
        if height_of(found, room[0]) <= room[1]:
            break
    return found


def slides_of(
    paragraphs: Sequence[Paragraph], room: tuple[float, float]
) -> Iterator[list[Paragraph]]:
    """All of them on one slide if they fit at any size, else in parts at the last."""
    left = fitting(paragraphs, room, SIZES)
    while left:
        part: list[Paragraph] = []
        while left and height_of([*part, left[0]], room[0]) <= room[1]:
            part.append(left.pop(0))
        if not part:
            first, rest = _parted(left.pop(0), room)
            part, left = [first], [rest, *left]
        yield part


def one_title(
    text: str, room: tuple[float, float], sizes: Sequence[float], ink: str = INK
) -> Paragraph:
    """In the room of a title: one too long loses its last sentences, else ends in an ellipsis."""
    for whole in _shorter(text):
        for size in sizes:
            found = Paragraph(words=(Words(text=whole, bold=True, ink=ink),), size=size)
            if height_of([found], room[0]) <= room[1]:
                return found
    lines = max(1, int(room[1] / (sizes[-1] * LEADING / POINTS)))
    text = shortened(text, room[0], sizes[-1], lines, bold=True)
    return replace(found, words=(replace(found.words[0], text=text),))


def _shorter(text: str) -> Iterator[str]:
    """The text, then without its last sentence, and so on to the first."""
    yield text
    while (end := text.rfind(". ")) > 0:
        text = text[:end]
        yield f"{text}."


def _parted(paragraph: Paragraph, room: tuple[float, float]) -> tuple[Paragraph, Paragraph]:
    """One that is longer than a slide, between two of its words."""
    (words,) = paragraph.words
    text = words.text.split()
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        tried = replace(paragraph, words=(replace(words, text=" ".join(text[:middle])),))
        if height_of([tried], room[0]) <= room[1]:
            low = middle
        else:
            high = middle - 1
    first, rest = " ".join(text[:low]), " ".join(text[low:])
    return (
        replace(paragraph, words=(replace(words, text=first),)),
        replace(paragraph, words=(replace(words, text=rest),)),
    )
