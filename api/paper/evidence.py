"""The evidence behind the rows of a paper, numbered once for all of it."""

from collections.abc import Iterable, Iterator

from api.pages.rows import Statement, statement_of
from graph.findings.answer import Row
from powermap.errors import UnknownRecord
from powermap.model import PowerMap
from visual.document.paper import Table

MOST_OF_A_ROW = 3
MOST = 60


class EvidenceList:
    """Statements in the order in which rows first rest on them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._statements: list[Statement] = []
        self.left_out = 0

    def cited(self, known: PowerMap, row: Row) -> str:
        """`E1, E4 and 3 more`: where the evidence of a row stands."""
        found = list(self._statements_of(known, row.records))
        numbers = [self._number(each) for each in found[:MOST_OF_A_ROW]]
        shown = sorted(number for number in numbers if number is not None)
        more = len(found) - len(shown)
        self.left_out += more
        if not shown:
            return f"{more} not listed" if more else "–"
        told = ", ".join(f"E{number}" for number in shown)
        return f"{told} and {more} more" if more else told

    def _statements_of(self, known: PowerMap, records: Iterable[str]) -> Iterator[Statement]:
        for id in records:
            record = known.records.get(id)
            if record is not None:
                try:
                    yield statement_of(known, record)
                except UnknownRecord:
                    continue  # It names somebody who has gone with an earlier revision.

    def _number(self, statement: Statement) -> int | None:
        if statement.id not in self._numbers:
            if len(self._statements) >= MOST:
                return None
            self._statements.append(statement)
            self._numbers[statement.id] = len(self._statements)
        return self._numbers[statement.id]

    @property
    def table(self) -> Table | None:
        if not self._statements:
            return None
        rows = [
            (f"E{number}", each.text, _source(each))
            for number, each in enumerate(self._statements, 1)
        ]
        return Table(
            caption="What is recorded, and on whose word",
            headings=("No.", "What is recorded", "Source"),
            widths=(1.2, 5.8, 9),
            rows=rows,
        )


def _source(statement: Statement) -> str:
    proofs = dict.fromkeys(
        f"{proof.basis}: {proof.citation} ({proof.facts})" for proof in statement.proofs
    )
    return "\n".join(proofs) or "Unsourced"
