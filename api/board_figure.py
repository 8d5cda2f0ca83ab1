"""A view of a map as a board figure: what a ceiling allows, at a size that can be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from api.context import power_map, service, viewer
from api.figure_words import words_of
from api.pages.map_view import MapView, view_of
from api.view import Extent, View
from powermap.access import Role, Viewer
from powermap.errors import InvalidValue, UnknownRecord
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Sensitivity
from visual.figure.drawing import Content, draw
from visual.figure.preset import SIZES, Preset
from visual.figure.shapes import Sheet
from visual.figure.svg import written
from visual.picture import choose
from visual.routing import Point
from visual.typst_engine import pdf, png

MOST_NAMES = max(size.most_names for size in SIZES.values())


class Format(StrEnum):
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a figure is to be made; with the map and the view this is all that its bytes hang on."""

    maker: str
    made_on: date
    preset: Preset = Preset.PORTRAIT
    ceiling: Sensitivity = Sensitivity.OPEN
    """What is more sensitive is not in the figure; nor does its place leave a gap."""
    marking: str = ""
    names: int | None = None
    """At most so many names; as many as the preset holds unless given."""


def sheet_of(map_id: str, view: View, wanted: Wanted) -> Sheet:
    """The figure, drawn. Raises `InvalidValue` for what cannot be drawn, and says what could."""
    whole = power_map(map_id)
    ceiling = min(wanted.ceiling, view.ceiling, key=lambda level: level.rank)
    allowed = up_to(whole, ceiling)
    view = replace(view, ceiling=Sensitivity.PRIVATE)
    found = _seen(map_id, whole, allowed, view, ceiling)
    content = content_of(found, wanted)
    words = words_of(
        whole, allowed, found, content, ceiling, wanted.marking, wanted.maker, wanted.made_on
    )
    return draw(content, words, wanted.preset)


def file_of(sheet: Sheet, format: Format, made_on: date) -> bytes:
    if format is Format.SVG:
        return written(sheet).encode()
    return png(sheet) if format is Format.PNG else pdf(sheet, made_on)


def _seen(
    map_id: str, whole: PowerMap, allowed: PowerMap, view: View, ceiling: Sensitivity
) -> MapView:
    """The view of what is allowed, at places that were found without the rest."""
    try:
        if len(allowed.records) == len(whole.records):
            return _placed(map_id, allowed, view, viewer(), view.arrangement or "")
        view = replace(view, arrangement=None)
        if ceiling is Sensitivity.OPEN:
            # Those who may see only this much have an arrangement of their own.
            return _placed(map_id, allowed, view, Viewer(viewer().name, Role.VIEWER), "")
        return _placed(map_id, allowed, view, viewer(), f"up to {ceiling.value}")
    except UnknownRecord as error:
        field = "focus" if error.record_id == view.focus else "highlight"
        why = f"names somebody who is not on the map as far as the ceiling ({ceiling.value}) allows"
        raise InvalidValue.at(field, why) from None


def _placed(map_id: str, allowed: PowerMap, view: View, reader: Viewer, name: str) -> MapView:
    store = service().store
    kept: Mapping[str, Point] = store.arrangement(map_id, reader, name=name)
    if view.arrangement and not kept:
        raise InvalidValue.at("arrangement", "is not kept on this map: leave it out")
    found = view_of(allowed, view, kept)
    if not found.positions.keys() <= kept.keys():
        store.keep_arrangement(map_id, reader, {**kept, **found.positions}, name=name)
    return found


def content_of(found: MapView, wanted: Wanted) -> Content:
    """What the preset holds of the picture: what stands out, and the best of the rest."""
    picture, size = found.picture, SIZES[wanted.preset]
    usual = [line for line in picture.lines if not line.aside]
    most = min(wanted.names or size.most_names, size.most_names)
    parties, lines = list(picture.parties), usual
    if found.view.show is Extent.OPENING or wanted.names:
        if found.view.show is Extent.TOP:
            parties = parties[:most]
        else:
            parties, lines = choose(
                parties,
                usual,
                picture.highlight.parties,
                most_names=most,
                most_lines=size.most_lines,
            )
    ids = {party.id for party in parties}
    focus = found.view.focus
    beside = [one for one in picture.lines if one.aside and focus in (one.source, one.target)]
    return Content(
        parties=parties,
        lines=[one for one in [*lines, *beside] if one.source in ids and one.target in ids],
        screen=picture.positions,
        highlight=picture.highlight.among(ids),
    )
