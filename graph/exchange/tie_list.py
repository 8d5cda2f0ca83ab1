"""Two plain tables, of nodes and of ties, as every network program writes them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.exchange.csv_file import Row, Table, read_csv
from powermap.errors import Malformed


@dataclass(frozen=True, kw_only=True)
class TableProblem:
    """A row that was not used as it stands, and what was done instead."""

    table: str
    row: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TieList:
    """A directed network without self-ties and repeats, and every row that had to be changed."""

    network: "nx.DiGraph[str]"
    groups: Mapping[str, str | None] | None
    """The group of each node, where a column of groups was named."""
    problems: Sequence[TableProblem]


def read_tie_list(nodes: bytes, ties: bytes, groups: str | None = None) -> TieList:
    """Read `node` and any attributes; `source`, `target` and, where there is one, `weight`.

    A tie to nobody in the table of nodes, and one from somebody to themselves, is left out. A
    tie that comes again counts once, and its weights are added. Each is reported by its row.
    `Malformed` where a file is no table, or a column that is needed is not there.
    """
    return _Reading(groups).read(nodes, ties)


class _Reading:
    def __init__(self, groups: str | None) -> None:
        self._column = groups
        self._network: nx.DiGraph[str] = nx.DiGraph()
        self._groups: dict[str, str | None] = {}
        self._problems: list[TableProblem] = []
        self._row_of: dict[tuple[str, str], int] = {}

    def read(self, nodes: bytes, ties: bytes) -> TieList:
        table = self._table("nodes", nodes)
        name = _heading(table, "nodes", "node")
        group = _heading(table, "nodes", self._column) if self._column is not None else None
        for row in table.rows:
            self._add_node(row, row[name].strip(), row[group].strip() if group else "")
        table = self._table("ties", ties)
        source, target = _heading(table, "ties", "source"), _heading(table, "ties", "target")
        weight = _found(table, "weight")
        for row in table.rows:
            self._add_tie(
                row, row[source].strip(), row[target].strip(), row[weight].strip() if weight else ""
            )
        return TieList(
            network=self._network,
            groups=None if self._column is None else self._groups,
            problems=tuple(self._problems),
        )

    def _table(self, name: str, content: bytes) -> Table:
        try:
            table = read_csv(content)
        except Malformed as error:
            raise Malformed(f"The table of {name}: {error}") from None
        for problem in table.problems:
            where = f" ({problem.cell})" if problem.cell else ""
            self._report(name, problem.row, problem.message + where)
        return table

    def _report(self, table: str, row: int | None, reason: str) -> None:
        self._problems.append(TableProblem(table=table, row=row, reason=reason))

    def _add_node(self, row: Row, name: str, group: str) -> None:
        if not name:
            self._report("nodes", row.number, "The row names no node and is left out.")
        elif name in self._network:
            self._report(
                "nodes", row.number, f"{name!r} is there already; only its first row is used."
            )
        else:
            self._network.add_node(name)
            self._groups[name] = group or None

    def _add_tie(self, row: Row, source: str, target: str, weight: str) -> None:
        unknown = [end for end in (source, target) if end not in self._network]
        if unknown:
            names = " and ".join(repr(end) if end else "an empty cell" for end in unknown)
            self._report(
                "ties",
                row.number,
                f"{names} {'is' if len(unknown) == 1 else 'are'} not in the table of nodes; "
                "the tie is left out.",
            )
            return
        if source == target:
            self._report("ties", row.number, f"{source!r} is tied to itself; the tie is left out.")
            return
        strength = self._strength(row, weight)
        if (first := self._row_of.setdefault((source, target), row.number)) != row.number:
            self._report(
                "ties",
                row.number,
                f"{source!r} -> {target!r} is in row {first} already: counted once, weights added.",
            )
        self._network.add_edge(source, target)
        if strength is not None:
            tie = self._network.edges[source, target]
            tie["weight"] = tie.get("weight", 0) + strength

    def _strength(self, row: Row, weight: str) -> float | None:
        if not weight:
            return None
        try:
            strength = float(weight)
        except ValueError:
            strength = math.nan
        if not (math.isfinite(strength) and strength > 0):
            self._report(
                "ties",
                row.number,
                f"The weight {weight[:40]!r} is not a number above 0; the tie counts, and stays "
                "out of the weighted measures.",
            )
            return None
        return int(strength) if strength.is_integer() else strength


def _found(table: Table, name: str) -> str | None:
    headings = {heading.casefold(): heading for heading in reversed(table.headings) if heading}
    return name if name in table.headings else headings.get(name.casefold())


def _heading(table: Table, what: str, name: str) -> str:
    found = _found(table, name)
    if found is None:
        there = ", ".join(repr(heading) for heading in table.headings if heading)
        raise Malformed(f"The table of {what} has no column {name!r}; its columns are {there}.")
    return found
