"""The figure of before and after beside an answer that compares."""

from collections.abc import Mapping

from api.context import store, viewer
from api.figures.before_after import of_those_it_is_about
from api.figures.comparing import comparing
from api.figures.ground import kept_ground
from api.pages.copying import CopyLinks
from api.pages.figure import figure_links
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity


def links_of_both(whole: PowerMap, name: str, told: Mapping[str, str]) -> CopyLinks | None:
    """Where the figure is had of what a question compares; None where open records have none."""
    figure = comparing(name, told)
    if figure is None:
        return None
    ground = kept_ground(store(), whole, viewer(), Sensitivity.OPEN)
    try:
        figure = of_those_it_is_about(figure, ground)
    except InvalidValue:
        return None
    return figure_links(whole.header.id, figure, "before and after")
