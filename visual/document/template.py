"""An organisation's own template, read as a hostile file: its look is taken, nothing else.

Only styles, theme, the size of the page and the logo in its header are used. Its text, other
pictures, properties and comments stay behind, so none of them can reach a reader; a template that
could act, or that points outside itself, is refused as a whole, because whoever made it meant
more than a look.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

from visual.document.header_logo import logo_of
from visual.document.logo import Logo
from visual.document.package import RELATIONSHIPS, W, read_xml, refuse

MOST_BYTES = 4 * 1024 * 1024
_MOST_UNPACKED = 48 * 1024 * 1024
_MOST_PARTS = 500

_ACTING = ("macro", "vba", "activex", "oleobject", "attachedtemplate", "afchunk", "subdocument")
"""In the type of a part or a relationship: what runs, or brings in another document."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""With any of these zipfile answers an archive that is damaged, encrypted or none."""
_KINDS_OF_STYLE = frozenset({"paragraph", "character", "table", "numbering"})
_LEAST, _MOST = 2_000, 32_000
"""A sensible side of a page, in twentieths of a point: 3.5 to 56 cm."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Its size and margins in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, kw_only=True)
class Template:
    """The look of a document."""

    styles: bytes
    theme: bytes | None
    page: Page | None
    logo: Logo | None = None


def read_template(content: bytes) -> Template:
    """What of a .docx is used, or `InvalidValue` at `template` that says why it is not."""
    if len(content) > MOST_BYTES:
        refuse(f"must be at most {MOST_BYTES // 1024 // 1024} MB large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except _BROKEN:
        refuse("must be a Word document (.docx): it cannot be opened")


def _read(archive: zipfile.ZipFile) -> Template:
    names = archive.namelist()
    if len(names) > _MOST_PARTS or len(set(names)) < len(names):
        refuse(f"must be a Word document with at most {_MOST_PARTS} parts, each there once")
    if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
        refuse(f"must unpack to at most {_MOST_UNPACKED // 1024 // 1024} MB")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            refuse("must hold only parts of a Word document: one is named as if outside it")
    for needed in ("[Content_Types].xml", "word/document.xml", "word/styles.xml"):
        if needed not in names:
            refuse("must be a Word document (.docx) with styles of its own")
    _refuse_acting(archive, names)
    styles = read_xml(archive, "word/styles.xml")
    if styles.tag != f"{W}styles":
        refuse("must be a Word document (.docx) with styles of its own")
    _tidy(styles)
    theme = None
    if "word/theme/theme1.xml" in names:
        drawn = read_xml(archive, "word/theme/theme1.xml")
        # A theme may draw on a picture, which stays behind: then ours does.
        if not _linked(drawn):
            theme = etree.tostring(drawn)
    document = read_xml(archive, "word/document.xml")
    return Template(
        styles=etree.tostring(styles),
        theme=theme,
        page=_page(document),
        logo=logo_of(archive, document),
    )


def _refuse_acting(archive: zipfile.ZipFile, names: list[str]) -> None:
    for part in read_xml(archive, "[Content_Types].xml").iter("{*}Override", "{*}Default"):
        if _acts(part.get("ContentType", "")) or _acts(part.get("PartName", "")):
            refuse("must hold no macros and no embedded objects: save it as a plain .docx")
    for name in names:
        if _acts(name) or name.startswith("word/embeddings/"):
            refuse("must hold no macros and no embedded objects: save it as a plain .docx")
        if not name.endswith(".rels"):
            continue
        for link in read_xml(archive, name).iter("{*}Relationship"):
            if link.get("TargetMode", "Internal") != "Internal" or _outside(link.get("Target", "")):
                refuse(
                    "must not point outside itself: take out its links, linked pictures and "
                    "attached template"
                )
            if _acts(link.get("Type", "").rpartition("/")[2]):
                refuse("must hold no macros and no embedded objects: save it as a plain .docx")


def _outside(target: str) -> bool:
    return ":" in target or target.startswith(("//", "\\"))


def _acts(name: str) -> bool:
    return any(word in name.lower() for word in _ACTING)


def _tidy(styles: Any) -> None:
    """No style refers to another part: to a list of the template, or to a picture.

    What names itself no style that Word knows is left out.
    """
    for style in list(styles.iter(f"{W}style")):
        name = style.find(f"{W}name")
        named = name is not None and name.get(f"{W}val") and style.get(f"{W}styleId")
        if not named or style.get(f"{W}type") not in _KINDS_OF_STYLE:
            style.getparent().remove(style)
        elif style.attrib.pop(f"{W}default", "") in ("1", "true", "on"):
            style.set(f"{W}default", "1")
    for element in list(styles.iter(f"{W}numPr", f"{W}framePr")):
        element.getparent().remove(element)
    if _linked(styles):
        refuse("must have styles that refer to no other part")


def _linked(root: Any) -> bool:
    return any(
        key.startswith(RELATIONSHIPS) for element in root.iter("{*}*") for key in element.attrib
    )


def _page(document: Any) -> Page | None:
    """The last section's page, where its numbers make sense."""
    sections = list(document.iter(f"{W}sectPr"))
    if not sections:
        return None
    size, margins = sections[-1].find(f"{W}pgSz"), sections[-1].find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    try:
        page = Page(
            width=int(size.get(f"{W}w")),
            height=int(size.get(f"{W}h")),
            **{side: int(margins.get(W + side)) for side in ("left", "right", "top", "bottom")},
        )
    except (TypeError, ValueError):
        return None
    sides = (page.left, page.right, page.top, page.bottom)
    roomy = (
        page.width - page.left - page.right >= _LEAST
        and page.height - abs(page.top) - abs(page.bottom) >= _LEAST
    )
    sized = _LEAST <= page.width <= _MOST and _LEAST <= page.height <= _MOST
    return page if sized and roomy and min(sides) >= 0 else None
