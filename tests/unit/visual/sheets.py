"""What must be true of every sheet, whatever it shows."""

from itertools import combinations

from visual.figure.preset import LEAST_TEXT
from visual.figure.shapes import Box, Sheet, Text


def texts(sheet: Sheet) -> list[Text]:
    return [shape for shape in sheet.shapes if isinstance(shape, Text)]


def words_on(sheet: Sheet) -> str:
    return " ".join(text.text for text in texts(sheet))


def room_of(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and foot: capitals above the baseline, tails below it."""
    return (
        text.x,
        text.y - 0.72 * text.size,
        text.x + text.width,
        text.y + 0.21 * text.size,
    )


def assert_readable(sheet: Sheet) -> None:
    """No text is small, none leaves the sheet, no two overlap; no box leaves it."""
    words = texts(sheet)
    assert min(text.size for text in words) >= LEAST_TEXT
    for text in words:
        left, top, right, foot = room_of(text)
        assert left >= 0 and right <= sheet.width, text.text
        assert top >= 0 and foot <= sheet.height, text.text
    for one, other in combinations(words, 2):
        a, b = room_of(one), room_of(other)
        apart = max(a[0], b[0]) >= min(a[2], b[2]) - 0.5 or max(a[1], b[1]) >= min(a[3], b[3]) - 0.5
        assert apart, (one.text, other.text)
    for box in (shape for shape in sheet.shapes if isinstance(shape, Box)):
        assert box.x >= 0 and box.x + box.width <= sheet.width, box
        assert box.y >= 0 and box.y + box.height <= sheet.height, box


def written_in(sheet: Sheet, box: Box) -> list[str]:
    """The texts whose middle lies in a box, from the top."""
    found = []
    for text in texts(sheet):
        left, top, right, foot = room_of(text)
        x, y = (left + right) / 2, (top + foot) / 2
        if box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height:
            found.append(text)
    return [text.text for text in sorted(found, key=lambda text: text.y)]
