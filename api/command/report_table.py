"""A report of measures as a person reads it: sentences, a table, and what was left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from powermap.model import PowerMap

WIDEST = 36
Row = Mapping[str, Any]


def print_report(found: PowerMap, report: Mapping[str, Any]) -> None:
    click.echo(f"{found.header.title}, revision {report['revision']}")
    for sentence in report["in_words"]:
        click.echo(sentence)
    click.echo()
    click.echo(report["answer"]["sentence"])
    for sentence in report["map_in_words"]:
        click.echo(sentence)
    click.echo()
    banded = any(row["bands"] for row in report["nodes"])
    columns = _columns(found, banded)
    ranked = sorted(report["nodes"], key=_by_brokerage)
    print_table(list(columns), [[write(row) for write in columns.values()] for row in ranked])
    for why, names in _by_reason(report["not_computed"]).items():
        click.echo(f"{', '.join(names)}: not computed. {why}")
    by = report["network"]["group_by"]
    click.echo(f"group: by {by}. expected, z: of pairs joined, were ties laid by chance.")
    if banded:
        click.echo("rank: by betweenness, and how far it moves when any one tie is left out.")
    click.echo("- is not defined; --json says why, and how each number was computed.")


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    cut = [[cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…" for cell in r] for r in rows]
    widths = [max(len(row[i]) for row in (list(titles), *cut)) for i in range(len(titles))]
    for row in (list(titles), *cut):
        first, *others = (
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join([first, *others]).rstrip())


def _columns(found: PowerMap, banded: bool) -> dict[str, Callable[[Row], str]]:
    def group(row: Row) -> str:
        body = found.organisations.get(row.get("group", ""))
        return body.name if body else str(row.get("group", "-")).replace("_", " ")

    columns: dict[str, Callable[[Row], str]] = {
        "name": lambda row: row["name"],
        "group": group,
        "views received": lambda row: _number(row["views_received"]),
        "views given": lambda row: _number(row["views_given"]),
        "betweenness": lambda row: _number(row["betweenness"]),
        "rank": lambda row: _band((row["bands"] or {}).get("betweenness")),
        "constraint": lambda row: _number(row["constraint"]),
        "pairs joined": lambda row: _role(row, "raw"),
        "expected": lambda row: _role(row, "expected"),
        "z": lambda row: _role(row, "z"),
    }
    if not banded:
        del columns["rank"]
    return columns


def _band(band: Mapping[str, int | None] | None) -> str:
    """`3`, or `3 (2-5)` where one tie less would move it."""
    if band is None or band["rank"] is None:
        return "-"
    if band["best"] == band["worst"]:
        return str(band["rank"])
    return f"{band['rank']} ({band['best']}-{band['worst']})"


def _by_reason(not_computed: Mapping[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, why in not_computed.items():
        names.setdefault(why, []).append(name)
    return names


def _by_brokerage(row: Row) -> tuple[float, float, str]:
    total = row["brokerage"]["total"]["raw"] if row["brokerage"] else -1
    return -total, -(row["betweenness"] or 0), row["name"].casefold()


def _role(row: Row, part: str) -> str:
    return _number(row["brokerage"]["total"][part]) if row["brokerage"] else "-"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return str(int(value)) if float(value).is_integer() else f"{value:.3f}"
