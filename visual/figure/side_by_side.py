"""Two states of one picture on a sheet: who stays stands at the same place in both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from visual.cards import CardStyle, Lettering
from visual.figure.card import RING, card
from visual.figure.change_signs import SIGNS, TAGS, change_entries, ghost, tag_place
from visual.figure.changes import PartyChange, TieChange, concerned, place_of
from visual.figure.curves import OFF, Bounds, Path, courses, cut, sampled
from visual.figure.frame import framed
from visual.figure.grounds import ground
from visual.figure.legend import entries
from visual.figure.lettering import Cards, cards
from visual.figure.line import badge, badge_place, badge_width, gap, line
from visual.figure.margins import heading, names_in_full
from visual.figure.panels import Panels, panels
from visual.figure.preset import SIZES, Preset
from visual.figure.seats import EDGE, most_lines, seats
from visual.figure.shapes import FAINT, Box, Shape, Sheet, Text
from visual.figure.side_description import description
from visual.figure.sides import Sides
from visual.figure.signs import writable
from visual.figure.words import Words
from visual.lines import Line
from visual.picture import Highlight, Party
from visual.routing import Point
from visual.typeface import fit

SWING = 24.0
"""How far above and below the boxes of a panel a line may swing."""
TITLE = 17
HEAVY = 3
"""The band whose border somebody new has."""


def draw_sides(sides: Sides, words: Words, preset: Preset) -> Sheet:
    """The sheet, with all of both sides: whoever asks has chosen what can be read."""
    size, sides = SIZES[preset], sides.by_name()
    everybody = sides.everybody
    room = panels(preset, len(everybody))
    written = [*everybody, *_called_otherwise(sides)]
    lettered = cards(written, room.size, most_lines(len(everybody), room.size))
    shapes, y = heading(words, size.width)
    pictures, y = _both(sides, lettered, room, y)
    shapes += pictures
    names = {party.id: party.name.strip() for party in written}
    return framed(
        shapes,
        y,
        words=words,
        size=size,
        keys=[
            *entries(everybody, sides.every_line, Highlight(), ""),
            *change_entries(sides.parties, sides.ties),
        ],
        more=names_in_full(names, lettered.short),
        description=description(words, sides),
    )


def _earlier(id: str) -> str:
    """What somebody's former name is lettered under."""
    return f"{id} before"


def _called_otherwise(sides: Sides) -> list[Party]:
    """Those of before whose card reads otherwise now."""
    now = {party.id: (party.name, party.role) for party in sides.after.parties}
    return [
        replace(party, id=_earlier(party.id))
        for party in sides.before.parties
        if now.get(party.id, (party.name, party.role)) != (party.name, party.role)
    ]


@dataclass(frozen=True, kw_only=True)
class _Panel:
    """Where one side is drawn, and what of it stands out."""

    sides: Sides
    positions: Mapping[str, Point]
    style: CardStyle
    bounds: Bounds
    forward: frozenset[str]
    """Those whom what differs is about."""

    def path(self, lines: Sequence[Line], ringed: frozenset[str]) -> dict[str, Path]:
        whole = courses(lines, self.positions, self.style, self.bounds)
        return {
            one.id: cut(
                whole[one.id],
                (self.positions[one.source], self.positions[one.target]),
                self.style,
                (OFF + RING * (one.source in ringed), OFF + RING * (one.target in ringed)),
            )
            for one in lines
        }


def _both(sides: Sides, lettered: Cards, room: Panels, top: float) -> tuple[list[Shape], float]:
    """The two panels below `top`, and where the lower ends."""
    style = lettered.style
    titles = [_title(side.heading, room) for side in (sides.before, sides.after)]
    high = top + max((text.y for title in titles for text in title), default=0.0) + 8
    first = _seated(sides, style, room, high)
    forward = concerned(sides.parties, sides.ties)
    if not (sides.parties or sides.ties):
        forward = frozenset(first)
    low = max((y for _, y in first.values()), default=high) + style.height / 2 + SWING
    across, down = room.second(low - top)
    shapes: list[Shape] = []
    for number, title in enumerate(titles):
        shift = (across * number, down * number)
        positions = {
            id: (round(x + shift[0], 1), round(y + shift[1], 1)) for id, (x, y) in first.items()
        }
        panel = _Panel(
            sides=sides,
            positions=positions,
            style=style,
            bounds=Bounds(
                (shift[0] + 4.0, high + shift[1]),
                (shift[0] + room.size.width - 4.0, low + shift[1]),
            ),
            forward=forward,
        )
        shapes += [_moved(text, (shift[0], top + shift[1])) for text in title]
        shapes += _after(panel, lettered) if number else _before(panel, lettered)
    shapes.append(_between(room, top, low))
    return shapes, low + down + 10


def _title(text: str, room: Panels) -> list[Text]:
    rows = fit(writable(text), room.size.width - 2 * EDGE, TITLE, "semibold", 2)
    return [
        Text(x=EDGE, y=(place + 1) * (TITLE + 4), text=row, size=TITLE, weight="semibold")
        for place, row in enumerate(rows)
    ]


def _moved(text: Text, shift: Point) -> Text:
    return replace(text, x=text.x + shift[0], y=text.y + shift[1])


