"""The map as a whole: its figures, where it would come apart, its middle, its knots, key sets."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.findings.report.work import Work, plain
from graph.measures import Snapshot
from graph.measures.communities import communities
from graph.measures.core_periphery import core_periphery
from graph.measures.divisions import divisions
from graph.measures.key_players import KeyPlayers, furthest_reaching, most_fragmenting
from graph.measures.whole_map import WHOLE_MAP

LARGEST_SET = 3
KEY_PLAYERS: Mapping[str, Callable[[Snapshot, int], KeyPlayers]] = {
    "loss_divides_most": most_fragmenting,
    "loss_parts_most": lambda taken, size: most_fragmenting(taken, size, by_distance=False),
    "together_reach_most": furthest_reaching,
}
"""Sets by distance-weighted fragmentation, by fragmentation, and by distance-weighted reach."""
SECTIONS: Mapping[str, Callable[[Snapshot], Any]] = {
    "divisions": divisions,
    "core_periphery": core_periphery,
    "communities": communities,
}


def whole_map(work: Work, largest_set: int) -> dict[str, Any]:
    """All that needs no groups; what would take too long is None."""
    taken = work.taken
    whole: dict[str, Any] = {
        "nodes": taken.size,
        "ties": taken.ties,
        "ties_without_weight": taken.ties - taken.strengths.nnz,
    }
    reasons: dict[str, str] = {}
    for name, figure_of in WHOLE_MAP.items():
        figure = work.section(name, figure_of, taken)
        whole[name] = figure.value if figure else None
        if figure:
            whole |= {f"{name}_{part}": value for part, value in figure.beside.items()}
            if figure.reason:
                reasons[name] = figure.reason
    for name, measure in SECTIONS.items():
        found = work.section(name, measure, taken)
        whole[name] = plain(found) if found else None
    whole["key_players"] = {
        name: _sets(work, name, search, largest_set) for name, search in KEY_PLAYERS.items()
    }
    return whole | {"reasons": reasons}


def _sets(
    work: Work, name: str, search: Callable[[Snapshot, int], KeyPlayers], largest: int
) -> list[dict[str, Any]]:
    """The best set of each size up to the largest."""
    found = {
        size: work.section(f"{name}_{size}", search, work.taken, size)
        for size in range(1, largest + 1)
    }
    return [{"size": size, **plain(best)} for size, best in found.items() if best]
