"""The answer to a question as files: the rows as CSV for a spreadsheet, the sentences as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, request

from api.bodies import InvalidQuery
from api.context import power_map
from api.pages.copying import Passage
from api.pages.downloads import cited_each, csv_file, records_asked, text_file
from api.pages.questions.form import read
from api.pages.questions.question_page import day_of, passages_of
from api.pages.questions.rows import ShownRow, Telling
from api.parameters import answered
from graph.findings.answer import Finding
from graph.findings.questions import QUESTIONS
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.usecases.narrowing import as_known, up_to

MOST_CITED = 100
_COLUMNS = ("number", "kind", "sentence", "people and bodies", "next step", "evidence")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer as it is found from the records that a file may tell of."""

    whole: PowerMap
    finding: Finding
    on: date


def download_rows(map_id: str, name: str) -> Response:
    """Every row of the answer, its figures in columns of their own."""
    told = _told(map_id, name)
    rows = Telling(told.whole, told.finding, told.on).rows(
        enumerate(told.finding.rows, 1), most=MOST_CITED
    )
    figures = dict.fromkeys(key for row in rows for key, _ in _figures(row))
    return csv_file(
        name,
        told.whole,
        told.on,
        [*_COLUMNS, *(key for key in figures if key not in _COLUMNS)],
        (_cells(told.whole, row) for row in rows),
        question=told.finding.question,
    )


def download_sentences(map_id: str, name: str) -> Response:
    """The answer in its sentences."""
    told = _told(map_id, name)
    passages: list[Passage] = passages_of(told.finding)
    return text_file(name, told.whole, told.on, passages, heading=told.finding.question)


def _told(map_id: str, name: str) -> Told:
    if name not in QUESTIONS:
        abort(404, "There is no such question. The list of questions has all there are.")
    ceiling = records_asked().ceiling
    seen = power_map(map_id)
    whole = up_to(seen, ceiling)
    asked = read(whole, name, request.args, typed=False, me=None).requiring_all()
    if asked.problems:
        raise InvalidQuery(*asked.problems)
    try:
        finding = answered(
            whole,
            QUESTIONS[name],
            asked.values,
            lambda known: as_known(power_map(map_id, known), seen, ceiling),
        )
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None
    return Told(whole=whole, finding=finding, on=day_of(whole, asked.values))


def _cells(whole: PowerMap, row: ShownRow) -> Mapping[str, Any]:
    parties = [whole.party(id).name for id in row.row.parties if id in whole.records]
    return {
        **dict(_figures(row)),
        "number": row.number,
        "kind": row.kind,
        "sentence": row.row.sentence,
        "people and bodies": "; ".join(parties),
        "next step": row.row.next_step or "",
        "evidence": cited_each(row.statements) if row.statements else "",
    }


def _figures(row: ShownRow) -> Iterator[tuple[str, Any]]:
    """Numbers as they are, unrounded; names and words as the page has them."""
    for fact in row.facts:
        raw = row.row.facts.get(fact.key)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            yield fact.key, raw
        else:
            yield fact.key, "".join(said.text for said in fact.said)


def register(blueprint: Blueprint) -> None:
    rule = "/maps/<map_id>/questions/<name>"
    blueprint.add_url_rule(f"{rule}/rows.csv", "question_rows", download_rows)
    blueprint.add_url_rule(f"{rule}/answer.txt", "question_answer", download_sentences)
