"""The elements of DrawingML: written as nodes, so that no user text is ever markup."""

from typing import Any

from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu

from visual.plain_text import one_line

UNIT = 9525
"""English metric units, in which a slide counts, to one of ours."""
POINTS = 0.75
"""Points to one of our units."""
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE_SPACE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def emu(length: float) -> Emu:
    return Emu(round(length * UNIT))


def node(tag: str, *children: Any, **attributes: object) -> Any:
    """`node("a:off", x=1, y=2)`; a name that Python keeps for itself ends in an underscore."""
    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(name.rstrip("_"), str(value))
    found.extend(child for child in children if child is not None)
    return found


def fill(colour: str) -> Any:
    return node("a:noFill") if colour == "none" else node("a:solidFill", _colour(colour))


def _colour(colour: str) -> Any:
    return node("a:srgbClr", val=colour.removeprefix("#").upper())


def border(
    colour: str,
    width: float,
    *,
    dash: str = "",
    double: bool = False,
    round_: bool = False,
    arrow: bool = False,
) -> Any:
    """The line of a shape; `dash` by DrawingML's name for it, with an arrowhead at its end."""
    if colour == "none":
        return node("a:ln", node("a:noFill"))
    found = node(
        "a:ln",
        fill(colour),
        node("a:prstDash", val=dash) if dash else None,
        node("a:round"),
        w=round(width * UNIT),
    )
    if double:
        found.set("cmpd", "dbl")
    if round_:
        found.set("cap", "rnd")
    if arrow:
        # The head grows with the line: of a thin one it would hardly be seen.
        large = "lg" if width < 3 else "med"
        found.append(node("a:tailEnd", type="triangle", w=large, len=large))
    return found


def frame(x: float, y: float, width: float, height: float, **turned: int) -> Any:
    return node(
        "a:xfrm",
        node("a:off", x=emu(x), y=emu(y)),
        node("a:ext", cx=emu(width), cy=emu(height)),
        **turned,
    )


def about(id: int, name: str, description: str = "", *, decorative: bool = False) -> Any:
    """Number, name and alternative text of a thing on a slide."""
    found = node("p:cNvPr", id=id, name=one_line(name))
    if description:
        found.set("descr", one_line(description))
    if decorative:
        told = found.makeelement(
            f"{{{_DECORATIVE_SPACE}}}decorative", nsmap={"adec": _DECORATIVE_SPACE}
        )
        told.set("val", "1")
        found.append(node("a:extLst", node("a:ext", told, uri=_DECORATIVE)))
    return found


def group(about_it: Any, box: tuple[float, float, float, float], children: list[Any]) -> Any:
    """Things that move together; inside, lengths and places are those of the slide."""
    placed = frame(*box)
    x, y, width, height = box
    placed.append(node("a:chOff", x=emu(x), y=emu(y)))
    placed.append(node("a:chExt", cx=emu(width), cy=emu(height)))
    return node(
        "p:grpSp",
        node("p:nvGrpSpPr", about_it, node("p:cNvGrpSpPr"), node("p:nvPr")),
        node("p:grpSpPr", placed),
        *children,
    )


def shape(about_it: Any, *properties: Any, text: Any = None, box: bool = False) -> Any:
    """One shape; `box`: a box for text alone."""
    told = node("p:cNvSpPr", txBox=1) if box else node("p:cNvSpPr")
    return node(
        "p:sp",
        node("p:nvSpPr", about_it, told, node("p:nvPr")),
        node("p:spPr", *properties),
        text,
    )


def preset(kind: str, **values: int) -> Any:
    guides = [node("a:gd", name=name, fmla=f"val {value}") for name, value in values.items()]
    return node("a:prstGeom", node("a:avLst", *guides), prst=kind)
