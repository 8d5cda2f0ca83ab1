"""One view of a map as a sheet: the words, the map, the legend and the notes, top to bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from powermap.errors import InvalidValue
from visual.cards import CardStyle
from visual.figure.card import RING, card
from visual.figure.curves import OFF, Bounds, Path, courses, cut, sampled
from visual.figure.description import description
from visual.figure.grounds import ground, headings
from visual.figure.legend import entries, legend
from visual.figure.lettering import Cards, cards
from visual.figure.line import badge, badge_place, badge_width, gap, line
from visual.figure.margins import heading, notes
from visual.figure.preset import SIZES, UNITS_PER_MM, Preset, Size
from visual.figure.seats import EDGE, most_lines, seats
from visual.figure.shapes import (
    FAINT,
    Box,
    Shape,
    Sheet,
    Text,
)
from visual.figure.words import Words
from visual.lines import Line
from visual.picture import Highlight, Party
from visual.routing import Point

SWING = 34.0
"""How far above and below the boxes a line may swing."""


@dataclass(frozen=True)
class _Missing:
    """A tie that is not there, as far as its course is concerned."""

    id: str
    source: str
    target: str
    layer: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is drawn: the same parties, lines, places and highlight as on the screen."""

    parties: Sequence[Party]
    lines: Sequence[Line]
    screen: Mapping[str, Point]
    highlight: Highlight

    def by_name(self) -> "Content":
        """The same with everybody called by their place among the names.

        Ids are minted by chance: on them no figure may hang.
        """
        parties = sorted(self.parties, key=lambda party: (party.name, party.role, party.id))
        key = {party.id: f"{place:04}" for place, party in enumerate(parties)}
        lines = [
            replace(line, source=key[line.source], target=key[line.target]) for line in self.lines
        ]
        return Content(
            parties=[replace(party, id=key[party.id]) for party in parties],
            lines=sorted(lines, key=lambda line: (line.source, line.target, line.layer)),
            screen={key[id]: self.screen[id] for id in key},
            highlight=_renamed(self.highlight, key),
        )


def draw(content: Content, words: Words, preset: Preset) -> Sheet:
    """The sheet. Raises `InvalidValue` when more is asked for than can be read at this size."""
    size, content = SIZES[preset], content.by_name()
    _check_room(len(content.parties), preset, words.noun)
    lettered = cards(content.parties, size, most_lines(len(content.parties), size))
    shapes, y = heading(words, size.width)
    picture, y = _map(content, lettered, size, y)
    shapes += picture
    shapes += _rule(y, size.width)
    keys = entries(content.parties, content.lines, content.highlight, words.border)
    drawn, y = legend(keys, EDGE, y + 8, size.width - 2 * EDGE)
    shapes += drawn
    below, y = notes(words, content.parties, lettered, size.width, y + 6)
    shapes += below
    return Sheet(
        width=round(size.width, 2),
        height=round(y, 2),
        width_mm=size.width_mm,
        height_mm=round(y / UNITS_PER_MM, 2),
        page_mm=size.page_mm,
        shapes=tuple(shapes),
        title=words.title,
        description=description(words, content.parties, content.lines, content.highlight),
        maker=words.maker,
    )


def _renamed(highlight: Highlight, key: Mapping[str, str]) -> Highlight:
    found = highlight.among(key.keys())
    return replace(
        found,
        centre=key[found.centre] if found.centre else None,
        parties=frozenset(key[party] for party in found.parties),
        accented=frozenset(key[party] for party in found.accented),
        gap=(key[found.gap[0]], key[found.gap[1]]) if found.gap else None,
    )


def _check_room(count: int, preset: Preset, noun: tuple[str, str]) -> None:
    most = SIZES[preset].most_names
    if count <= most:
        return
    wide = SIZES[Preset.LANDSCAPE].most_names
    choices = [
        f"the top {most} by a measure (show=top&names={most})",
        "one in focus with those around them (focus=…)",
        "organisations instead of people (unit=organisations)",
        "a filter by sector, kind or strength",
    ]
    if preset is Preset.PORTRAIT and count <= wide:
        choices.insert(0, f"landscape, which holds {wide} (preset=landscape)")
    raise InvalidValue.at(
        "preset",
        f"{preset.value} holds at most {most} {noun[1]} that can be read in print, and this view "
        f"has {count:,}; choose one of: " + "; ".join(choices),
    )


