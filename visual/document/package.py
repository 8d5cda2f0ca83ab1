"""The parts of a Word document that a stranger made: read within bounds, never acted on."""

import posixpath
import zipfile
from typing import Any, NoReturn

from lxml import etree

from powermap.errors import InvalidValue

MOST_OF_A_PART = 8 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read_xml(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        # The archive may lie about the size of a part, so no more is unpacked than is allowed.
        content = part.read(MOST_OF_A_PART + 1)
    if len(content) > MOST_OF_A_PART:
        refuse(f"must unpack to parts of at most {MOST_OF_A_PART // 1024 // 1024} MB")
    reader = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError:
        refuse("must be a Word document (.docx): a part of it cannot be read")
    if root.getroottree().docinfo.internalDTD is not None:
        refuse("must not declare a document type or entities: Word writes none")
    return root


def linked_to(archive: zipfile.ZipFile, name: str) -> dict[str | None, str]:
    """The parts that a part refers to, by the id it does so with; none outside the archive."""
    folder, own = posixpath.split(name)
    known = set(archive.namelist())
    if f"{folder}/_rels/{own}.rels" not in known:
        return {}
    links = read_xml(archive, f"{folder}/_rels/{own}.rels").iter("{*}Relationship")
    found = {
        link.get("Id"): posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:]
        for link in links
    }
    return {id: target for id, target in found.items() if target in known}


def refuse(why: str) -> NoReturn:
    raise InvalidValue.at("template", why)
