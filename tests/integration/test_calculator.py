"""The calculator: two tables in, every measure out, held against R and exact arithmetic."""

import csv
import io
import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.command.calculator import as_csv, calculate
from graph.measures import MEASURES, Role
from powermap.errors import Malformed

EXAMPLE = Path(__file__).parents[1] / "data" / "sna" / "weighted-example"
NODES, TIES = (EXAMPLE / "nodes.csv").read_bytes(), (EXAMPLE / "ties.csv").read_bytes()
KEPT_AS_THEY_ARE = ["betweenness", "closeness_in", "closeness_out", "harmonic_in", "harmonic_out"]
COMPARED = {
    "igraph.csv": [*KEPT_AS_THEY_ARE, "pagerank", "pagerank_weighted", "constraint"],
    "burt_exact.csv": [
        name + suffix
        for name in ("constraint", "effective_size", "efficiency", "hierarchy")
        for suffix in ("", "_weighted")
    ],
}


@pytest.fixture(scope="module")
def result():
    return calculate(NODES, TIES, "group")


def rows_of(name: str) -> dict[str, dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as lines:
        return {row["node"]: row for row in csv.DictReader(lines)}


@pytest.mark.parametrize(
    ("name", "measure"), [(name, one) for name, measures in COMPARED.items() for one in measures]
)
def test_every_number_equals_that_of_others(result, name, measure):
    expected = rows_of(name)

    for row in result["nodes"]:
        value = float(expected[row["node"]][measure])
        if math.isnan(value):
            assert row[measure] is None
            assert row["reasons"][measure]
        else:
            assert row[measure] == pytest.approx(value, rel=0, abs=1e-9)


def test_brokerage_equals_that_of_r(result):
    expected = rows_of("brokerage.csv")

    for row in result["nodes"]:
        for role in Role:
            for part, column in (("raw", "raw"), ("expected", "exp"), ("sd", "sd"), ("z", "z")):
                value = float(expected[row["node"]][f"{column}.nli.{role.symbol}"])
                found = row["brokerage"][role.value][part]
                if math.isnan(value):
                    assert found is None
                    assert row["brokerage"][role.value]["reason"]
                else:
                    assert found == pytest.approx(value, rel=0, abs=1e-9)
    with (EXAMPLE / "brokerage_global.csv").open(newline="") as lines:
        whole = {row["role"]: row for row in csv.DictReader(lines)}
    for role in Role:
        assert result["map"]["brokerage"][role.value]["z"] == pytest.approx(
            float(whole[role.symbol]["z.gli"]), rel=0, abs=1e-9
        )


def test_is_json_without_a_bare_nan_and_prints_every_method(result):
    assert json.loads(json.dumps(result, allow_nan=False))["nodes"] == result["nodes"]
    assert set(MEASURES) <= set(result["method"])
    assert result["problems"] == []
    assert set(result) == {"method", "map", "nodes", "not_computed", "problems"}


def test_a_null_has_a_reason_and_only_a_null(result):
    for row in result["nodes"]:
        assert set(row["reasons"]) == {name for name in MEASURES if row[name] is None}


def test_reports_what_it_could_not_use_by_row():
    more = b"Asha,Ben,3\nJo,Jo,2\nZed,Asha,1\n,Asha,1\nGwen,Ben,x\nJo,Ben,\n"
    nodes = NODES + b"Asha,council\n,trust\n"

    result = calculate(nodes, TIES + more, "group")

    assert [(one["table"], one["row"], one["reason"]) for one in result["problems"]] == [
        ("nodes", 12, "'Asha' is there already; only its first row is used."),
        ("nodes", 13, "The row names no node and is left out."),
        ("ties", 20, "'Asha' -> 'Ben' is in row 2 already: counted once, weights added."),
        ("ties", 21, "'Jo' is tied to itself; the tie is left out."),
        ("ties", 22, "'Zed' is not in the table of nodes; the tie is left out."),
        ("ties", 23, "an empty cell is not in the table of nodes; the tie is left out."),
        (
            "ties",
            24,
            "The weight 'x' is not a number above 0; the tie counts, and stays out of the "
            "weighted measures.",
        ),
    ]
    asha = result["nodes"][0]
    assert (asha["views_given"], asha["views_given_weighted"]) == (2, 5 + 4 + 3)
    assert (result["map"]["ties"], result["map"]["ties_without_weight"]) == (20, 2)


def test_needs_no_weights_and_no_groups():
    result = calculate(b"Node\nA\nB\n", b"source;target\nA;B\n", None)

    one = result["nodes"][0]
    assert one["constraint"] == 1
    assert one["reasons"]["constraint_weighted"] == "has no ties with a strength"
    assert one["brokerage"] is None
    assert one["reasons"]["brokerage"] == "no column of groups was named"
    assert result["map"]["reasons"]["brokerage"] == "no column of groups was named"


@pytest.mark.parametrize(
    ("nodes", "ties"),
    [
        (b"node,group\n", b"source,target\n"),
        (b"node,group\nA,x\n", b"source,target\n"),
        (b"node,group\nA,x\nB,x\nC,\n", b"source,target\n"),
        (b"node,group\nA,x\nB,y\n", b"source,target,weight\nA,B,1\nB,A,0.5\n"),
    ],
)
def test_measures_awkward_tables(nodes, ties):
    result = calculate(nodes, ties, "group")

    json.dumps(result, allow_nan=False)
    assert as_csv(result).count("\n") == len(result["nodes"]) + 1


@pytest.mark.parametrize(
    ("nodes", "ties", "message"),
    [
        (b"name\nA\n", b"source,target\n", "nodes has no column 'node'; its columns are 'name'"),
        (b"node,sector\nA,\n", b"from,to\n", "ties has no column 'source'"),
        (b"node\nA\n", b"source,target\n", "nodes has no column 'sector'"),
        (b"", b"source,target\n", "The table of nodes: The file is empty"),
    ],
)
def test_says_what_a_table_lacks(nodes, ties, message):
    with pytest.raises(Malformed, match=message):
        calculate(nodes, ties, "sector")


def test_the_table_holds_the_same_numbers_unrounded(result):
    rows = list(csv.DictReader(io.StringIO(as_csv(result))))

    for row, node in zip(rows, result["nodes"], strict=True):
        assert (row["node"], row["group"]) == (node["node"], node["group"])
        for name in MEASURES:
            assert row[name] == ("" if node[name] is None else str(node[name]))
        z = node["brokerage"]["liaison"]["z"]
        assert row["liaison_z"] == str(z)
    assert "closeness_out: reaches nobody" in rows[8]["reasons"]


def test_the_command_prints_json_or_csv_and_needs_no_store(result, tmp_path):
    ties = tmp_path / "ties.csv"
    ties.write_bytes(TIES + b"Jo,Jo,2\n")
    words = ["measures", "--nodes", str(EXAMPLE / "nodes.csv"), "--ties", str(ties)]

    as_json = CliRunner().invoke(main, [*words, "--groups", "group", "--json"])
    as_table = CliRunner().invoke(main, [*words, "--groups", "group", "--csv"])

    assert json.loads(as_json.stdout)["nodes"] == result["nodes"]
    assert as_table.stdout == as_csv(result)
    assert "ties, row 20: 'Jo' is tied to itself; the tie is left out." in as_table.stderr


@pytest.mark.parametrize(
    "words",
    [[], ["--nodes", str(EXAMPLE / "nodes.csv")], ["board", "--csv"], ["board", "--groups", "x"]],
)
def test_the_command_takes_a_map_or_two_tables(words):
    done = CliRunner().invoke(main, ["measures", *words])

    assert done.exit_code == 2
    assert "Name a map, or give both --nodes and --ties" in done.output


def test_the_command_says_in_a_sentence_what_a_table_lacks():
    table = str(EXAMPLE / "nodes.csv")

    done = CliRunner().invoke(main, ["measures", "--nodes", table, "--ties", table])

    assert done.exit_code == 1
    assert "The table of ties has no column 'source'; its columns are 'node', 'group'." in (
        done.output
    )
