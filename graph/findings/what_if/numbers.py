"""Before and after for every measure: of the whole map, and of each leader or organisation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from graph.findings.answer import Row
from graph.findings.phrases import counted, name, sentence_case
from graph.findings.what_if.consequences import Consequences
from graph.measures import Role, all_scores, brokerage
from graph.measures.whole_map import WHOLE_MAP
from graph.network import Network
from powermap.errors import TooMuch

Value = float | None


@dataclass(frozen=True, kw_only=True)
class _Measure:
    """One measure of one network: a number for the map, or one for each of its nodes."""

    title: str
    method: str
    values: Mapping[str, Value]


def number_rows(found: Consequences) -> list[Row]:
    """A row for each number of the map that differs, then for each measure of its nodes."""
    return [*_figure_rows(found), *_measure_rows(found)]


def _figure_rows(found: Consequences) -> Iterator[Row]:
    before, after = (_figures(net) for net in found.nets)
    for key in (key for key in before if key in after):
        was, would = before[key].values["map"], after[key].values["map"]
        if _differ(was, would):
            yield Row(
                kind="figure_changes",
                sentence=f"{before[key].title}: {told(would)} instead of {told(was)}.",
                facts={
                    "measure": key,
                    "unit": found.unit.value,
                    "before": was,
                    "after": would,
                    "method": before[key].method,
                },
            )


def _figures(net: Network) -> dict[str, _Measure]:
    found = {}
    for key, figure_of in WHOLE_MAP.items():
        try:
            figure = figure_of(net.graph)
        except TooMuch:
            continue
        values = {"map": figure.value}
        found[key] = _Measure(title=figure.title, method=figure.method, values=values)
    return found


def _measure_rows(found: Consequences) -> Iterator[Row]:
    before, after = (_measures(net) for net in found.nets)
    for key, was in before.items():
        if key not in after:
            continue
        would = after[key].values
        moved = [
            node
            for node, value in was.values.items()
            if node in would and _differ(value, would[node])
        ]
        if moved:
            yield _measure_row(found, key, was, would, moved)


def _measures(net: Network) -> dict[str, _Measure]:
    scores, _ = all_scores(net.graph)
    found = {
        key: _Measure(title=score.title, method=score.method, values=score.values)
        for key, score in scores.items()
    }
    roles = brokerage(net.graph, net.groups)
    for role in Role:
        found[f"brokerage_{role}"] = _Measure(
            title="Brokerage in any role" if role is Role.TOTAL else f"Brokerage as {role}",
            method=roles.method,
            values={node: float(scores[role].raw) for node, scores in roles.brokers.items()},
        )
    return found


def _measure_row(
    found: Consequences, key: str, was: _Measure, would: Mapping[str, Value], moved: list[str]
) -> Row:
    def first(node: str) -> tuple[float, str, str]:
        return -_move(was.values[node], would[node]), name(found.before, node).casefold(), node

    moved = sorted(moved, key=first)
    most = moved[0]
    count, who = counted(len(moved), found.node, found.nodes), name(found.before, most)
    whom = who if len(moved) == 1 else f"{count}, most for {who}"
    return Row(
        kind="measure_changes",
        sentence=f"{sentence_case(was.title)} would change for {whom}: {told(would[most])} "
        f"instead of {told(was.values[most])}.",
        parties=(most,),
        facts={
            "measure": key,
            "unit": found.unit.value,
            "changes": [
                {
                    "id": node,
                    "name": name(found.before, node),
                    "before": was.values[node],
                    "after": would[node],
                }
                for node in moved
            ],
            "method": was.method,
        },
    )


def _differ(was: Value, would: Value) -> bool:
    if was is None or would is None:
        return was is not would
    return not isclose(was, would, rel_tol=1e-9, abs_tol=1e-9)


def _move(was: Value, would: Value) -> float:
    """How far, so that the furthest come first; where it is not defined on one side, last."""
    return 0.0 if was is None or would is None else round(abs(was - would), 9)


def told(value: Value) -> str:
    """`not defined`, `12` or `0.125`."""
    return "not defined" if value is None else f"{round(value, 9):,.3f}".rstrip("0").rstrip(".")
