"""The columns of an organogram as one file has them, and all that is found wrong in its rows."""

from enum import StrEnum

from graph.exchange.csv_file import Row, Table
from graph.exchange.organogram.words import has_lost_characters, letters, one_line
from powermap.errors import InvalidValue, Problem
from powermap.usecases.importing import Key, RowProblem


class Column(StrEnum):
    """The columns that are read."""

    REFERENCE = "Post Unique Reference"
    NAME = "Name"
    GRADE = "Grade (or equivalent)"
    TITLE = "Job Title"
    FUNCTION = "Job/Team Function"
    PARENT = "Parent Department"
    ORGANISATION = "Organisation"
    UNIT = "Unit"
    REPORTS_TO = "Reports to Senior Post"


TOP = "XX"
"""What a post at the top reports to."""

_NOT_NEEDED = (Column.GRADE, Column.FUNCTION, Column.PARENT, Column.UNIT)
_GRADE_IN_2011 = "Grade"
_ONLY_IN_JUNIOR_FILES = "Reporting Senior Post"


class Sheet:
    """One file being read: its cells by column, its problems by row and cell."""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self.problems = list(table.problems)
        self.mentioned: set[Key] = set()
        self._headings = _headings(table)
        for column in _NOT_NEEDED:
            if not self.has(column):
                self.note(table.heading_row, column, "There is no such column to import.")

    def has(self, column: Column) -> bool:
        return column in self._headings

    def cell(self, row: Row, column: Column) -> str:
        return row[self._headings[column]] if self.has(column) else ""

    def text(self, row: Row, column: Column, *, longest: int = 200) -> str:
        """A cell on one line, with a note where characters of it were lost, or are too many."""
        if has_lost_characters(self.cell(row, column)):
            message = "Some characters were lost before the file was published; put them right."
            self.note(row.number, column, message)
        text = one_line(self.cell(row, column))
        if len(text) <= longest:
            return text
        cut = f"The text is {len(text)} characters long; the first {longest - 1} were imported."
        self.note(row.number, column, cut)
        return text[: longest - 1] + "…"

    def note(self, row: int | None, column: Column | None, message: str) -> None:
        """Report something about a row that is imported all the same."""
        self.problems.append(RowProblem(row=row, cell=column, message=message, used=True))

    def refuse(self, row: int, column: Column, message: str) -> None:
        """Report a row that is not imported."""
        self.problems.append(RowProblem(row=row, cell=column, message=message))


def _headings(table: Table) -> dict[Column, str]:
    """The heading in this file for each column, or `InvalidValue`."""
    there = {letters(heading): heading for heading in reversed(table.headings)}
    found = {column: there[letters(column)] for column in Column if letters(column) in there}
    if letters(_GRADE_IN_2011) in there:
        found.setdefault(Column.GRADE, there[letters(_GRADE_IN_2011)])
    hint = "It is not the senior-staff file of an organogram."
    if letters(_ONLY_IN_JUNIOR_FILES) in there:
        hint = "It is the file of junior posts; import the one of senior posts."
    missing = [
        Problem((f"row {table.heading_row}",), f"there is no column '{column}'. {hint}")
        for column in Column
        if column not in found and column not in _NOT_NEEDED
    ]
    if missing:
        raise InvalidValue(*missing)
    return found
