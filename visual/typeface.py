"""Source Sans, measured here so that what fits on the server fits in the browser."""

import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Source Sans Pro"
WEIGHTS = {"regular": "SourceSansPro-Regular.ttf", "semibold": "SourceSansPro-Semibold.ttf"}

_UNKNOWN_GLYPH = 0.75
_WIDE_GLYPH = 1.05


def font_file(weight: str) -> Path:
    """Where the installed package keeps this weight."""
    return Path(str(files("font_source_sans_pro") / "files" / WEIGHTS[weight]))


@cache
def _advances(weight: str) -> dict[int, float]:
    with TTFont(font_file(weight)) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"]
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}


def width_of(text: str, size: float, weight: str = "regular") -> float:
    """How wide the text is, in the unit of `size`; generous where the typeface lacks a sign."""
    advances = _advances(weight)
    return size * sum(_advance(character, advances) for character in text)


def _advance(character: str, advances: dict[int, float]) -> float:
    known = advances.get(ord(character))
    if known is not None:
        return known
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return _WIDE_GLYPH if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN_GLYPH


def fit(
    text: str, width: float, size: float, weight: str = "regular", lines: int = 1
) -> tuple[str, ...]:
    """The text in at most so many lines of this width; what does not fit ends in an ellipsis."""
    words = text.split()
    fitted: list[str] = []
    while words and len(fitted) < lines:
        if len(fitted) == lines - 1:
            fitted.append(_cut(" ".join(words), width, size, weight))
            break
        line = words.pop(0)
        if width_of(line, size, weight) > width:
            line, rest = _broken(line, width, size, weight)
            words.insert(0, rest)
        else:
            while words and width_of(f"{line} {words[0]}", size, weight) <= width:
                line = f"{line} {words.pop(0)}"
        fitted.append(line)
    return tuple(fitted)


def _broken(word: str, width: float, size: float, weight: str) -> tuple[str, str]:
    end = len(word) - 1
    while end > 1 and width_of(word[:end], size, weight) > width:
        end -= 1
    return word[:end], word[end:]


def _cut(text: str, width: float, size: float, weight: str) -> str:
    if width_of(text, size, weight) <= width:
        return text
    while text and width_of(text + "…", size, weight) > width:
        text = text[:-1]
    return text.rstrip(" ,;:–-") + "…"
