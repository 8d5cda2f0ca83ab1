"""Typst as the engine for PNG and PDF: what it is handed is data, never Typst source.

It reads no file but our fonts, asks for nothing outside, and writes the same bytes for the same
input, the time included.
"""

import json
import struct
import zlib
from datetime import UTC, date, datetime, time
from typing import Any

import typst

from visual.figure.shapes import Sheet
from visual.figure.svg import written
from visual.typeface import FAMILY, font_file

DOTS_PER_INCH = 300
LEAST_MARGIN_MM = 10

_GIVEN = "#let given = json(bytes(sys.inputs.given))\n"
_PICTURE = f"""{_GIVEN}
#set page(width: given.width * 1mm, height: given.height * 1mm, margin: 0mm, fill: white)
#image(bytes(given.svg), format: "svg", width: 100%)
"""
_PAGE = f"""{_GIVEN}
#set document(title: given.title, author: given.maker)
#set page(width: given.page.at(0) * 1mm, height: given.page.at(1) * 1mm, margin: 0mm)
#set text(font: "{FAMILY}", lang: "en", region: "gb")
#align(center + horizon, image(
  bytes(given.svg), format: "svg", width: given.width * 1mm, alt: given.alt,
))
"""


def png(sheet: Sheet) -> bytes:
    """The figure alone at 300 dots to the inch, and the file says so: pasted, it has its size."""
    given = {"svg": written(sheet), "width": sheet.width_mm, "height": sheet.height_mm}
    (found,) = compiled(_PICTURE, given, format="png", ppi=float(DOTS_PER_INCH))
    return with_density(found, DOTS_PER_INCH)


def pdf(sheet: Sheet, made_on: date) -> bytes:
    """The figure on an A4 page: vectors, fonts inside, tagged as PDF/UA-1 asks for."""
    given = {
        "svg": written(sheet, outlined=False),
        "width": sheet.width_mm,
        "page": _page(sheet),
        "title": sheet.title,
        "maker": sheet.maker,
        "alt": sheet.description,
    }
    return compiled(
        _PAGE,
        given,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(datetime.combine(made_on, time(), UTC).timestamp()),
    )[0]


def _page(sheet: Sheet) -> tuple[float, float]:
    """A4; longer for a figure whose notes are long, for nothing is cut off and nothing shrunk."""
    width, height = sheet.page_mm
    return width, max(height, sheet.height_mm + 2 * LEAST_MARGIN_MM)


def with_density(png: bytes, dots_per_inch: int) -> bytes:
    """The same picture with a pHYs chunk, which tells how large it is meant to be."""
    per_metre = round(dots_per_inch / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    after_header = 8 + 4 + 4 + 13 + 4
    return png[:after_header] + chunk + png[after_header:]


def compiled(source: str, given: dict[str, Any], **options: Any) -> list[bytes]:
    """What the source makes of what it is given: one PDF, or one PNG for each page."""
    fonts = str(font_file("regular").parent)
    found = typst.compile(
        source.encode(),
        root=fonts,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
        **options,
    )
    if isinstance(found, list):
        return found
    return [found]  # type: ignore[list-item]  # None only where a file is its target
