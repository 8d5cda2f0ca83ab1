"""A view of a map as a picture on a page: the map's own page, and smaller ones elsewhere."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from api.context import arrangement, keep_arrangement, power_map
from api.pages.map_view import MapView, view_of
from api.view import View
from visual.influence_map import fragment


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What `pages/drawing.html` shows of a view: `{% include %}` it with `drawing` set to this."""

    picture: Markup
    seen: MapView
    address: str
    """The same view on the map's own page."""


def seen(map_id: str, view: View) -> MapView:
    """A view worked out; places that are new in it are kept."""
    kept = arrangement(map_id)
    found = view_of(power_map(map_id), view, kept)
    if not found.positions.keys() <= kept.keys():
        keep_arrangement(map_id, {**kept, **found.positions})
    return found


def drawn(map_id: str, view: View) -> Drawing:
    """The picture of a view for a page about something else: same places, no panel beside it."""
    found = seen(map_id, view)
    return Drawing(
        picture=picture_of(found),
        seen=found,
        address=url_for("pages.map", map_id=map_id, **view.address()),
    )


def picture_of(found: MapView) -> Markup:
    return Markup(fragment(found.picture))  # written by an autoescaping template