def _rule(y: float, width: float) -> list[Shape]:
    return [Box(x=EDGE, y=y, width=width - 2 * EDGE, height=1.0, fill=FAINT)]


def _map(content: Content, lettered: Cards, size: Size, top: float) -> tuple[list[Shape], float]:
    """The map below `top`, and where it ends."""
    if not content.parties:
        return [], top
    style = lettered.style
    found = seats(content.parties, content.lines, content.screen, content.highlight, style, size)
    positions = _placed(found, style, size, top)
    low = max(y for _, y in positions.values()) + style.height / 2
    high = min(y for _, y in positions.values()) - style.height / 2
    bounds = Bounds((4.0, high - SWING), (size.width - 4.0, low + SWING))
    paths = _paths(content, positions, style, bounds)
    shapes = [
        *ground(content.parties, positions, style),
        *_lines(content, paths),
        *headings(content.parties, positions, style, paths, size.width),
        *_cards(content, lettered, positions),
        *_badges(content, paths, positions, style),
    ]
    reach = [low, *(float(sampled(path)[:, 1].max()) for path in paths.values())]
    reach += [shape.y for shape in shapes if isinstance(shape, Text)]
    return shapes, max(reach) + 16


def _placed(
    found: Mapping[str, Point], style: CardStyle, size: Size, top: float
) -> dict[str, Point]:
    xs, ys = zip(*found.values(), strict=True)
    across = size.width / 2 - (min(xs) + max(xs)) / 2
    down = top + 30 + style.height / 2 - min(ys)
    return {id: (round(x + across, 1), round(y + down, 1)) for id, (x, y) in found.items()}


def _paths(
    content: Content, positions: Mapping[str, Point], style: CardStyle, bounds: Bounds
) -> dict[str, Path]:
    """The course of every line, from box to box; under `gap`, of the one that is missing."""
    whole = courses(content.lines, positions, style, bounds)
    ends = {one.id: (one.source, one.target) for one in content.lines}
    if content.highlight.gap:
        missing = _Missing("gap", *content.highlight.gap)
        whole |= courses([missing], positions, style, bounds)
        ends["gap"] = content.highlight.gap
    ringed = _ringed(content.highlight)
    found = {}
    for id, path in whole.items():
        source, target = ends[id]
        off = OFF + RING * (source in ringed), OFF + RING * (target in ringed)
        found[id] = cut(path, (positions[source], positions[target]), style, off)
    return found


def _ringed(highlight: Highlight) -> set[str]:
    return set(highlight.accented or ([highlight.centre] if highlight.centre else []))


def _lines(content: Content, paths: Mapping[str, Path]) -> Iterator[Shape]:
    """Those that stand back first, those that stand out last and on top."""
    highlight = content.highlight
    accented = set(highlight.letters)
    anybody = bool(accented or highlight.parties or highlight.gap)
    for one in sorted(content.lines, key=lambda one: one.id in accented):
        accent = one.id in accented
        yield from line(one, paths[one.id], strong=accent or not anybody, accent=accent)
    if highlight.gap:
        yield gap(paths["gap"])


def _cards(content: Content, lettered: Cards, positions: Mapping[str, Point]) -> Iterator[Shape]:
    ringed = _ringed(content.highlight)
    for party in content.parties:
        yield from card(
            party,
            lettered.lettering[party.id],
            positions[party.id],
            lettered.style,
            ring=party.id in ringed,
            strong=not content.highlight.parties or party.id in content.highlight.parties,
        )


def _badges(
    content: Content,
    paths: Mapping[str, Path],
    positions: Mapping[str, Point],
    style: CardStyle,
) -> Iterator[Shape]:
    boxes = np.array(list(positions.values()))
    wanted = [
        (one.id, content.highlight.letters[one.id])
        for one in content.lines
        if content.highlight.letters.get(one.id)
    ]
    if content.highlight.gap:
        wanted.append(("gap", "no tie"))
    taken: list[tuple[Point, float]] = []
    for id, text in wanted:
        place = badge_place(text, paths[id], boxes, style, taken)
        taken.append((place, badge_width(text) / 2))
        yield from badge(text, place)
