"""The logo of an organisation, from the header of its template: its pixels, written anew.

What comes along is what it looks like. Everything else that a file can hold beside a picture
(words, places, colour tables, a second file at its end) stays behind, as do pictures that are
drawn rather than made of pixels.
"""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from visual.plain_text import one_line

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 4_000_000
MOST_SCANS = 60
"""Of a JPEG that is shown little by little: each is a walk over the whole picture."""
EMU_PER_MM = 36_000
MOST_MM = (60.0, 25.0)
DOTS_PER_INCH = 600
MOST_WORDS = 100
NO_WORDS = "Logo of the organisation"
_SCAN = b"\xff\xda"

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture of pixels, and how large it is drawn."""

    png: bytes
    width_mm: float
    height_mm: float
    alternative: str


class BadLogo(ValueError):
    """A picture that is no logo; its message says what would be one."""


def is_raster(content: bytes) -> bool:
    """Whether it begins as a PNG or a JPEG does, whatever it is called."""
    return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def logo(content: bytes, placed: Any) -> Logo:
    """The logo as it is placed in a header (`wp:inline` or `wp:anchor`), or `BadLogo`."""
    if len(content) > MOST_BYTES:
        raise BadLogo(f"of at most {MOST_BYTES // 1024 // 1024} MB")
    picture = _cropped(_pixels(content), placed)
    width, height = _size(placed, picture)
    picture.thumbnail((_dots(width), _dots(height)))
    written = io.BytesIO()
    picture.save(written, "PNG")
    words = placed.find(f"{PLACED}docPr")
    told = one_line(words.get("descr", "")) if words is not None else ""
    return Logo(
        png=written.getvalue(),
        width_mm=width,
        height_mm=height,
        alternative=told if 0 < len(told) <= MOST_WORDS else NO_WORDS,
    )


def _pixels(content: bytes) -> Image.Image:
    """The picture without anything that its file holds besides."""
    if content.startswith(b"\xff\xd8") and content.count(_SCAN) > MOST_SCANS:
        raise BadLogo(f"that is shown in at most {MOST_SCANS} steps")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            # So far only the size has been read: nothing is unpacked before it is known.
            if opened.width * opened.height > MOST_PIXELS:
                raise BadLogo(f"of at most {MOST_PIXELS // 1_000_000} million pixels")
            clear = "A" in opened.getbands() or "transparency" in opened.info
            converted = opened.convert("RGBA" if clear else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadLogo(f"of at most {MOST_PIXELS // 1_000_000} million pixels") from None
    except BadLogo:
        raise
    except Exception:
        # A damaged picture fails in as many ways as there are steps in reading one.
        raise BadLogo("that can be opened: a PNG or a JPEG that is whole") from None
    return Image.frombytes(converted.mode, converted.size, converted.tobytes())


def _cropped(picture: Image.Image, placed: Any) -> Image.Image:
    """Without what the template cuts off: nobody has seen it there."""
    cut = next(placed.iter(f"{DRAWING}srcRect"), None)
    if cut is None:
        return picture
    try:
        left, top, right, below = (int(cut.get(side, "0")) / 100_000 for side in "ltrb")
    except ValueError:
        raise BadLogo("that is cut in whole numbers") from None
    box = (
        round(picture.width * max(left, 0.0)),
        round(picture.height * max(top, 0.0)),
        round(picture.width * (1 - max(right, 0.0))),
        round(picture.height * (1 - max(below, 0.0))),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise BadLogo("of which something is left when it is cut")
    return picture.crop(box)


def _size(placed: Any, picture: Image.Image) -> tuple[float, float]:
    """In millimetres: as in the template, no larger than a logo, 96 dots to the inch if unsaid."""
    extent = placed.find(f"{PLACED}extent")
    try:
        width, height = (int(extent.get(side)) / EMU_PER_MM for side in ("cx", "cy"))
    except (AttributeError, TypeError, ValueError):
        width = height = 0.0
    if not (1 <= width <= 1000 and 1 <= height <= 1000):
        width, height = (side / 96 * 25.4 for side in picture.size)
    shrink = min(1.0, MOST_MM[0] / width, MOST_MM[1] / height)
    return round(width * shrink, 2), round(height * shrink, 2)


def _dots(millimetres: float) -> int:
    return max(1, round(millimetres / 25.4 * DOTS_PER_INCH))
