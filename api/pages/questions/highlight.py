"""How one row of an answer stands out on the map."""

from collections.abc import Iterable
from datetime import date

from api.mark import MOST_MARKED, Mark, MarkKind
from api.view import View
from graph.findings.answer import Row
from graph.network import Unit
from powermap.model import PowerMap, Relationship
from powermap.vocabulary import LAYER_KINDS, Layer


def view_of_row(whole: PowerMap, row: Row, on: date) -> View | None:
    """The view in which the row's people (or else its bodies) stand out; None for nobody."""
    shown = whole.held_on(on)
    path = row.facts.get("path")
    ids = list(dict.fromkeys(row.parties))
    leaders = [id for id in ids if id in shown.leaders]
    unit = Unit.LEADERS if leaders else Unit.ORGANISATIONS
    marked = leaders or [id for id in ids if id in shown.organisations]
    if not marked:
        return None
    mark = Mark(parties=tuple(marked[:MOST_MARKED]))
    if unit is Unit.LEADERS and isinstance(path, list) and _is_way(path, shown.leaders):
        mark = Mark(kind=MarkKind.PATH, parties=tuple(path[:MOST_MARKED]))
    return View(
        unit=unit,
        on=None if on == whole.header.as_at else on,
        layer=_layer(whole, row.records),
        mark=mark,
    )


def _is_way(path: list[object], known: Iterable[str]) -> bool:
    return len(path) > 1 and len(set(path)) == len(path) and set(path) <= set(known)


def _layer(whole: PowerMap, records: Iterable[str]) -> Layer:
    """Tensions where the row rests on nothing else; relationships in every other case."""
    kinds = {
        record.kind for id in records if isinstance(record := whole.records.get(id), Relationship)
    }
    return Layer.TENSIONS if kinds and kinds <= LAYER_KINDS[Layer.TENSIONS] else Layer.RELATIONSHIPS
