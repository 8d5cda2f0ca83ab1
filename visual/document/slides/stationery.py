"""An empty deck with our theme, master and four layouts."""

from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from visual.document.slides.nodes import emu, node

WIDTH, HEIGHT = 1280, 720
FRONT, TEXT, TITLE, PICTURE = range(4)
"""The layouts, by their places."""

_LOOK = Path(__file__).parent.parent / "look"
_LAYOUTS = ("front", "text", "title", "picture")
_STRANGE = frozenset({RT.THUMBNAIL, RT.EXTENDED_PROPERTIES, RT.PRINTER_SETTINGS, RT.VIEW_PROPS})
"""Of what python-pptx begins with: somebody's picture, programme, printer and window."""


def empty_deck() -> Deck:
    deck = Presentation()
    for part in (deck.part, deck.part.package):
        links = part._rels
        for id, link in list(links.items()):
            if link.reltype in _STRANGE:
                links.pop(id)
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    deck.part._element.sldSz.attrib.pop("type", None)
    _speak_british(deck.part)
    master = deck.slide_masters[0]
    for layout in list(master.slide_layouts)[len(_LAYOUTS) :]:
        master.slide_layouts.remove(layout)
    _refill(master._element, "slide_master", kept="sldLayoutIdLst")
    _set_theme(master.part)
    for layout, name in zip(master.slide_layouts, _LAYOUTS, strict=True):
        _refill(layout._element, f"slide_layout_{name}")
    return deck


def layout_of(deck: Deck, place: int) -> SlideLayout:
    return deck.slide_layouts[place]


def dress_notes(deck: Deck) -> None:
    """The master of the speaker notes in our theme and language too, and in the deck's list."""
    notes: Any = deck.part.part_related_by(RT.NOTES_MASTER)
    _set_theme(notes)
    _speak_british(notes)
    for dated in notes._element.xpath("//p:sp[.//p:ph[@type='dt']]|//p:extLst"):
        dated.getparent().remove(dated)
    listed = node("p:notesMasterIdLst", node("p:notesMasterId"))
    listed[0].set(qn("r:id"), deck.part.relate_to(notes, RT.NOTES_MASTER))
    deck.part._element.sldMasterIdLst.addnext(listed)


def _speak_british(part: Any) -> None:
    for manner in part._element.iter("{*}rPr", "{*}defRPr", "{*}endParaRPr"):
        manner.set("lang", "en-GB")


def _refill(root: Any, name: str, kept: str = "") -> None:
    """Ours in place of what stands in a part; the element itself stays, for others hold it."""
    ours = parse_xml((_LOOK / f"{name}.xml").read_bytes())
    for child in list(root):
        if not kept or not child.tag.endswith(f"}}{kept}"):
            root.remove(child)
    own = list(ours)
    for place, child in enumerate(own[:2]):
        root.insert(place, child)
    root.extend(own[2:])
    root.attrib.clear()
    root.attrib.update(ours.attrib)


def _set_theme(part: Any) -> None:
    theme = part.part_related_by(RT.THEME)
    ours = parse_xml((_LOOK / "slide_theme.xml").read_bytes())
    if hasattr(theme, "_element"):
        theme._element = ours
    else:
        theme._blob = etree.tostring(ours, encoding="UTF-8", standalone=True)
