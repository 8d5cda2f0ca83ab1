"""The interactive influence map: pyvis builds the graph, a template of our own writes the page.

pyvis's templates run script from user text and ask outside hosts for files, so they are never
used; its writers would leave files in the working folder, so they are forbidden.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network  # type: ignore[import-untyped, unused-ignore]

from visual.cards import PHONE, CardStyle, lettering
from visual.lines import Line
from visual.picture import Party, Picture
from visual.regions import Region
from visual.routing import bend_lines
from visual.sectors import look_of
from visual.typeface import FAMILY

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
PYVIS_LIBRARY = "lib/vis-9.1.2"
"""Where, inside the installed pyvis, the browser's part of it lies."""

PHONE_PLACES = (
    (0, 0), (-105, -112), (105, -112), (-105, 112), (105, 112), (0, -172), (0, 172), (105, 0),
)  # fmt: skip
"""On a narrow screen: the one in focus, then up to seven neighbours around."""

_ENVIRONMENT = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)
_ENVIRONMENT.filters["fromjson"] = json.loads

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 3600000,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
    "nodes": {"shape": "custom", "chosen": False},
}


@dataclass(frozen=True)
class Missing:
    """A tie that is not there, as far as its course is concerned."""

    id: str
    source: str
    target: str
    layer: str = ""


class InfluenceMap(Network):  # type: ignore[misc, unused-ignore]
    """A pyvis network that can only be turned into a safe fragment of a page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(directed=True, notebook=False, cdn_resources="local", **options)
        self.templateEnv, self.path = _ENVIRONMENT, "influence_map.html"
        self.options = _OPTIONS

    def write_html(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("use generate_html()")

    show = save_graph = write_html


def fragment(picture: Picture) -> str:
    """The map as a piece of a page: a place to draw in, and what to draw as inert JSON."""
    network = InfluenceMap(heading=json.dumps(_setting(picture), allow_nan=False))
    for party in picture.parties:
        network.add_node(party.id, **_node(picture, party))
    for line in picture.lines:
        network.add_edge(line.source, line.target, **_edge(picture, line))
    for node in network.nodes:
        del node["color"], node["shape"]  # the page draws its own cards
    for edge in network.edges:
        del edge["arrows"]
    return str(network.generate_html())


def _node(picture: Picture, party: Party) -> dict[str, Any]:
    written = lettering(party.name, party.role, picture.style, of_body=not party.person)
    x, y = picture.positions[party.id]
    looks = [look_of(sector) for sector in party.sectors] or [look_of(None)]
    return {
        "label": party.name.strip() or "(no name)",
        "shape": "custom",
        "x": _finite(x),
        "y": _finite(y),
        "lines": written.name,
        "role": written.role,
        "narrow": lettering(party.name, "", PHONE, of_body=not party.person).name,
        "codes": [look.code for look in looks[:2]],
        "inks": [look.ink for look in looks[:2]],
        "band": party.band or 0,
        "person": party.person,
        "doubtful": party.doubtful,
    }


def _edge(picture: Picture, line: Line) -> dict[str, Any]:
    """What a line says beyond its ends; its id is made of them and its layer."""
    said = {
        "bend": picture.courses[line.id].bend,
        "layer": str(line.layer),
        "views": str(line.views),
        "strength": line.strength,
        "doubtful": line.doubtful,
        "aside": line.aside,
        "record": line.ties[0] if line.aside else None,
        "letters": picture.highlight.letters.get(line.id),
    }
    return {name: value for name, value in said.items() if value}


def _setting(picture: Picture) -> dict[str, Any]:
    return {
        "label": picture.label,
        "font": FAMILY,
        "card": _card(picture.style),
        "phone": {"card": _card(PHONE), "places": PHONE_PLACES},
        "regions": [_region(region) for region in picture.regions],
        "centre": picture.highlight.centre,
        "accented": sorted(picture.highlight.accented or {picture.highlight.centre} - {None}),
        "gap": _gap(picture),
        "highlighted": sorted(picture.highlight.parties),
        "lettered": sorted(picture.highlight.letters),
    }


def _gap(picture: Picture) -> dict[str, Any] | None:
    """The tie that is not there, bent round boxes as a tie would be."""
    if picture.highlight.gap is None:
        return None
    source, target = picture.highlight.gap
    missing = Missing("gap", source, target)
    style = picture.style
    bends = bend_lines([missing], picture.positions, style.width, style.height, wide=True)
    return {"from": source, "to": target, "bend": bends["gap"].bend}


def _card(style: CardStyle) -> dict[str, int]:
    return {
        "width": style.width,
        "height": style.height,
        "stripe": style.stripe,
        "padding": style.padding,
        "name": style.name_size,
        "role": style.role_size,
    }


def _region(region: Region) -> dict[str, Any]:
    look = look_of(region.sector)
    return {
        "name": look.name,
        "members": region.members,
        "ink": look.ink,
        "tint": look.tint,
        "ground": [[(round(x), round(y)) for x, y in shape] for shape in region.ground],
        "heading": region.heading,
    }


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a place on the map must be two finite numbers")
    return value
