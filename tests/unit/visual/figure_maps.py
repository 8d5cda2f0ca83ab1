"""Awkward maps as content for a figure, and a reader of the sheets that come out."""

from collections.abc import Sequence

import numpy as np

from powermap.vocabulary import Layer, Sector
from visual.figure.plan import Content
from visual.figure.shapes import Box, Sheet, Text
from visual.figure.words import Words
from visual.lines import Line, Views
from visual.picture import Highlight, Party

SECTORS = (Sector.NHS, Sector.LOCAL_GOVERNMENT, Sector.VOLUNTARY)
LONG = "Dr Wilhelmina Bartholomew-Featherstonehaugh of the Greater Calderdale and Kirklees Area"
assert 85 <= len(LONG) <= 95

WORDS = Words(
    title="Riverside",
    kind="Relationships between people, as at 1 March 2010",
    sentence="Nobody in the recorded map joins two people who have no tie of their own.",
    noun=("person", "people"),
    border="between others",
    notes=("Shows everybody.", "Source: 1 interview."),
    marking="OFFICIAL",
    maker="Board office",
)


def parties(count: int, names: Sequence[str] = ()) -> list[Party]:
    return [
        Party(
            id=f"p{n:02}",
            name=names[n] if n < len(names) else f"Imogen Featherstone {n}",
            role="Chief executive, Riverside NHS Foundation Trust",
            person=True,
            sectors=(SECTORS[n % 3],) if n % 7 else (SECTORS[0], SECTORS[1]),
            bodies=(f"body{n // 4}",),
            band=1 + n % 3,
        )
        for n in range(count)
    ]


def line(one: int, other: int, views: Views = Views.AGREED, **values) -> Line:
    source, target = f"p{one:02}", f"p{other:02}"
    return Line(
        id=f"{source}.{target}",
        source=source,
        target=target,
        ties=(f"{source}>{target}",),
        layer=values.pop("layer", Layer.RELATIONSHIPS),
        views=views,
        strength=values.pop("strength", 1 + (one + other) % 5),
        doubtful=values.pop("doubtful", False),
    )


def on_a_circle(people: Sequence[Party]) -> dict[str, tuple[float, float]]:
    """Places as a screen might have them: on a ring, so that every line crosses the middle."""
    turns = np.linspace(0, 2 * np.pi, len(people), endpoint=False)
    return {
        party.id: (500 * float(np.cos(turn)), 300 * float(np.sin(turn)))
        for party, turn in zip(people, turns, strict=True)
    }


def content(
    count: int,
    lines: Sequence[Line] = (),
    names: Sequence[str] = (),
    highlight: Highlight | None = None,
) -> Content:
    people = parties(count, names)
    return Content(
        parties=people,
        lines=list(lines),
        screen=on_a_circle(people),
        highlight=highlight or Highlight(),
    )


def tied(count: int) -> list[Line]:
    """About two ties each, some of one side alone, some that two see differently."""
    found = {}
    for n in range(count):
        for other, views in (((n * 7 + 3) % count, Views.ONE_SIDED), ((n + 1) % count, None)):
            if n != other and (n, other) not in found and (other, n) not in found:
                found[n, other] = line(n, other, views or Views.AGREED)
    pairs = list(found)[:2]
    for one, other in pairs:
        found[one, other] = line(one, other, Views.DIFFERING)
        found[other, one] = line(other, one, Views.DIFFERING)
    return list(found.values())


def cards(sheet: Sheet, width: float) -> list[Box]:
    """The boxes that names stand in: white, of the width of a card."""
    found = {
        (box.x, box.y): box
        for box in sheet.shapes
        if isinstance(box, Box) and box.width == width and box.fill == "#ffffff"
    }
    return list(found.values())


def texts(sheet: Sheet) -> list[Text]:
    return [shape for shape in sheet.shapes if isinstance(shape, Text)]
