"""The command that measures a map, or any two tables."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import IO, Any

import click

from api.command import calculator
from api.command.options import json_option, on_option, print_json
from api.command.progress import however_long, told_when_slow
from api.command.report_table import print_report
from api.command.session import Session, find_map, find_party, on_failure
from graph.findings.measured import USUAL_SET, measured
from graph.findings.report.groups import Also
from graph.findings.report.whole_map import LARGEST_SET
from graph.network import GroupBy, Unit, network
from graph.views import ViewRule
from powermap.model import PowerMap
from powermap.vocabulary import Layer

_CHOICES: dict[str, tuple[type[StrEnum], str]] = {
    "layer": (Layer, "Which ties count; relationships if left out."),
    "unit": (Unit, "Whether to measure people or bodies; leaders if left out."),
    "group_by": (GroupBy, "What makes two people of one group; sector if left out."),
    "views": (
        ViewRule,
        "Whose word makes a tie: either side's (if left out), both sides', or the mean of both.",
    ),
}
NOT_BOTH = "Name a map, or give both --nodes and --ties; not a map and tables."


def _of_a_map(command: Callable[..., Any]) -> Callable[..., Any]:
    """What can be chosen of a map; nothing of it is for two tables."""
    command = click.option(
        "--also",
        multiple=True,
        type=click.Choice([one.value for one in Also]),
        help="Work out more: brokerage beside shuffled groups, or with shared credit.",
    )(command)
    command = click.option(
        "--largest-set",
        type=click.IntRange(1, LARGEST_SET),
        help=f"The size of the largest sets of key players; {USUAL_SET} if left out.",
    )(command)
    command = click.option(
        "--without",
        multiple=True,
        metavar="NAME",
        help="Leave out this leader or organisation, as though not on the map.",
    )(command)
    command = click.option(
        "--at-least", type=click.IntRange(1, 5), help="Only ties of this strength or more."
    )(command)
    for name in reversed(_CHOICES):
        kind, doc = _CHOICES[name]
        values = click.Choice([one.value for one in kind])
        command = click.option(f"--{name.replace('_', '-')}", type=values, help=doc)(command)
    return on_option(command)


@click.command()
@click.argument("map_name", metavar="[MAP]", required=False)
@_of_a_map
@click.option("--nodes", type=click.File("rb"), help="Instead of a map: a CSV table with `node`.")
@click.option("--ties", type=click.File("rb"), help="With it: `source`, `target` and `weight`.")
@click.option("--groups", metavar="COLUMN", help="The column of --nodes with the group of each.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="Of two tables, print CSV, not JSON (the default)."
)
@click.option("--everything", is_flag=True, help="Leave nothing out, however long it takes.")
@json_option
@click.pass_obj
@on_failure
def measures(
    session: Session,
    /,
    map_name: str | None,
    nodes: IO[bytes] | None,
    ties: IO[bytes] | None,
    groups: str | None,
    as_csv: bool,
    everything: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Measure a map: who is seen, who lies between, and who brokers in which role.

    With --nodes and --ties, measure two CSV tables instead: every number, as CSV or --json.
    """
    chosen = {name: value for name, value in given.items() if value is not None and value != ()}
    if nodes and ties and not map_name:
        if chosen:
            option = next(iter(chosen)).replace("_", "-")
            raise click.UsageError(f"--{option} is for a map; it has no meaning for two tables.")
        _calculate(nodes.read(), ties.read(), groups, everything, as_json)
        return
    if not map_name or nodes or ties or groups or as_csv:
        raise click.UsageError(NOT_BOTH)
    with (
        session.open() as store,
        told_when_slow("Measuring") as say,
        however_long(say, everything),
    ):
        found = store.read(find_map(store, session.viewer, map_name), session.viewer)
        beside = {name: chosen.pop(name) for name in ("also", "largest_set") if name in chosen}
        made = measured(found, network(found, **_words(found, chosen)), **beside)
        report = {"revision": found.revision, **made}
    if as_json:
        print_json(report)
    else:
        print_report(found, report)


def _words(found: PowerMap, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as `network` takes it; several names may stand in one, with semicolons."""
    words = dict(chosen)
    for name, (kind, _) in _CHOICES.items():
        if name in words:
            words[name] = kind(words[name])
    if "without" in words:
        typed = [part.strip() for one in words["without"] for part in one.split(";")]
        words["without"] = [find_party(found, part) for part in typed if part]
    return words


def _calculate(
    nodes: bytes, ties: bytes, groups: str | None, everything: bool, as_json: bool
) -> None:
    with told_when_slow("Calculating") as say, however_long(say, everything):
        result = calculator.calculate(nodes, ties, groups)
    if as_json:
        print_json(result)
        return
    click.echo(calculator.as_csv(result), nl=False)
    for problem in result["problems"]:
        click.echo(f"{problem['table']}, row {problem['row']}: {problem['reason']}", err=True)
