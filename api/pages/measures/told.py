"""A report of measures as a table that can be read: order, figures, bands and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.measures.asked import LOWEST_FIRST, TITLES
from graph.measures import Role

MOST_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure as it is shown; the band where one is known."""

    text: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One leader or organisation with its figures."""

    id: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Part of a report, in order. `columns` are the titles, each with the name to sort by."""

    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    total: int
    reasons: tuple[str, ...]
    """Why some figures are not there."""


def table_of(report: Mapping[str, Any], names: Sequence[str], sort: str, page: int) -> Table:
    """A page of the table, best first by one of the columns or by name."""
    nodes = ordered(report, sort)
    start = (page - 1) * MOST_ROWS
    told = _brokerage_cells if names == ("brokerage",) else _cells
    reasons = {
        f"{title_of(name)}: {node['reasons'][name]}."
        for node in nodes
        for name in names
        if name in node["reasons"]
    }
    return Table(
        columns=_columns(names),
        lines=tuple(
            Line(id=node["id"], name=node["name"], cells=told(node, names))
            for node in nodes[start : start + MOST_ROWS]
        ),
        total=len(nodes),
        reasons=tuple(sorted(reasons)),
    )


def ordered(report: Mapping[str, Any], sort: str) -> list[Mapping[str, Any]]:
    """Everybody measured, best first by a measure or by name."""
    nodes = sorted(report["nodes"], key=lambda node: (node["name"].casefold(), node["id"]))
    return nodes if sort == "name" else sorted(nodes, key=lambda node: _place(node, sort))


def _columns(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if tuple(names) == ("brokerage",):
        return tuple((role.value.capitalize(), "brokerage") for role in Role)
    return tuple((title_of(name), name) for name in names)


_ENDINGS = {
    "_weighted": "weighted",
    "_normalised": "normalised",
    "_in": "in",
    "_out": "out",
}
_OWN_TITLES = {
    "katz": "Katz",
    "pagerank": "PageRank",
    "pagerank_weighted": "PageRank, weighted",
    "eigenvector": "Eigenvector",
    "hubs": "Hubs",
    "authorities": "Authorities",
    "effective_size": "Effective size",
    "effective_size_weighted": "Effective size, weighted",
    "efficiency": "Efficiency",
    "efficiency_weighted": "Efficiency, weighted",
    "two_step_reach_in": "Two-step reach, in",
    "two_step_reach_out": "Two-step reach, out",
}
"""Where the help speaks of several measures under one title."""


def title_of(name: str) -> str:
    if name in _OWN_TITLES:
        return _OWN_TITLES[name]
    ending = next((words for end, words in _ENDINGS.items() if name.endswith(end)), "")
    title = TITLES.get(name, name.capitalize())
    return f"{title}, {ending}" if ending else title


def _place(node: Mapping[str, Any], sort: str) -> tuple[bool, float]:
    value = node.get(sort)
    if sort == "brokerage" and value is not None:
        value = value["total"]["raw"]
    if value is None:
        return True, 0.0
    return False, value if sort in LOWEST_FIRST else -value


def _cells(node: Mapping[str, Any], names: Sequence[str]) -> tuple[Cell, ...]:
    bands = node.get("bands") or {}
    return tuple(
        # A band counts from the highest value; where the lowest comes first it would mislead.
        Cell(
            text=figure(node.get(name)),
            beside="" if name in LOWEST_FIRST else _band(bands.get(name)),
        )
        for name in names
    )


def _brokerage_cells(node: Mapping[str, Any], _: Sequence[str]) -> tuple[Cell, ...]:
    roles = node.get("brokerage")
    if roles is None:
        return tuple(Cell(text="–") for _ in Role)
    return tuple(
        Cell(
            text=figure(roles[role.value]["raw"]),
            beside=f"{figure(roles[role.value]['expected'])} by chance",
        )
        for role in Role
    )


def _band(band: Mapping[str, int | None] | None) -> str:
    """`rank 3 (1–5)`: the rank, and the best and worst with any one tie left out."""
    if not band or band.get("rank") is None:
        return ""
    if band["best"] == band["worst"]:
        return f"rank {band['rank']}"
    return f"rank {band['rank']} ({band['best']}–{band['worst']})"


def figure(value: float | None) -> str:
    """A number as people read it: whole, or to three figures; a dash where it is not defined."""
    if value is None:
        return "–"
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"
