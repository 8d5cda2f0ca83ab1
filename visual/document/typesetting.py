"""Text as the typefaces of a PDF can write it, in the room that there is for it."""

import re
import unicodedata

from visual.figure.signs import SUBSTITUTE, writable
from visual.plain_text import one_line, plain_text
from visual.typeface import width_of

BORROWED = frozenset(
    sign
    for first, last in (
        # Hebrew, from Libertinus Serif
        *((0x0591, 0x05C7), (0x05D0, 0x05EA), (0x05EF, 0x05F4)),
        # Arabic and Persian, from DejaVu Sans Mono
        *((0x060C, 0x060C), (0x061B, 0x061B), (0x061F, 0x061F), (0x0621, 0x063A)),
        *((0x0640, 0x064A), (0x0660, 0x066D), (0x067E, 0x067E), (0x0686, 0x0686)),
        *((0x0698, 0x0698), (0x06A9, 0x06A9), (0x06AF, 0x06AF), (0x06BE, 0x06BE)),
        *((0x06CC, 0x06CC), (0x06F0, 0x06F9)),
    )
    for sign in range(first, last + 1)
    if unicodedata.category(chr(sign)) != "Cn"
)
"""What the typefaces inside Typst write and ours does not. A sign outside both would fail the
whole document, for PDF/UA-1 allows no gap."""

_MM = 25.4 / 72
_BREAK = "\u200b"
"""Here a line may end, and nothing is seen of it."""
_AROUND = re.compile(rf"(?:[^\W\d_a-z]\S* )?\S*{SUBSTITUTE}\S*(?: [^\W\d_a-z]\S*)?")
_MOST_TOLD = 8


class Typesetter:
    """Sets text, and remembers what could not be written as it is."""

    def __init__(self) -> None:
        self._gaps: dict[str, None] = {}

    def line(self, text: str, width_mm: float, size: float) -> str:
        """On one line as far as the room goes; a word wider than that may be broken."""
        told = writable(one_line(text), BORROWED)
        self._gaps |= dict.fromkeys(
            found[0].strip("“”‘’()[].,;:!?") for found in _AROUND.finditer(told)
        )
        room = width_mm / _MM
        return " ".join(_broken_up(word, room, size) for word in told.split(" "))

    def lines(self, text: str, width_mm: float, size: float) -> list[str]:
        """The same of every line that is not empty."""
        set_ = (self.line(part, width_mm, size) for part in plain_text(text).split("\n"))
        return [part for part in set_ if part]

    @property
    def note(self) -> str | None:
        """What a reader must know of signs that could not be written."""
        if not self._gaps:
            return None
        told = [f"“{gap}”" for gap in self._gaps][:_MOST_TOLD]
        more = " and elsewhere" if len(self._gaps) > _MOST_TOLD else ""
        return (
            f"{SUBSTITUTE} stands for a sign that no typeface of this document has, in "
            f"{', '.join(told)}{more}. The map has every name in full."
        )


def _broken_up(word: str, room: float, size: float) -> str:
    if width_of(word, size, "semibold") <= room:
        return word
    parts, begun = [], ""
    for sign in word:
        if begun and width_of(begun + sign, size, "semibold") > room:
            parts.append(begun)
            begun = ""
        begun += sign
    return _BREAK.join([*parts, begun])
