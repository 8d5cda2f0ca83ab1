"""Where in a template the logo is: a picture of pixels in the header of its usual page."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from visual.document.logo import DRAWING, MOST_BYTES, PLACED, BadLogo, Logo, is_raster, logo
from visual.document.package import RELATIONSHIPS, W, linked_to, read_xml, refuse

MOST_LOOKED_AT = 20
"""A header may show one large picture ten thousand times over."""


def logo_of(archive: zipfile.ZipFile, document: Any) -> Logo | None:
    """The first picture of pixels in the usual header of the last section that has one."""
    headers = linked_to(archive, "word/document.xml")
    used = [
        headers[id]
        for reference in document.iter(f"{W}headerReference")
        if reference.get(f"{W}type", "default") == "default"
        and (id := reference.get(f"{RELATIONSHIPS}id")) in headers
    ]
    if not used:
        return None
    for placed, name in islice(_pictures(archive, used[-1]), MOST_LOOKED_AT):
        with archive.open(name) as part:
            content = part.read(MOST_BYTES + 1)
        if is_raster(content):
            try:
                return logo(content, placed)
            except BadLogo as error:
                refuse(f"must have a logo {error}, or none in its header")
    return None


def _pictures(archive: zipfile.ZipFile, header: str) -> Iterator[tuple[Any, str]]:
    """What is placed in a header and shows a picture, and the part that holds the picture."""
    held = linked_to(archive, header)
    for placed in read_xml(archive, header).iter(f"{PLACED}inline", f"{PLACED}anchor"):
        for shown in placed.iter(f"{DRAWING}blip"):
            if (name := held.get(shown.get(f"{RELATIONSHIPS}embed"))) is not None:
                yield placed, name
