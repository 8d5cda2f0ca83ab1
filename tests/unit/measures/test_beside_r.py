"""The same random networks in R: `sna` and `igraph` run beside ours, where R is present."""

import csv
import shutil
import subprocess
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from graph.measures import MEASURES, Role, brokerage

SCRIPT = """
suppressMessages({library(sna); library(igraph)})
ties <- read.csv("ties.csv"); nodes <- read.csv("nodes.csv")
n <- nrow(nodes)
table <- matrix(0, n, n); table[cbind(ties$source, ties$target)] <- 1
roles <- sna::brokerage(table, nodes$group)
graph <- igraph::graph_from_data_frame(ties, vertices = nodes, directed = TRUE)
write.csv(data.frame(
    roles$raw.nli, z = roles$z.nli,
    betweenness = igraph::betweenness(graph, weights = NA),
    betweenness_weighted = igraph::betweenness(graph, weights = 60 %/% ties$weight),
    constraint = igraph::constraint(graph, weights = rep(1, nrow(ties))),
    constraint_weighted = igraph::constraint(graph, weights = ties$weight),
    pagerank = igraph::page_rank(graph, weights = NA)$vector
), "answers.csv", row.names = FALSE)
"""
SYMBOLS = {role: role.symbol for role in Role}


@cache
def _missing() -> str | None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return "Rscript is not installed"
    asked = 'quit(status = !all(sapply(c("sna", "igraph"), requireNamespace, quietly = TRUE)))'
    found = subprocess.run([rscript, "-e", asked], capture_output=True, check=False)
    return "R lacks sna or igraph (Debian: r-cran-sna, r-cran-igraph)" if found.returncode else None


@pytest.mark.parametrize(("size", "ties", "groups"), [(9, 20, 2), (25, 80, 4), (50, 400, 5)])
def test_r_gives_the_same_numbers(tmp_path: Path, size, ties, groups) -> None:
    if reason := _missing():
        pytest.skip(reason)
    graph = nx.gnm_random_graph(size, ties, seed=size, directed=True)
    network = nx.relabel_nodes(graph, {node: str(node + 1) for node in graph})
    for number, (_, _, tie) in enumerate(network.edges(data=True)):
        tie["weight"] = 1 + number * 7 % 5
    group_of = {node: f"group {int(node) % groups}" for node in network}
    rows = "".join(f"{a},{b},{w}\n" for a, b, w in network.edges(data="weight"))
    (tmp_path / "ties.csv").write_text("source,target,weight\n" + rows)
    rows = "".join(f"{node},{group}\n" for node, group in group_of.items())
    (tmp_path / "nodes.csv").write_text("node,group\n" + rows)

    subprocess.run(["Rscript", "-e", SCRIPT], cwd=tmp_path, check=True, capture_output=True)

    with (tmp_path / "answers.csv").open(newline="") as lines:
        answers = dict(zip(network, csv.DictReader(lines), strict=True))
    ours = brokerage(network, group_of).brokers
    for name in (
        "betweenness",
        "betweenness_weighted",
        "constraint",
        "constraint_weighted",
        "pagerank",
    ):
        values = MEASURES[name](network).values
        for node, answer in answers.items():
            theirs = None if answer[name] in ("NaN", "NA") else float(answer[name])
            assert values[node] == (
                None if theirs is None else pytest.approx(theirs, rel=1e-9, abs=1e-12)
            ), (name, node)
    for node, answer in answers.items():
        for role, symbol in SYMBOLS.items():
            score = ours[node][role]
            assert score.raw == float(answer[symbol])
            z = answer[f"z.{symbol}"]
            assert score.z == (
                None if z in ("NaN", "NA") else pytest.approx(float(z), rel=1e-9, abs=1e-9)
            )
