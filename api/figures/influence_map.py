"""A view of a map as a board figure: who is tied to whom, and what stands out."""

from api.figures.asked import FigureAsked, Making
from api.figures.ground import Ground
from api.figures.words import words_of
from api.pages.map_view import MapView
from api.pages.words import count, listed
from api.view import Extent
from visual.document.paper import Figure
from visual.figure.drawing import drawn
from visual.figure.plan import Content
from visual.figure.preset import SIZES, Size
from visual.picture import choose

MOST_TOLD = 4


def influence_map(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` for a view too full to be read, and says what could be."""
    found = ground.seen(asked.view)
    content = content_of(found, SIZES[making.preset], asked.names)
    words = words_of(ground, found, content, making)
    plan, sheet = drawn(content, words, making.preset)
    return Figure(sheet=sheet, caption=words.kind + _marked(found), plan=plan)


def _marked(found: MapView) -> str:
    """Who stands out, so that figures of one map can be told apart in a list of them."""
    parties = list(dict.fromkeys(found.view.mark.parties))
    names = [found.shown.party(party).name for party in parties[:MOST_TOLD]]
    if len(parties) > MOST_TOLD:
        names.append(count(len(parties) - MOST_TOLD, "other"))
    return f": {listed(names)}" if names else ""


def content_of(found: MapView, size: Size, names: int | None) -> Content:
    """What the size holds of the picture: what stands out, and the best of the rest."""
    picture = found.picture
    usual = [line for line in picture.lines if not line.aside]
    most = min(names or size.most_names, size.most_names)
    parties, lines = list(picture.parties), usual
    if found.view.show is Extent.OPENING or names:
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
