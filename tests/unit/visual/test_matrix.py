"""Who with whom as a table."""

import networkx as nx

from visual.matrix import Cell, matrix

TIES = nx.DiGraph()
TIES.add_nodes_from("abcde")
TIES.add_edge("a", "b", weight=4)
TIES.add_edge("b", "a", weight=2)
TIES.add_edge("a", "c")
TIES.add_edge("d", "c", weight=5)


def test_a_row_names_a_column():
    table = matrix(TIES, list("abcde"))

    assert table.cells["a", "b"] == Cell(ties=1, possible=1, strength=4)
    assert table.cells["b", "a"].strength == 2
    assert table.cells["a", "c"].strength is None and table.cells["a", "c"].shade == 0
    assert ("c", "a") not in table.cells


def test_only_the_rows_asked_for_are_there():
    assert set(matrix(TIES, ["a", "c"]).cells) == {("a", "c")}


def test_groups_add_their_ties_up():
    table = matrix(TIES, ["one", "two"], {"a": "one", "b": "one", "c": "two", "d": "two"})

    assert table.sizes == {"one": 2, "two": 2}
    assert table.cells["one", "one"] == Cell(ties=2, possible=2, strength=3)
    assert table.cells["one", "two"] == Cell(ties=1, possible=4, strength=None)
    assert table.cells["two", "two"] == Cell(ties=1, possible=2, strength=5)


def test_all_ties_of_grouped_nodes_are_counted_once():
    groups = {node: "ab" if node in "ab" else "rest" for node in TIES}
    table = matrix(TIES, ["ab", "rest"], groups)

    assert sum(cell.ties for cell in table.cells.values()) == TIES.number_of_edges()
