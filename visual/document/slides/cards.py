"""A card on a slide: text in one shape with the stripe of its sector, moved as one."""

from typing import Any

from visual.cards import CardStyle, Lettering
from visual.document.slides.connectors import SITES, Rectangle
from visual.document.slides.drawn import DASHES, Numbers, box, drawn, outline
from visual.document.slides.nodes import POINTS, about, border, emu, fill, frame, group, node, shape
from visual.document.slides.wording import Paragraph, Words, body
from visual.figure.card import BORDERS, DOTTED, RADIUS, RING, stripe
from visual.figure.description import sectors_told
from visual.figure.plan import Plan
from visual.figure.shapes import ACCENT, FAINT, INK, QUIET, WHITE, Box
from visual.picture import Party
from visual.plain_text import one_line
from visual.routing import Point

_SITE_ANGLE = 60_000
"""Of these is a degree."""


def rectangle(plan: Plan, party: Party, middle: Point) -> Rectangle:
    """The card with its ring, if it has one."""
    ring = 2 * RING * (party.id in plan.ringed)
    return Rectangle(middle=middle, width=plan.style.width + ring, height=plan.style.height + ring)


def card(plan: Plan, party: Party, middle: Point, number: Numbers) -> tuple[Any, int]:
    """The group, and the number of the shape in it that connectors are glued to."""
    whole, style = rectangle(plan, party, middle), plan.style
    ringed, strong = party.id in plan.ringed, plan.stands_out(party)
    radius = RADIUS if party.person else 0.0
    outer = Box(
        x=middle[0] - whole.width / 2,
        y=middle[1] - whole.height / 2,
        width=whole.width,
        height=whole.height,
        radius=radius + RING * ringed * party.person,
    )
    inner = Box(
        x=middle[0] - style.width / 2,
        y=middle[1] - style.height / 2,
        width=style.width,
        height=style.height,
        radius=radius,
        stroke=ACCENT if ringed else INK if strong else FAINT,
        stroke_width=BORDERS[party.band],
        dash=DOTTED if party.doubtful else "",
    )
    name = one_line(party.name) or "(no name)"
    moved, glued = number(), number()
    line = (
        border(ACCENT, 2.6)
        if ringed
        else border(inner.stroke, inner.stroke_width, dash=DASHES[inner.dash])
    )
    text = _text(plan.lettered.lettering[party.id], name, party.role, style, ringed, strong)
    parts = [
        shape(
            about(glued, name),
            frame(outer.x, outer.y, outer.width, outer.height),
            _form(outer, whole),
            fill(WHITE),
            line,
            text=text,
        ),
        *drawn(list(stripe(party, inner, style.stripe)), number, f"{name}: sector"),
    ]
    if ringed:
        parts.append(box(inner, about(number(), f"{name}: border", decorative=True)))
    role = f", {party.role}" if party.role else ""
    doubt = "; may have left or not yet come" if party.doubtful else ""
    told = f"{name}{role} ({sectors_told(party)}){doubt}"
    placed = outer.x, outer.y, outer.width, outer.height
    return group(about(moved, name, told), placed, parts), glued


def _form(outer: Box, whole: Rectangle) -> Any:
    """Square or round at the corners, with more sites for connectors than such a shape has."""
    width, height, radius = outer.width, outer.height, outer.radius
    path = node("a:path", w=emu(width), h=emu(height))
    corners = [(0.0, 0.0, 180), (width, 0.0, 270), (width, height, 0), (0.0, height, 90)]
    for place, (x, y, angle) in enumerate(corners):
        begin = _off(x, y, radius, angle)
        path.append(node("a:lnTo" if place else "a:moveTo", _point(*begin)))
        if radius:
            path.append(
                node(
                    "a:arcTo",
                    wR=emu(radius),
                    hR=emu(radius),
                    stAng=angle * _SITE_ANGLE,
                    swAng=90 * _SITE_ANGLE,
                )
            )
    path.append(node("a:close"))
    sites = [
        ((across * width, down * height), angle * _SITE_ANGLE) for across, down, angle in SITES
    ]
    return outline(path, sites)


def _off(x: float, y: float, radius: float, angle: int) -> Point:
    """Where the arc round a corner begins, which it does at this angle of its circle."""
    return {
        180: (x, y + radius),
        270: (x - radius, y),
        0: (x, y - radius),
        90: (x + radius, y),
    }[angle]


def _point(x: float, y: float) -> Any:
    return node("a:pt", x=emu(x), y=emu(y))


def _text(
    lettering: Lettering, name: str, role: str, style: CardStyle, ringed: bool, strong: bool
) -> Any:
    ink = INK if strong else QUIET
    paragraphs = [
        Paragraph(
            words=(Words(text=as_far_as(lettering.name, name), bold=True, ink=ink),),
            size=style.name_size * POINTS,
        )
    ]
    if lettering.role:
        words = Words(text=as_far_as(lettering.role, one_line(role)), ink=QUIET)
        paragraphs.append(Paragraph(words=(words,), size=style.role_size * POINTS))
    ring = RING * ringed
    insets = ring + style.stripe + style.padding, ring, ring + style.padding - 2, ring
    return body(paragraphs, insets=insets, shrinks=True)


def as_far_as(rows: tuple[str, ...], text: str) -> str:
    """The text itself, in any script, where the rows of a figure hold it whole; else as much."""
    if not rows[-1].endswith("…") or text.endswith("…"):
        return text
    return text[: len(" ".join(rows)) - 1].rstrip(" ,;:–-") + "…"
