"""What every measure is given (a network) and what it gives back (scores, with their method)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

if TYPE_CHECKING:
    DirectedNetwork: TypeAlias = nx.DiGraph[str]
else:
    DirectedNetwork = nx.DiGraph


@dataclass(frozen=True, kw_only=True)
class Scores:
    """One number per leader or organisation, and what must be printed beside it.

    A value is None where the number is not defined; `reasons` then says why, in plain English.
    """

    measure: str
    title: str
    values: Mapping[str, float | None]
    method: str
    ties: int
    ties_without_weight: int = 0
    reasons: Mapping[str, str]
    standard_errors: Mapping[str, float] = field(default_factory=dict)
    """How far each value may well be off, where it is estimated from a sample."""

    def __post_init__(self) -> None:
        undefined = {node for node, value in self.values.items() if value is None}
        if undefined != set(self.reasons):
            raise ValueError("every undefined score, and no other, needs a reason")
        if any(value is not None and not math.isfinite(value) for value in self.values.values()):
            raise ValueError("a score is a finite number or None")


def method_text(name: str, *, version: int, direction: str, weights: str, isolates: str) -> str:
    """Return the text printed beside a number, so that a reader could work it out again."""
    return (
        f"{name}, definition {version}. Direction: {direction}. "
        f"Weights: {weights}. Isolates: {isolates}."
    )


def require_plain(network: DirectedNetwork) -> None:
    """Refuse a network on which the measures would count something else than they say."""
    if not network.is_directed() or network.is_multigraph():
        raise ValueError("a measure needs a directed network with at most one tie each way")
    looped = next((node for node, others in network.adjacency() if node in others), None)
    if looped is not None:
        raise ValueError(f"{looped!r} has a tie to itself; self-ties are dropped before measuring")
