"""Every measure of a network as a table, with the analyst's choices."""

import json
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug import Response

from api.context import power_map
from api.jobs import asked as jobs
from api.measuring import report_text
from api.pages.measures.asked import COLUMNS, LABELS, LOWEST_FIRST, Asked, read
from api.pages.measures.told import MOST_ROWS, Table, table_of
from api.pages.naming import labels
from api.pages.shell import render_on_map
from api.pages.words import count, day, in_words
from graph.network import GroupBy, Unit
from graph.views import ViewRule
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Layer

_VIEWS = {
    ViewRule.EITHER: "either side's",
    ViewRule.BOTH: "both sides'",
    ViewRule.MEAN: "the mean of both",
}
_GROUPS = {
    GroupBy.SECTOR: "sectors",
    GroupBy.KIND: "kinds of body",
    GroupBy.ORGANISATION: "organisations",
    GroupBy.LEVEL: "levels",
}


def show_measures(map_id: str) -> Response | str | tuple[str, int]:
    whole = power_map(map_id)
    given = {name: text for name, text in request.args.items() if name not in _OF_THE_PAGE}
    asked = read(whole, given)
    problems = list(asked.summary)
    report: dict[str, Any] | None = None
    try:
        report = _report(whole, asked)
    except InvalidValue as error:
        problems += [
            {"field": str(p.path[0]) if p.path else "", "message": _told(p.path, p.message)}
            for p in error.problems
        ]
    page = _page_number(report)
    table = table_of(report, asked.names, asked.sort, page) if report else None
    shown = render_on_map(
        "pages/measures/measures.html",
        map_id,
        "measures",
        asked=asked,
        problems=problems,
        report=report,
        table=table,
        page=page,
        pages=_pages(table),
        address=lambda **changes: _address(map_id, asked, **changes),
        without=[whole.party(id).name for id in asked.question.get("without", ())],
        on=asked.question.get("on") or whole.header.as_at,
        parties=labels(whole).values(),
        columns=COLUMNS,
        lowest_first=LOWEST_FIRST,
        layers=list(Layer),
        units={Unit.LEADERS: "people", Unit.ORGANISATIONS: "organisations"},
        views=_VIEWS,
        groups=_GROUPS,
        in_words=in_words,
        count=count,
        day=day,
        job=request.args.get("job"),
    )
    return (shown, 422) if problems else shown


_OF_THE_PAGE = ("page", "job", "tour", "done")


def _report(whole: PowerMap, asked: Asked) -> dict[str, Any]:
    """The report: of a job that is done, or worked out now as far as that is quick."""
    job = request.args.get("job")
    text = jobs.report(whole.header.id, job) if job else report_text(whole, dict(asked.question))
    found: dict[str, Any] = json.loads(text)
    return found


def _told(path: tuple[str | int, ...], message: str) -> str:
    return f"{LABELS.get(str(path[0]), path[0])}: {message}." if path else f"{message}."


def _page_number(report: dict[str, Any] | None) -> int:
    given = request.args.get("page", "1")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    last = -(-len(report["nodes"]) // MOST_ROWS) if report else 1
    return max(1, min(page, last))


def _pages(table: Table | None) -> int:
    return -(-table.total // MOST_ROWS) if table else 1


def _address(map_id: str, asked: Asked, **changes: Any) -> str:
    """This page with something else chosen."""
    values: dict[str, Any] = {**asked.texts, "columns": asked.columns, "sort": asked.sort}
    values |= {"job": request.args.get("job"), **changes}
    usual = {"columns": "few", "sort": COLUMNS[str(values["columns"])][1][0], "page": 1}
    kept = {n: v for n, v in values.items() if v not in (None, "") and usual.get(n) != v}
    return url_for("pages.measures", map_id=map_id, **kept)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/measures", "measures", show_measures)
