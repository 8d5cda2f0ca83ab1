"""CSV as it comes: in the usual encodings and separators, with every row that is broken named."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from powermap.errors import Malformed, TooMuch
from powermap.usecases.importing import RowProblem

MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
MOST_COLUMNS = 200
MOST_BROKEN_ROWS = 100
LONGEST_LINE = 1_000_000
LAST_ROW_OF_A_SPREADSHEET = 1_048_576


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row, with its number as a spreadsheet shows it; its cells by their headings."""

    number: int
    cells: tuple[str, ...]
    places: Mapping[str, int]

    def __getitem__(self, heading: str) -> str:
        return self.cells[self.places[heading]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a file holds: headings, the rows that can be read, and all that is wrong with others."""

    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]
    count: int
    """How many rows there are that are not empty, readable or not."""


def read_csv(content: bytes) -> Table:
    """The rows of a file, or `Malformed` where it is no such file, or `TooMuch`.

    A row that cannot be read is reported, and reading goes on with the next line.
    """
    if len(content) > MOST_BYTES:
        raise TooMuch(
            f"The file is {len(content):,} bytes long; the most is {MOST_BYTES:,}. "
            "Split it into smaller files."
        )
    problems: list[RowProblem] = []
    text = _decoded(content, problems)
    records = _records(text, problems)
    filled = ((n, cells) for n, cells in records if any(map(str.strip, cells)))
    heading_row, titles = next(filled, (0, []))
    for problem in problems:
        if not problem.used:
            raise Malformed(f"Row {problem.row} should hold the headings. {problem.message}")
    if not titles:
        raise Malformed("The file is empty: it needs a row of headings, and rows under it.")
    if len(titles) > MOST_COLUMNS:
        raise TooMuch(f"The file has {len(titles):,} columns; the most is {MOST_COLUMNS}.")
    headings = tuple(" ".join(title.replace("\ufeff", "").split()) for title in titles)
    places = _places(headings, heading_row, problems)
    without_heading: dict[int, int] = {}
    rows: list[Row] = []
    for number, cells in filled:
        if any(cell.strip() for cell in cells[len(headings) :]):
            problems.append(
                RowProblem(
                    row=number,
                    cell=_column(len(headings)),
                    message=(
                        f"The row has {len(cells)} cells and the headings are {len(headings)}, so "
                        "its cells may have moved. A cell that holds the separator must stand "
                        "between double quotes."
                    ),
                )
            )
            continue
        if len(rows) == MOST_ROWS:
            raise TooMuch(
                f"The file has more than {MOST_ROWS:,} rows. Split it into smaller files."
            )
        missing = len(headings) - len(cells)
        if missing > 0:
            problems.append(
                RowProblem(
                    row=number,
                    cell=_column(len(cells)),
                    message=(
                        f"The row has {len(cells)} cells and the headings are {len(headings)}: "
                        "the last ones were taken as empty."
                    ),
                    used=True,
                )
            )
        kept = (*cells[: len(headings)], *[""] * missing)
        for place, heading in enumerate(headings):
            if not heading and kept[place].strip():
                without_heading[place] = without_heading.get(place, 0) + 1
        rows.append(Row(number=number, cells=kept, places=places))
    for place, cells_lost in without_heading.items():
        problems.append(
            RowProblem(
                row=heading_row,
                cell=_column(place),
                message=f"The column has no heading; its {cells_lost} filled cells were not read.",
                used=True,
            )
        )
    broken = sum(not problem.used for problem in problems)
    return Table(
        heading_row=heading_row,
        headings=headings,
        rows=tuple(rows),
        problems=tuple(problems),
        count=len(rows) + broken,
    )


def _decoded(content: bytes, problems: list[RowProblem]) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Malformed(
            "This is a spreadsheet or a document, not a CSV file. In the spreadsheet program, "
            "save it as CSV UTF-8."
        )
    text = None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _as_text(content, "utf-16")
    else:
        text = _as_text(content, "utf-8-sig")
        if text is None:
            text = _as_text(content, "cp1252")
            problems.append(
                RowProblem(
                    row=None,
                    cell=None,
                    message=(
                        "The file is not UTF-8; it was read as Windows-1252. "
                        "Check that accents and pound signs are right."
                    ),
                    used=True,
                )
            )
    if text is None or "\0" in text:
        raise Malformed("The file is not text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8.")
    return text


def _as_text(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _records(text: str, problems: list[RowProblem]) -> Iterator[tuple[int, list[str]]]:
    """The numbered rows; a broken one is reported, and reading goes on with the line after it."""
    # Without translation of line ends, as the csv module asks.
    stream = io.StringIO(text, newline="")
    delimiter, number = _separator(stream)
    broken = 0
    while True:
        start = stream.tell()
        number += 1
        if number > LAST_ROW_OF_A_SPREADSHEET:
            raise TooMuch(f"The file has more than {LAST_ROW_OF_A_SPREADSHEET:,} lines.")
        try:
            record = next(csv.reader(_lines(stream), delimiter=delimiter, strict=True), None)
        except (csv.Error, _LineTooLong) as error:
            broken += 1
            if broken > MOST_BROKEN_ROWS:
                raise Malformed(
                    f"More than {MOST_BROKEN_ROWS} rows cannot be read, the last of them row "
                    f"{number}: {_explained(error)}"
                ) from None
            problems.append(RowProblem(row=number, cell=None, message=_explained(error)))
            stream.seek(start)
            stream.readline()
            continue
        if record is None:
            return
        yield number, record


class _LineTooLong(Exception):
    pass


def _lines(stream: io.StringIO) -> Iterator[str]:
    for line in stream:
        if len(line) > LONGEST_LINE:
            raise _LineTooLong
        yield line


def _explained(error: Exception) -> str:
    words = str(error)
    if isinstance(error, _LineTooLong):
        return f"A line is longer than {LONGEST_LINE:,} characters."
    if "field limit" in words:
        return (
            f"A cell is longer than {csv.field_size_limit():,} characters; most often a double "
            "quote was opened and never closed."
        )
    if "end of data" in words:
        return "A double quote is opened and never closed."
    if "expected after" in words:
        return (
            "A double quote stands in the middle of a cell. Inside quotes, write it twice; or a "
            "quote that was opened on this row is not closed."
        )
    return f"The row cannot be read ({words})."


def _separator(stream: io.StringIO) -> tuple[str, int]:
    """The separator, and how many lines came before the headings: `sep=;` as Excel writes it."""
    place = stream.tell()
    first = stream.readline(LONGEST_LINE)
    announced = first.strip().lower()
    if announced.startswith("sep=") and announced[4:] in (",", ";", "|"):
        return announced[4:], 1
    if announced == "sep=":
        return "\t", 1
    for _ in range(100):
        if first.strip():
            break
        first = stream.readline(LONGEST_LINE)
    stream.seek(place)
    outside = first.split('"')[::2]
    # The comma is first, so it wins where nothing separates.
    return max(",;\t", key=lambda mark: sum(part.count(mark) for part in outside)), 0


def _places(
    headings: tuple[str, ...], heading_row: int, problems: list[RowProblem]
) -> dict[str, int]:
    """Where each heading stands; of two alike the first is read."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if not heading:
            continue
        if heading in places:
            problems.append(
                RowProblem(
                    row=heading_row,
                    cell=_column(place),
                    message=(
                        f"The heading {heading[:60]!r} is also that of {_column(places[heading])}, "
                        "which was read; this column was not. Give each its own heading."
                    ),
                    used=True,
                )
            )
        else:
            places[heading] = place
    return places


def _column(place: int) -> str:
    """What a spreadsheet calls a column: column A, column AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"column {letters}"
