"""The legend: what the figure uses, and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from powermap.vocabulary import Layer, Sector
from visual.figure.card import BORDERS, DOTTED, stripe
from visual.figure.curves import Path
from visual.figure.line import badge, gap, line
from visual.figure.shapes import ACCENT, INK, LINE, WHITE, Box, Shape, Text
from visual.lines import Line, Views
from visual.picture import Highlight, Party
from visual.sectors import LOOKS, look_of
from visual.typeface import width_of

SIZE = 14
ROW = 24.0
BETWEEN = 20.0
KEY = 36.0
HIGH = 18.0


@dataclass(frozen=True)
class Entry:
    """A key and what it means. The key is drawn from a point: its left end, half way up."""

    words: str
    key: Callable[[float, float], Iterator[Shape]]

    @property
    def width(self) -> float:
        return KEY + 7 + width_of(self.words, SIZE)


def legend(
    entries: Sequence[Entry], left: float, top: float, width: float, between: float = BETWEEN
) -> tuple[list[Shape], float]:
    """The entries in rows, and where they end."""
    shapes: list[Shape] = []
    x, y = left, top + ROW / 2
    for entry in entries:
        if x > left and x + entry.width > left + width:
            x, y = left, y + ROW
        shapes += entry.key(x, y)
        shapes.append(Text(x=x + KEY + 7, y=y + 0.34 * SIZE, text=entry.words, size=SIZE))
        x += entry.width + between
    return shapes, (y + ROW / 2 if entries else top)


def entries(
    parties: Sequence[Party], lines: Sequence[Line], highlight: Highlight, border: str
) -> list[Entry]:
    """One for every sign that stands on this figure."""
    return [
        *_sectors(parties),
        *_lines(lines),
        *_borders(parties, border),
        *_highlights(parties, lines, highlight),
    ]


def _sectors(parties: Sequence[Party]) -> Iterator[Entry]:
    present = {sector for party in parties for sector in party.sectors}
    for sector in LOOKS:
        if sector in present:
            yield Entry(look_of(sector).name, _stripe(sector))
    if any(not party.sectors for party in parties):
        yield Entry(look_of(None).name, _stripe(None))
    if any(party.person and len(party.sectors) > 1 for party in parties):
        yield Entry("two codes: a joint post", _joint)


def _stripe(sector: Sector | None) -> Callable[[float, float], Iterator[Shape]]:
    party = Party(id="", name="", role="", person=False, sectors=(sector,) if sector else ())

    def key(x: float, y: float) -> Iterator[Shape]:
        return stripe(party, Box(x=x, y=y - HIGH / 2, width=KEY, height=HIGH), KEY)

    return key


def _joint(x: float, y: float) -> Iterator[Shape]:
    yield Box(x=x + 9, y=y - HIGH / 2, width=18, height=HIGH / 2 - 0.7, fill=LINE)
    yield Box(x=x + 9, y=y + 0.7, width=18, height=HIGH / 2 - 0.7, fill=INK)


def _lines(lines: Sequence[Line]) -> Iterator[Entry]:
    usual = [one for one in lines if one.layer is not Layer.ACCOUNTABILITIES]
    for views, words in (
        (Views.AGREED, "both say so"),
        (Views.ONE_SIDED, "one side’s view"),
        (Views.DIFFERING, "seen differently by the two"),
    ):
        one = next((one for one in usual if one.views is views), None)
        if one:
            yield Entry(words, _line(replace(one, strength=2, doubtful=False)))
    if any(one.layer is Layer.TENSIONS for one in usual):
        tension = next(one for one in usual if one.layer is Layer.TENSIONS)
        plain = replace(tension, views=Views.AGREED, strength=3, doubtful=False)
        yield Entry("tension", _line(plain))
    strengths = [one.strength for one in usual if one.strength is not None]
    if strengths and max(strengths) >= 3 > min(strengths):
        strong = next(one for one in usual if one.strength is not None)
        words = "stronger tie (4 or 5 of 5)" if max(strengths) >= 4 else "stronger tie (3 of 5)"
        yield Entry(
            words,
            _line(replace(strong, views=Views.AGREED, strength=max(strengths), doubtful=False)),
        )
    structure = next((one for one in lines if one.layer is Layer.ACCOUNTABILITIES), None)
    if structure:
        yield Entry("answers to", _line(replace(structure, doubtful=False)))
    doubtful = next((one for one in lines if one.doubtful), None)
    if doubtful:
        yield Entry(
            "may have ended or not begun",
            _line(replace(doubtful, views=Views.AGREED, strength=2)),
        )


def _line(one: Line) -> Callable[[float, float], Iterator[Shape]]:
    def key(x: float, y: float) -> Iterator[Shape]:
        path = straight(x, y, KEY)
        if one.views is not Views.DIFFERING:
            return line(one, path, strong=True, accent=False)
        back = straight(x + KEY, y + 4.5, -KEY)
        return iter(
            [
                *line(one, straight(x, y - 4.5, KEY), strong=True, accent=False),
                *line(one, back, strong=True, accent=False),
            ]
        )

    return key


def straight(x: float, y: float, length: float) -> Path:
    return (((x, y), (x + length / 2, y), (x + length, y)),)


def _borders(parties: Sequence[Party], border: str) -> Iterator[Entry]:
    bands = {party.band for party in parties} - {None}
    if border and len(bands) > 1:
        for band, word in ((1, "low"), (2, "middle"), (3, "high")):
            if band in bands:
                first = band == min(bands, key=lambda one: one or 0)
                yield Entry(f"{border}: {word}" if first else word, _bordered(BORDERS[band]))
    if any(party.doubtful for party in parties):
        yield Entry("may have left or not yet come", _bordered(1.2, DOTTED))


def _bordered(width: float, dash: str = "") -> Callable[[float, float], Iterator[Shape]]:
    def key(x: float, y: float) -> Iterator[Shape]:
        yield Box(
            x=x + 3,
            y=y - 7,
            width=KEY - 6,
            height=14,
            radius=4,
            fill=WHITE,
            stroke=INK,
            stroke_width=width,
            dash=dash,
        )

    return key


def _highlights(
    parties: Sequence[Party], lines: Sequence[Line], highlight: Highlight
) -> Iterator[Entry]:
    drawn = {one.id for one in lines}
    if highlight.accented or highlight.centre:
        yield Entry("whom the sentence is about", _ring)
    letters = sorted({highlight.letters[id] for id in highlight.letters if id in drawn} - {""})
    if letters:
        if letters[0][:1].isdigit():
            yield Entry("steps, in order", lambda x, y: badge("1", (x + KEY / 2, y)))
        else:
            yield Entry("pairs joined: same letter", lambda x, y: badge("A", (x + KEY / 2, y)))
    elif set(highlight.letters) & drawn:
        one = next(one for one in lines if one.id in highlight.letters)
        accented = replace(one, views=Views.AGREED, doubtful=False, strength=2)
        yield Entry(
            "what the sentence is about",
            lambda x, y: line(accented, straight(x, y, KEY), strong=True, accent=True),
        )
    if highlight.gap:
        yield Entry("no tie recorded", lambda x, y: iter([gap(straight(x, y, KEY))]))


def _ring(x: float, y: float) -> Iterator[Shape]:
    for inset, width in ((2.0, 2.4), (6.0, 2.0)):
        yield Box(
            x=x + inset,
            y=y - 9 + inset,
            width=KEY - 2 * inset,
            height=18 - 2 * inset,
            radius=6 - inset / 2,
            fill=WHITE,
            stroke=ACCENT,
            stroke_width=width,
        )
