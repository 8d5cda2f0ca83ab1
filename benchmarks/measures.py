"""What each family of measures costs beside NetworkX, and igraph where it is installed.

    .venv/bin/python -m benchmarks.measures                   2,000, 20,000 and 200,000 nodes
    .venv/bin/python -m benchmarks.measures 20000 120000      one size

CPU seconds of this process with all its threads, the best of a few. What would take hours is done
for some starting points and marked ~, extrapolated. igraph is run beside ours, never used by it.
"""

import gc
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.made_up import SEED, made_up
from graph.measures import MEASURES, Snapshot, all_scores, brokerage
from graph.measures.distances import distances_to
from graph.measures.divisions import divisions
from graph.measures.effort import effort
from graph.measures.partial_credit import brokerage_partial_credit
from graph.measures.paths import dependencies

SIZES = ((2_000, 12_000), (20_000, 120_000), (200_000, 1_200_000))
STARTS, STARTS_IN_NETWORKX = 256, 20
LONG = 3.0
"""What takes longer than this once is not repeated."""
BURT = ("constraint", "effective_size", "efficiency", "hierarchy")

Work = Callable[[], Any]


@dataclass(frozen=True)
class Rival:
    """Somebody else's way to the same numbers; `part` of them, where all would take too long."""

    work: Work
    part: float = 1.0


@dataclass(frozen=True)
class Line:
    name: str
    ours: Work
    part: float = 1.0
    networkx: Rival | None = None
    igraph: Rival | None = None


def seconds(work: Work, times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best > LONG:
            break
    return best


def lines(network: Any, groups: dict[str, str]) -> list[Line]:
    size = network.number_of_nodes()
    either, backwards = nx.Graph(network), network.reverse()
    taken = Snapshot(network)
    random = np.random.default_rng(SEED)
    starts = np.sort(random.permutation(size)[:STARTS])
    few = [taken.nodes[place] for place in random.permutation(size)[:STARTS_IN_NETWORKX]]
    part, few_part = len(starts) / size, len(few) / size
    igraph = _igraph(network)

    def anew(work: Work) -> Work:
        """Do it without what an earlier run has left in the snapshot."""
        return lambda: (taken.kept.clear(), work())

    def measures(*names: str) -> Work:
        return anew(lambda: [MEASURES[name](taken) for name in names])

    def beside(work: Callable[[Any], Any], part: float = 1.0) -> Rival | None:
        return Rival(lambda: work(igraph), part) if igraph else None

    found = [
        Line("snapshot", lambda: Snapshot(network).rows),
        Line(
            "brokerage",
            anew(lambda: brokerage(taken, groups)),
            networkx=Rival(lambda: _plain_brokerage(network, groups)),
        ),
        Line("brokerage, partial credit", anew(lambda: brokerage_partial_credit(taken, groups))),
        Line(
            "Burt's four (beside: constraint)",
            measures(*BURT),
            # Its table of all pairs of contacts would not fit beyond.
            networkx=Rival(lambda: nx.constraint(network)) if size <= 20_000 else None,
            igraph=beside(lambda graph: graph.constraint()),
        ),
        Line("Burt's four, weighted", measures(*(f"{name}_weighted" for name in BURT))),
        Line(
            "cut points, bridges, fragmentation",
            anew(lambda: divisions(taken)),
            networkx=Rival(lambda: [*nx.articulation_points(either), *nx.bridges(either)]),
            igraph=beside(lambda graph: (graph.articulation_points(), graph.bridges())),
        ),
        Line("k-core", measures("k_core"), networkx=Rival(lambda: nx.core_number(either))),
        Line(
            "PageRank",
            measures("pagerank"),
            networkx=Rival(lambda: nx.pagerank(network, weight=None)),
            igraph=beside(lambda graph: graph.pagerank()),
        ),
        Line("Katz", measures("katz")),
        Line(
            "betweenness, exact",
            lambda: [None for _ in dependencies(taken.rows, starts)],
            part,
            networkx=Rival(
                lambda: nx.betweenness_centrality_subset(network, few, taken.nodes), few_part
            ),
            igraph=beside(lambda graph: graph.betweenness(sources=starts.tolist()), part),
        ),
    ]
    if size <= 20_000:
        found.append(
            Line(
                "closeness and harmonic, one way",
                lambda: distances_to(size, taken.sources, taken.targets),
                networkx=Rival(
                    lambda: [
                        nx.single_source_shortest_path_length(backwards, node) for node in few
                    ],
                    few_part,
                ),
                igraph=beside(
                    lambda graph: graph.harmonic_centrality(starts.tolist(), mode="in"), part
                ),
            )
        )
    if size <= 2_000:
        found.append(
            Line(
                "betweenness, weighted",
                measures("betweenness_weighted"),
                igraph=beside(lambda graph: graph.betweenness(weights="length")),
            )
        )
    return found


def bench(size: int, ties: int) -> None:
    network, groups = made_up(size, ties)
    print(f"\n{size:,} nodes, {ties:,} ties, seed {SEED}; CPU seconds, ~ extrapolated")
    print(f"{'':36}{'ours':>10}{'NetworkX':>12}{'times':>8}{'igraph':>10}{'times':>8}")
    with effort(3_600):
        for line in lines(network, groups):
            ours = seconds(line.ours) / line.part
            text = f"{line.name:36}{_cost(ours, line.part):>10}"
            for rival, width in ((line.networkx, 12), (line.igraph, 10)):
                text += " " * (width + 8) if rival is None else _beside(rival, ours, width)
            print(text.rstrip(), flush=True)
    if size <= 20_000:
        # Little enough time for exact betweenness to be left out, or estimated.
        with effort(6):
            spent = seconds(lambda: all_scores(network), 1)
        print(f"{'whole profile, 6 seconds a measure':36}{_cost(spent, 1):>10}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process up to here: {peak:,.0f} MB", flush=True)


def _beside(rival: Rival, ours: float, width: int) -> str:
    spent = seconds(rival.work, 1) / rival.part
    return f"{_cost(spent, rival.part):>{width}}{spent / max(ours, 1e-9):8.1f}"


def _cost(spent: float, part: float) -> str:
    return f"{'~' if part < 1 else ''}{spent:.3f}"


def _plain_brokerage(network: Any, groups: dict[str, str]) -> dict[str, int]:
    """Count open pairs between groups broker by broker, as one would over a NetworkX graph."""
    across = {}
    for broker in network:
        targets = set(network.succ[broker])
        across[broker] = sum(
            groups[source] != groups[target]
            for source in network.pred[broker]
            for target in targets - network.succ[source].keys() - {source}
        )
    return across


def _igraph(network: Any) -> Any:
    try:
        from igraph import Graph
    except ImportError:
        return None
    return Graph(
        n=network.number_of_nodes(),
        edges=[(int(source), int(target)) for source, target in network.edges],
        edge_attrs={"length": [60 // tie["weight"] for *_, tie in network.edges(data=True)]},
        directed=True,
    )


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    for size, ties in [asked] if asked else SIZES:
        bench(size, ties)
