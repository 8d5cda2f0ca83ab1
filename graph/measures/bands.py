"""Bands, not false ranks: how far each rank moves when any one tie is left out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import process_time

import numpy as np

from graph.measures.distances import Numbers
from graph.measures.effort import refuse_if_longer, told
from graph.measures.scores import DirectedNetwork, Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot
from graph.measures.stacked import STACKED

DECIMALS = 9
"""Rounding noise must not decide between equals."""
MOST_STACKED = 120
"""Up to this size maps are measured many at once; larger ones are quicker one by one."""
STACKED_CELLS = 200_000
SECONDS_PER_CELL = 1e-8
LEAST_SECONDS = 5e-4
"""No measure of a map takes less."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The rank of one leader or organisation, and the best and worst it has with one tie less.

    1 is the highest value; equals share the better rank. All None where the value is not defined
    on the map as it is; a value not defined with one tie less moves no band.
    """

    rank: int | None
    best: int | None
    worst: int | None


@dataclass(frozen=True, kw_only=True)
class Bands:
    """The bands of one measure, and how they were found."""

    measure: str
    bands: Mapping[str, Band]
    ties: int
    method: str

    def apart(self, one: str, other: str) -> bool:
        """Whether the two bands do not meet: only then is one ahead of the other."""
        first, second = self.bands[one], self.bands[other]
        if first.best is None or first.worst is None:
            return False
        if second.best is None or second.worst is None:
            return False
        return first.worst < second.best or second.worst < first.best


def bands(network: Measured, measure: Callable[[Measured], Scores]) -> Bands:
    """Return each rank by a measure, with how far it moves when any one tie is left out.

    On a map of thirty people one tie more or less, remembered or forgotten, can move a rank by
    several places. Say that somebody comes before another only where their bands do not meet.

    The measure is taken again for every tie, with that tie left out; the band runs from the best
    rank to the worst.

    An isolate has a band where it has a value. Without ties nothing can be left out: the band is
    the rank. Where it would take longer than is allowed it raises `TooMuch`: on a map so large the
    ranks move little.

    >>> import networkx as nx
    >>> from graph.measures import MEASURES
    >>> network = nx.DiGraph([("Asha", "Dele"), ("Ben", "Dele"), ("Asha", "Ben")])
    >>> found = bands(network, MEASURES["views_received"])
    >>> found.bands["Dele"]
    Band(rank=1, best=1, worst=1)
    >>> found.apart("Dele", "Ben"), found.apart("Dele", "Asha")
    (False, True)

    References
    ----------
    .. [1] Borgatti, S. P., Carley, K. M., Krackhardt, D. (2006). "On the robustness of centrality
           measures under conditions of imperfect data". Social Networks 28(2), 124-136.
    """
    taken = snapshot(network)
    scores = measure(taken)
    whole = _numbers(scores, taken)
    ranks = _ranks(whole[None])[0]
    best, worst = ranks.copy(), ranks.copy()
    for values in _without_each_tie(taken, measure, scores.measure):
        moved = _ranks(values)
        best = np.fmin(best, np.fmin.reduce(moved, axis=0))
        worst = np.fmax(worst, np.fmax.reduce(moved, axis=0))
    return Bands(
        measure=scores.measure,
        bands={
            node: Band(rank=None, best=None, worst=None)
            if np.isnan(rank)
            else Band(rank=int(rank), best=int(high), worst=int(low))
            for node, rank, high, low in zip(taken.nodes, ranks, best, worst, strict=True)
        },
        ties=taken.ties,
        method=method_text(
            f"Ranks of {scores.measure} with each of {taken.ties:,} ties left out in turn; equal "
            f"to {DECIMALS} decimals is equal, and equals share the better rank",
            version=1,
            direction="that of the measure",
            weights="those of the measure",
            isolates="ranked where they have a value",
        ),
    )


def without_each_tie(network: Measured, measure: Callable[[Measured], Scores]) -> Numbers:
    """Return the values with each tie left out: a row for each tie, a column for each node.

    Ties and nodes in the order of the network; not a number where the measure is not defined.
    Raises `TooMuch` where that would take longer than is allowed.
    """
    taken = snapshot(network)
    blocks = [np.zeros((0, taken.size))]
    blocks += _without_each_tie(taken, measure, measure(taken).measure)
    return np.concatenate(blocks)


def _without_each_tie(
    taken: Snapshot, measure: Callable[[Measured], Scores], name: str
) -> Iterator[Numbers]:
    """Yield the values without some ties, and without the next, until all have been left out."""
    stacked = STACKED.get(name) if taken.size <= MOST_STACKED else None
    if stacked is not None:
        cells = taken.ties * taken.size**3
        _refuse(taken, SECONDS_PER_CELL * cells)
        whole = taken.rows.toarray()
        at_once = max(1, STACKED_CELLS // max(1, taken.size**2))
        for first in range(0, taken.ties, at_once):
            told(first / taken.ties)
            some = np.arange(first, min(first + at_once, taken.ties))
            maps = np.repeat(whole[None], len(some), axis=0)
            maps[some - first, taken.sources[some], taken.targets[some]] = 0
            yield stacked(maps)
        return
    _refuse(taken, LEAST_SECONDS * taken.ties)
    begun = process_time()
    measure(Snapshot(taken.network))
    _refuse(taken, (process_time() - begun) * taken.ties)
    rest: DirectedNetwork = taken.network.copy()
    for number, (source, target, tie) in enumerate(list(taken.network.edges(data=True))):
        told(number / taken.ties)
        rest.remove_edge(source, target)
        yield _numbers(measure(rest), taken)[None]
        rest.add_edge(source, target, **tie)


def _refuse(taken: Snapshot, seconds: float) -> None:
    refuse_if_longer(
        seconds,
        f"Leaving out each of {taken.ties:,} ties among {taken.size:,} leaders or organisations",
        "On a map this large the ranks move little; choose a part of it for bands.",
    )


def _numbers(scores: Scores, taken: Snapshot) -> Numbers:
    return np.array([scores.values[node] for node in taken.nodes], dtype=float)


def _ranks(values: Numbers) -> Numbers:
    """Return one more than how many are above, in each row; not a number stays what it is."""
    rounded = np.round(values, DECIMALS)
    above = (rounded[:, None, :] > rounded[:, :, None]).sum(axis=2)
    return np.where(np.isnan(values), np.nan, 1.0 + above)
