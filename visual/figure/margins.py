"""What stands above and below the map: title and sentence, notes and marking."""

from collections.abc import Iterable, Iterator, Mapping

from visual.figure.preset import LEAST_TEXT
from visual.figure.seats import EDGE
from visual.figure.shapes import INK, QUIET, Shape, Text, centred
from visual.figure.signs import SUBSTITUTE, is_whole, writable
from visual.figure.words import Words
from visual.typeface import fit

TITLE, SENTENCE, KIND, NOTE = 22, 17, 15, LEAST_TEXT
MOST_NOTE_LINES = 8


def heading(words: Words, width: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y = 4.0
    if words.marking:
        y += 15
        marking = writable(words.marking)
        shapes.append(
            centred(Text(x=0, y=y, text=marking, size=KIND, weight="semibold"), width / 2)
        )
        y += 8
    for text, size, weight, ink, most in (
        (words.title, TITLE, "semibold", INK, 3),
        (words.kind, KIND, "regular", QUIET, 2),
        (words.sentence, SENTENCE, "semibold", INK, 6),
    ):
        for row in fit(writable(text), width - 2 * EDGE, size, weight, most):
            y += size + 5
            shapes.append(Text(x=EDGE, y=y, text=row, size=size, weight=weight, ink=ink))
        y += 5
    return shapes, y + 6


def foot(words: Words, more: Iterable[str], width: float, top: float) -> tuple[list[Shape], float]:
    """The notes, those that the picture itself adds, and the marking."""
    shapes: list[Shape] = []
    y = top
    rows = [
        row
        for note in [*words.notes, *more]
        for row in fit(writable(note), width - 2 * EDGE, NOTE, "regular", MOST_NOTE_LINES)
    ]
    for row in rows:
        y += NOTE + 3.5
        shapes.append(Text(x=EDGE, y=y, text=row, size=NOTE, ink=QUIET))
    if words.marking:
        y += 24
        marking = Text(x=0, y=y, text=writable(words.marking), size=KIND, weight="semibold")
        shapes.append(centred(marking, width / 2))
    return shapes, y + 8


def names_in_full(
    names: Mapping[str, str], short: Iterable[str], *, brief: bool = False
) -> Iterator[str]:
    """The names, by id, that are cut `short` in the picture or have signs it cannot show."""
    if cut_off := [names[id] for id in short if is_whole(names[id])]:
        yield (
            "Names that end in … are in full in the description of this picture (its alternative "
            "text)."
            if brief
            else "Names in full: " + "; ".join(cut_off) + "."
        )
    if not all(map(is_whole, names.values())):
        yield (
            f"{SUBSTITUTE} stands for a sign that the typeface lacks: the name is in full in the "
            "description of this picture (its alternative text)."
        )