def _between(room: Panels, top: float, low: float) -> Box:
    """The rule that parts the panels."""
    across, down = room.second(low - top)
    if room.beside:
        x = (room.size.width + across) / 2
        return Box(x=x, y=top + 4, width=1.0, height=low - top, fill=FAINT)
    y = (low + top + down) / 2
    return Box(x=EDGE, y=y, width=room.size.width - 2 * EDGE, height=1.0, fill=FAINT)


def _seated(sides: Sides, style: CardStyle, room: Panels, top: float) -> dict[str, Point]:
    """A place for everybody of either side, found with the lines of both."""
    everybody = sides.everybody
    if not everybody:
        return {}
    marked = {one.id: "" for one in sides.every_line if place_of(one) in sides.ties}
    found = seats(
        everybody, sides.every_line, sides.screen, Highlight(letters=marked), style, room.size
    )
    xs, ys = zip(*found.values(), strict=True)
    across = room.size.width / 2 - (min(xs) + max(xs)) / 2
    down = top + SWING + style.height / 2 - min(ys)
    return {id: (x + across, y + down) for id, (x, y) in found.items()}


def _before(panel: _Panel, lettered: Cards) -> Iterator[Shape]:
    """What was: whatever will differ stands out."""
    sides = panel.sides
    paths = panel.path(sides.before.lines, frozenset())
    nothing = not (sides.parties or sides.ties)
    yield from _ground(sides.before.parties, panel)
    for one in sorted(sides.before.lines, key=lambda one: _differs(one, sides)):
        strong = nothing or _differs(one, sides)
        yield from line(one, paths[one.id], strong=strong, accent=False)
    for party in sides.before.parties:
        written = lettered.lettering.get(_earlier(party.id)) or lettered.lettering[party.id]
        yield from _card(party, written, panel, ring=False)


def _after(panel: _Panel, lettered: Cards) -> Iterator[Shape]:
    """What is, or would be: whatever differs has the accent and a sign."""
    sides = panel.sides
    ringed = frozenset(id for id, change in sides.parties.items() if change is not PartyChange.GONE)
    lost = {
        place_of(one): one
        for one in sides.before.lines
        if sides.ties.get(place_of(one)) is TieChange.LOST
    }.values()
    lines = [*sides.after.lines, *lost]
    paths = panel.path(lines, ringed)
    nothing = not (sides.parties or sides.ties)
    there = [party for party in sides.after.parties if not _is_gone(party, sides)]
    yield from _ground(there, panel)
    for one in sorted(sides.after.lines, key=lambda one: _differs(one, sides)):
        accent = _differs(one, sides)
        yield from line(one, paths[one.id], strong=accent or nothing, accent=accent)
    for one in lost:
        yield gap(paths[one.id])
    for party in there:
        ring = party.id in ringed
        if sides.parties.get(party.id) is PartyChange.COME:
            party = replace(party, band=HEAVY)
        yield from _card(party, lettered.lettering[party.id], panel, ring=ring)
    for party in sides.everybody:
        if _is_gone(party, sides):
            place = panel.positions[party.id]
            yield from ghost(party, lettered.lettering[party.id], place, panel.style)
    yield from _signs(panel, lines, paths)


def _differs(one: Line, sides: Sides) -> bool:
    return place_of(one) in sides.ties or _turned_away(one, sides)


def _turned_away(one: Line, sides: Sides) -> bool:
    """Whether it is what a tie that turned has been."""
    ends, layer = place_of(one)
    return (
        any(
            change is TieChange.TURNED and place[0] == ends and place[1] is not layer
            for place, change in sides.ties.items()
        )
        and one not in sides.after.lines
    )


def _is_gone(party: Party, sides: Sides) -> bool:
    return sides.parties.get(party.id) is PartyChange.GONE


def _ground(parties: Sequence[Party], panel: _Panel) -> Iterator[Shape]:
    there = {party.id: panel.positions[party.id] for party in parties}
    return ground(parties, there, panel.style)


def _card(party: Party, written: Lettering, panel: _Panel, *, ring: bool) -> Iterator[Shape]:
    return card(
        replace(party, band=party.band if ring else None),
        written,
        panel.positions[party.id],
        panel.style,
        ring=ring,
        strong=party.id in panel.forward,
    )


def _signs(panel: _Panel, lines: Sequence[Line], paths: Mapping[str, Path]) -> Iterator[Shape]:
    """A word on every box that differs, a sign on every tie that does."""
    sides, boxes = panel.sides, np.array(list(panel.positions.values()))
    passing = np.vstack([np.zeros((0, 2)), *(sampled(path) for path in paths.values())])
    taken: list[tuple[Point, float]] = []
    for id, change in sorted(sides.parties.items()):
        text = sides.tags.get(id) or TAGS[change]
        at = tag_place(panel.positions[id], panel.style, text, passing)
        taken.append((at, badge_width(text)))
        yield from badge(text, at)
    done = set()
    for one in lines:
        place = place_of(one)
        if place not in sides.ties or place in done:
            continue
        done.add(place)
        sign = SIGNS[sides.ties[place]][0]
        at = badge_place(sign, paths[one.id], boxes, panel.style, taken)
        taken.append((at, badge_width(sign)))
        yield from badge(sign, at)
