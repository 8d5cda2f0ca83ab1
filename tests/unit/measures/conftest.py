"""Networks whose answers are known from elsewhere."""

import csv
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pytest

SOURCES = Path(__file__).parents[2] / "data" / "sna"


class Known(NamedTuple):
    """A network, the group of each node, and the folder of published answers."""

    network: "nx.DiGraph[str]"
    groups: dict[str, str]
    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        return read_rows(self.folder / name)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def worked_example() -> Known:
    """Eight leaders in three groups, twelve ties."""
    groups = dict.fromkeys(("A1", "A2", "A3"), "acute")
    groups |= dict.fromkeys(("B1", "B2", "B3"), "icb")
    groups |= dict.fromkeys(("C1", "C2"), "council")
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(groups)
    ties = "A1A2 A2A3 A3B1 B1B2 B2C1 A1B1 B1A2 C1C2 C2B3 B3B1 A2C1 B2A1"
    network.add_edges_from((tie[:2], tie[2:]) for tie in ties.split())
    return Known(network, groups, SOURCES)


@pytest.fixture
def weighted_example() -> Known:
    """Ten leaders in four groups with strengths, a leader never asked (Iris), an isolate (Jo)."""
    folder = SOURCES / "weighted-example"
    groups = {row["node"]: row["group"] for row in read_rows(folder / "nodes.csv")}
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(groups)
    for row in read_rows(folder / "ties.csv"):
        network.add_edge(row["source"], row["target"], weight=int(row["weight"]))
    return Known(network, groups, folder)


@pytest.fixture
def managers() -> Known:
    """Krackhardt's high-tech managers: who goes to whom for advice, grouped by department."""
    folder = SOURCES / "krackhardt-high-tech-managers"
    groups = {row["id"]: row["dept"] for row in read_rows(folder / "managers-nodes.csv")}
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(groups)
    network.add_edges_from(
        (row["source"], row["target"]) for row in read_rows(folder / "advice-edges.csv")
    )
    return Known(network, groups, folder)
