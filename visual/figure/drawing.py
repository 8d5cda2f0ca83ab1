"""One view of a map as a sheet: the words, the map, the legend and the notes, top to bottom."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import numpy as np

from visual.figure.card import card
from visual.figure.curves import sampled
from visual.figure.description import description
from visual.figure.frame import framed
from visual.figure.grounds import ground, headings
from visual.figure.legend import entries
from visual.figure.line import badge, badge_place, badge_width, gap, line
from visual.figure.margins import heading, names_in_full
from visual.figure.plan import Content, Plan, planned
from visual.figure.preset import SIZES, Preset
from visual.figure.shapes import Shape, Sheet, Text
from visual.figure.words import Words
from visual.routing import Point

__all__ = ["Content", "draw", "drawn"]

ATTEMPTS = 3
LEAST_HEIGHT = 240


def draw(content: Content, words: Words, preset: Preset) -> Sheet:
    """The sheet. Raises `InvalidValue` when more is asked for than can be read at this size."""
    return drawn(content, words, preset)[1]


def drawn(content: Content, words: Words, preset: Preset) -> tuple[Plan, Sheet]:
    """The plan and its sheet, the map as high as leaves room for all that is written round it.

    Raises `InvalidValue` as `draw` does.
    """
    size = SIZES[preset]
    lowest: tuple[Plan, Sheet] | None = None
    for _ in range(ATTEMPTS):
        plan = planned(content, words, preset, size)
        sheet = sheet_of(plan)
        over = (sheet.height_mm - size.most_sheet_mm) * size.units_per_mm
        if over <= 0:
            return plan, sheet
        brief = sheet_of(plan, brief=True)
        if lowest is None or brief.height < lowest[1].height:
            lowest = plan, brief
        size = replace(size, most_height=max(LEAST_HEIGHT, size.most_height - ceil(over)))
    assert lowest is not None
    return lowest


def sheet_of(plan: Plan, *, brief: bool = False) -> Sheet:
    """The sheet; a `brief` one tells in its description alone which names it cuts short."""
    content, words, size = plan.content, plan.words, plan.size
    shapes, y = heading(words, size.width)
    picture, low = _map(plan, y)
    names = {party.id: party.name.strip() for party in content.parties}
    return framed(
        [*shapes, *picture],
        low,
        words=words,
        size=size,
        keys=entries(content.parties, content.lines, content.highlight, words.border),
        more=names_in_full(names, plan.lettered.short, brief=brief),
        description=description(words, content.parties, content.lines, content.highlight),
    )


def _map(plan: Plan, top: float) -> tuple[list[Shape], float]:
    """The map, and where it ends; without anybody, where it would begin."""
    if not plan.positions:
        return [], top
    parties, positions, paths, style = plan.content.parties, plan.positions, plan.paths, plan.style
    shapes = [
        *ground(parties, positions, style),
        *_lines(plan),
        *headings(parties, positions, style, paths, plan.size.width),
        *_cards(plan),
        *_badges(plan),
    ]
    reach = [max(y for _, y in positions.values()) + style.height / 2]
    reach += [float(sampled(path)[:, 1].max()) for path in paths.values()]
    reach += [shape.y for shape in shapes if isinstance(shape, Text)]
    return shapes, max(reach) + 16


def _lines(plan: Plan) -> Iterator[Shape]:
    """Those that stand back first, those that stand out last and on top."""
    accented = plan.accented
    for one in sorted(plan.content.lines, key=lambda one: one.id in accented):
        accent = one.id in accented
        strong = accent or not plan.stands_back
        yield from line(one, plan.paths[one.id], strong=strong, accent=accent)
    if plan.content.highlight.gap:
        yield gap(plan.paths["gap"])


def _cards(plan: Plan) -> Iterator[Shape]:
    for party in plan.content.parties:
        yield from card(
            party,
            plan.lettered.lettering[party.id],
            plan.positions[party.id],
            plan.style,
            ring=party.id in plan.ringed,
            strong=plan.stands_out(party),
        )


def _badges(plan: Plan) -> Iterator[Shape]:
    boxes = np.array(list(plan.positions.values()))
    taken: list[tuple[Point, float]] = []
    for id, text in plan.badges:
        place = badge_place(text, plan.paths[id], boxes, plan.style, taken)
        taken.append((place, badge_width(text)))
        yield from badge(text, place)
