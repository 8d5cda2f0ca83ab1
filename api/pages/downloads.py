"""What a page shows as a file: from open records alone, unless all are asked for."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from flask import Response, request

from api.bodies import InvalidQuery
from api.context import viewer
from api.pages.copying import Passage, source_line
from api.pages.rows import Proof, Statement
from graph.exchange.csv_cell import text_cell
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Sensitivity


class Records(StrEnum):
    """Which records a file is worked out from."""

    OPEN = "open"
    ALL = "all"

    @property
    def ceiling(self) -> Sensitivity:
        return Sensitivity.OPEN if self is Records.OPEN else Sensitivity.PRIVATE

    @property
    def words(self) -> str:
        return "open records only" if self is Records.OPEN else "all that the maker may see"


def records_asked() -> Records:
    """What the address says in `records`."""
    try:
        return Records(request.args.get("records", Records.OPEN))
    except ValueError:
        raise InvalidQuery(Problem(("records",), "must be open or all")) from None


def permitted(whole: PowerMap) -> PowerMap:
    """The map as far as the file that is asked for may tell of it."""
    return up_to(whole, records_asked().ceiling)


def csv_file(
    name: str,
    whole: PowerMap,
    on: date | None,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    **about: str,
) -> Response:
    """A line for each row and, in columns of their own, where it comes from.

    A column that is called as one of those gives way. Texts are guarded against being taken for
    formulas; numbers stay as they are, unrounded.
    """
    origin = {
        **about,
        "map": _title(whole),
        "as at": on.isoformat() if on else "any date",
        "revision": whole.revision,
        "records": records_asked().words,
        "made by": viewer().name,
        "made at": _now(),
    }
    columns = [column for column in columns if column not in origin]
    written = io.StringIO()
    # Excel takes a file without this mark for one in the encoding of the machine.
    written.write("\ufeff")
    table = csv.writer(written)
    table.writerow(map(text_cell, [*columns, *origin]))
    for row in rows:
        cells = [*(row.get(column, "") for column in columns), *origin.values()]
        table.writerow([text_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return _file(written.getvalue(), f"{name}-revision-{whole.revision}.csv", "text/csv")


def text_file(
    name: str, whole: PowerMap, on: date | None, passages: Iterable[Passage], heading: str = ""
) -> Response:
    """The sentences, a line each, and where they come from."""
    lines = [heading, ""] if heading else []
    for passage in passages:
        lines += ["", passage.heading] if passage.heading else []
        lines += passage.sentences
    made = f"From {records_asked().words}. Made by {viewer().name}, {_now()}."
    text = "\n".join([*lines, "", source_line(whole, on), made]).lstrip("\n") + "\n"
    return _file(text, f"{name}-revision-{whole.revision}.txt", "text/plain")


def cited(proofs: Iterable[Proof]) -> str:
    """Why something is said, in one cell."""
    said = "; ".join(f"{each.basis}: {each.citation} ({each.facts})" for each in proofs)
    return said or "unsourced"


def cited_each(statements: Iterable[Statement]) -> str:
    """The same for several records."""
    return " | ".join(f"{each.text}: {cited(each.proofs)}" for each in statements)


def _title(whole: PowerMap) -> str:
    header = whole.header
    return header.title + (" (illustrative: invented people)" if header.illustrative else "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _file(content: str, name: str, media: str) -> Response:
    response = Response(content, content_type=f"{media}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
