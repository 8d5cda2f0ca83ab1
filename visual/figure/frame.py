"""What every figure that is no map shares: the words above, the legend and the notes below."""

from collections.abc import Iterable, Sequence

from visual.figure.legend import Entry, legend
from visual.figure.margins import foot
from visual.figure.preset import Size
from visual.figure.seats import EDGE
from visual.figure.shapes import FAINT, Box, Shape, Sheet
from visual.figure.words import Words


def framed(
    shapes: Sequence[Shape],
    low: float,
    *,
    words: Words,
    size: Size,
    keys: Sequence[Entry],
    more: Iterable[str],
    description: str,
) -> Sheet:
    """The sheet of a heading and a picture that end at `low`.

    `keys` are its legend, `more` its own notes after those of the words.
    """
    rule = Box(x=EDGE, y=low, width=size.width - 2 * EDGE, height=1.0, fill=FAINT)
    drawn, y = legend(keys, EDGE, low + 8, size.width - 2 * EDGE)
    below, y = foot(words, more, size.width, y + 6)
    return Sheet(
        width=round(size.width, 2),
        height=round(y, 2),
        width_mm=size.width_mm,
        height_mm=round(y * size.width_mm / size.width, 2),
        page_mm=size.page_mm,
        shapes=(*shapes, rule, *drawn, *below),
        title=words.title,
        description=description,
        maker=words.maker,
    )


def described(words: Words, told: Iterable[str]) -> str:
    """In words, for who cannot see it: what it is, its sentence, what it tells, its notes."""
    said = [f"{words.kind}.", words.sentence, *told, *words.notes]
    if words.marking:
        said.append(f"Marked {words.marking}.")
    return " ".join(part.strip() for part in said if part.strip())
