"""An empty document with our styles, or with a template's and ours for what it lacks."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from visual.document.template import Template

_LOOK = Path(__file__).parent / "look"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.NUMBERING})
"""Of what python-docx begins with: the rest is a stranger's theme, thumbnail and properties."""


def empty_document(template: Template | None) -> WordDocument:
    """A document without text: styles, one bulleted list, British English and a page size."""
    document = Document()
    part = document.part
    for id, link in list(part.rels.items()):
        if link.reltype not in _KEPT:
            del part.rels[id]
    for id, link in list(part.package.rels.items()):
        if link.reltype in (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES):
            del part.package.rels[id]
    ours = _ours("styles")
    styles = ours if template is None else _completed(parse_xml(template.styles), ours)
    _replace(part, RT.STYLES, styles)
    _replace(part, RT.SETTINGS, _ours("settings"))
    _replace(part, RT.NUMBERING, _ours("numbering"))
    if template is not None and template.theme is not None:
        name = PackURI("/word/theme/theme1.xml")
        part.relate_to(Part(name, _THEME, template.theme, part.package), RT.THEME)
    _set_page(document, template)
    return document


def _ours(name: str) -> Any:
    return parse_xml((_LOOK / f"{name}.xml").read_bytes())


def _replace(part: Any, kind: str, root: Any) -> None:
    part.part_related_by(kind)._element = root


def _completed(styles: Any, ours: Any) -> Any:
    """The template's styles in British English, and those of ours that it does not have."""
    known = {
        (style.get(qn("w:type")), _name(style).casefold()) for style in styles.iter(qn("w:style"))
    }
    taken = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    for style in list(ours.iter(qn("w:style"))):
        if (style.get(qn("w:type")), _name(style).casefold()) in known:
            continue
        if style.get(qn("w:styleId")) in taken:
            style.set(qn("w:styleId"), f"Paper{style.get(qn('w:styleId'))}")
        if any(_is_default(one, style.get(qn("w:type"))) for one in styles):
            style.attrib.pop(qn("w:default"), None)
        _base_on(style, styles)
        styles.append(style)
    _speak_british(styles)
    return styles


def _name(style: Any) -> str:
    found = style.find(qn("w:name"))
    return "" if found is None else found.get(qn("w:val"), "")


def _is_default(style: Any, kind: str | None) -> bool:
    return style.get(qn("w:type")) == kind and style.get(qn("w:default")) in ("1", "true")


def _base_on(style: Any, styles: Any) -> None:
    """What ours build on goes by another id in a template made in another language."""
    base = style.find(qn("w:basedOn"))
    if base is None:
        return
    default = next((one for one in styles if _is_default(one, style.get(qn("w:type")))), None)
    if default is not None:
        base.set(qn("w:val"), default.get(qn("w:styleId")))


def _speak_british(styles: Any) -> None:
    """Word checks the spelling of text by the language of its style."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        styles.insert(0, defaults)
    run_defaults = _child(_child(defaults, "w:rPrDefault", 0), "w:rPr", 0)
    if run_defaults.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        run_defaults.append(language)


def _child(parent: Any, name: str, place: int) -> Any:
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.insert(place, found)
    return found


def _set_page(document: WordDocument, template: Template | None) -> None:
    section = document.sections[0]
    page = template.page if template else None
    section.page_width = Twips(page.width) if page else Mm(210)
    section.page_height = Twips(page.height) if page else Mm(297)
    section.left_margin = Twips(page.left) if page else Mm(25)
    section.right_margin = Twips(page.right) if page else Mm(25)
    section.top_margin = Twips(page.top) if page else Mm(24)
    section.bottom_margin = Twips(page.bottom) if page else Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
