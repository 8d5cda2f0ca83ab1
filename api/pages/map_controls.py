"""What a reader can choose on the map page, and what is chosen."""

from typing import Any

from api.context import viewer
from api.pages.emphasis import EMPHASIS_WORDS, MEANINGS
from api.pages.map_view import MapView
from api.pages.words import in_words
from api.view import Emphasis, Extent, View
from graph.network import GroupBy, Unit
from powermap.access import Act, Viewer, permit
from powermap.errors import Forbidden
from powermap.model import PowerMap
from powermap.vocabulary import Layer, OrganisationKind, Sensitivity
from visual.sectors import LOOKS

READABLE = 60
"""More people than this on one picture cannot be read: the page says so, and how to narrow."""

_UNITS = {Unit.LEADERS: "People", Unit.ORGANISATIONS: "Organisations"}
_GROUPS = {
    GroupBy.SECTOR: "sectors",
    GroupBy.KIND: "kinds of body",
    GroupBy.ORGANISATION: "organisations",
    GroupBy.LEVEL: "levels",
}
_CEILINGS = {
    Sensitivity.PRIVATE: "everything I may see",
    Sensitivity.CONFIDENTIAL: "open and confidential",
    Sensitivity.OPEN: "open alone",
}
_STRENGTHS = {2: "2 or more", 3: "3 or more", 4: "4 or more", 5: "5"}


def controls(whole: PowerMap, found: MapView) -> dict[str, Any]:
    """The choices, those that would find nothing on this map left out."""
    bodies = whole.organisations.values()
    sectors = {body.sector for body in bodies} | found.view.sectors
    kinds = {body.kind for body in bodies} | found.view.kinds
    return {
        "layers": list(Layer),
        "units": _UNITS,
        "groups": _groups(found.view.unit),
        "emphases": list(Emphasis),
        "emphasis_words": EMPHASIS_WORDS,
        "meaning": MEANINGS.get(found.view.emphasis),
        "sector_choices": {
            sector: look.name for sector, look in LOOKS.items() if sector in sectors
        },
        "kind_choices": {
            kind: in_words(kind).capitalize() for kind in OrganisationKind if kind in kinds
        },
        "ceilings": _CEILINGS,
        "strengths": _STRENGTHS,
        "filters": filters_in_words(found.view),
        "narrow": len(found.admitted) > READABLE,
        "crowded": len(found.drawn) > READABLE,
        "may_arrange": _may_arrange(viewer()),
        "carried": carried(found.view),
    }


def carried(view: View) -> dict[str, str]:
    """What the form of the controls has no field for, and keeps."""
    kept = ("focus", "distance", "highlight", "arrangement")
    address = view.address()
    found = {name: address[name] for name in kept if name in address}
    if view.show is not Extent.OPENING:
        found["show"] = view.show.value
    return found


def filters_in_words(view: View) -> list[str]:
    """What is left out by choice, a phrase each."""
    said = []
    if view.sectors:
        said.append(
            " or ".join(look.name for sector, look in LOOKS.items() if sector in view.sectors)
        )
    if view.kinds:
        said.append(" or ".join(in_words(kind) for kind in OrganisationKind if kind in view.kinds))
    if view.strength:
        said.append(f"ties of strength {_STRENGTHS.get(view.strength, '1 or more')}")
    if view.ceiling is not Sensitivity.PRIVATE:
        said.append(f"{_CEILINGS[view.ceiling]}")
    return said


def _groups(unit: Unit) -> dict[GroupBy, str]:
    """What can make a group; a body has no level."""
    bodies = unit is Unit.ORGANISATIONS
    return {by: word for by, word in _GROUPS.items() if by is not GroupBy.LEVEL or not bodies}


def _may_arrange(reader: Viewer) -> bool:
    try:
        permit(reader, Act.WRITE)
    except Forbidden:
        return False
    return True
