"""Who with whom as CSV: a line for each row and column that have a tie."""

from operator import itemgetter

from flask import Blueprint, Response

from api.bodies import InvalidQuery
from api.context import power_map
from api.pages.downloads import csv_file, permitted
from api.pages.matrix_page import asked_for
from api.pages.matrix_rows import folding
from visual.matrix import matrix

_COLUMNS = ("names", "named", "ties", "possible ties", "strength")


def download_matrix(map_id: str) -> Response:
    """As many rows as there are: nobody need read them all at once. Strengths are means."""
    whole = permitted(power_map(map_id))
    view, rows_by, problems = asked_for()
    if problems:
        raise InvalidQuery(*problems)
    on = view.on or whole.header.as_at
    known = folding(whole.held_on(on), view.layer, view.unit)
    chosen = rows_by if rows_by in known.choices() else known.choices()[0]
    rows = known.rows(chosen)
    table = matrix(known.by_body.graph, [row.id for row in rows], known.member_of(chosen))
    place = {row.id: number for number, row in enumerate(rows)}
    lines = (
        {
            "names": rows[row].name,
            "named": rows[column].name,
            "ties": cell.ties,
            "possible ties": cell.possible,
            "strength": "" if cell.strength is None else cell.strength,
        }
        for row, column, cell in sorted(
            ((place[one], place[other], cell) for (one, other), cell in table.cells.items()),
            key=itemgetter(0, 1),
        )
    )
    return csv_file("matrix", whole, on, _COLUMNS, lines)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/matrix.csv", "matrix_file", download_matrix)
