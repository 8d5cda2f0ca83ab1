"""CSV as it comes: encodings, separators, and rows that are broken."""

import pytest

from graph.exchange import csv_file
from graph.exchange.csv_file import Table, read_csv
from powermap.errors import Malformed, TooMuch


def told(table: Table) -> list[tuple[int | None, str | None, bool]]:
    return [(problem.row, problem.cell, problem.used) for problem in table.problems]


def column(table: Table, heading: str) -> list[str]:
    return [row[heading] for row in table.rows]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Name,Post\nZoë,A1\n".encode(), id="plain"),
        pytest.param("Name,Post\nZoë,A1\n".encode("utf-8-sig"), id="byte order mark"),
        pytest.param("Name;Post\r\nZoë;A1\r\n".encode(), id="semicolon"),
        pytest.param("Name\tPost\rZoë\tA1\r".encode(), id="tab, old line ends"),
        pytest.param("sep=;\nName;Post\nZoë;A1\n".encode(), id="separator announced"),
        pytest.param(
            "Name\tPost\nZoë\tA1\n".encode("utf-16"), id="UTF-16, as spreadsheets save it"
        ),
        pytest.param('"Name","Post"\n"Zoë","A1"'.encode(), id="quoted, no last line end"),
        pytest.param(' Name , Post\nZoë,A1\n"",\n,\n\n'.encode(), id="empty rows at the end"),
    ],
)
def test_reads_what_programs_write(content: bytes) -> None:
    table = read_csv(content)

    assert table.headings == ("Name", "Post")
    assert [(row["Name"], row["Post"]) for row in table.rows] == [("Zoë", "A1")]
    assert not table.problems


def test_says_when_it_fell_back_to_windows_1252() -> None:
    table = read_csv("Name,Pay (£)\nZoë,5\n".encode("cp1252"))

    assert table.headings == ("Name", "Pay (£)")
    assert column(table, "Name") == ["Zoë"]
    assert told(table) == [(None, None, True)]
    assert "Windows-1252" in table.problems[0].message


def test_numbers_rows_as_a_spreadsheet_shows_them() -> None:
    table = read_csv(b'\nName,Note\nAsha,"two\nlines"\n\nBen,\n')

    assert table.heading_row == 2
    assert [row.number for row in table.rows] == [3, 5]
    assert table.count == 2


def test_names_a_quote_that_is_never_closed_and_reads_on() -> None:
    table = read_csv(b'Name,Post\nAsha,"A1\nBen,B1\nCarys,C1\n')

    assert column(table, "Name") == ["Ben", "Carys"]
    assert told(table) == [(2, None, False)]
    assert "never closed" in table.problems[0].message
    assert table.count == 3


def test_names_a_quote_in_the_middle_of_a_cell_and_reads_on() -> None:
    table = read_csv(b'Name,Post\n"As"ha,A1\nBen,B1\n')

    assert column(table, "Name") == ["Ben"]
    assert told(table) == [(2, None, False)]
    assert "write it twice" in table.problems[0].message


def test_names_a_cell_that_is_too_long() -> None:
    table = read_csv(b"Name,Post\nAsha," + b"x" * 200_000 + b"\nBen,B1\n")

    assert column(table, "Name") == ["Ben"]
    assert "131,072" in table.problems[0].message


def test_leaves_out_a_row_with_more_cells_than_headings() -> None:
    table = read_csv(b"Name,Post\nWebster, Rob,A1\nBen,B1,,\n")

    assert column(table, "Name") == ["Ben"]
    assert told(table) == [(2, "column C", False)]


def test_takes_missing_cells_as_empty_and_says_so() -> None:
    table = read_csv(b"Name,Post,Note\nAsha\n")

    assert column(table, "Note") == [""]
    assert told(table) == [(2, "column B", True)]


def test_reports_filled_cells_without_a_heading() -> None:
    table = read_csv(b"Name,,Post,\nAsha,,A1,\nBen,lost,B1,\n")

    assert column(table, "Post") == ["A1", "B1"]
    assert told(table) == [(1, "column B", True)]
    assert "1 filled cells" in table.problems[0].message


def test_reads_the_first_of_two_columns_with_one_heading() -> None:
    table = read_csv(b"Name,Post,Name\nAsha,A1,Ben\n")

    assert column(table, "Name") == ["Asha"]
    assert told(table) == [(1, "column C", True)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"PK\x03\x04workbook", "save it as CSV"),
        (b"%PDF-1.7", "save it as CSV"),
        (b"Name\n\x81\x8d\n", "not text"),
        (b"N\0a\0m\0e\0", "not text"),
        (b'"Name,Post\nAsha,A1\n', "should hold the headings"),
        (b"Name\n" + b'"x"y\n' * 200, "More than 100 rows"),
    ],
)
def test_says_what_is_no_such_file(content: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        read_csv(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Name\n" + b"x\n" * (csv_file.MOST_ROWS + 1), "20,000 rows"),
        (b"x" * (csv_file.MOST_BYTES + 1), "bytes long"),
        (b"Name" + b"," * 300 + b"\n", "301 columns"),
        (b"Name\n" + b"\n" * csv_file.LAST_ROW_OF_A_SPREADSHEET, "lines"),
    ],
)
def test_refuses_what_is_too_much(content: bytes, what: str) -> None:
    with pytest.raises(TooMuch, match=what):
        read_csv(content)


def test_reads_as_many_rows_as_it_says() -> None:
    table = read_csv(b"Name\n" + b"x\n" * csv_file.MOST_ROWS)

    assert len(table.rows) == csv_file.MOST_ROWS
