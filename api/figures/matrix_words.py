"""What a matrix says about itself: how many pairs have a tie, where most and fewest are."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from api.figures.asked import Making
from api.figures.ground import Ground
from api.figures.words import notes, shown_of
from api.pages.drawing import NOUNS
from api.pages.map_view import MapView, cited
from api.pages.matrix_rows import Rows
from api.pages.words import count, in_words
from powermap.vocabulary import Layer, Sector
from visual.figure.matrix import Content
from visual.figure.words import Words
from visual.lines import Line, Views

_KIND = {
    Layer.RELATIONSHIPS: "Who with whom: relationships between {}",
    Layer.TENSIONS: "Who with whom: tensions between {}",
    Layer.ACCOUNTABILITIES: "Who answers to whom: {}",
}
FOLDED = {Rows.ORGANISATION: "a row for each body", Rows.SECTOR: "a row for each sector"}
_TIED = {
    Layer.RELATIONSHIPS: ("is tied", "are tied"),
    Layer.TENSIONS: ("is in tension", "are in tension"),
}
FEWEST_PAIRS = 6
"""Of fewer pairs no share is told."""


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


def words_of(
    ground: Ground,
    found: MapView,
    content: Content,
    rows_by: Rows,
    chosen: Collection[str],
    pairs: Pairs,
    making: Making,
) -> Words:
    view, noun = found.view, NOUNS[found.view.unit]
    folded = [FOLDED[rows_by]] if content.folded else []
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
        told += f" {FOLDED[rows_by].capitalize()}, with the mean strength and the number of ties."
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
