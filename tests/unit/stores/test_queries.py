"""No query is put together while the program runs, so no value can become part of one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

STORES = Path(__file__).parents[3] / "graph" / "stores"
FILES = sorted(STORES.glob("*.py"))
ASKING = {"execute", "executemany", "executescript", "run", "rows_of", "one_of", "_entries"}
WORDS = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "MATCH ", "MERGE ", "CREATE ", "UNWIND ")


def assembled(source: str) -> list[int]:
    """The lines where a function puts a query together, or asks one that is not a constant."""
    found = []
    tree = ast.parse(source)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda)]
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.JoinedStr) and _speaks_query(node):
                found.append(node.lineno)
            if isinstance(node, ast.Call) and _name(node.func) in ASKING:
                found += [
                    argument.lineno
                    for argument in node.args
                    if isinstance(argument, ast.JoinedStr | ast.BinOp)
                    or (isinstance(argument, ast.Call) and _name(argument.func) == "format")
                ]
    return sorted(set(found))


def _speaks_query(node: ast.JoinedStr) -> bool:
    text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return any(word in text for word in WORDS)


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_queries_are_constants(file: Path) -> None:
    assert assembled(file.read_text()) == []


@pytest.mark.parametrize(
    "sample",
    [
        "def f(c, x): c.execute(f'SELECT {x}')",
        "def f(c, x): c.execute('SELECT ' + x)",
        "def f(tx, x): tx.run('MATCH (n:%s)' % x)",
        "def f(tx, x): tx.run('MATCH (n:{})'.format(x))",
        "def f(tx, x):\n    query = f'MATCH (n:{x}) RETURN n'\n    tx.run(query)",
        "g = lambda tx, x: tx.run(f'{x}')",
    ],
)
def test_the_rule_finds_what_it_forbids(sample: str) -> None:
    assert assembled(sample)


def test_only_the_neo4j_store_needs_the_driver() -> None:
    users = {file.name for file in FILES if "import neo4j" in file.read_text()} | {
        file.name for file in FILES if "from neo4j" in file.read_text()
    }

    assert users == {"bolt.py", "neo4j.py", "neo4j_kept.py", "neo4j_rows.py"}
