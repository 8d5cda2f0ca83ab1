"""The table of a matrix: codes of sectors, names, numbers and cells, from a point down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from powermap.vocabulary import Sector
from visual.figure.cells import cell, on_the_diagonal
from visual.figure.preset import LEAST_TEXT, Size
from visual.figure.seats import EDGE
from visual.figure.shapes import WHITE, Box, Shape, Text, centred
from visual.figure.signs import writable
from visual.lines import Views
from visual.matrix import Cell, Matrix
from visual.picture import Party
from visual.sectors import look_of
from visual.typeface import fit, width_of

HEAD = 40.0
"""The codes of the sectors and the numbers above the columns."""
STRIPE, NUMBER, GAP = 36.0, 26.0, 8.0
PITCH = 15.0
LOW, HIGH = 16.0, 30.0
"""A row of one line, where there are many rows and where there are few."""
FOLDED_LOW = 31.0
NARROW, WIDE = 22.0, 40.0
FOLDED_WIDE = 64.0
MOST_NAME_LINES = 3
GRID, BETWEEN_SECTORS = "#d5dade", "#5a6570"


@dataclass(frozen=True, kw_only=True)
class Content:
    """The rows in their order, what stands where they meet, and whose word it is."""

    rows: Sequence[Party]
    table: Matrix
    views: Mapping[tuple[str, str], Views]
    """Of each cell, where a row is one person or body."""
    folded: bool
    bare: str
    """What a mark without a number means: `a tie without a strength`, `answers to`."""


class Table:
    """Where everything of it stands, from `top` down; at most so high, if names can be cut."""

    def __init__(self, content: Content, size: Size, top: float, room: float) -> None:
        self._content, self._top = content, top
        rows = content.rows
        self._stripes = STRIPE * (2 if any(len(row.sectors) > 1 for row in rows) else 1)
        count = max(1, len(rows))
        room -= HEAD
        self._name_size = LEAST_TEXT if room / count < 20 else LEAST_TEXT + 1
        self._lay_columns(size)
        self._lay_rows(room)

    def _lay_columns(self, size: Size) -> None:
        rows = self._content.rows
        fixed = 2 * EDGE + self._stripes + NUMBER + 2 * GAP
        wanted = max(
            (width_of(writable(row.name), self._name_size) + 1 for row in rows), default=0.0
        )
        free, count = size.width - fixed, max(1, len(rows))
        least, most = (
            (self._widest_cell() + 6, FOLDED_WIDE) if self._content.folded else (NARROW, WIDE)
        )
        self._across = max(least, min(most, (free - wanted) / count))
        self._across = min(self._across, 0.8 * free / count)
        self._names = min(wanted, free - self._across * count)
        self._left = EDGE + self._stripes + GAP + self._names + NUMBER + GAP

    def _widest_cell(self) -> float:
        cells = self._content.table.cells.values()
        texts = [text for one in cells for text in said(one, folded=True)]
        return max((width_of(text, LEAST_TEXT, "semibold") for text in texts), default=NARROW)

    def _lay_rows(self, room: float) -> None:
        rows = self._content.rows
        base = max(LOW, min(HIGH, room / max(1, len(rows))))
        if self._content.folded:
            base = max(base, FOLDED_LOW)
        for lines in range(MOST_NAME_LINES, 0, -1):
            self._lettered = [
                fit(_breakable(row.name), self._names, self._name_size, "regular", lines)
                or ("(no name)",)
                for row in rows
            ]
            self._heights = [
                base if len(one) == 1 else max(base, PITCH * len(one) + 3.5)
                for one in self._lettered
            ]
            if sum(self._heights) <= room:
                break
        self.short = tuple(
            row.id
            for row, lines in zip(rows, self._lettered, strict=True)
            if lines[-1].endswith("…") and not row.name.endswith("…")
        )
        self._tops = [self._top + HEAD]
        for height in self._heights:
            self._tops.append(self._tops[-1] + height)

    @property
    def low(self) -> float:
        return self._tops[-1]

    def shapes(self) -> Iterator[Shape]:
        if not self._content.rows:
            return
        yield from self._cells()
        yield from self._grid()
        yield from self._column_heads()
        yield from self._row_heads()

    def _cells(self) -> Iterator[Shape]:
        content = self._content
        for place, row in enumerate(content.rows):
            for other, column in enumerate(content.rows):
                box = Box(
                    x=self._left + other * self._across,
                    y=self._tops[place],
                    width=self._across,
                    height=self._heights[place],
                )
                found = content.table.cells.get((row.id, column.id))
                if found is not None:
                    yield from cell(
                        box,
                        said(found, folded=content.folded),
                        found.shade,
                        content.views.get((row.id, column.id)),
                    )
                elif place == other and (not content.folded or content.table.sizes[row.id] < 2):
                    yield on_the_diagonal(box)

    def _grid(self) -> Iterator[Shape]:
        """Fine lines between all, strong ones between sectors, drawn last and whole."""
        rows = self._content.rows
        right = self._left + len(rows) * self._across
        breaks = {0, len(rows)} | {
            place for place in range(1, len(rows)) if _home(rows[place]) != _home(rows[place - 1])
        }
        for strong in (False, True):
            for place in range(len(rows) + 1):
                if (place in breaks) is strong:
                    ink, thick = (BETWEEN_SECTORS, 1.8) if strong else (GRID, 0.8)
                    x, y = self._left + place * self._across, self._tops[place]
                    start = EDGE if strong else EDGE + self._stripes
                    yield Box(x=start, y=y - thick / 2, width=right - start, height=thick, fill=ink)
                    high = self._tops[0]
                    yield Box(
                        x=x - thick / 2, y=high, width=thick, height=self.low - high, fill=ink
                    )

    def _column_heads(self) -> Iterator[Shape]:
        x = self._left
        for sector, members in groupby(self._content.rows, key=_home):
            width = self._across * len(list(members))
            look = look_of(sector)
            yield Box(x=x + 0.8, y=self._top, width=width - 1.6, height=17, fill=look.ink)
            if width_of(look.code, LEAST_TEXT, "semibold") <= width - 4:
                code = Text(
                    x=0,
                    y=self._top + 13.4,
                    text=look.code,
                    size=LEAST_TEXT,
                    weight="semibold",
                    ink=WHITE,
                )
                yield centred(code, x + width / 2)
            x += width
        for place in range(len(self._content.rows)):
            number = Text(
                x=0, y=self._top + 34, text=str(place + 1), size=LEAST_TEXT, weight="semibold"
            )
            yield centred(number, self._left + (place + 0.5) * self._across)

    def _row_heads(self) -> Iterator[Shape]:
        for place, row in enumerate(self._content.rows):
            top, height = self._tops[place], self._heights[place]
            middle = top + height / 2
            sectors = row.sectors[:2] or (None,)
            for turn, sector in enumerate(sectors):
                yield from _stripe(sector, EDGE + turn * STRIPE, top, height)
            lines = self._lettered[place]
            for turn, line in enumerate(lines):
                yield Text(
                    x=EDGE + self._stripes + GAP,
                    y=middle + (turn - (len(lines) - 1) / 2) * PITCH + 0.33 * self._name_size,
                    text=line,
                    size=self._name_size,
                )
            number = Text(x=0, y=middle + 0.33 * LEAST_TEXT, text=str(place + 1), size=LEAST_TEXT)
            yield Text(
                x=self._left - GAP - number.width,
                y=number.y,
                text=number.text,
                size=LEAST_TEXT,
                weight="semibold",
            )


def said(one: Cell, *, folded: bool) -> tuple[str, ...]:
    """What stands in a cell: the strength, and of a folded table how many ties."""
    if not folded:
        return ("" if one.strength is None else f"{one.strength:g}",)
    return ("" if one.strength is None else f"{one.strength:.1f}", f"×{one.ties:,}")


def _home(row: Party) -> Sector | None:
    return row.sectors[0] if row.sectors else None


def _breakable(name: str) -> str:
    """The name with room after its hyphens, where there is no other."""
    plain = writable(name)
    return plain if " " in plain else plain.replace("-", "- ").rstrip()


def _stripe(sector: Sector | None, x: float, top: float, height: float) -> Iterator[Shape]:
    look = look_of(sector)
    yield Box(x=x, y=top + 0.5, width=STRIPE - 1.5, height=height - 1, fill=look.ink)
    code = Text(
        x=0,
        y=top + height / 2 + 0.33 * LEAST_TEXT,
        text=look.code,
        size=LEAST_TEXT,
        weight="semibold",
        ink=WHITE,
    )
    yield centred(code, x + (STRIPE - 1.5) / 2)
