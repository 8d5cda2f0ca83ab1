"""Bands, not false ranks: how far each rank moves when any one tie is left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.measures.scores import DirectedNetwork, Scores, method_text
from graph.measures.snapshot import Measured, snapshot
from powermap.errors import TooMuch

MOST_NODES = 200
MOST_TIES = 600
_DECIMALS = 9
"""Rounding noise must not decide between equals."""


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
    the rank. A map of more than 200 leaders or organisations, or 600 ties, raises `TooMuch`:
    there the ranks move little, and it would take long.

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
    if taken.size > MOST_NODES or taken.ties > MOST_TIES:
        raise TooMuch(
            f"Bands are found for maps of up to {MOST_NODES} leaders or organisations and "
            f"{MOST_TIES} ties; this one has {taken.size:,} and {taken.ties:,}."
        )
    scores = measure(taken)
    ranks = _ranks(scores)
    best, worst = dict(ranks), dict(ranks)
    rest: DirectedNetwork = taken.network.copy()
    for source, target, tie in list(taken.network.edges(data=True)):
        rest.remove_edge(source, target)
        for node, rank in _ranks(measure(rest)).items():
            if node in ranks:
                best[node] = min(best[node], rank)
                worst[node] = max(worst[node], rank)
        rest.add_edge(source, target, **tie)
    return Bands(
        measure=scores.measure,
        bands={
            node: Band(rank=ranks.get(node), best=best.get(node), worst=worst.get(node))
            for node in taken.nodes
        },
        ties=taken.ties,
        method=method_text(
            f"Ranks of {scores.measure} with each of {taken.ties:,} ties left out in turn; equal "
            f"to {_DECIMALS} decimals is equal, and equals share the better rank",
            version=1,
            direction="that of the measure",
            weights="those of the measure",
            isolates="ranked where they have a value",
        ),
    )


def _ranks(scores: Scores) -> dict[str, int]:
    values = {
        node: round(value, _DECIMALS) for node, value in scores.values.items() if value is not None
    }
    places: dict[float, int] = {}
    for place, value in enumerate(sorted(values.values(), reverse=True), start=1):
        places.setdefault(value, place)
    return {node: places[value] for node, value in values.items()}
