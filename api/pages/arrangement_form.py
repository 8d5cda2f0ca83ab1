"""Where things stand on the drawn map, arranged by hand: kept, or arranged anew."""

import hashlib
import json
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug import Response
from werkzeug.utils import redirect

from api.context import arrangement, keep_arrangement, power_map, viewer
from api.pages.map_view import view_of
from api.view import ARRANGEMENT_LENGTH, View, joined_up, view_from
from graph.network import Unit
from powermap.access import Act, permit
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.ports import Positions
from powermap.strict_json import read_json
from visual.picture import MOST_DRAWN

FURTHEST = 200_000.0
"""Pixels of the map from its middle: further out nothing would be found again."""


def arrange_map(map_id: str) -> Response:
    """Keep the places sent with the form, or work all places out afresh; then show the map."""
    permit(viewer(), Act.WRITE)
    whole = power_map(map_id)
    view = view_from(joined_up(request.args.items(multi=True)))
    before = _kept(map_id, arrangement(map_id))
    if request.form.get("action") == "anew":
        keep_arrangement(map_id, _anew(whole))
        address = view.address(arrangement=None)
    else:
        places = places_from(request.form.get("places", ""), whole)
        base = arrangement(map_id, view.arrangement or "")
        name = _kept(map_id, {**base, **places})
        keep_arrangement(map_id, {**arrangement(map_id), **base, **places})
        address = view.address(arrangement=name)
    shown = url_for("pages.map", map_id=map_id, **address, arranged=before)
    return redirect(shown, code=303)


def places_from(text: str, whole: PowerMap) -> Positions:
    """The places that a form sends, or `InvalidValue`: ids on this map, each with two numbers."""
    sent = read_json(text.encode()) if text.strip() else {}
    if not isinstance(sent, dict):
        raise InvalidValue.at("places", 'must be places by id, such as {"…": [120, -40]}')
    if len(sent) > MOST_DRAWN:
        raise InvalidValue.at("places", f"must name at most {MOST_DRAWN:,}")
    return {party: _place(party, point, whole) for party, point in sent.items()}


def _place(party: str, point: Any, whole: PowerMap) -> tuple[float, float]:
    if party not in whole.leaders and party not in whole.organisations:
        raise InvalidValue.at("places", "names somebody who is not on this map")
    numbers = isinstance(point, list) and len(point) == 2 and all(map(_is_number, point))
    if not numbers or max(map(abs, point)) > FURTHEST:
        raise InvalidValue.at(
            "places", f"must give each two numbers, from {-FURTHEST:.0f} to {FURTHEST:.0f}"
        )
    return round(float(point[0]), 1), round(float(point[1]), 1)


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _anew(whole: PowerMap) -> Positions:
    """Places worked out as if none had ever been kept."""
    found: dict[str, tuple[float, float]] = {}
    for unit in Unit:
        found |= view_of(whole, View(unit=unit), {}).positions
    return found


def _kept(map_id: str, positions: Positions) -> str | None:
    """Keep an arrangement under a name made of what it is, so that a link to it stays true."""
    if not positions:
        return None
    plain = json.dumps({party: list(positions[party]) for party in sorted(positions)})
    name = hashlib.sha256(plain.encode()).hexdigest()[:ARRANGEMENT_LENGTH]
    keep_arrangement(map_id, positions, name)
    return name


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(
        "/maps/<map_id>/arrangement", "arrange_map", arrange_map, methods=["POST"]
    )
