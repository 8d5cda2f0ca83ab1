"""The links under a picture on a page: the same view as a figure for a paper."""

from flask import url_for

from api.figures.asked import FigureAsked
from api.pages.copying import CopyLinks, Kind
from api.view import View
from visual.figure.preset import Preset


def links_of(map_id: str, view: View) -> CopyLinks:
    """Where the figure of a view is had; what is above open is left out, as in any export."""
    return figure_links(map_id, FigureAsked(view=view), "picture")


def figure_links(
    map_id: str, figure: FigureAsked, noun: str, preset: Preset = Preset.PORTRAIT
) -> CopyLinks:
    """Where any figure is had."""
    size = {} if preset is Preset.PORTRAIT else {"preset": preset.value}

    def address(format: str) -> str:
        asked = {"format": format, **size, **figure.address()}
        return url_for("figure.read_figure", map_id=map_id, **asked)

    return CopyLinks(
        kind=Kind.PICTURE,
        noun=noun,
        files=tuple((format.upper(), address(format)) for format in ("svg", "png", "pdf")),
        picture=address("png"),
    )
