"""Burt's measures in rational arithmetic, straight from the definitions and without a library."""

import math
from collections.abc import Mapping
from fractions import Fraction

Weights = Mapping[tuple[str, str], Fraction]


def exact_holes(nodes: list[str], weight: Weights) -> dict[str, dict[str, Fraction | float | None]]:
    def both(one: str, other: str) -> Fraction:
        return weight.get((one, other), Fraction()) + weight.get((other, one), Fraction())

    def share(one: str, other: str) -> Fraction:
        total = sum((both(one, k) for k in nodes if k != one), Fraction())
        return both(one, other) / total if total else Fraction()

    def relative(one: str, other: str) -> Fraction:
        strongest = max((both(one, k) for k in nodes if k != one), default=Fraction())
        return both(one, other) / strongest if strongest else Fraction()

    found = {}
    for i in nodes:
        contacts = [j for j in nodes if j != i and both(i, j)]
        parts = []
        effective = Fraction()
        for j in contacts:
            between = [q for q in nodes if q not in (i, j)]
            through = sum((share(i, q) * share(q, j) for q in between), Fraction())
            parts.append((share(i, j) + through) ** 2)
            effective += 1 - sum((share(i, q) * relative(j, q) for q in between), Fraction())
        count = len(contacts)
        found[i] = {
            "constraint": sum(parts, Fraction()) if contacts else None,
            "effective_size": effective if contacts else None,
            "efficiency": effective / count if contacts else None,
            "hierarchy": _hierarchy(parts) if count > 1 else None,
        }
    return found


def _hierarchy(parts: list[Fraction]) -> float:
    count, mean = len(parts), sum(parts, Fraction()) / len(parts)
    return math.fsum(float(part / mean) * math.log(part / mean) for part in parts) / (
        count * math.log(count)
    )
