"""What each measure costs beside NetworkX, in CPU time of one process.

    .venv/bin/python benchmarks/measures.py              2,000 leaders, 12,000 ties
    .venv/bin/python benchmarks/measures.py 20000 120000

Networks are made up: eight groups, a few leaders with many ties. NetworkX works on a sample of
the starting points where all would take minutes; those lines say `extrapolated`.
"""

import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

import networkx as nx

from graph.measures import MEASURES, Snapshot, brokerage
from graph.measures.divisions import divisions
from powermap.errors import TooMuch

SAMPLE = 40
MOST_FOR_ALL = 1_000


def made_up(size: int, ties: int, seed: int = 1) -> tuple[Any, dict[str, str]]:
    """Return a network in which whoever has ties gets more, mostly within a group of eight."""
    random = Random(seed)
    names = [str(number) for number in range(size)]
    groups = {name: f"group {random.randrange(8)}" for name in names}
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(names)
    ends = list(names)
    laid = 0
    while laid < ties:
        source, target = random.choice(ends), random.choice(ends)
        if source == target or (groups[source] != groups[target] and random.random() < 0.6):
            continue
        laid += not network.has_edge(source, target)
        network.add_edge(source, target, weight=random.randint(1, 5))
        ends += [source, target]
    return network, groups


def seconds(work: Callable[[], Any]) -> float | None:
    start = time.process_time()
    try:
        work()
    except TooMuch:
        return None
    return time.process_time() - start


def main(size: int = 2_000, ties: int = 12_000) -> None:
    network, groups = made_up(size, ties)
    either = nx.Graph(network)
    share = 1.0 if size <= MOST_FOR_ALL else SAMPLE / size
    some = sorted(network)[: max(1, round(size * share))]
    rivals: dict[str, tuple[Callable[[], Any], float]] = {
        "betweenness": (
            lambda: nx.betweenness_centrality(network, k=len(some), seed=1, normalized=False),
            share,
        ),
        "harmonic_in": (lambda: nx.harmonic_centrality(network, nbunch=some), share),
        "pagerank": (lambda: nx.pagerank(network, weight=None), 1.0),
        "eigenvector": (lambda: nx.eigenvector_centrality(either, max_iter=5_000), 1.0),
        "k_core": (lambda: nx.core_number(either), 1.0),
        "constraint": (lambda: nx.constraint(network), 1.0),
        "cut points and bridges": (
            lambda: [list(nx.articulation_points(either)), list(nx.bridges(either))],
            1.0,
        ),
    }
    print(f"{size:,} leaders, {ties:,} ties; CPU seconds")
    print(f"{'':28}{'ours':>9}{'NetworkX':>11}{'times':>8}")
    ours: dict[str, Callable[[], Any]] = {
        "snapshot, with its rows": lambda: Snapshot(network).rows,
        "brokerage": lambda: brokerage(network, groups),
        "cut points and bridges": lambda: divisions(network),
    }
    for name, measure in MEASURES.items():
        ours[name] = lambda measure=measure: measure(network)  # type: ignore[misc]
    for name, work in ours.items():
        spent = seconds(work)
        line = f"{name:28}" + (f"{spent:9.3f}" if spent is not None else f"{'too much':>9}")
        if spent is not None and name in rivals:
            rival, part = rivals[name]
            theirs = (seconds(rival) or 0.0) / part
            line += f"{theirs:11.3f}{theirs / max(spent, 1e-6):8.1f}"
            line += "  extrapolated" if part < 1 else ""
        print(line)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
