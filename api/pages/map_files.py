"""The words and the tables of a view of a map as files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request

from api.bodies import InvalidQuery
from api.context import arrangement, power_map
from api.pages.downloads import cited, cited_each, csv_file, permitted, records_asked, text_file
from api.pages.map_page import BESIDES
from api.pages.map_told import told_of
from api.pages.map_view import MapView, view_of
from api.pages.map_words import passages_of
from api.pages.rows import accountability_rows, line_rows, party_rows, proofs
from api.pages.words import headed
from api.view import joined_up, view_from
from powermap.errors import InvalidValue
from powermap.model import PowerMap

Rows = tuple[tuple[str, ...], Iterable[Mapping[str, Any]]]


def download_words(map_id: str) -> Response:
    """What the panel beside the map says."""
    whole, found = _view_asked(map_id)
    told = told_of(map_id, whole, found)
    return text_file("map", permitted(whole), told["on"], passages_of(told), whole.header.title)


def download_table(map_id: str, table: str) -> Response:
    """All the rows of one of the tables under the map."""
    if table not in _TABLES:
        abort(404, "There is no such table. Under a map there are: " + ", ".join(_TABLES) + ".")
    whole, found = _view_asked(map_id)
    columns, rows = _TABLES[table](found)
    on = found.view.on or whole.header.as_at
    return csv_file(table, whole, on, columns, rows, view=found.view.text() or "opening view")


def _view_asked(map_id: str) -> tuple[PowerMap, MapView]:
    """The map, and the view asked for of what the file may tell. Its places are not kept."""
    ceiling = records_asked().ceiling
    try:
        view = view_from(joined_up(request.args.items(multi=True)), besides=(*BESIDES, "records"))
        view = replace(view, ceiling=min(view.ceiling, ceiling, key=lambda level: level.rank))
        whole = power_map(map_id)
        return whole, view_of(whole, view, arrangement(map_id, view.arrangement or ""))
    except InvalidValue as error:
        raise InvalidQuery(*error.problems) from None


def _parties(found: MapView) -> Rows:
    lines = line_rows(found.shown, found.lines)
    columns = ("name", "role", "sector", "ties", "emphasis", "drawn", "certain", "evidence")
    return columns, (
        {
            "name": row.name,
            "role": row.role,
            "sector": " and ".join(look.name for look in row.looks),
            "ties": len(row.lines),
            "emphasis": row.band,
            "drawn": _yes(row.drawn),
            "certain": _yes(not row.doubtful),
            "evidence": cited(row.proofs),
        }
        for row in party_rows(found.shown, found.admitted, found.drawn, lines)
    )


def _ties(found: MapView) -> Rows:
    columns = ("from", "to", "kind", "strength", "whose view", "certain", "evidence")
    return columns, (
        {
            "from": row.source,
            "to": row.target,
            "kind": row.kinds,
            "strength": row.line.strength or "",
            "whose view": row.how,
            "certain": _yes(not row.line.doubtful),
            "evidence": cited_each(row.statements),
        }
        for row in line_rows(found.shown, found.lines)
    )


def _accountabilities(found: MapView) -> Rows:
    columns = ("holder", "title", "to", "kind", "when", "certain", "evidence")
    return columns, (
        {
            "holder": row.holder,
            "title": row.title,
            "to": row.to,
            "kind": row.kind,
            "when": row.when,
            "certain": _yes(not row.statement.doubtful),
            "evidence": cited(row.statement.proofs),
        }
        for row in accountability_rows(found.shown)
    )


def _pairs(found: MapView) -> Rows:
    names = found.names
    columns = ("one", "the other", "letter", "another go-between", "tie of their own")
    return columns, (
        {
            "one": names[pair.one],
            "the other": names[pair.other],
            "letter": pair.letter,
            "another go-between": _yes(not pair.only_link),
            "tie of their own": "one names the other" if pair.one_way else "none",
        }
        for pair in (*found.answer.pairs, *found.answer.more)
    )


def _organisations(found: MapView) -> Rows:
    bodies = found.shown.organisations.values()
    return ("name", "kind", "sector", "certain", "evidence"), (
        {
            "name": body.name,
            "kind": headed(body.kind),
            "sector": headed(body.sector),
            "certain": _yes(body.id not in found.shown.doubtful),
            "evidence": cited(proofs(body.evidence)),
        }
        for body in sorted(bodies, key=lambda body: (body.name, body.id))
    )


_TABLES: Mapping[str, Callable[[MapView], Rows]] = {
    "parties": _parties,
    "ties": _ties,
    "accountabilities": _accountabilities,
    "pairs": _pairs,
    "organisations": _organisations,
}


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/answer.txt", "map_answer", download_words)
    blueprint.add_url_rule("/maps/<map_id>/tables/<table>.csv", "map_table", download_table)
