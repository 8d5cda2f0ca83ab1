"""A reader of decks: what stands on a slide and where, in units of a sheet for one."""

import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import numpy as np
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.unit.visual.figure_maps import WORDS
from tests.unit.visual.test_word_document import PAPER
from visual.document.paper import Figure
from visual.document.slides.deck import slide_deck
from visual.figure.drawing import drawn
from visual.figure.preset import Preset

UNIT = 9525
SIZE = (1280, 720)


def figure_of(content, words=WORDS):
    plan, sheet = drawn(content, words, Preset.SLIDE)
    return Figure(sheet=sheet, caption=words.kind, plan=plan)


def deck_with(*figures, **values):
    """A short paper with these figures, as a deck."""
    paper = replace(PAPER, figures=figures, **values)
    return slide_deck(paper)


def opened(content):
    return Presentation(io.BytesIO(content))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def native(deck):
    """The first slide with a map that can be moved."""
    return next(slide for slide in deck.slides if any(connectors_or_cards(slide)))


def connectors_or_cards(slide):
    return [*cards(slide), *slide.shapes._spTree.findall(qn("p:cxnSp"))]


def cards(slide):
    """Every card: the group, and the shape in it that bears the name."""
    groups = slide.shapes._spTree.findall(qn("p:grpSp"))
    found = [(group, group.find(qn("p:sp"))) for group in groups]
    return [(group, shape) for group, shape in found if _about(group).get("name") != "Legend"]


def connectors(slide):
    return slide.shapes._spTree.findall(qn("p:cxnSp"))


def _about(element):
    return element.find(f".//{qn('p:cNvPr')}")


def name(element):
    about = _about(element)
    return "" if about is None else about.get("name")


def number(element):
    return _about(element).get("id")


def description(element):
    return _about(element).get("descr")


def box(element):
    """x, y, width and height."""
    placed = next(element.iter(qn("a:xfrm"), qn("p:xfrm")))
    off, extent = placed.find(qn("a:off")), placed.find(qn("a:ext"))
    numbers = (off.get("x"), off.get("y"), extent.get("cx"), extent.get("cy"))
    return tuple(int(one) / UNIT for one in numbers)


def site(shape, place):
    """Where a connection site of a card is on the slide, as the file says."""
    x, y, _, _ = box(shape)
    at = shape.findall(f".//{qn('a:cxn')}")[place].find(qn("a:pos"))
    return x + int(at.get("x")) / UNIT, y + int(at.get("y")) / UNIT


def glued(connector):
    """(number of the shape, site) at its beginning and at its end."""
    ends = (connector.find(f".//{qn(tag)}") for tag in ("a:stCxn", "a:endCxn"))
    return [(end.get("id"), int(end.get("idx"))) for end in ends]


def along(connector):
    """Points on a connector as ECMA-376 part 1, annex D (presetShapeDefinitions) draws its form."""
    x, y, width, height = box(connector)
    placed = next(connector.iter(qn("a:xfrm")))
    form = connector.find(f".//{qn('a:prstGeom')}")
    guide = form.find(f".//{qn('a:gd')}")
    turn = int(guide.get("fmla").split()[1]) / 100_000 if guide is not None else 0.5
    if form.get("prst") == "straightConnector1":
        curves = [
            ((0, 0), (width / 3, height / 3), (width * 2 / 3, height * 2 / 3), (width, height))
        ]
    elif form.get("prst") == "curvedConnector2":
        curves = [((0, 0), (width / 2, 0), (width, height / 2), (width, height))]
    elif form.get("prst") == "bentConnector3":
        corners = [(0, 0), (width * turn, 0), (width * turn, height), (width, height)]
        curves = [(a, _part(a, b, 1), _part(a, b, 2), b) for a, b in pairwise(corners)]
    else:
        assert form.get("prst") == "curvedConnector3"
        middle = width * turn
        curves = [
            ((0, 0), (middle / 2, 0), (middle, height / 4), (middle, height / 2)),
            (
                (middle, height / 2),
                (middle, height * 3 / 4),
                ((width + middle) / 2, height),
                (width, height),
            ),
        ]
    points = np.vstack([_cubic(*curve) for curve in curves]) - (width / 2, height / 2)
    if placed.get("flipH"):
        points[:, 0] *= -1
    if placed.get("flipV"):
        points[:, 1] *= -1
    angle = np.radians(int(placed.get("rot", 0)) / 60_000)
    turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return points @ turned + (x + width / 2, y + height / 2)


def _part(a, b, thirds):
    return tuple(one + (other - one) * thirds / 3 for one, other in zip(a, b, strict=True))


def _cubic(a, b, c, d):
    t = np.linspace(0, 1, 40)[:, None]
    a, b, c, d = map(np.array, (a, b, c, d))
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
