"""How what differs is drawn: a sign on a line, a word on a box, and whoever is gone as a ghost."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from visual.cards import CardStyle, Lettering
from visual.figure.card import RADIUS, lettered, outline
from visual.figure.changes import PartyChange, Place, TieChange
from visual.figure.legend import HIGH, KEY, Entry, straight
from visual.figure.line import BADGE_HEIGHT, badge, badge_width, gap
from visual.figure.shapes import ACCENT, QUIET, WHITE, Box, Shape
from visual.picture import Party
from visual.routing import Floats, Point

SIGNS: Mapping[TieChange, tuple[str, str]] = {
    TieChange.TURNED: ("≠", "a tie that turned to tension, or back"),
    TieChange.MADE: ("+", "a tie that was not there"),
    TieChange.LOST: ("–", "a tie that is there no more"),
    TieChange.STRONGER: ("↑", "a stronger tie"),
    TieChange.WEAKER: ("↓", "a weaker tie"),
    TieChange.OTHER: ("±", "a tie that is seen otherwise"),
}
"""What stands on the line, and what that means."""
TAGS: Mapping[PartyChange, str] = {
    PartyChange.GONE: "gone",
    PartyChange.COME: "new",
    PartyChange.CHANGED: "changed",
}
"""What stands on a box, unless more is known."""
GHOST = "3 5"


def ghost(party: Party, written: Lettering, middle: Point, style: CardStyle) -> Iterator[Shape]:
    """Whoever is gone: their name where they stood, in a dotted box without a stripe."""
    box = outline(middle, style, RADIUS if party.person else 0.0)
    yield Box(**{**vars(box), "fill": WHITE})
    yield from lettered(written, box, middle, style, QUIET)
    yield Box(**{**vars(box), "stroke": QUIET, "stroke_width": 2.4, "dash": GHOST})


def tag_place(middle: Point, style: CardStyle, text: str, passing: Floats) -> Point:
    """At that corner of a box where it covers least of the lines that pass, clear of the name."""
    half = badge_width(text) / 2, BADGE_HEIGHT / 2
    aside, off = style.width / 2 - half[0] - 6, style.height / 2 + half[1] - 5
    corners = [(middle[0] + x, middle[1] + y) for y in (-off, off) for x in (aside, -aside)]

    def covered(corner: Point) -> int:
        near = np.abs(passing - np.array(corner)) < np.array(half) + 3
        return int(near.all(axis=1).sum())

    return min(corners, key=covered)


def change_entries(
    parties: Mapping[str, PartyChange], ties: Mapping[Place, TieChange]
) -> Iterator[Entry]:
    """The keys of the signs that are used."""
    changes = set(parties.values())
    if PartyChange.GONE in changes:
        yield Entry("gone", _ghost_key)
    if changes - {PartyChange.GONE}:
        yield Entry("new or changed", _ring_key)
    for change, (sign, words) in SIGNS.items():
        if change in ties.values():
            yield Entry(words, _sign_key(sign, lost=change is TieChange.LOST))


def _ghost_key(x: float, y: float) -> Iterator[Shape]:
    yield Box(
        x=x + 2,
        y=y - 8,
        width=KEY - 4,
        height=16,
        radius=5,
        fill=WHITE,
        stroke=QUIET,
        stroke_width=2.4,
        dash=GHOST,
    )


def _ring_key(x: float, y: float) -> Iterator[Shape]:
    yield Box(
        x=x + 2,
        y=y - HIGH / 2,
        width=KEY - 4,
        height=HIGH,
        radius=6,
        fill=WHITE,
        stroke=ACCENT,
        stroke_width=2.6,
    )


def _sign_key(sign: str, *, lost: bool) -> Callable[[float, float], Iterator[Shape]]:
    def key(x: float, y: float) -> Iterator[Shape]:
        if lost:
            yield gap(straight(x, y, KEY))
        yield from badge(sign, (x + KEY / 2, y))

    return key
