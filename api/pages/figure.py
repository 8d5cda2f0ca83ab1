"""The links under a picture on a page: the same view as a figure for a paper."""

from dataclasses import dataclass

from flask import url_for

from api.view import View


@dataclass(frozen=True, kw_only=True)
class FigureLinks:
    """What `pages/figure_links.html` shows: `{% include %}` it with `figure` set to this."""

    files: tuple[tuple[str, str], ...]
    """The name of each format, and where the figure is had in it."""
    copy: str
    """The picture that is copied."""


def links_of(map_id: str, view: View) -> FigureLinks:
    """Where the figure of a view is had; what is above open is left out, as in any export."""

    def address(format: str) -> str:
        return url_for("figure.read_figure", map_id=map_id, format=format, **view.address())

    return FigureLinks(
        files=tuple((format.upper(), address(format)) for format in ("svg", "png", "pdf")),
        copy=address("png"),
    )
