"""A view of a map as a picture on a page: the map's own page, and smaller ones elsewhere."""

from collections import Counter
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from api.context import arrangement, keep_arrangement, power_map
from api.pages.copying import CopyLinks
from api.pages.figure import links_of
from api.pages.map_view import MapView, view_of
from api.pages.words import count
from api.view import View
from graph.network import Unit
from powermap.errors import InvalidValue
from visual.influence_map import fragment
from visual.sectors import LOOKS, NO_SECTOR

NOUNS = {
    Unit.LEADERS: ("person", "people"),
    Unit.ORGANISATIONS: ("organisation", "organisations"),
}


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What `pages/drawing.html` shows of a view: `{% include %}` it with `drawing` set to this."""

    picture: Markup
    seen: MapView
    summary: str
    """What it shows, in a sentence."""
    address: str
    """The same view on the map's own page."""
    figure: CopyLinks
    """The same view as a figure for a paper."""


def seen(map_id: str, view: View) -> MapView:
    """A view worked out; places that are new in it are kept.

    Raises `InvalidValue` for an arrangement that was never kept, or not for this viewer.
    """
    name = view.arrangement or ""
    kept = arrangement(map_id, name)
    if name and not kept:
        raise InvalidValue.at("arrangement", "is not kept on this map: leave it out")
    found = view_of(power_map(map_id), view, kept)
    if not found.positions.keys() <= kept.keys():
        keep_arrangement(map_id, {**kept, **found.positions}, name)
    return found


def drawn(map_id: str, view: View) -> Drawing:
    """The picture of a view for a page about something else: same places, no panel beside it."""
    found = seen(map_id, view)
    return Drawing(
        picture=picture_of(found),
        seen=found,
        summary=summary(found),
        address=url_for("pages.map", map_id=map_id, **view.address()),
        figure=links_of(map_id, view),
    )


def picture_of(found: MapView) -> Markup:
    return Markup(fragment(found.picture))  # written by an autoescaping template


def summary(found: MapView) -> str:
    """One paragraph that says what the picture shows."""
    sectors = Counter(
        LOOKS[party.sectors[0]].name if party.sectors else NO_SECTOR.name
        for party in found.picture.parties
    )
    parts = [f"{name} {number}" for name, number in sectors.most_common()]
    told = f"The picture shows {count(len(found.drawn), *NOUNS[found.view.unit])}"
    told += f" ({', '.join(parts)})" if parts else ""
    told += f" and {count(len(found.drawn_lines), 'tie')} between them"
    told += f", of {len(found.parties):,} and {len(found.lines):,} on the map."
    alone = len(found.drawn - {end for line in found.lines for end in (line.source, line.target)})
    if alone and found.lines:
        told += f" {count(alone, 'has', 'have')} no tie in this layer."
    return told
