"""Who with whom: strength as shade and number, by person, body or sector."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, request

from api.context import power_map
from api.figures.matrix import as_on_page
from api.pages.copying import table_links
from api.pages.figure import figure_links
from api.pages.matrix_rows import Folding, Row, Rows, folding
from api.pages.papers.draft import item_text
from api.pages.shell import render_on_map
from api.pages.words import count, day, in_words
from api.view import View, read_view
from graph.network import Unit
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.vocabulary import Layer
from visual.matrix import MOST_ROWS, matrix
from visual.sectors import look_of

_OF_A_VIEW = ("layer", "unit", "on")


def show_matrix(map_id: str) -> str | tuple[str, int]:
    whole = power_map(map_id)
    view, rows_by, problems = asked_for()
    page = render_on_map(
        "pages/matrix.html",
        map_id,
        "matrix",
        problems=[
            {"field": str(p.path[0]), "message": f"{p.path[0]}: {p.message}."} for p in problems
        ],
        **_table(whole, view, rows_by),
    )
    return (page, 422) if problems else page


def asked_for() -> tuple[View, Rows | None, list[Problem]]:
    """The view, what a row is to stand for, and what is wrong with the rest."""
    view, problems = read_view(
        {name: request.args.get(name, "") for name in _OF_A_VIEW if name in request.args}
    )
    rows_by: Rows | None = None
    if asked := request.args.get("rows", ""):
        try:
            rows_by = Rows(asked)
        except ValueError:
            problems.append(Problem(("rows",), "must be one of: " + ", ".join(Rows)))
    return view, rows_by, problems


def _table(whole: PowerMap, view: View, asked: Rows | None) -> dict[str, Any]:
    on = view.on or whole.header.as_at
    known = folding(whole.held_on(on), view.layer, view.unit)
    rows_by = _rows_by(known, asked)
    rows = known.rows(rows_by)
    member_of = known.member_of(rows_by)
    graph = known.by_body.graph
    table = matrix(graph, [row.id for row in rows], member_of)
    figure, preset = as_on_page(view, rows_by, len(rows))
    return {
        "view": view,
        "on": on,
        "on_words": day(on),
        "layers": list(Layer),
        "units": {Unit.LEADERS: "people", Unit.ORGANISATIONS: "organisations"},
        "rows_by": rows_by,
        "choices": _choices(view.unit),
        "asked": asked,
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "unit": row.unit,
                "look": look_of(row.sector),
                "first_of_sector": first,
            }
            for row, first in zip(rows, _firsts(rows), strict=True)
        ],
        "table": table,
        "without_group": sum(node not in member_of for node in graph) if member_of else 0,
        "most": MOST_ROWS,
        "paper_item": item_text(figure),
        "picture": figure_links(whole.header.id, figure, "picture", preset),
        "copy": table_links(
            whole,
            on,
            "matrix",
            "pages.matrix_file",
            {**view.address(), "rows": rows_by.value},
            table="matrix",
        ),
        "in_words": in_words,
        "count": count,
    }


def _choices(unit: Unit) -> dict[Rows, str]:
    if unit is Unit.ORGANISATIONS:
        return {Rows.EACH: "each organisation", Rows.SECTOR: "sectors"}
    return {Rows.EACH: "each person", Rows.ORGANISATION: "their bodies", Rows.SECTOR: "sectors"}


def _rows_by(known: Folding, asked: Rows | None) -> Rows:
    """What was asked for, or the finest that can be read; never more rows than that."""
    fits = [
        rows
        for rows in known.choices()
        if rows is Rows.SECTOR or len(known.stood_for(rows)) <= MOST_ROWS
    ]
    return asked if asked in fits else fits[0]


def _firsts(rows: Sequence[Row]) -> Iterator[bool]:
    """Whether a sector begins with each of the rows; the first of all begins none."""
    for place, row in enumerate(rows):
        yield place > 0 and row.unit is not None and row.sector != rows[place - 1].sector


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/matrix", "matrix", show_matrix)
