"""Who with whom as a table: a row for whoever names, a column for whoever is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import networkx as nx  # type: ignore[import-untyped, unused-ignore]

MOST_ROWS = 60
"""As many as can be read; a larger table is folded first."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The ties from a row to a column."""

    ties: int
    possible: int
    strength: float | None
    """The mean of those that have one."""

    @property
    def shade(self) -> int:
        """1 (weak) to 5 (strong); 0 where no strength is recorded."""
        return 0 if self.strength is None else max(1, min(5, round(self.strength)))


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A square table. Rows and columns are the same, in the order given."""

    order: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    """By row and column; nothing where there is no tie."""
    sizes: Mapping[str, int]
    """How many leaders or organisations each row stands for."""


def matrix(
    graph: "nx.DiGraph[str]", order: Sequence[str], member_of: Mapping[str, str] | None = None
) -> Matrix:
    """The table of a network; with `member_of`, of the groups that its nodes belong to.

    `order` lists the rows. Nodes without a group, or of one that is no row, are left out.
    """
    row_of = {node: node for node in order} if member_of is None else member_of
    rows = frozenset(order)
    sizes = dict.fromkeys(order, 0)
    for node in graph:
        if row_of.get(node) in rows:
            sizes[row_of[node]] += 1
    strengths: dict[tuple[str, str], list[float | None]] = {}
    for source, target, weight in graph.edges(data="weight"):
        place = row_of.get(source), row_of.get(target)
        if place[0] in rows and place[1] in rows:
            strengths.setdefault((str(place[0]), str(place[1])), []).append(weight)
    return Matrix(
        order=tuple(order),
        cells={
            (row, column): Cell(
                ties=len(found),
                possible=sizes[row] * (sizes[column] - (row == column)),
                strength=fmean(known) if (known := [s for s in found if s is not None]) else None,
            )
            for (row, column), found in strengths.items()
        },
        sizes=sizes,
    )
