"""The rows of an answer as CSV, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, request

from api.bodies import InvalidQuery
from api.context import power_map, viewer
from api.pages.questions.form import read
from api.pages.questions.question_page import day_of
from api.pages.questions.rows import ShownRow, Telling
from api.pages.rows import Statement
from api.parameters import answered
from graph.exchange.csv_cell import text_cell
from graph.findings.questions import QUESTIONS
from powermap.errors import InvalidValue, Problem
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Sensitivity

MOST_CITED = 100
_COLUMNS = ("number", "kind", "sentence", "people and bodies", "next step", "evidence")
_ORIGIN = ("question", "as at", "revision", "records", "made by", "made at")


def download_rows(map_id: str, name: str) -> Response:
    """The rows as they are found from open records alone, unless all are asked for."""
    if name not in QUESTIONS:
        abort(404, "There is no such question. The list of questions has all there are.")
    whole = power_map(map_id)
    records = request.args.get("records", "open")
    if records not in ("open", "all"):
        raise InvalidQuery(Problem(("records",), "must be open or all"))
    ceiling = Sensitivity.OPEN if records == "open" else Sensitivity.PRIVATE
    whole = up_to(whole, ceiling)
    asked = read(whole, name, request.args, typed=False, me=None).requiring_all()
    if asked.problems:
        raise InvalidQuery(*asked.problems)
    try:
        finding = answered(
            whole,
            QUESTIONS[name],
            asked.values,
            lambda known: up_to(power_map(map_id, known), ceiling),
        )
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None
    on = day_of(whole, asked.values)
    rows = Telling(whole, finding, on).rows(enumerate(finding.rows, 1), most=MOST_CITED)
    origin = {
        "question": text_cell(finding.question),
        "as at": on.isoformat(),
        "revision": whole.revision,
        "records": "open records only" if records == "open" else "all that the maker may see",
        "made by": text_cell(viewer().name),
        "made at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    response = Response(as_csv(whole, rows, origin), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-revision-{whole.revision}.csv"'
    )
    return response


def as_csv(whole: PowerMap, rows: list[ShownRow], origin: dict[str, Any]) -> str:
    """A line for each row, its figures in columns of their own, and where it comes from."""
    figures = list(dict.fromkeys(key for row in rows for key, _ in _figures(row)))
    figures = [key for key in figures if key not in (*_COLUMNS, *_ORIGIN)]
    written = io.StringIO()
    # Excel takes a file without this mark for one in the encoding of the machine.
    written.write("\ufeff")
    table = csv.DictWriter(written, [*_COLUMNS, *figures, *_ORIGIN], extrasaction="ignore")
    table.writeheader()
    for row in rows:
        parties = [whole.party(id).name for id in row.row.parties if id in whole.records]
        table.writerow(
            {
                **dict(_figures(row)),
                "number": row.number,
                "kind": row.kind,
                "sentence": text_cell(row.row.sentence),
                "people and bodies": text_cell("; ".join(parties)),
                "next step": text_cell(row.row.next_step or ""),
                "evidence": text_cell(" | ".join(map(_cited, row.statements))),
                **origin,
            }
        )
    return written.getvalue()


def _figures(row: ShownRow) -> Iterator[tuple[str, Any]]:
    """Numbers as they are, unrounded; names and words as the page has them."""
    for fact in row.facts:
        raw = row.row.facts.get(fact.key)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            yield text_cell(fact.key), raw
        else:
            yield text_cell(fact.key), text_cell("".join(said.text for said in fact.said))


def _cited(statement: Statement) -> str:
    proofs = "; ".join(f"{p.basis}: {p.citation} ({p.facts})" for p in statement.proofs)
    return f"{statement.text}: {proofs or 'unsourced'}"


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(
        "/maps/<map_id>/questions/<name>/rows.csv", "question_rows", download_rows
    )
