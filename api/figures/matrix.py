"""A view of a map as a matrix: who names whom, one row for each or folded by body or sector."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

from api.figures.asked import FigureAsked, Making, Shows
from api.figures.ground import Ground
from api.figures.words import notes, shown_of
from api.pages.drawing import NOUNS
from api.pages.map_view import MapView, cited
from api.pages.matrix_rows import Folding, Row, Rows, folding
from api.pages.selection import around
from api.pages.words import count, in_words
from api.view import Extent, View
from powermap.errors import InvalidValue
from powermap.vocabulary import Layer, Sector
from visual.document.paper import Figure
from visual.figure.matrix import Content, draw, most_rows, widest
from visual.figure.preset import Preset
from visual.figure.words import Words
from visual.lines import Line, Views
from visual.matrix import matrix as table_of
from visual.picture import Party, choose

_KIND = {
    Layer.RELATIONSHIPS: "Who with whom: relationships between {}",
    Layer.TENSIONS: "Who with whom: tensions between {}",
    Layer.ACCOUNTABILITIES: "Who answers to whom: {}",
}
_FOLDED = {Rows.ORGANISATION: "a row for each body", Rows.SECTOR: "a row for each sector"}
_TIED = {
    Layer.RELATIONSHIPS: ("is tied", "are tied"),
    Layer.TENSIONS: ("is in tension", "are in tension"),
}
FEWEST_PAIRS = 6
"""Of fewer pairs no share is told."""


def matrix(asked: FigureAsked, ground: Ground, making: Making) -> Figure:
    """The figure. Raises `InvalidValue` for more rows than can be read, and says what could be."""
    found = ground.seen(asked.view)
    known = folding(found.shown, found.view.layer, found.view.unit)
    chosen = _chosen(asked, found, making.preset)
    rows_by = _rows_by(asked, known, chosen, making.preset)
    pairs = Pairs.of(found, chosen)
    content = _content(known, rows_by, found, chosen, pairs)
    words = _words(ground, found, content, rows_by, chosen, pairs, making)
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


@dataclass(frozen=True)
class Pairs:
    """Two by two, between whom there is a tie, and how they see it."""

    lines: Sequence[Line]
    views: Mapping[frozenset[str], Views]

    @staticmethod
    def of(found: MapView, among: Collection[str]) -> "Pairs":
        lines = [line for line in found.lines if line.source in among and line.target in among]
        return Pairs(
            lines=lines,
            views={frozenset((line.source, line.target)): line.views for line in lines},
        )


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
    """What was asked for; else each if any size holds that, else the finest that this one holds."""
    numbers = {rows: len(known.stood_for(rows, chosen)) for rows in known.choices()}

    def holds(rows: Rows, size: Preset) -> bool:
        return numbers[rows] <= most_rows(size, folded=rows is not Rows.EACH)

    if asked.rows is not None and asked.rows not in numbers:
        raise InvalidValue.at("rows", "must be one of: " + ", ".join(numbers))
    if asked.rows is not None:
        wanted = asked.rows
    elif holds(Rows.EACH, widest(folded=False)):
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
        f"{_FOLDED[rows]} (rows={rows.value})"
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


def _words(
    ground: Ground,
    found: MapView,
    content: Content,
    rows_by: Rows,
    chosen: Collection[str],
    pairs: Pairs,
    making: Making,
) -> Words:
    view, noun = found.view, NOUNS[found.view.unit]
    folded = [_FOLDED[rows_by]] if content.folded else []
    records = [*chosen, *(tie for line in pairs.lines for tie in line.ties)]
    left_out = _left_out(found, content, rows_by, chosen, pairs, noun)
    method = _method(found, content, pairs)
    return Words(
        title=ground.whole.header.title,
        kind=", ".join([_KIND[view.layer].format(noun[1]), *folded, *shown_of(ground, view)]),
        sentence=making.sentence or _sentence(found, chosen, pairs, noun),
        noun=noun,
        notes=notes(ground, left_out, method, cited(found.shown, records), making),
        marking=making.marking,
        maker=making.maker,
    )


def _sentence(found: MapView, chosen: Collection[str], pairs: Pairs, noun: tuple[str, str]) -> str:
    """How many pairs have a tie, how many of them both say so, and where most and fewest are."""
    if len(chosen) < 2:
        return f"There is {'one' if chosen else 'no'} {noun[0]} here, so no pair to be tied."
    possible, layer = len(chosen) * (len(chosen) - 1) // 2, found.view.layer
    tied = len(pairs.views)
    if layer is Layer.ACCOUNTABILITIES:
        told = f"In {tied:,} of {count(possible, 'pair')} one answers to the other"
        return f"{told}.{_blocks(found, chosen, pairs)}"
    if not tied:
        return (
            f"Of {count(possible, 'pair')} none {_TIED[layer][0]}, as far as it is recorded, which "
            "may mean that nobody was asked."
        )
    told = f"{tied:,} of {count(possible, 'pair')} {_TIED[layer][tied > 1]}"
    both = sum(views is not Views.ONE_SIDED for views in pairs.views.values())
    if tied > 1:
        told += f"; in {'all' if both == tied else f'{both:,}'} of them both name each other"
    else:
        told += "; both name each other" if both else "; one names the other"
    return f"{told}.{_blocks(found, chosen, pairs)}"


def _blocks(found: MapView, chosen: Collection[str], pairs: Pairs) -> str:
    """The sectors, or the one within itself, with the largest and the smallest share of pairs."""
    sector = {
        party.id: party.sectors[0]
        for party in found.parties
        if party.id in chosen and party.sectors
    }
    sizes = Counter(sector.values())
    ties = Counter(
        frozenset(sector[end] for end in pair) for pair in pairs.views if pair <= sector.keys()
    )
    present = [each for each in Sector if each in sizes]
    blocks = {
        (one, other): sizes[one] * (sizes[one] - 1) // 2
        if one is other
        else sizes[one] * sizes[other]
        for place, one in enumerate(present)
        for other in present[place:]
    }
    shares = [
        (ties[frozenset(block)] / possible, ties[frozenset(block)], possible, block)
        for block, possible in blocks.items()
        if possible >= FEWEST_PAIRS
    ]
    if not shares:
        return ""
    dense = max(shares, key=lambda share: (share[0], share[2]))
    empty = min(shares, key=lambda share: (share[0], -share[2]))
    if dense[0] == empty[0]:
        return ""
    return f" Densest: {_block(dense)}. Emptiest: {_block(empty)}."


def _block(share: tuple[float, int, int, tuple[Sector, Sector]]) -> str:
    _, tied, possible, (one, other) = share
    where = f"within {in_words(one)}" if one is other else f"{in_words(one)} with {in_words(other)}"
    return f"{where}, {tied:,} of {count(possible, 'pair')}"


def _left_out(
    found: MapView,
    content: Content,
    rows_by: Rows,
    chosen: Collection[str],
    pairs: Pairs,
    noun: tuple[str, str],
) -> str:
    people, of_people = len(chosen), len(found.parties)
    told = (
        f"Shows all {count(people, *noun)}"
        if people == of_people and people > 1
        else f"Shows {people:,} of {count(of_people, *noun)}"
    )
    pairs_told = count(len(pairs.views), "pair") + " with a tie of this kind"
    told += f" and {pairs_told}."
    if content.folded:
        placed = sum(content.table.sizes.values())
        alone = people - placed
        of_what = "body" if rows_by is Rows.ORGANISATION else "sector"
        told += f" {_FOLDED[rows_by].capitalize()}, with the mean strength and the number of ties."
        if alone:
            told += f" {count(alone, *noun)} of no recorded {of_what} left out."
    return told


def _method(found: MapView, content: Content, pairs: Pairs) -> str:
    view = found.view
    if view.layer is Layer.ACCOUNTABILITIES:
        said = ["A row answers to a column.", "An empty cell: no such line is recorded."]
    else:
        said = [
            "A row names a column.",
            "An empty cell: no tie is recorded, which may mean that nobody was asked.",
        ]
    said.append("Rows and columns have the same order: by sector, then body, then name.")
    if view.strength and view.strength > 1:
        said.append("A tie is shown where either side gives it that strength.")
    if doubtful := sum(line.doubtful for line in pairs.lines):
        said.append(f"{count(doubtful, 'tie')} may have ended or not begun.")
    unsure = [row.name for row in content.rows if row.doubtful]
    if unsure:
        said.append(f"May have left or not yet come: {', '.join(unsure)}.")
    return " ".join(said)
