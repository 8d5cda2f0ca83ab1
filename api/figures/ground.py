"""What figures are drawn from: what a ceiling allows of a map, and where everybody stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from api.pages.map_view import MapView, view_of
from api.view import View
from powermap.access import Role, Viewer
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import PowerMap
from powermap.ports import MapStore
from powermap.usecases.narrowing import as_known, up_to
from powermap.vocabulary import Sensitivity
from visual.routing import Point


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One map as far as a figure may show it."""

    whole: PowerMap
    """All that its maker may see: only its numbers are told, of what is withheld."""
    allowed: PowerMap
    ceiling: Sensitivity
    placed: Callable[[View], MapView]
    """A view of what is allowed, worked out, at its places."""
    at: Callable[[int], PowerMap]
    """What is allowed of the map as it was known at a revision."""

    def seen(self, view: View) -> MapView:
        """The view; `InvalidValue` for one that names somebody whom the ceiling leaves out."""
        if view.ceiling.rank >= self.ceiling.rank:
            view = replace(view, ceiling=Sensitivity.PRIVATE)
        try:
            return self.placed(view)
        except UnknownRecord as error:
            field = "focus" if error.record_id == view.focus else "highlight"
            why = (
                "names somebody who is not on the map as far as the ceiling "
                f"({self.ceiling.value}) allows"
            )
            raise InvalidValue.at(field, why) from None


def kept_ground(store: MapStore, whole: PowerMap, reader: Viewer, ceiling: Sensitivity) -> Ground:
    """A map whose places are those of the screen, or of the screen of who may see only so much."""
    allowed = up_to(whole, ceiling)
    map_id = whole.header.id

    def placed(view: View) -> MapView:
        if len(allowed.records) == len(whole.records):
            return _placed(store, map_id, allowed, view, reader, view.arrangement or "")
        view = replace(view, arrangement=None)
        if ceiling is Sensitivity.OPEN:
            # Those who may see only this much have an arrangement of their own.
            return _placed(store, map_id, allowed, view, Viewer(reader.name, Role.VIEWER), "")
        return _placed(store, map_id, allowed, view, reader, f"up to {ceiling.value}")

    def at(revision: int) -> PowerMap:
        return as_known(store.read(map_id, reader, revision=revision), whole, ceiling)

    return Ground(whole=whole, allowed=allowed, ceiling=ceiling, placed=placed, at=at)


def new_ground(
    whole: PowerMap, allowed: PowerMap, ceiling: Sensitivity, at: Callable[[int], PowerMap]
) -> Ground:
    """A map whose places are found anew: nothing in them tells of another picture."""

    def placed(view: View) -> MapView:
        return view_of(allowed, replace(view, arrangement=None), {})

    return Ground(whole=whole, allowed=allowed, ceiling=ceiling, placed=placed, at=at)


def _placed(
    store: MapStore, map_id: str, allowed: PowerMap, view: View, reader: Viewer, name: str
) -> MapView:
    kept: Mapping[str, Point] = store.arrangement(map_id, reader, name=name)
    if view.arrangement and not kept:
        raise InvalidValue.at("arrangement", "is not kept on this map: leave it out")
    found = view_of(allowed, view, kept)
    if not found.positions.keys() <= kept.keys():
        store.keep_arrangement(map_id, reader, {**kept, **found.positions}, name=name)
    return found
