"""Who with whom: strength as shade and number, by person, body or sector."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Blueprint, request

from api.context import power_map
from api.pages.naming import labels
from api.pages.shell import render_on_map
from api.pages.words import count, day, in_words
from api.view import View, read_view
from graph.network import GroupBy, Network, Unit, network
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.vocabulary import Layer, Sector
from visual.matrix import MOST_ROWS, matrix
from visual.sectors import LOOKS, NO_SECTOR, SectorLook

_OF_A_VIEW = ("layer", "unit", "on")


class Rows(StrEnum):
    """What a row stands for."""

    EACH = "each"
    ORGANISATION = "organisation"
    SECTOR = "sector"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row and column of the table, with its heading."""

    id: str
    name: str
    look: SectorLook | None
    unit: Unit | None
    """Whether it is a person or a body; None for a sector."""
    first_of_sector: bool


def show_matrix(map_id: str) -> str | tuple[str, int]:
    whole = power_map(map_id)
    view, problems = read_view(
        {name: request.args.get(name, "") for name in _OF_A_VIEW if name in request.args}
    )
    rows_by: Rows | None = None
    asked = request.args.get("rows", "")
    if asked:
        try:
            rows_by = Rows(asked)
        except ValueError:
            problems.append(Problem(("rows",), "must be one of: " + ", ".join(Rows)))
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


def _table(whole: PowerMap, view: View, asked: Rows | None) -> dict[str, Any]:
    on = view.on or whole.header.as_at
    shown = whole.held_on(on)
    by_body = network(shown, on=on, layer=view.layer, unit=view.unit, group_by=GroupBy.ORGANISATION)
    by_sector = network(shown, on=on, layer=view.layer, unit=view.unit)
    rows_by = _rows_by(by_body, asked)
    rows = _rows(shown, rows_by, by_body, by_sector)
    member_of = {Rows.ORGANISATION: by_body.groups, Rows.SECTOR: by_sector.groups}.get(rows_by)
    table = matrix(by_body.graph, [row.id for row in rows], member_of)
    return {
        "view": view,
        "on": on,
        "on_words": day(on),
        "layers": list(Layer),
        "units": {Unit.LEADERS: "people", Unit.ORGANISATIONS: "organisations"},
        "rows_by": rows_by,
        "choices": _choices(view.unit),
        "asked": asked,
        "rows": rows,
        "table": table,
        "without_group": sum(node not in member_of for node in by_body.graph) if member_of else 0,
        "most": MOST_ROWS,
        "in_words": in_words,
        "count": count,
    }


def _choices(unit: Unit) -> dict[Rows, str]:
    if unit is Unit.ORGANISATIONS:
        return {Rows.EACH: "each organisation", Rows.SECTOR: "sectors"}
    return {Rows.EACH: "each person", Rows.ORGANISATION: "their bodies", Rows.SECTOR: "sectors"}


def _rows_by(measured: Network, asked: Rows | None) -> Rows:
    """What was asked for, or the finest that can be read; never more rows than that."""
    bodies = len(set(measured.groups.values()))
    fits = {
        Rows.EACH: measured.graph.number_of_nodes() <= MOST_ROWS,
        Rows.ORGANISATION: measured.unit is Unit.LEADERS and bodies <= MOST_ROWS,
        Rows.SECTOR: True,
    }
    if asked is not None and fits[asked]:
        return asked
    return next(rows for rows in Rows if fits[rows])


def _rows(shown: PowerMap, rows_by: Rows, by_body: Network, by_sector: Network) -> list[Row]:
    """The rows sector by sector, within a sector body by body, then by name."""
    sectors = list(Sector)
    if rows_by is Rows.SECTOR:
        found = {Sector(group) for group in by_sector.groups.values()}
        return [
            Row(id=s, name=LOOKS[s].name, look=LOOKS[s], unit=None, first_of_sector=False)
            for s in sectors
            if s in found
        ]
    if rows_by is Rows.ORGANISATION:
        parties = set(by_body.groups.values())
        sector_of: Mapping[str, str] = {id: shown.organisations[id].sector for id in parties}
        body_of: Mapping[str, str] = {}
    else:
        parties = set(by_body.graph)
        sector_of, body_of = by_sector.groups, by_body.groups
    called = labels(shown)

    def place(id: str) -> tuple[int, str, str, str]:
        sector = sector_of.get(id)
        body = called.get(body_of.get(id, ""), "")
        at = sectors.index(Sector(sector)) if sector else len(sectors)
        return at, body.casefold(), called[id].casefold(), id

    rows: list[Row] = []
    before = ""
    for id in sorted(parties, key=place):
        sector = sector_of.get(id, "")
        rows.append(
            Row(
                id=id,
                name=called[id],
                look=LOOKS[Sector(sector)] if sector else NO_SECTOR,
                unit=Unit.LEADERS if id in shown.leaders else Unit.ORGANISATIONS,
                first_of_sector=bool(rows) and sector != before,
            )
        )
        before = sector
    return rows


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/matrix", "matrix", show_matrix)
