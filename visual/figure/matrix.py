"""Who with whom as a picture: numbered rows and columns, strength as a digit and a grey."""

from collections.abc import Callable, Iterator

from powermap.errors import InvalidValue
from visual.figure.cells import cell
from visual.figure.frame import described, framed
from visual.figure.legend import KEY, Entry, entries
from visual.figure.margins import heading, names_in_full
from visual.figure.matrix_table import FOLDED_LOW, HEAD, LOW, Content, Table
from visual.figure.preset import LEAST_TEXT, SIZES, Preset, Size
from visual.figure.shapes import FAINT, Box, Shape, Sheet, Text, centred
from visual.figure.words import Words
from visual.lines import Views
from visual.matrix import Cell
from visual.picture import Highlight, Party
from visual.sectors import look_of

__all__ = ["Content", "draw", "most_rows", "widest"]

RESERVED = 290.0
"""What title, sentence, legend, notes and marking need at most, in units."""


def most_rows(preset: Preset, *, folded: bool) -> int:
    """How many rows can be read at this size; folded they say more, so they are fewer."""
    size = SIZES[preset]
    room = _room(size) - HEAD
    return min(size.most_names, int(room / (FOLDED_LOW if folded else LOW)))


def widest(*, folded: bool) -> Preset:
    """The size that holds the most rows."""
    return max(Preset, key=lambda preset: most_rows(preset, folded=folded))


def draw(content: Content, words: Words, preset: Preset) -> Sheet:
    """The sheet. Raises `InvalidValue` where there are more rows than can be read at this size."""
    size = SIZES[preset]
    most = most_rows(preset, folded=content.folded)
    if len(content.rows) > most:
        raise InvalidValue.at(
            "preset",
            f"{preset.value} holds at most {most} rows, and this table has {len(content.rows):,}",
        )
    shapes, y = heading(words, size.width)
    table = Table(content, size, y, _room(size))
    shapes += table.shapes()
    names = {row.id: row.name.strip() for row in content.rows}
    return framed(
        shapes,
        table.low + 14,
        words=words,
        size=size,
        keys=_keys(content),
        more=names_in_full(names, table.short),
        description=described(words, _told(content)),
    )


def _room(size: Size) -> float:
    return size.most_sheet_mm * size.units_per_mm - RESERVED


def _keys(content: Content) -> list[Entry]:
    """One for every sign of this table."""
    found = list(content.table.cells.values())
    keys = entries(content.rows, (), Highlight(), "")
    shades = [one.shade for one in found if one.shade]
    if shades:
        weak, strong = min(shades), max(shades)
        if weak < strong:
            keys.append(Entry("weaker", _key(str(weak), weak)))
        scale = "strength, 1 to 5" if weak == strong else "stronger, of 1 to 5"
        keys.append(Entry(scale, _key(str(strong), strong)))
    if any(not one.shade for one in found):
        keys.append(Entry(content.bare, _key("", 0)))
    middle = shades[0] if shades else 0
    sign = str(middle) if middle else ""
    for views, words in (
        (Views.ONE_SIDED, "one side’s view"),
        (Views.DIFFERING, "seen differently by the two"),
    ):
        if views in content.views.values():
            keys.append(Entry(words, _key(sign, middle, views)))
    if content.folded and found:
        keys.append(Entry("so many ties", _number_of_ties))
    return keys


def _key(
    text: str, shade: int, views: Views | None = None
) -> Callable[[float, float], Iterator[Shape]]:
    """A cell as it stands in the legend."""

    def key(x: float, y: float) -> Iterator[Shape]:
        box = Box(x=x + KEY / 2 - 13, y=y - 10, width=26, height=20)
        yield from cell(box, (text,), shade, views)
        yield Box(**{**vars(box), "stroke": FAINT, "stroke_width": 0.8})

    return key


def _number_of_ties(x: float, y: float) -> Iterator[Shape]:
    yield centred(Text(x=0, y=y + 4.7, text="×2", size=LEAST_TEXT), x + KEY / 2)


def _told(content: Content) -> Iterator[str]:
    """Everybody by number with their sector, and along each row whom they name."""
    names = [row.name.strip() or "(no name)" for row in content.rows]
    if names:
        rows = "; ".join(
            f"{place} {name} ({_sectors(row)})"
            for place, (name, row) in enumerate(zip(names, content.rows, strict=True), 1)
        )
        yield f"A table of {len(names)} {'row' if len(names) == 1 else 'rows'}: {rows}."
    for place, row in enumerate(content.rows):
        met = [
            _meeting(names[other], found, content, (row.id, column.id))
            for other, column in enumerate(content.rows)
            if (found := content.table.cells.get((row.id, column.id)))
        ]
        if met:
            yield f"Row {place + 1}, {names[place]}: {'; '.join(met)}."


def _sectors(row: Party) -> str:
    return " and ".join(look_of(sector).name for sector in row.sectors or (None,))


_VIEWS = {
    Views.AGREED: "both say so",
    Views.ONE_SIDED: "one side’s view",
    Views.DIFFERING: "seen differently by the two",
}


def _meeting(name: str, found: Cell, content: Content, where: tuple[str, str]) -> str:
    if content.folded:
        strength = "" if found.strength is None else f", mean strength {found.strength:.1f}"
        return f"{name} {found.ties:,} {'tie' if found.ties == 1 else 'ties'}{strength}"
    facts = [content.bare if found.strength is None else f"strength {found.strength:g}"]
    if (views := content.views.get(where)) in _VIEWS:
        facts.append(_VIEWS[views])
    return f"{name} ({', '.join(facts)})"
