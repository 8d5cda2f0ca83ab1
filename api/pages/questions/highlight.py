"""How one row of an answer stands out on the map."""

from collections.abc import Iterable

from api.mark import MOST_MARKED, Mark, MarkKind
from api.view import View
from graph.findings.answer import Row
from graph.findings.gaps import Gap
from graph.network import Unit
from powermap.model import PowerMap, Relationship
from powermap.vocabulary import LAYER_KINDS, Layer


def view_of_row(
    whole: PowerMap, shown: PowerMap, row: Row, asked_about: Iterable[str] = ()
) -> View | None:
    """The view in which the row's people (or else its bodies) stand out; None for nobody.

    Those asked about stand out beside them. `shown` is the map on the day.
    """
    path = row.facts.get("path")
    leaders = [id for id in row.parties if id in shown.leaders]
    of_unit = shown.leaders if leaders else shown.organisations
    marked = leaders or [id for id in row.parties if id in shown.organisations]
    if not marked:
        return None
    marked = list(dict.fromkeys([*marked, *(id for id in asked_about if id in of_unit)]))
    mark = Mark(parties=tuple(marked[:MOST_MARKED]))
    way = path if leaders and isinstance(path, list) and _is_way(path, shown.leaders) else []
    if row.kind == Gap.SHARED_ACCOUNTABILITY and len(leaders) == 2:
        # The two whom no tie joins, and those through whom they could be introduced.
        parties = tuple(dict.fromkeys([*leaders, *way]))
        mark = Mark(kind=MarkKind.GAP, parties=parties[:MOST_MARKED])
    elif way:
        mark = Mark(kind=MarkKind.PATH, parties=tuple(way[:MOST_MARKED]))
    return View(
        unit=Unit.LEADERS if leaders else Unit.ORGANISATIONS,
        on=None if shown.on == whole.header.as_at else shown.on,
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
