"""A view of a map as a matrix: who names whom, one row for each or folded by body or sector."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from api.figures.asked import FigureAsked, Making, Shows
from api.figures.ground import Ground
from api.figures.matrix_words import FOLDED, Pairs, words_of
from api.pages.map_view import MapView
from api.pages.matrix_rows import Folding, Row, Rows, folding
from api.pages.selection import around
from api.view import Extent, View
from powermap.errors import InvalidValue
from powermap.vocabulary import Layer
from visual.document.paper import Figure
from visual.figure.matrix import Content, draw, most_rows, widest
from visual.figure.preset import Preset
from visual.matrix import matrix as table_of
from visual.picture import Party, choose


def matrix(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` for more rows than can be read, and says what could be."""
    found = ground.seen(asked.view)
    known = folding(found.shown, found.view.layer, found.view.unit)
    chosen = _chosen(asked, found, making.preset)
    rows_by = _rows_by(asked, known, chosen, making.preset)
    pairs = Pairs.of(found, chosen)
    content = _content(known, rows_by, found, chosen, pairs)
    words = words_of(ground, found, content, rows_by, chosen, pairs, making)
    return Figure(sheet=draw(content, words, making.preset), caption=words.kind)


def as_on_page(view: View, rows_by: Rows, number: int) -> tuple[FigureAsked, Preset]:
    """The figure of a table of so many rows, and the size to have it in.

    A table that is too large for any is folded anew.
    """
    folded = rows_by is not Rows.EACH
    sizes = [
        size
        for size in (Preset.PORTRAIT, Preset.LANDSCAPE)
        if number <= most_rows(size, folded=folded)
    ]
    asked = FigureAsked(view=view, shows=Shows.MATRIX, rows=rows_by if sizes else None)
    return asked, sizes[0] if sizes else Preset.LANDSCAPE


def _chosen(asked: FigureAsked, found: MapView, preset: Preset) -> frozenset[str]:
    """Who is in the table: all whom the view lets through, or the first by its measure."""
    view, parties = found.view, list(found.admitted)
    if view.focus is not None:
        near = around(view.focus, view.distance, found.lines)
        parties = [party for party in parties if party.id in near]
    if view.show is Extent.TOP:
        most = asked.names or most_rows(preset, folded=False)
        return frozenset(party.id for party in found.picture.parties[:most])
    if asked.names:
        ids = {party.id for party in parties}
        lines = [line for line in found.lines if {line.source, line.target} <= ids]
        first = found.picture.highlight.parties if view.mark.parties else frozenset()
        parties, _ = choose(parties, lines, first, most_names=asked.names, most_lines=len(lines))
    return frozenset(party.id for party in parties)


def _rows_by(asked: FigureAsked, known: Folding, chosen: Collection[str], preset: Preset) -> Rows:
    """What was asked for; else each if any size holds that, else the finest that this one holds.

    A slide cannot be turned as a page can, so there only its own size counts.
    """
    numbers = {rows: len(known.stood_for(rows, chosen)) for rows in known.choices()}

    def holds(rows: Rows, size: Preset) -> bool:
        return numbers[rows] <= most_rows(size, folded=rows is not Rows.EACH)

    if asked.rows is not None and asked.rows not in numbers:
        raise InvalidValue.at("rows", "must be one of: " + ", ".join(numbers))
    if asked.rows is not None:
        wanted = asked.rows
    elif holds(Rows.EACH, preset if preset is Preset.SLIDE else widest(folded=False)):
        wanted = Rows.EACH
    else:
        wanted = next(rows for rows in numbers if rows is Rows.SECTOR or holds(rows, preset))
    if not holds(wanted, preset):
        raise InvalidValue.at("preset", _too_many(wanted, numbers, preset))
    return wanted


def _too_many(wanted: Rows, numbers: Mapping[Rows, int], preset: Preset) -> str:
    most = most_rows(preset, folded=wanted is not Rows.EACH)
    sizes = [
        (size, holds)
        for size in Preset
        if (holds := most_rows(size, folded=wanted is not Rows.EACH)) >= numbers[wanted]
    ]
    choices = [
        f"{other.value}, which holds {holds} (preset={other.value})" for other, holds in sizes
    ]
    choices += [
        f"{FOLDED[rows]} (rows={rows.value})"
        for rows, number in numbers.items()
        if rows is not Rows.EACH and number <= most_rows(preset, folded=True)
    ]
    if wanted is Rows.EACH:
        choices.append(f"the {most} best tied (names={most})")
    choices.append("a filter by sector or kind")
    return (
        f"{preset.value} holds at most {most} rows that can be read in print, and this table "
        f"would have {numbers[wanted]:,}; choose one of: " + "; ".join(choices)
    )


def _content(
    known: Folding, rows_by: Rows, found: MapView, chosen: Collection[str], pairs: Pairs
) -> Content:
    rows = known.rows(rows_by, chosen)
    member_of = known.member_of(rows_by)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(chosen))
    graph.add_edges_from(
        (source, target, edge)
        for source, target, edge in found.network.graph.edges(data=True)
        if frozenset((source, target)) in pairs.views
    )
    parties = {party.id: party for party in found.parties}
    each = rows_by is Rows.EACH
    structure = found.view.layer is Layer.ACCOUNTABILITIES
    return Content(
        rows=[_party(row, parties) for row in rows],
        table=table_of(graph, [row.id for row in rows], member_of),
        views={
            (source, target): pairs.views[frozenset((source, target))]
            for source, target in graph.edges
        }
        if each
        else {},
        folded=not each,
        bare="answers to" if structure else "no strength recorded",
    )


def _party(row: Row, parties: Mapping[str, Party]) -> Party:
    if row.id in parties:
        return replace(parties[row.id], name=row.name, band=None)
    sectors = (row.sector,) if row.sector else ()
    return Party(id=row.id, name=row.name, role="", person=False, sectors=sectors)
