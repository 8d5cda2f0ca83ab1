"""Every measure of a network as a table, with the analyst's choices."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug import Response

from api.context import power_map
from api.figures.asked import FigureAsked
from api.jobs import asked as jobs
from api.measuring import report_text
from api.pages.copying import CopyLinks, Passage, sentence_links, table_links
from api.pages.measures.asked import COLUMNS, LABELS, LOWEST_FIRST, Asked, read
from api.pages.measures.told import MOST_ROWS, Table, table_of
from api.pages.naming import labels
from api.pages.papers.draft import item_text
from api.pages.shell import render_on_map
from api.pages.words import count, day, in_words
from api.view import Emphasis, Extent, View
from graph.network import GroupBy, Unit
from graph.views import ViewRule
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.vocabulary import Layer, Sensitivity

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
    given = {name: text for name, text in request.args.items() if name not in OF_THE_PAGE}
    asked = read(whole, given)
    problems = list(asked.summary)
    report: dict[str, Any] | None = None
    try:
        report = report_of(whole, asked)
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
        copies=_copies(whole, asked, report) if report else {},
        paper_item=item_text(FigureAsked(view=_view(asked))),
    )
    return (shown, 422) if problems else shown


OF_THE_PAGE = ("page", "job", "tour", "done", "records")


def _view(asked: Asked) -> View:
    """What the numbers are of, on the map: the best by the measure that the table is sorted by."""
    question = asked.question
    emphasis = asked.sort if asked.sort in set(Emphasis) else View().emphasis
    return View(
        layer=question["layer"],
        unit=question["unit"],
        on=question.get("on"),
        group_by=question["group_by"],
        emphasis=Emphasis(emphasis),
        show=Extent.TOP,
    )


def report_of(
    whole: PowerMap, asked: Asked, ceiling: Sensitivity = Sensitivity.PRIVATE
) -> dict[str, Any]:
    """The report: of a job that is done, or worked out now as far as that is quick.

    A job has measured all that its viewer may see: below a ceiling it is measured anew.
    """
    job = request.args.get("job")
    if job and ceiling is Sensitivity.PRIVATE:
        text = jobs.report(whole.header.id, job)
    else:
        text = report_text(whole, dict(asked.question), ceiling)
    found: dict[str, Any] = json.loads(text)
    return found


def as_measured(whole: PowerMap, report: Mapping[str, Any]) -> PowerMap:
    """The map under the revision that the report is of: a job may have read an earlier one."""
    return replace(whole, revision=report["revision"])


def passages_of(report: Mapping[str, Any]) -> list[Passage]:
    """What the report says in words."""
    found = [Passage(sentences=tuple(report["in_words"]))]
    if report["map_in_words"]:
        sentences = tuple(report["map_in_words"])
        found.append(Passage(heading="The map as a whole", sentences=sentences))
    return found


def _copies(whole: PowerMap, asked: Asked, report: Mapping[str, Any]) -> dict[str, CopyLinks]:
    whole = as_measured(whole, report)
    on, query = asked.question.get("on") or whole.header.as_at, _query(asked)
    return {
        "words": sentence_links(
            whole, on, "measures", "pages.measures_words", query, passages_of(report)
        ),
        "table": table_links(whole, on, "measures", "pages.measures_file", query, table="figures"),
    }


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
    return url_for("pages.measures", map_id=map_id, **_query(asked, **changes))


def _query(asked: Asked, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {**asked.texts, "columns": asked.columns, "sort": asked.sort}
    values |= {"job": request.args.get("job"), **changes}
    usual = {"columns": "few", "sort": COLUMNS[str(values["columns"])][1][0], "page": 1}
    return {n: v for n, v in values.items() if v not in (None, "") and usual.get(n) != v}


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/measures", "measures", show_measures)
